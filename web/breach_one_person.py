"""One person who is told of a breach: how they are reached, what became of it, and what was said."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.access import Deed
from registry.breaches import people, telling
from registry.rules.letter_text import filled
from registry.rules.people_lines import Line
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.breach_people import HERE, WAYS, way_sent
from web.breach_people_view import People
from web.guard import needs
from web.moments import asked_moment
from web.pages import occasion

blueprint = Blueprint("breach_one_person", __name__, url_prefix=ADDRESS, url_defaults=SLUG)


@blueprint.get("/people/<uuid:person>")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID, person: UUID) -> ResponseReturnValue:
    """One person, with the letter as they get it."""
    return _page(person, breach_page(record))


@blueprint.post("/people/<uuid:person>", endpoint="act")
@needs(Deed.CHANGE, register_from_slug=True)
def do(slug: str, record: UUID, person: UUID) -> ResponseReturnValue:
    """Say what became of telling them, or change how they are reached."""
    deeds = {"told": _told, "returned": _returned, "leave_out": _leave_out, "again": _again, "change": _change}
    return act(record, {name: partial(deed, person) for name, deed in deeds.items()}, partial(_page, person), HERE)


def _page(person: UUID, page: BreachPage, errors: Errors | None = None) -> str:
    found, told = people.find(page.row, person), People(page)
    about = {"person": found, "standing": told.standing(found), "mail": told.mails.get(person)}
    return shown("person", page, errors, people=told, ways=WAYS, words=filled(told.text, found.name, found.about), **about)


def _told(person: UUID, row: Any) -> str:
    at = asked_moment(request.form, "told_at")
    telling.told(row, person, way_sent(), occasion(), at=at, said=request.form.get("said", ""))
    return "Noted that they were told."


def _returned(person: UUID, row: Any) -> str:
    telling.returned(row, person, request.form.get("said", ""), occasion())
    return "Noted that it came back. Tell them in another way."


def _leave_out(person: UUID, row: Any) -> str:
    telling.leave_out(row, person, request.form.get("said", ""), occasion())
    return "Left out, with your reason."


def _again(person: UUID, row: Any) -> str:
    telling.tell_again(row, person, occasion())
    return "They are to be told."


def _change(person: UUID, row: Any) -> str:
    sent = request.form
    line = Line(*(sent.get(name, "") for name in ("name", "about", "email", "address")))
    people.change(row, person, line, occasion())
    return "Kept how they are reached."
