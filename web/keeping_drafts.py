"""Drafts over the web: kept every few seconds while somebody types, offered when they come back."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from models.record import Record
from registry import drafts
from registry.access import Forbidden
from registry.definition import Register, Section
from registry.drafts import Typed
from registry.typed import NOT_TEXT
from web import sessions
from web.chrome import tell
from web.guard import current_actor, now
from web.rendering import clock

LARGEST = 200_000
LONGEST_SECTION = 100
NOT_KEPT = ("csrf_token",)
MARK = "drafted"
View = TypeVar("View", bound=Callable[..., Any])
Place = Callable[[Mapping[str, Any], UUID | None], str]


def place_of(register: Register, section: Section, row: Record | None = None) -> str:
    """Which form of which record."""
    return _place(register.slug, row.id if row is not None else None, section.slug, current_actor().school)


def _place(slug: str, record: UUID | None, section: str, school: UUID | None) -> str:
    about = record.hex if record is not None else f"new in {school.hex if school else ''}"
    return f"{slug}/{about}/{section}"


def init_app(app: Flask) -> None:
    """Keeps what comes after its session has ended."""
    app.after_request(_keep_what_came_too_late)


def drafted(view: View) -> View:
    """Mark a page as one to which a section of a record is sent, which is kept as a draft when its session has ended meanwhile."""
    return drafted_at(_section_asked)(view)


def drafted_at(place: Place) -> Callable[[View], View]:
    """Mark a page to which another form is sent that is kept then; `place` says where, by what stands in the address and by the school."""

    def mark(view: View) -> View:
        setattr(view, MARK, place)
        return view

    return mark


def _section_asked(asked: Mapping[str, Any], school: UUID | None) -> str:
    return _place(asked["slug"], asked.get("record"), NOT_TEXT.sub("", request.args.get("section", ""))[:LONGEST_SECTION], school)


def keep(place: str) -> ResponseReturnValue:
    """Keep what this request sends as a list of names and values."""
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge
    pairs = _sent()
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise BadRequest("A draft is a list of names and values.")
    kept = [[NOT_TEXT.sub("", each) for each in pair] for pair in pairs if pair[0] not in NOT_KEPT]
    drafts.keep(_user(), place, json.dumps(kept, ensure_ascii=False), now())
    return jsonify(at=clock(now()))


def asked_back(place: str) -> tuple[Typed | None, "MultiDict[str, str] | None"]:
    """The draft to offer in a form, or, when it was asked back, what was typed."""
    draft = drafts.find(_user(), place)
    if draft is None or request.args.get("draft") != "back":
        return draft, None
    return None, MultiDict(tuple(pair) for pair in json.loads(draft.text))


def section_begun(register: Register, row: Record) -> str | None:
    """The section of a record in which this person was typing last."""
    draft = drafts.latest(_user(), f"{register.slug}/{row.id.hex}/")
    return draft.place.rpartition("/")[2] if draft else None


def throw_away(place: str) -> None:
    """Forget a draft."""
    drafts.throw_away(_user(), place)


def _keep_what_came_too_late(response: Response) -> Response:
    """Keep a form that was sent by somebody whose session is over, for them only; once signed in again they are offered it."""
    view = current_app.view_functions.get(request.endpoint or "")
    place = getattr(view, MARK, None)
    if request.method != "POST" or place is None or g.get("visitor") is not None or (request.content_length or 0) > LARGEST:
        return response
    late = sessions.owner_of_what_is_over()
    if late is None or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return response
    user, school = late
    pairs = [[name, NOT_TEXT.sub("", value)] for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    drafts.keep(user, place(request.view_args or {}, school), json.dumps(pairs, ensure_ascii=False), now())
    tell("information", "You were signed out meanwhile. What you typed is kept for you: sign in, then put it back.")
    return response


def _sent() -> Any:
    """What this request sends; None for what cannot be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # lists in lists in lists
        return None


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)


def _user() -> UUID:
    user = current_actor().user
    if user is None:
        raise Forbidden("Only people have drafts.")
    return user
