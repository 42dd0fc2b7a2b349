"""How much may be sent at once: a few lines by a stranger, a long form by those who are signed in, a file where files are taken in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from web.guard import visitor

MB = 1024 * 1024
STRANGERS, FORM = MB // 10, 2 * MB
ROOM_FOR_A_PAGE = 10 * MB
MARK = "takes_files"
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Mark a page as one to which files are sent."""
    setattr(view, MARK, True)
    return view


def init_app(app: Flask) -> None:
    """Stops reading what is too much; call it after the guard, which knows who sends, and before anything reads the form."""
    app.before_request(_set_limit)


def most_over_the_wire(upload_mb: int) -> int:
    """Bytes that the server takes for one request at all: enough above the largest file that whoever sends a larger one is told on a page."""
    return upload_mb * MB + ROOM_FOR_A_PAGE


def is_about_a_file() -> bool:
    """Whether this request goes to a page that takes files."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), MARK)


def _set_limit() -> None:
    most: int = current_app.config["MAX_CONTENT_LENGTH"]
    if not is_about_a_file():
        most = min(most, STRANGERS if visitor() is None else FORM)
    request.max_content_length = request.max_form_memory_size = most  # rows can be pasted as well
