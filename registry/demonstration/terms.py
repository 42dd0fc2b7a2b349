"""The school year of the demonstration, 2026 to 2027, as each of its schools keeps it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from models import doors
from models.school import School
from models.vocabulary import TermDateKind
from registry import catalogue
from registry.actor import Actor
from registry.many.bulk import insert_many
from registry.placing import next_number
from registry.records import Occasion
from registry.school.schools import facts_of
from registry.trace.audit import recording

Entry = tuple[str, TermDateKind, date, date | None]

TERMS: tuple[Entry, ...] = (
    ("Autumn term", TermDateKind.TERM, date(2026, 9, 1), date(2026, 12, 18)),
    ("October half term", TermDateKind.HOLIDAY, date(2026, 10, 26), date(2026, 10, 30)),
    ("Spring term", TermDateKind.TERM, date(2027, 1, 4), date(2027, 3, 25)),
    ("February half term", TermDateKind.HOLIDAY, date(2027, 2, 15), date(2027, 2, 19)),
    ("Summer term", TermDateKind.TERM, date(2027, 4, 12), date(2027, 7, 21)),
    ("May half term", TermDateKind.HOLIDAY, date(2027, 5, 31), date(2027, 6, 4)),
)
"""The same in both schools, which lie in one council."""

PRIMARY: tuple[Entry, ...] = (
    *TERMS,
    ("INSET days: phonics and safeguarding", TermDateKind.INSET, date(2026, 9, 1), date(2026, 9, 2)),
    ("INSET day: writing across the school", TermDateKind.INSET, date(2026, 11, 27), None),
    ("INSET day", TermDateKind.INSET, date(2027, 1, 4), None),
    ("INSET day: reports", TermDateKind.INSET, date(2027, 6, 7), None),
)
SECONDARY: tuple[Entry, ...] = (
    *TERMS,
    ("INSET days: new timetable", TermDateKind.INSET, date(2026, 9, 1), date(2026, 9, 3)),
    ("INSET day for the whole trust", TermDateKind.INSET, date(2027, 1, 4), None),
    ("INSET day: exam boards", TermDateKind.INSET, date(2027, 4, 12), None),
    ("Closed: the sports hall is a polling station", TermDateKind.CLOSURE, date(2027, 5, 6), None),
)


def keep_terms(school: School, keeper: Actor, began: datetime, entries: Sequence[Entry]) -> None:
    """Let somebody enter the year, an hour after they began."""
    register = catalogue.find("term-dates")
    on = Occasion(keeper, began + timedelta(hours=1), facts_of(school, began.date()))
    answers = ({"name": name, "kind": kind, "begins_on": begins, "ends_on": ends} for name, kind, begins, ends in entries)
    with doors.looking_at(school.id), recording(on.by, on.at) as trace:
        insert_many(trace, register, answers, on, number=next_number(register, on.by))
