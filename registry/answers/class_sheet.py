"""Who of a class may be in a picture for what, as a list for the camera bag: yes or no, until when, and nothing about why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from models.names import fold
from models.pupil import Pupil
from models.vocabulary import Outcome, PictureSubject
from registry.access import Permission, require
from registry.images.facts import Person, person_facts
from registry.images.people import by_surname, in_class
from registry.images.uses import Use, asked_uses
from registry.occasion import Occasion
from registry.rules.image_verdict import PersonFacts, verdict
from registry.rules.name_order import surname_first
from registry.trace.audit import Happened, recording

RENEWED_ON = 0
"""The weekday on which a new sheet is printed: Monday."""
A_WEEK = 7


@dataclass(frozen=True)
class Row:
    """One child, with whether they may be pictured for each use; `others` of that name are in the class."""

    name: str
    may: tuple[bool, ...]
    others: int = 0


@dataclass(frozen=True)
class Sheet:
    """A class and the uses that the form asks about."""

    class_name: str
    uses: tuple[Use, ...]
    rows: tuple[Row, ...]
    good_until: date


def sheet(class_name: str, today: date) -> Sheet:
    """The sheet of a class as it stands today. Good until the next Monday, and never longer than every yes on it."""
    people = [person for person in in_class(class_name) if person.kind == PictureSubject.PUPIL and not person.has_left]
    uses = asked_uses()
    facts = {use.id: person_facts([person.id for person in people], use, today) for use in uses} if people else {}
    named = Counter(fold(person.name) for person in people)
    answers = [tuple(_may(facts[use.id][person.id], use, today) for use in uses) for person in people]
    rows = tuple(_row(person, people, answers, named) for person in sorted(people, key=by_surname))
    return Sheet(class_name, uses, rows, _good_until(facts, uses, today))


def next_monday(today: date) -> date:
    """The day on which a sheet of today is out of date, however the answers stand."""
    return today + timedelta(days=(RENEWED_ON - today.weekday()) % A_WEEK or A_WEEK)


def note(printed: Sheet, occasion: Occasion) -> int:
    """Note that a sheet leaves the screen, and what it said until when; the number of the entry, which names the sheet. Raises Forbidden."""
    require(occasion.by, Permission.CHECK_IMAGES)
    told = {
        "class_sheet": printed.class_name,
        "rows": len(printed.rows),
        "columns": [use.name for use in printed.uses],
        "good_until": printed.good_until,
    }
    with recording(occasion.by, occasion.at) as trace:
        return trace.note(Happened.EXPORTED, Pupil._meta.table_name, changes={name: (None, value) for name, value in told.items()})


def _may(facts: PersonFacts, use: Use, on: date) -> bool:
    return verdict(facts, use.facts(on)).outcome is Outcome.ALLOW


def _row(person: Person, people: Sequence[Person], answers: Sequence[tuple[bool, ...]], named: Mapping[str, int]) -> Row:
    """A child's own answers; where two have one name nobody can tell who is meant, so that a no of either is a no of both."""
    name = fold(person.name)
    own = [each for other, each in zip(people, answers, strict=True) if fold(other.name) == name]
    return Row(surname_first(person.name), tuple(all(column) for column in zip(*own, strict=True)), named[name] - 1)


def _good_until(facts: Mapping[UUID, Mapping[UUID, PersonFacts]], uses: Sequence[Use], today: date) -> date:
    """The last day on which every yes of today is still one; a no that becomes a yes waits for the next sheet."""
    end = next_monday(today)
    for use in uses:
        for known in facts.get(use.id, {}).values():
            if known.valid_until is not None and known.valid_until < end and _may(known, use, today) and not _may(known, use, end):
                end = known.valid_until
    return end
