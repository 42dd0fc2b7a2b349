"""Other organisations in a breach: other controllers, who have 72 hours of their own, and processors, who tell the school."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.breach_party import BreachParty
from models.vocabulary import EntryKind, PartInIt
from registry.access import Deed, require, school_of
from registry.breaches import timeline
from registry.breaches.moving import demand_open
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import set_answers, store
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording
from registry.typed import LONGEST_LINE, LONGEST_TEXT

CONTROLLERS = frozenset({PartInIt.CONTROLLER, PartInIt.JOINT})
"""Who has to tell the regulator within 72 hours of becoming aware (UK GDPR Article 33(1)); a processor tells the controller (33(2))."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """What is known of another organisation."""

    name: str
    part: PartInIt | None
    reach: str = ""
    aware_at: datetime | None = None
    told_regulator_at: datetime | None = None
    note: str = ""


def parties_of(row: Breach) -> list[BreachParty]:
    """Every other organisation in a breach, in the order in which they were entered."""
    return [*BreachParty.select().where(BreachParty.breach == row.id).order_by(BreachParty.id)]


def find(row: Breach, party: UUID) -> BreachParty:
    """One of them; raises NotFound."""
    found: BreachParty | None = BreachParty.get_or_none((BreachParty.id == party) & (BreachParty.breach == row.id))
    if found is None:
        raise NotFound("There is no such organisation here.")
    return found


def add(row: Breach, told: Party, occasion: Occasion) -> None:
    """Add another organisation. Raises Forbidden, CannotBeDone and Invalid."""
    answers = _demanded(row, told, occasion)
    with recording(occasion.by, occasion.at) as trace:
        party = BreachParty(id=new_id(), school=school_of(occasion.by), breach=row.id, **answers)
        store(trace, Happened.BREACH_PARTY, party, new=True)
        _write(trace, row, f"{party.name}: {_lower(party.part)}.", occasion)


def change(row: Breach, party: UUID, told: Party, occasion: Occasion, *, seen: int) -> bool:
    """Change what is known of one; whether anything is different. `seen` is its version as it was read. Raises as add, and NotFound."""
    answers = _demanded(row, told, occasion)
    with recording(occasion.by, occasion.at) as trace:
        found = find(row, party)
        found.version = seen
        changes = set_answers(found, answers)
        if not changes:
            trace.note(Happened.BREACH_PARTY, Breach._meta.table_name, row.id)
            return False
        store(trace, Happened.BREACH_PARTY, found)
        _write(trace, row, "\n".join((f"{found.name}:", *_told(changes))), occasion)
    return True


def _demanded(row: Breach, told: Party, occasion: Occasion) -> dict[str, Any]:
    """What is kept of an organisation."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    if wrong := {**_wrong_words(told), **_wrong_times(told, occasion.at)}:
        raise Invalid(wrong)
    answers = {field.name: getattr(told, field.name) for field in fields(told)}
    return {name: (value.strip() or None) if type(value) is str else value for name, value in answers.items()}


def _wrong_words(told: Party) -> dict[str, list[str]]:
    longest = {"name": LONGEST_LINE, "reach": LONGEST_LINE, "note": LONGEST_TEXT}
    wrong = {name: [f"Shorten it to {most:,} characters."] for name, most in longest.items() if len(getattr(told, name)) > most}
    if not told.name.strip():
        wrong["name"] = ["Say which organisation it is."]
    if told.part is None:
        wrong["part"] = ["Choose one."]
    return wrong


def _wrong_times(told: Party, now: datetime) -> dict[str, list[str]]:
    times = {"aware_at": told.aware_at, "told_regulator_at": told.told_regulator_at}
    wrong = {name: ["That time is still to come."] for name, at in times.items() if at and at > now + timeline.A_LITTLE}
    if told.aware_at and told.told_regulator_at and told.told_regulator_at < told.aware_at:
        wrong.setdefault("told_regulator_at", ["They cannot have told their regulator before they were aware. Correct one of the two."])
    return wrong


def _told(changes: dict[str, tuple[Any, Any]]) -> list[str]:
    said = {
        "part": "their part was changed", "reach": "whom to call was changed", "name": "the name was changed", "note": "the note was changed",
        "aware_at": "when they became aware was entered", "told_regulator_at": "when they told their regulator was entered",
    }  # fmt: skip
    return [f"{said[name]}." for name in changes]


def _lower(part: PartInIt) -> str:
    return f"{part.label[:1].lower()}{part.label[1:]}"


def _write(trace: Trace, row: Breach, text: str, occasion: Occasion) -> None:
    timeline.write(trace, row, EntryKind.PARTY, occasion, text=text)
    trace.note(Happened.BREACH_PARTY, Breach._meta.table_name, row.id)
