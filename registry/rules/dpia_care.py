"""Is a DPIA complete enough to rest a decision on? UK GDPR Articles 35 and 36, by the steps of the ICO’s template."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.vocabulary import (
    Article35,
    ConsultedParty,
    Criterion,
    DpiaStage,
    DpiaTrigger,
    MeasureEffect,
    RegulatorItem,
    RegulatorOutcome,
    RiskLevel,
    ScreeningOutcome,
    YesNo,
    YesNoUnknown,
)
from models.vocabulary.shapes import CONSULTATIONS
from registry.rules.answers import Answer, blank_parts, is_blank
from registry.rules.dpia_regulator import GOES_AHEAD, REFUSALS, RegulatorFacts, block
from registry.rules.dpia_risks import RiskRow, residual, rows_of
from registry.rules.dpia_screening import Screening, ScreeningAnswers, screen
from registry.rules.finding import Finding, Severity
from registry.rules.rows_said import rows_said
from registry.rules.school_facts import SchoolFacts

Rows = str | Iterable[Any] | None
"""Rows as they are kept, in a text, or as such."""

DESCRIBED = {
    "nature": "what is done with the data",
    "scope": "how much of it there is, and of whom",
    "context": "how the school stands to the people, and what they expect",
    "purposes": "what it is for",
}
WEIGHED = {
    "necessity": "whether it needs all this, and on which basis",
    "proportionality": "how it is kept from growing into something else",
}
WRITTEN = (
    "need", "nature", "scope", "context", "purposes", "flows", "consultations", "necessity", "proportionality", "minimisation", "told", "rights",
    "processors_held", "transfers_safe", "risks",
)  # fmt: skip
BLANK = re.compile(r"\[[^\[\]]{1,80}\]")
"""What a template leaves for the school to fill in."""

CONCERNED = frozenset({ConsultedParty.PUPILS, ConsultedParty.PARENTS, ConsultedParty.STAFF})
"""Those whose data it is, or who speak for them; the others who are asked advise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaFacts:
    """A DPIA; each name is the column of the same name, and what is not given is not answered."""

    stage: DpiaStage | str | None = None
    trigger: DpiaTrigger | str | None = None
    article_35: tuple[Article35 | str, ...] = ()
    regulator_items: tuple[RegulatorItem | str, ...] = ()
    criteria: tuple[Criterion | str, ...] = ()
    concerns_pupils: YesNoUnknown | Answer = None
    screening_because: str | None = None
    need: str | None = None
    nature: str | None = None
    scope: str | None = None
    context: str | None = None
    purposes: str | None = None
    flows: Rows = ()
    consultations: Rows = ()
    not_consulted_because: str | None = None
    necessity: str | None = None
    proportionality: str | None = None
    minimisation: str | None = None
    told: str | None = None
    rights: str | None = None
    processors_held: str | None = None
    transfers_safe: str | None = None
    risks: Rows = ()
    residual: RiskLevel | str | None = None
    regulator_asked_on: date | None = None
    regulator_outcome: RegulatorOutcome | str | None = None
    regulator_outcome_on: date | None = None
    live_on: date | None = None
    next_review_on: date | None = None
    ended_on: date | None = None

    @property
    def is_assessed(self) -> bool:
        """Whether the assessment itself is written, or was and is in use."""
        return self.stage in (DpiaStage.ASSESSING, DpiaStage.LIVE)

    @property
    def is_screened(self) -> bool:
        """Whether somebody has answered the screening, or has said in an assessment why one is needed."""
        answers = [self.article_35, self.regulator_items, self.criteria, self.screening_because, self.need if self.is_assessed else None]
        return not all(map(is_blank, answers))

    @property
    def screening(self) -> Screening:
        """What the screening comes to."""
        return screen(ScreeningAnswers(self.article_35, self.regulator_items, self.criteria, self.concerns_pupils))

    @property
    def rows(self) -> tuple[RiskRow, ...]:
        """Its risks."""
        return rows_of(self.risks)

    @property
    def risk_left(self) -> RiskLevel | str | None:
        """The risk that is left: the one that was worked out when it was saved, or else by its rows."""
        return self.residual or residual(self.rows)


