"""The breaches of a school as governors see them: counted by terms that are over, without names."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from models.breach import Breach
from models.breach_person import BreachPerson
from models.vocabulary import BreachCause, BreachKind, BreachStage
from registry.access import Permission, require
from registry.occasion import Occasion
from registry.rules import breach_clock, school_terms
from registry.rules.breach_clock import BreachState
from registry.rules.breach_picture import Counted, Picture, Tally, picture
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.school.calendars import calendar_here

IN_TIME, LATE, NOT_REPORTED, OPEN = "Reported in time", "Reported late", "Not to be reported", "Not reported or not decided yet"
OUTCOMES = {
    BreachState.SUBMITTED_IN_TIME: IN_TIME,
    BreachState.SUBMITTED_LATE: LATE,
    BreachState.NOT_REPORTABLE_REASONED: NOT_REPORTED,
}
NO_KIND = "Kind not said"
ORDER = (IN_TIME, LATE, NOT_REPORTED, OPEN, *(kind.label for kind in BreachKind), NO_KIND, *(cause.label for cause in BreachCause))


def seen_by_governors(occasion: Occasion) -> Picture:
    """What may be shown of the breaches of the school in view, in the order in which people know the words. Raises Forbidden."""
    require(occasion.by, Permission.SEE_BREACH_PICTURE)
    found = picture(list(_counted(occasion)))
    return Picture(
        periods=found.periods, outcomes=_in_order(found.outcomes), kinds=_in_order(found.kinds), causes=_in_order(found.causes),
        people_told=found.people_told, waiting=found.waiting,
    )  # fmt: skip


def _counted(occasion: Occasion) -> Iterator[Counted]:
    """Every breach of a term that is over, in the order of time; put away or not; what was looked into and was none is not counted."""
    calendar = calendar_here(occasion.school.bank_holidays)
    this_term = school_terms.term_of(in_zone(occasion.at, ZONE).date(), calendar)
    told = Counter(row.breach for row in BreachPerson.select(BreachPerson.id, BreachPerson.breach).where(BreachPerson.told_at.is_null(False)))
    for row in _rows(occasion.at):
        term = school_terms.term_of(in_zone(row.aware_at, ZONE).date(), calendar)
        if term == this_term:
            return
        state = breach_clock.state(row.aware_at, occasion.at, row.told_at, row.decision)
        yield Counted(
            term=term, outcome=OUTCOMES.get(state, OPEN), kind=row.kind.label if row.kind else NO_KIND,
            causes=frozenset(cause.label for cause in row.causes or ()), people_told=told[row.id],
        )  # fmt: skip


def _rows(until: datetime) -> Any:
    known = Breach.aware_at.is_null(False) & (Breach.aware_at <= until) & (Breach.stage != BreachStage.NO_BREACH)
    return Breach.select().where(known).order_by(Breach.aware_at, Breach.id)


def _in_order(tallies: tuple[Tally, ...]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda tally: ORDER.index(tally.words) if tally.words in ORDER else len(ORDER)))
