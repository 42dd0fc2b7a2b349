"""Does a hold say why it stands, and is it looked at again? FOIA section 77, Data Protection Act 2018 section 173 and UK GDPR Article 5(1)(e)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.rules.answers import is_blank
from registry.rules.due import Due, as_entered
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day, months_after
from registry.rules.school_facts import SchoolFacts

LOOKED_AT_AFTER = 6
"""How many months a hold stands at most before somebody looks at it, where no day is set: no law says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDays:
    """The days of a hold, which more people may know than its reason; each name is the column of the same name."""

    placed_on: date | None = None
    review_on: date | None = None
    released_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts(HoldDays):
    """A hold; each name is the column of the same name, and what is not given is not said."""

    kind: str | None = None
    because: object = None


def findings(hold: HoldFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """All that a hold lacks, in the order of the codes."""
    return tuple(_found(hold))


def _found(hold: HoldFacts) -> Iterator[Finding]:
    if is_blank(hold.because) and hold.released_on is None:  # HO01: a hold beats any date, so that somebody has to be able to say why
        message = "It is not said why these records must stand. Give the reason, without names."
        yield Finding("HO01", Severity.ERROR, message, "UK GDPR Article 5(2)", "because", "Give the reason")
    if hold.review_on is None and hold.released_on is None:  # HO02: it does not end by itself
        message = "No day is set on which this hold is looked at again. Set one: a hold does not end by itself."
        yield Finding("HO02", Severity.WARNING, message, "UK GDPR Article 5(1)(e)", "review_on", "Set a day")


def look_again(hold: HoldDays, _school: SchoolFacts) -> Due | None:
    """The day on which a hold is looked at again: the one that was set, or six months after it was placed; none once it is lifted."""
    if hold.released_on is not None:
        return None
    if hold.review_on is not None or hold.placed_on is None:
        return as_entered(hold.review_on, "It is looked at again on")
    on = months_after(hold.placed_on, LOOKED_AT_AFTER)
    return Due(
        on=on,
        because=(
            f"The hold was placed on {full_day(hold.placed_on)}, and no day is set for looking at it again.",
            f"{LOOKED_AT_AFTER} months later, the longest that it stands without a look: {full_day(on)}.",
        ),
    )
