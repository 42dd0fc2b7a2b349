"""Is what follows from a no looked after? UK GDPR Articles 7(3), 17 and 21: use stops as soon as somebody says so, and limits have a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.vocabulary import ImageFlag
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

STOPS = "UK GDPR Articles 7(3), 17(1) and 21(1)"
MINIMAL = "UK GDPR Article 5(1)(c) and (e)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDownFacts:
    """One picture that has to disappear; each name is the column of the same name."""

    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagFacts:
    """One limit on pictures of somebody; each name is the column of the same name."""

    level: str | None = None
    next_review_on: date | None = None
    cleared_on: date | None = None


def take_down_findings(task: TakeDownFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """What is still to be done about a picture that has to disappear."""
    return tuple(_is_open(task, school))


def flag_findings(flag: FlagFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """What is missing in the care of a limit."""
    return tuple(_is_without_review(flag))


def _is_open(task: TakeDownFacts, school: SchoolFacts) -> Iterator[Finding]:
    if task.done_on is not None:
        return
    is_late = task.due_on is not None and school.today is not None and task.due_on < school.today
    if task.due_on is not None and is_late:
        said = f"It should have been taken down by {full_day(task.due_on)}. Take it down now, then say when you did."
        yield Finding("TD02", Severity.ERROR, said, STOPS, "done_on", "Say when it was done")
    else:
        said = "It can still be seen. Take it down, then say when you did."
        yield Finding("TD01", Severity.WARNING, said, STOPS, "done_on", "Say when it was done")


def _is_without_review(flag: FlagFacts) -> Iterator[Finding]:
    if flag.cleared_on is None and flag.next_review_on is None and flag.level not in (None, ImageFlag.NONE):
        said = "Nobody has said when this limit is looked at again. Enter a day, so that it does not outlive its reason."
        yield Finding("PF01", Severity.WARNING, said, MINIMAL, "next_review_on", "Enter a day")
