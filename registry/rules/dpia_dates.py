"""When a DPIA is looked at again (UK GDPR Article 35(11)), and by when one that was begun by itself is screened (Article 35(1))."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.vocabulary import DpiaStage
from registry.rules.due import Due, as_entered
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

SCREEN_WITHIN = timedelta(days=28)
"""The house rule: long enough to ask around, and short enough that nothing is in use for a term without a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgainFacts:
    """When a DPIA is looked at again; each name is the column of the same name."""

    stage: DpiaStage | str | None = None
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFacts:
    """When a DPIA was begun; each name is the column of the same name."""

    stage: DpiaStage | str | None = None
    raised_on: date | None = None


def look_again(dpia: LookAgainFacts, _school: SchoolFacts) -> Due | None:
    """The day that was set for the next look, while it is assessed or in use."""
    applies = dpia.stage in (DpiaStage.ASSESSING, DpiaStage.LIVE)
    return as_entered(dpia.next_review_on, "It is looked at again on") if applies else None


def screen_by(dpia: ScreenFacts, _school: SchoolFacts) -> Due | None:
    """The day by which it is screened, 28 days after it was raised, while it is not."""
    if dpia.raised_on is None or dpia.stage != DpiaStage.SCREENING:
        return None
    on = dpia.raised_on + min(SCREEN_WITHIN, date.max - dpia.raised_on)
    return Due(
        on=on,
        because=(
            f"It was raised on {full_day(dpia.raised_on)}.",
            f"{SCREEN_WITHIN.days} days are enough to say whether an assessment is needed: {full_day(on)}.",
        ),
    )
