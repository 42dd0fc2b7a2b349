"""Assessing, advising, deciding and reporting: each kept as it was made, with the facts as they were known then (UK GDPR Article 33(5))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.breach_judgement import BreachJudgement
from models.roles import Role
from models.vocabulary import EntryKind, JudgementKind, PeopleDecision, RegulatorDecision, YesNoUnknown
from registry import records
from registry.access import Deed, Forbidden, require, school_of
from registry.actor import Actor
from registry.breaches import timeline
from registry.breaches.moving import demand_head, demand_open
from registry.catalogue import find
from registry.definition import Question
from registry.kinds import kind_of
from registry.linking import linked_ids
from registry.naming import named
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.rules.breach_clock import needs_reason_for_delay
from registry.rules.breach_severity import SeverityFacts, score
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording

REASONS = "Give your reasons: they are kept with what was known at the time."
APART = frozenset({"names", "regulator_reference"})
"""What the reasons of a decision do not rest on."""

HUNDRED = 100


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What somebody judges, with their reasons."""

    reasons: str
    risk: YesNoUnknown | None = None
    high_risk: YesNoUnknown | None = None
    regulator: RegulatorDecision | None = None
    people: PeopleDecision | None = None
    severity: SeverityFacts | None = None


def assess(row: Breach, judged: Judgement, occasion: Occasion) -> None:
    """Keep an assessment; an earlier one stays beside it. Raises Forbidden, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    _demand(judged, "risk", "high_risk")
    _judge(row, JudgementKind.ASSESSMENT, judged, occasion)


def advise(row: Breach, judged: Judgement, occasion: Occasion) -> None:
    """Keep the advice of the data protection officer. Raises Forbidden, CannotBeDone and Invalid."""
    if occasion.by.role is not Role.DPO:
        raise Forbidden("The data protection officer advises.")
    _demand(judged, "regulator", "people")
    _judge(row, JudgementKind.ADVICE, judged, occasion)


def decide(row: Breach, judged: Judgement, occasion: Occasion) -> None:
    """Decide whether the regulator and the people are told. Raises Forbidden, Conflict when somebody else was quicker, CannotBeDone and Invalid."""
    demand_head(occasion)
    _demand(judged, "regulator", "people")
    if latest(row, JudgementKind.ADVICE) is None:
        raise CannotBeDone("The data protection officer advises first. Ask them, or whoever stands in for them.")
    if row.told_at is not None and judged.regulator is RegulatorDecision.NOT_REPORTABLE:
        raise CannotBeDone("The regulator was told already, which cannot be taken back. Write what has changed in a follow-up.")
    _judge(row, JudgementKind.DECISION, judged, occasion)


def submitted(row: Breach, at: datetime, occasion: Occasion, *, reference: str = "", delay: str = "") -> None:
    """Keep when the regulator was told, under which reference, and why late if it was. Raises Forbidden, Conflict, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    if row.decision != RegulatorDecision.REPORT or row.aware_at is None:
        raise CannotBeDone("It is not decided that the regulator is told.")
    wrong: dict[str, list[str]] = {}
    if at > occasion.at + timeline.A_LITTLE or at < row.aware_at:
        wrong["told_at"] = ["Enter when it was sent: after the school became aware, and not in time to come."]
    elif needs_reason_for_delay(row.aware_at, at) and not delay.strip():
        wrong["delay_reason"] = ["It was more than 72 hours: the regulator must be given the reason for the delay (UK GDPR Article 33(1))."]
    if wrong:
        raise Invalid(wrong)
    answers = {"told_at": at, "regulator_reference": reference.strip() or None, "delay_reason": delay.strip() or None}
    changes = {name: (before, after) for name, after in answers.items() if (before := getattr(row, name)) != after}
    if not changes:
        return
    with recording(occasion.by, occasion.at) as trace:
        records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_SUBMITTED)
        timeline.write(trace, row, EntryKind.SUBMITTED, occasion, at=at, text=reference.strip())


def latest(row: Breach, kind: JudgementKind) -> BreachJudgement | None:
    """The last judgement of a kind; the earlier ones are superseded by it."""
    found: BreachJudgement | None = judgements(row).where(BreachJudgement.kind == kind).first()
    return found


def judgements(row: Breach) -> Any:
    """Everything that was judged of a breach, the newest first."""
    return BreachJudgement.select().where(BreachJudgement.breach == row.id).order_by(BreachJudgement.at.desc(), BreachJudgement.id.desc())


def is_overruled(row: Breach) -> bool:
    """Whether the last decision is another than the advice before it."""
    advice, decision = latest(row, JudgementKind.ADVICE), latest(row, JudgementKind.DECISION)
    return bool(advice and decision and (advice.regulator, advice.people) != (decision.regulator, decision.people))


def facts_now(row: Breach, by: Actor) -> str:
    """Every answer about a breach as it stands, in words, a line each; without names of people."""
    linked = linked_ids(row.id)
    asked = (question for name, question in BREACHES.questions.items() if name not in APART)
    told = ((each.label, _linked(each, linked, by) if each.to else kind_of(each.column).words(getattr(row, each.name))) for each in asked)
    return "\n".join(f"{label}: {words}" for label, words in told if words)


def _linked(question: Question, linked: Mapping[str, Sequence[UUID]], by: Actor) -> str:
    return ", ".join(f"{each.name} ({each.reference})" for each in named(find(question.to), by, linked.get(question.to, ())))


def _judge(row: Breach, kind: JudgementKind, judged: Judgement, occasion: Occasion) -> None:
    demand_open(row)
    with recording(occasion.by, occasion.at) as trace:
        _keep(trace, row, judged, occasion, kind=kind)
        if kind is JudgementKind.DECISION:
            answers = {"decision": judged.regulator, "people_decision": judged.people}
            changes = {name: (getattr(row, name), after) for name, after in answers.items()}
            records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_JUDGED)  # of two at once one is refused
        timeline.write(trace, row, _ENTRY[kind], occasion, text=_told(judged))


def _keep(trace: Trace, row: Breach, judged: Judgement, occasion: Occasion, *, kind: JudgementKind) -> None:
    total = score(judged.severity).score if judged.severity else None
    kept = BreachJudgement(
        id=new_id(), school=school_of(occasion.by), breach=row.id, kind=kind, at=occasion.at, judged_by=occasion.by.user, role=occasion.by.role,
        risk=judged.risk, high_risk=judged.high_risk, regulator=judged.regulator, people=judged.people,
        hundredths=None if total is None else round(total * HUNDRED), reasons=judged.reasons.strip(),
        facts=facts_now(row, occasion.by) or "Nothing was known yet.",
    )  # fmt: skip
    store(trace, Happened.BREACH_JUDGED, kept, new=True)


_ENTRY = {
    JudgementKind.ASSESSMENT: EntryKind.ASSESSED,
    JudgementKind.ADVICE: EntryKind.ADVISED,
    JudgementKind.DECISION: EntryKind.DECIDED,
}


def _told(judged: Judgement) -> str:
    said = [each.label for each in (judged.regulator, judged.people) if each]
    return "\n".join((*(f"{words}." for words in said), judged.reasons.strip()))


def _demand(judged: Judgement, *names: str) -> None:
    wrong = {name: ["Choose one."] for name in names if getattr(judged, name) is None}
    if not judged.reasons.strip():
        wrong["reasons"] = [REASONS]
    if wrong:
        raise Invalid(wrong)
