"""Proof that a form came from a page of ours, opened in the same session."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf

_protect = CSRFProtect()


def init_app(app: Flask) -> None:
    """Refuses every form without the session's token; call it after the guard, so that strangers are sent to sign in first."""
    # the session's own end bounds the token; pages that hide where the reader came from send no referrer to compare
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    _protect.init_app(app)
    app.before_request(_refuse_other_sites)


def token() -> str:
    """The token for the forms of this page."""
    return str(generate_csrf())


def _refuse_other_sites() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise CSRFError("The form was sent from another site.")
