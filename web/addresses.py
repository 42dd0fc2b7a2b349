"""Addresses that leave the program: on paper, in an e-mail, as a code for a phone."""

from typing import Any

from flask import current_app, url_for


def whole_address(endpoint: str, **values: Any) -> str:
    """Where a page is found from anywhere: by https where visitors come so, though the program itself is then spoken to without."""
    scheme = "https" if current_app.extensions["settings"].https else None
    return url_for(endpoint, _external=True, _scheme=scheme, **values)
