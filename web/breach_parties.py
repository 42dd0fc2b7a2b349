"""Other organisations in a breach, with the 72 hours of those who have them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.breach_party import BreachParty
from models.vocabulary import PartInIt
from registry.access import Deed
from registry.breaches import parties
from registry.breaches.parties import CONTROLLERS, Party
from web.breach_clock_view import BreachClock
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import needs, now
from web.ids_and_numbers import id_in, number_in
from web.moments import asked_moment
from web.pages import occasion

blueprint = Blueprint("breach_parties", __name__, url_prefix=ADDRESS, url_defaults=SLUG)
PARTS = tuple(PartInIt)


@dataclass(frozen=True)
class _Times:
    """When a controller became aware and told its regulator: all that its clock needs."""

    aware_at: Any
    told_at: Any
    decision: None = None


@dataclass(frozen=True)
class PartyShown:
    """One organisation, with its clock."""

    row: BreachParty

    @property
    def has_hours(self) -> bool:
        """Whether it has 72 hours of its own."""
        return self.row.part in CONTROLLERS

    @cached_property
    def clock(self) -> BreachClock | None:
        """Its clock; none for a processor, or while nobody knows when it became aware."""
        return BreachClock(_Times(self.row.aware_at, self.row.told_regulator_at), now()) if self.has_hours and self.row.aware_at else None


@blueprint.get("/others")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """The other organisations, and how far each of them is."""
    return _page(breach_page(record))


@blueprint.post("/others", endpoint="act")
@needs(Deed.CHANGE, register_from_slug=True)
def do(slug: str, record: UUID) -> ResponseReturnValue:
    """Enter an organisation, or change what is known of one."""
    return act(record, {"party": _keep}, _page, "breach_parties.of_record")


def _page(page: BreachPage, errors: Errors | None = None) -> str:
    chosen = id_in(request.values.get("party", ""))
    found = parties.find(page.row, chosen) if chosen else None
    return shown("parties", page, errors, parties=[PartyShown(each) for each in parties.parties_of(page.row)], chosen=found, parts=PARTS)


def _keep(row: Any) -> str:
    sent, seen = request.form, number_in(request.form.get("seen", ""), 9)
    part = sent.get("part", "")
    told = Party(
        name=sent.get("name", ""), part=PartInIt(part) if part in set(PartInIt) else None, reach=sent.get("reach", ""),
        aware_at=asked_moment(sent, "aware_at"), told_regulator_at=asked_moment(sent, "told_regulator_at"), note=sent.get("note", ""),
    )  # fmt: skip
    if party := id_in(sent.get("party", "")):
        changed = parties.change(row, party, told, occasion(), seen=seen or 0)
        return "Kept." if changed else "Nothing is different."
    parties.add(row, told, occasion())
    return f"Entered: {told.name.strip()}."
