"""Who is told that a breach concerns them (UK GDPR Article 34), and how far each of them is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import fn

from models.base import new_id
from models.breach import Breach
from models.breach_letter import BreachMail
from models.breach_person import BreachPerson
from models.outgoing import Sending
from models.vocabulary import BreachStage, EntryKind, PeopleDecision, Words
from registry.access import Deed, require, school_of
from registry.breaches import timeline
from registry.breaches.moving import demand_open
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, set_answers, store
from registry.rules import people_lines
from registry.rules.people_lines import CannotBeRead, Line
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording

MOST_AT_ONCE = 2_000
NOT_DECIDED = "It is not decided that the people are told, so nobody is told yet."
UNDER_WAY = (Sending.WAITING, Sending.SENDING)
AFRESH: Mapping[str, Any] = {"posted_at": None, "told_at": None, "returned_at": None, "left_out_at": None, "way": None}
"""Of somebody who is to be told nothing has been done yet."""


class Standing(Words):
    """How far somebody is told."""

    WAITING = "waiting", "To be told"
    POSTED = "posted", "Being sent"
    TOLD = "told", "Told"
    RETURNED = "returned", "Came back"
    LEFT_OUT = "left_out", "Left out"


SETTLED = frozenset({Standing.TOLD, Standing.LEFT_OUT})


@dataclass(frozen=True)
class Added:
    """How many were added, and how many were there already."""

    new: int
    doubled: int


def standing(person: BreachPerson) -> Standing:
    """How far somebody is told."""
    for at, word in (
        (person.left_out_at, Standing.LEFT_OUT),
        (person.returned_at, Standing.RETURNED),
        (person.told_at, Standing.TOLD),
        (person.posted_at, Standing.POSTED),
    ):
        if at:
            return word
    return Standing.WAITING


def people_of(row: Breach) -> list[BreachPerson]:
    """Everybody who is told of a breach, in their order."""
    return [*BreachPerson.select().where(BreachPerson.breach == row.id).order_by(BreachPerson.place)]


def find(row: Breach, person: UUID) -> BreachPerson:
    """One of them; raises NotFound."""
    found: BreachPerson | None = BreachPerson.get_or_none((BreachPerson.id == person) & (BreachPerson.breach == row.id))
    if found is None:
        raise NotFound("There is nobody like that here.")
    return found


def as_seen(row: Breach, person: UUID, seen: int | None) -> BreachPerson:
    """One of them, as they were read; raises NotFound, and CannotBeDone where somebody wrote something else meanwhile."""
    found = find(row, person)
    if seen is not None and seen != found.version:
        raise CannotBeDone("Somebody else has written about this person since you opened the page. Read what stands now.")
    return found


def add(row: Breach, text: str, occasion: Occasion) -> Added:
    """Add people, one a line; who is there already stays as they are. Raises Forbidden, CannotBeDone, and Invalid with the line."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    lines = _lines(text)
    with recording(occasion.by, occasion.at) as trace:
        new = _new_among(lines, row)
        place = BreachPerson.select(fn.MAX(BreachPerson.place)).where(BreachPerson.breach == row.id).scalar() or 0
        for number, line in enumerate(new, place + 1):
            person = BreachPerson(id=new_id(), school=school_of(occasion.by), breach=row.id, place=number, **_answers(line))
            store(trace, Happened.BREACH_PEOPLE, person, new=True)
        name_in(trace, row)
        if new:
            write(trace, row, f"Entered to be told: {many(len(new))}.", occasion)
    return Added(len(new), len(lines) - len(new))


def change(row: Breach, person: UUID, line: Line, occasion: Occasion, *, seen: int | None = None) -> None:
    """Change how somebody is reached, unless a letter is on its way. `seen` is the version that was read. Raises Forbidden, CannotBeDone, Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    try:
        answers = _answers(people_lines.checked(line))
    except CannotBeRead as problem:
        raise Invalid({"name": [str(problem)]}) from None
    with recording(occasion.by, occasion.at) as trace:
        found = as_seen(row, person, seen)
        demand_not_on_its_way(found)
        set_answers(found, answers)
        store(trace, Happened.BREACH_PEOPLE, found)
        name_in(trace, row)


def demand_to_tell(row: Breach) -> None:
    """Raise CannotBeDone unless the breach is being handled and it is decided that people are told."""
    demand_open(row)
    if not is_to_tell(row):
        raise CannotBeDone(NOT_DECIDED)


def is_to_tell(row: Breach) -> bool:
    """Whether a breach is being handled, and it is decided that people are told."""
    return row.stage is BreachStage.OPEN and row.people_decision is PeopleDecision.TELL


def demand_not_on_its_way(person: BreachPerson) -> None:
    """Raise CannotBeDone while an e-mail to somebody waits to be sent."""
    if BreachMail.select().where((BreachMail.person == person.id) & BreachMail.state.in_(UNDER_WAY)).exists():
        raise CannotBeDone("An e-mail to them is on its way. Wait until it is known what became of it.")


def write(trace: Trace, row: Breach, text: str, occasion: Occasion, *, at: datetime | None = None) -> None:
    """Write into the timeline, inside a recording that is open."""
    timeline.write(trace, row, EntryKind.PEOPLE, occasion, text=text, at=at)


def name_in(trace: Trace, row: Breach) -> None:
    """Name the breach in the trace, so that its history tells of it."""
    trace.note(Happened.BREACH_PEOPLE, Breach._meta.table_name, row.id)


def many(count: int) -> str:
    """So many people, in words."""
    return "1 person" if count == 1 else f"{count:,} people"


def _lines(text: str) -> list[Line]:
    try:
        found = [*people_lines.read(text)]
    except CannotBeRead as problem:
        raise Invalid({"people": [str(problem)]}) from None
    if not found:
        raise Invalid({"people": ["Write at least one name, one a line."]})
    if len(found) > MOST_AT_ONCE:
        raise Invalid({"people": [f"Add {MOST_AT_ONCE:,} at a time: these are {len(found):,}."]})
    return found


def _new_among(lines: list[Line], row: Breach) -> list[Line]:
    """Those who are not there yet, each once, as they were written first."""
    there = {_line_of(each).same_as for each in people_of(row)}
    new: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        if line.same_as not in there:
            new.setdefault(line.same_as, line)
    return [*new.values()]


def _line_of(person: BreachPerson) -> Line:
    return Line(person.name, person.about or "", person.email or "", person.address or "")


def _answers(line: Line) -> dict[str, str | None]:
    return {"name": line.name, "about": line.about or None, "email": line.email or None, "address": line.address or None}
