"""Drafts over the web: kept every few seconds while somebody types, offered when they come back."""

import json
from typing import Any
from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from models.record import Record
from registry import drafts
from registry.access import Forbidden
from registry.definition import Register, Section
from registry.drafts import Typed
from registry.kinds import NOT_TEXT
from web.guard import current_actor, now
from web.rendering import clock

LARGEST = 200_000
NOT_KEPT = ("csrf_token",)


def place_of(register: Register, section: Section, row: Record | None = None) -> str:
    """Which form of which record."""
    school = current_actor().school
    about = row.id.hex if row is not None else f"new in {school.hex if school else ''}"
    return f"{register.slug}/{about}/{section.slug}"


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
