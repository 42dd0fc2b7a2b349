"""What was typed in the set-up so far, sealed in a cookie that only the set-up's pages get, for nothing is stored before the last step."""

import base64
import binascii
import json
from typing import Any

from flask import Response, current_app, request

from models import vault

COOKIE = "safehold_set_up"
PLACE = b"set-up:"
LASTS = 3 * 60 * 60
LONGEST = 3800  # browsers drop a cookie of more than 4096 bytes


class TooMuch(Exception):
    """More was typed than the cookie holds."""


def read(secret: str) -> dict[str, Any]:
    """What was typed under this link; nothing when there is none, or it is somebody else's."""
    try:
        sealed = base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))
        kept: dict[str, Any] = json.loads(vault.current().open(sealed, PLACE + secret.encode()))
    except (binascii.Error, vault.WontOpen, ValueError, IndexError):
        return {}
    return kept


def keep(response: Response, secret: str, kept: dict[str, Any]) -> Response:
    """Keep what was typed in the visitor's browser; raises TooMuch."""
    sealed = vault.current().seal(json.dumps(kept, ensure_ascii=False, separators=(",", ":")), PLACE + secret.encode())
    text = base64.urlsafe_b64encode(sealed).decode()
    if len(text) > LONGEST:
        raise TooMuch("The set-up holds no more.")
    secure = current_app.extensions["settings"].https
    response.set_cookie(COOKIE, text, max_age=LASTS, path="/set-up", httponly=True, samesite="Lax", secure=secure)
    return response


def forget(response: Response) -> Response:
    """Take it away again."""
    response.delete_cookie(COOKIE, path="/set-up")
    return response
