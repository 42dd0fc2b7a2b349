"""Can days be counted by what is written down of a school's year? SI 2010/2768 and SI 2005/1437 count in school days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.vocabulary import TermDateKind
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import plain_day
from registry.rules.school_facts import SchoolFacts

SOURCE = "SI 2010/2768 and SI 2005/1437"
LONGEST: Mapping[str | None, timedelta] = {
    TermDateKind.TERM: timedelta(weeks=20),
    TermDateKind.INSET: timedelta(days=7),
    TermDateKind.BANK_HOLIDAY: timedelta(days=1),
}
LONGEST_SHUT = timedelta(weeks=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDateFacts:
    """Some days in the year of a school; each name is the column of the same name."""

    kind: str | None = TermDateKind.TERM
    begins_on: date | None = None
    ends_on: date | None = None


def term_date_findings(days: TermDateFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """Why days cannot be counted by this entry, or may be counted wrongly."""
    return tuple(_found(days))


def _found(days: TermDateFacts) -> Iterator[Finding]:
    if days.begins_on is None:
        yield Finding("TE01", Severity.ERROR, "Nobody can count by days without a first day. Enter it.", SOURCE, "begins_on", "Enter the first day")
        return
    last = days.ends_on or days.begins_on
    if last < days.begins_on:
        said = f"The last day, {plain_day(last)}, comes before the first, {plain_day(days.begins_on)}, so nothing is counted by this entry."
        yield Finding("TE02", Severity.ERROR, said, SOURCE, "ends_on", "Correct the last day")
    elif (last - days.begins_on) >= LONGEST.get(days.kind, LONGEST_SHUT):
        many = (last - days.begins_on).days + 1
        said = f"These are {many:,} days in a row, which is longer than is usual. Look whether the days and the year are right."
        yield Finding("TE03", Severity.WARNING, said, SOURCE, "ends_on", "Look at the days")
