"""What the program writes to its log: one line a time, without a name, an address or a value in it."""

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from flask import Flask, g

PROJECT = Path(__file__).resolve().parent.parent
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"

log = logging.getLogger("safehold")


class Program(Flask):
    """A Flask whose failures are logged by kind and place only: messages and addresses can hold what is personal."""

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None] | BaseException | bool | None) -> None:
        """Write one line on a failure, under the reference that the page shows."""
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        log.error("reference=%s %s", g.get("reference", "none"), described(error) if error is not None else "unknown")


def described(error: BaseException) -> str:
    """The kind of an error and the places it passed, the innermost first; never its message."""
    places = [f"{_short(frame.filename)}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__))]
    ours = [place for place in places if not place.startswith("…")] or places
    return f"{type(error).__name__} at {' < '.join([*places[:1], *ours[:6]])}"


class OneLine(logging.Formatter):
    """Lines in which a failure stands as its kind and place, whoever reports it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; without what the report says, which may be an address or a value."""
        if record.exc_info and record.exc_info[1] is not None:
            record = logging.makeLogRecord({**record.__dict__, "msg": described(record.exc_info[1]), "args": (), "exc_info": None, "exc_text": None})
        return super().format(record)


def start() -> None:
    """Send the program's and the server's lines to standard error, once."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine(LINE))
        for each in (log, logging.getLogger("waitress"), logging.getLogger("huey")):
            each.addHandler(handler)
            each.propagate = False
        log.setLevel(logging.INFO)
        logging.getLogger("huey").setLevel(logging.WARNING)  # each job's own line is ours
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a browser that fetches eight files at once is no trouble


def _short(file: str) -> str:
    path = Path(file)
    ours = path.is_relative_to(PROJECT) and ".venv" not in path.parts
    return path.relative_to(PROJECT).as_posix() if ours else f"…/{path.name}"
