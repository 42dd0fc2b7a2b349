"""What the API says when something is refused, missing, stale or broken: problem details (RFC 9457) with the sentences of the pages."""

from typing import Any

from flask import Blueprint, Response, g, jsonify
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, RequestEntityTooLarge, TooManyRequests, Unauthorized

from registry.access import Forbidden
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.schema import Invalid
from web.refusals import note_refusal

KIND = "application/problem+json"
TITLES = {
    400: ("unreadable", "This request cannot be read"),
    401: ("token", "A token that works is needed"),
    403: ("role", "Your role may not do this"),
    404: ("not-found", "There is nothing here"),
    405: ("method", "This cannot be asked in this way"),
    409: ("conflict", "Something else happened first"),
    412: ("conflict", "Something else happened first"),
    413: ("too-large", "That is too much at once"),
    415: ("media-type", "Send JSON"),
    422: ("answers", "Something cannot be taken as it is"),
    429: ("too-many", "Too many requests"),
    500: ("broken", "Something went wrong on our side"),
}
MOVED_ON = "The record was saved by somebody else since it was read, or the key was used for another one. Nothing was saved."
DETAILS = {
    400: "The body is not what its header says. Nothing was saved.",
    401: "Send one that you made on your account page, and that has not ended.",
    403: "The role of the token decides, and it is never above its owner’s.",
    409: MOVED_ON,
    412: MOVED_ON,
    415: "The header “Content-Type” must be “application/json”.",
    429: "The header “Retry-After” says how many seconds to wait.",
    404: "The address is wrong, or what was there is not in your school.",
    405: "The header “Allow” says which methods this address takes.",
    413: "Send fewer answers at a time. Nothing was saved.",
    422: "Nothing was saved. “errors” says what stands in the way, by name.",
    500: "Nothing was saved. Tell whoever looks after the program this reference.",
}
SPOKEN = (400, 412, 415)
"""Refusals of our own making, which carry a sentence; the server's own words for others are not ours."""


def init_app(blueprint: Blueprint) -> None:
    """Turns what is raised behind the API into problems; what is raised before an address is known, the pages hand over."""
    blueprint.register_error_handler(Forbidden, _forbidden)
    blueprint.register_error_handler(NotFound, lambda _error: problem(404))
    blueprint.register_error_handler(CannotBeDone, lambda error: problem(409, str(error)))
    blueprint.register_error_handler(Invalid, lambda error: problem(422, errors=error.messages))
    for kind in (HTTPException, RequestEntityTooLarge, InternalServerError):
        blueprint.register_error_handler(kind, of_error)


def problem(status: int, detail: str = "", **more: Any) -> Response:
    """One problem as an answer: its kind, its title and what to do; `more` are further members, such as errors by field."""
    name, title = TITLES.get(status, ("other", "This cannot be done"))
    told = {"type": f"/help/api#{name}", "title": title, "status": status, "detail": detail or DETAILS.get(status, title + ".")}
    response = jsonify({**told, **more})
    response.status_code, response.mimetype = status, KIND
    return response


def of_error(error: HTTPException) -> Response:
    """The problem that the server itself, or the guard, raised; with the headers that go with it."""
    status = error.code or 500
    said = (error.description or "") if isinstance(error, Unauthorized | TooManyRequests) or status in SPOKEN else ""
    response = problem(status, said, **({"reference": g.get("reference")} if status >= 500 else {}))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _forbidden(_error: Forbidden) -> Response:
    if g.get("visitor") is not None:
        note_refusal()
    return problem(403, "Whoever made this token may not do this in the role that the token has.")
