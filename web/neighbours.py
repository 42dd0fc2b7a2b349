"""Links to pages that other parts of the program may bring."""

from typing import Any

from flask import url_for
from werkzeug.routing import BuildError


def href(endpoint: str, **values: Any) -> str | None:
    """The address of a page; None while the program has no such page."""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None
