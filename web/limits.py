"""How much may be sent at once: a few lines by a stranger, a long form by those who are signed in, a file where files are taken in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from web.guard import visitor

MB = 1024 * 1024
STRANGERS, FORM = MB // 10, 2 * MB
ROOM_FOR_A_PAGE = 10 * MB
PARTS_WITH_FILES = 1_000
"""Parts of a form whose files are kept: each costs two writes before anybody has counted them."""
MARK, KEEPING = "takes_files", "keeps_files"
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Mark a page as one to which files are sent."""
    setattr(view, MARK, True)
    return view


def keeps_files(view: View) -> View:
    """Mark a page as one whose files are kept with a record: sealed as they come, and as large as those may be."""
    setattr(view, KEEPING, True)
    return view


def init_app(app: Flask) -> None:
    """Stops reading what is too much; call it after the guard, which knows who sends, and before anything reads the form."""
    app.before_request(_set_limit)


def most_over_the_wire(upload_mb: int) -> int:
    """Bytes that the server takes for one request at all: enough above the largest file that whoever sends a larger one is told on a page."""
    return upload_mb * MB + ROOM_FOR_A_PAGE


def is_about_a_file() -> bool:
    """Whether this request goes to a page that takes files."""
    return _is_marked(MARK)


def is_to_be_kept() -> bool:
    """Whether this request goes to a page that keeps files with a record."""
    return _is_marked(KEEPING)


def keeps_files_now() -> bool:
    """Whether the files of this request are to be sealed as they come: it is such a page, and the guard has let its visitor in."""
    return is_to_be_kept() and request.method == "POST" and visitor() is not None


def _is_marked(mark: str) -> bool:
    return hasattr(current_app.view_functions.get(request.endpoint or ""), mark)


def _set_limit() -> None:
    if is_to_be_kept() and visitor() is not None:
        request.max_content_length = current_app.extensions["settings"].file_mb * MB + FORM
        request.max_form_memory_size, request.max_form_parts = FORM, PARTS_WITH_FILES
        return
    most: int = current_app.config["MAX_CONTENT_LENGTH"]
    if not is_about_a_file():
        most = min(most, STRANGERS if visitor() is None else FORM)
    request.max_content_length = request.max_form_memory_size = most  # rows can be pasted as well
