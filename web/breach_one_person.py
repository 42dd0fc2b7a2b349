"""One person who is told of a breach: how they are reached, what became of it, and what was said."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import request

from models.vocabulary import WayTold
from registry.breaches import people, telling
from registry.rules.letter_text import filled
from registry.rules.people_lines import Line
from web.breach_page import BreachPage, Errors, shown
from web.breach_people_view import People
from web.ids_and_numbers import number_in
from web.moments import asked_moment
from web.pages import occasion

WAYS = tuple(WayTold)


def page_of_one(person: UUID, page: BreachPage, errors: Errors | None = None) -> str:
    """Their page, with the letter as they get it; raises NotFound."""
    found, told = people.find(page.row, person), People(page)
    about = {"person": found, "standing": told.standing(found), "mail": told.mails.get(person)}
    return shown("person", page, errors, people=told, ways=WAYS, words=filled(told.text, found.name, found.about), **about)


def deeds_on_one(person: UUID) -> dict[str, Callable[[Any], str]]:
    """What the buttons on their page do."""
    deeds = {"told": _told, "returned": _returned, "leave_out": _leave_out, "again": _again, "change": _change}
    return {name: partial(deed, person) for name, deed in deeds.items()}


def way_sent() -> WayTold | None:
    """How somebody was told, as the form says."""
    way = request.form.get("way", "")
    return WayTold(way) if way in set(WayTold) else None


def _seen() -> int | None:
    """The version of the person that the form was opened with."""
    return number_in(request.form.get("seen", ""), 9)


def _told(person: UUID, row: Any) -> str:
    at = asked_moment(request.form, "told_at")
    telling.told(row, person, way_sent(), occasion(), at=at, said=request.form.get("said", ""), seen=_seen())
    return "Noted that they were told."


def _returned(person: UUID, row: Any) -> str:
    telling.returned(row, person, request.form.get("said", ""), occasion(), seen=_seen())
    return "Noted that it came back. Tell them in another way."


def _leave_out(person: UUID, row: Any) -> str:
    telling.leave_out(row, person, request.form.get("said", ""), occasion(), seen=_seen())
    return "Left out, with your reason."


def _again(person: UUID, row: Any) -> str:
    telling.tell_again(row, person, occasion(), seen=_seen())
    return "They are to be told."


def _change(person: UUID, row: Any) -> str:
    sent = request.form
    line = Line(*(sent.get(name, "") for name in ("name", "about", "email", "address")))
    people.change(row, person, line, occasion(), seen=_seen())
    return "Kept how they are reached."
