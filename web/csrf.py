"""Proof that a form came from a page of ours, opened in the same session while the same school was in view."""

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFError, ValidationError, generate_csrf, validate_csrf

from web import bearers

FIELD, HEADER = "csrf_token", "X-CSRFToken"


def init_app(app: Flask) -> None:
    """Refuses every form without the token of the session and the school; call it after the guard, so that strangers are sent to sign in first."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None)  # the session's own end bounds the token
    app.before_request(_refuse_other_forms)


def token() -> str:
    """The token for the forms of this page."""
    return str(generate_csrf(_key()))


def _refuse_other_forms() -> None:
    if bearers.is_api():  # no cookie counts there, and what another site cannot send needs no second proof
        return
    if request.endpoint is None or request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise CSRFError("The form was sent from another site.")
    try:
        validate_csrf(request.form.get(FIELD) or request.headers.get(HEADER), _key())
    except ValidationError as problem:
        raise CSRFError(str(problem)) from None


def _key() -> bytes:
    """What signs the tokens: another one for each school, so that a page left open at one school cannot write into the next."""
    visitor = g.get("visitor")
    school = visitor.actor.school if visitor else None
    secret: bytes = current_app.secret_key  # type: ignore[assignment]
    return secret + (school.bytes if school else b"")
