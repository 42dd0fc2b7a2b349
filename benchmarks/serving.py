"""The program behind the server that schools run, with a bare Flask route beside it: `python -m benchmarks.serving FOLDER PORT`."""

import sys
from pathlib import Path

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import create_app
from benchmarks.house import SECRET
from settings import Settings
from web.sealed_bodies import create_server

THREADS = 4


def settings_for(folder: Path) -> Settings:
    """The choices of the installation that a house was built for."""
    return Settings(data_folder=folder, database_url=f"sqlite:///{folder}/benchmark.db", secret=SECRET, password_memory_kib=19_456)


def main(folder: Path, port: int) -> None:
    """Serve until killed."""
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "Hello")
    both = DispatcherMiddleware(create_app(settings_for(folder)), {"/hello": hello})
    create_server(both, host="127.0.0.1", port=port, threads=THREADS).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
