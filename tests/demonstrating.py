"""The demonstration in a database that a test made for it: `python -m tests.demonstrating COMMAND` obeys SAFEHOLD_DATABASE_URL.

Nothing else can do that: lest it touch a real school's, the program gives its demonstration a database of its own, whatever address is set.
"""

import os
from dataclasses import replace

from flask.cli import ScriptInfo

from app import create_app
from settings import Settings


def main() -> None:
    """Run one of the program's commands on the demonstration in that database."""
    app = create_app(replace(Settings.from_environment(os.environ), database_url=os.environ["SAFEHOLD_DATABASE_URL"]))
    app.cli.main(prog_name="safehold", obj=ScriptInfo(create_app=lambda: app))


if __name__ == "__main__":
    main()
