"""Asking the regulator before a processing that stays risky begins: by when they answer, and what must not start until then (UK GDPR Article 36)."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.vocabulary import DpiaStage, RegulatorOutcome, RiskLevel, YesNo
from registry.rules.due import Due
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

WEEKS, WEEKS_EXTENDED = 8, 14
REFUSALS = frozenset({RegulatorOutcome.WARNED, RegulatorOutcome.FORBIDDEN})
"""Answers after which the processing must not go on as it was planned."""
GOES_AHEAD = frozenset({RegulatorOutcome.MAY_PROCEED, RegulatorOutcome.WITH_CHANGES})
OVER = frozenset({DpiaStage.DROPPED, DpiaStage.ENDED})

_REFUSED = {
    RegulatorOutcome.WARNED: "The regulator gave a warning. The processing must not start as it is planned: change it, and ask again.",
    RegulatorOutcome.FORBIDDEN: "The regulator said that it may not go ahead. The processing must not start.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatorFacts:
    """What was asked and answered; each name is the column of the same name."""

    regulator_asked_on: date | None = None
    regulator_extended: YesNo | str | None = None
    regulator_paused_days: int | None = None
    regulator_outcome: RegulatorOutcome | str | None = None
    regulator_outcome_on: date | None = None
    residual: RiskLevel | str | None = None
    stage: DpiaStage | str | None = None


def answer_by(facts: RegulatorFacts, _school: SchoolFacts) -> Due | None:
    """The day by which the regulator answers; nothing before they are asked, after they answered, or when nothing is to start any more."""
    asked, weeks = facts.regulator_asked_on, WEEKS_EXTENDED if facts.regulator_extended == YesNo.YES else WEEKS
    if asked is None or facts.regulator_outcome or facts.regulator_outcome_on or facts.stage in OVER:
        return None
    paused = max(0, facts.regulator_paused_days or 0)
    days = min(weeks * 7 + paused, (date.max - asked).days)
    on = asked + timedelta(days=days)
    extended = " as they said that they need longer" if weeks == WEEKS_EXTENDED else ""
    because = [f"The regulator was asked on {full_day(asked)}.", f"They have {weeks} weeks{extended} (UK GDPR Article 36(2))."]
    if paused:
        because.append(f"Their clock stood still for {'1 day' if paused == 1 else f'{paused} days'}, which {'is' if paused == 1 else 'are'} added.")
    return Due(on=on, because=(*because, f"They answer by {full_day(on)}."))


def block(facts: RegulatorFacts) -> str:
    """Why the processing must not start, as a sentence; empty when the regulator does not stand in its way. Their silence is no consent."""
    if facts.regulator_outcome in REFUSALS:
        return _REFUSED[RegulatorOutcome(facts.regulator_outcome)]
    if facts.residual != RiskLevel.HIGH or facts.regulator_outcome in GOES_AHEAD:
        return ""
    if facts.regulator_asked_on is None:
        return "The risk that is left is high. The processing must not start before the regulator is consulted: ask them, or lower the risk."
    return "The risk that is left is high, and the regulator has not answered. The processing must not start before they do."