def findings(dpia: DpiaFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing in a DPIA, in the order of the codes; of one that was dropped or has ended nothing is asked."""
    if dpia.stage in (DpiaStage.DROPPED, DpiaStage.ENDED):
        return ()
    rules = (*SCREENING_RULES, *(ASSESSMENT_RULES if dpia.is_assessed else ()))
    return tuple(finding for rule in rules for finding in rule(dpia))


def _screened(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP01: somebody has ticked what applies, or has said why nothing does; that pupils are concerned decides nothing alone."""
    if not dpia.is_screened:
        message = "Nothing is ticked in the screening, and no reasons are given. Tick what applies, or say why nothing does."
        yield Finding("DP01", Severity.ERROR, message, "UK GDPR Article 35(1)", "criteria", "Answer the screening")


def _no_with_reasons(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP02 and DP03: going without an assessment has a person’s own reasons, and is no choice where the law demands one."""
    if not dpia.is_screened:
        return
    found = dpia.screening
    goes_without = dpia.stage == DpiaStage.NOT_NEEDED
    if (goes_without and not found.is_required) or (not dpia.is_assessed and found.outcome is ScreeningOutcome.NOT_REQUIRED):
        if is_blank(dpia.screening_because):
            message = "No reasons are given for going without an assessment. Write down why none is needed."
            yield Finding("DP02", Severity.ERROR, message, "UK GDPR Article 5(2)", "screening_because", "Give the reasons")
    elif goes_without:
        message = "This is closed without an assessment, and by its answers one is required. Begin the assessment."
        yield Finding("DP03", Severity.ERROR, message, "UK GDPR Article 35(1)", "stage", "Begin the assessment")


def _described(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP04: step 2 says what is done, with whose data, in which surroundings, and what for."""
    for column, words in blank_parts(dpia, DESCRIBED).items():
        yield Finding("DP04", Severity.ERROR, f"It is not described {words}. Describe it.", "UK GDPR Article 35(7)(a)", column, "Describe it")


def _asked_people(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP05: the people concerned gave their views, or it is said why they were not asked; a template only says who is to be asked."""
    asked = [row for row in rows_said(CONSULTATIONS, dpia.consultations) if row.get("party") in CONCERNED]
    if silent := sum(is_blank(row.get("said")) for row in asked):
        message = f"It is not written down yet what {silent} of those who are to be asked said. Ask them, and write it down."
        yield Finding("DP05", Severity.WARNING, message, "UK GDPR Article 35(9)", "consultations", "Write it down")
    if not asked and is_blank(dpia.not_consulted_because):
        message = "Neither pupils, parents nor staff were asked for their views, and it is not said why. Ask them, or say why not."
        yield Finding("DP05", Severity.ERROR, message, "UK GDPR Article 35(9)", "consultations", "Say who was asked")


def _weighed(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP06: step 4 weighs whether it is necessary and in proportion."""
    for column, words in blank_parts(dpia, WEIGHED).items():
        yield Finding("DP06", Severity.ERROR, f"It is not said {words}. Say it.", "UK GDPR Article 35(7)(b)", column, "Say it")


def _risks_named(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP07 and DP08: risks are named, and each is weighed, met with something, and weighed again."""
    if not dpia.rows:
        message = "No risks are named. Say what could go wrong for people."
        yield Finding("DP07", Severity.ERROR, message, "UK GDPR Article 35(7)(c)", "risks", "Add a risk")
    elif open_rows := sum(not _is_judged(row) for row in dpia.rows):
        which = "1 risk is" if open_rows == 1 else f"{open_rows} risks are"
        message = f"{which} not judged to the end. Give likelihood, severity, the measures, and what they do."
        yield Finding("DP08", Severity.ERROR, message, "UK GDPR Article 35(7)(c) and (d)", "risks", "Judge the risks")


def _is_judged(row: RiskRow) -> bool:
    """Whether all is said of a risk; one that is accepted needs no measures."""
    met = row.effect is MeasureEffect.ACCEPTED or not is_blank(row.measures)
    return bool(row.before and row.after and met)


def _regulator_consulted(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP09 and DP10: a high risk that is left waits for the regulator, and what they refuse is not in use."""
    refused = dpia.regulator_outcome in REFUSALS
    reason = block(RegulatorFacts(regulator_asked_on=dpia.regulator_asked_on, regulator_outcome=dpia.regulator_outcome, residual=dpia.risk_left))
    if refused and dpia.stage == DpiaStage.LIVE:
        message = "This is in use against what the regulator said. Stop it, or change it and ask them again."
        yield Finding("DP10", Severity.ERROR, message, "UK GDPR Articles 36(2) and 58(2)", "stage", "Stop it")
    elif reason:
        question = "regulator_outcome" if refused or dpia.regulator_asked_on else "regulator_asked_on"
        yield Finding("DP09", Severity.ERROR, reason, "UK GDPR Article 36(1)", question, "Ask the regulator")


def _answer_stands(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP14: what lifts the block of a high risk was asked and said on a day, and is no answer about what it was before."""
    if dpia.risk_left != RiskLevel.HIGH or dpia.regulator_outcome not in GOES_AHEAD:
        return
    if missing := next((column for column in ("regulator_asked_on", "regulator_outcome_on") if getattr(dpia, column) is None), None):
        message = "It is not written down when the regulator was asked, and when they answered. Enter both days."
        yield Finding("DP14", Severity.ERROR, message, "UK GDPR Article 36(1)", missing, "Enter the days")
    elif dpia.stage == DpiaStage.ASSESSING and dpia.live_on and dpia.regulator_outcome_on and dpia.regulator_outcome_on < dpia.live_on:
        message = "The regulator answered before this was assessed again. If the risk is another than they were told of, ask them again."
        yield Finding("DP14", Severity.WARNING, message, "UK GDPR Article 36(1)", "regulator_asked_on", "Ask the regulator")


def _high_risk_approved(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP11: what is done about a risk that stays high is approved by somebody."""
    waiting = sum(row.after is RiskLevel.HIGH and row.approved != YesNo.YES for row in dpia.rows)
    if waiting:
        which = "1 risk that stays high are" if waiting == 1 else f"{waiting} risks that stay high are"
        message = f"The measures against {which} not approved. Have them approved."
        yield Finding("DP11", Severity.WARNING, message, "UK GDPR Article 5(2)", "risks", "Have them approved")


def _looked_at_again(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP12: a day is set for the next look."""
    if dpia.next_review_on is None:
        message = "No day is set on which this is looked at again. Set one."
        yield Finding("DP12", Severity.WARNING, message, "UK GDPR Article 35(11)", "next_review_on", "Set a day")


def _blanks_filled(dpia: DpiaFacts) -> Iterator[Finding]:
    """DP13: what a template left open in square brackets is filled in."""
    for column in WRITTEN:
        said = getattr(dpia, column)
        if many := len(BLANK.findall(said)) if isinstance(said, str) else 0:
            which = "1 blank of a template is" if many == 1 else f"{many} blanks of a template are"
            message = f"{which} left here in square brackets. Fill them in; for brackets of your own use round ones."
            yield Finding("DP13", Severity.ERROR, message, "UK GDPR Article 35(7)", column, "Fill it in")


SCREENING_RULES: tuple[Callable[[DpiaFacts], Iterator[Finding]], ...] = (
    _screened,  # DP01
    _no_with_reasons,  # DP02, DP03
)

ASSESSMENT_RULES: tuple[Callable[[DpiaFacts], Iterator[Finding]], ...] = (
    _described,  # DP04
    _asked_people,  # DP05
    _weighed,  # DP06
    _risks_named,  # DP07, DP08
    _regulator_consulted,  # DP09, DP10
    _answer_stands,  # DP14
    _high_risk_approved,  # DP11
    _looked_at_again,  # DP12
    _blanks_filled,  # DP13
)
