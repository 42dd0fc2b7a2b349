"""A judgement of a breach as it is kept: with its reasons, with the facts as they were known then, and in the timeline (UK GDPR Article 33(5))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.breach_judgement import BreachJudgement
from models.roles import Role
from models.vocabulary import EntryKind, JudgementKind, PeopleDecision, RegulatorDecision, YesNoUnknown
from registry import records
from registry.access import school_of
from registry.actor import Actor
from registry.breaches import settling, timeline
from registry.breaches.judged import outline
from registry.breaches.moving import demand_open
from registry.catalogue import find
from registry.definition import Question
from registry.kinds import kind_of
from registry.linking import linked_ids
from registry.naming import named
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.rules.breach_severity import SeverityFacts, score
from registry.trace.audit import Happened, Trace, recording

APART = frozenset({"names", "regulator_reference"})
"""What the reasons of a decision do not rest on."""

HUNDRED = 100
MOVED_ON = "Somebody has advised or decided since you opened this page. Read what stands now: what you wrote is kept below."
STANDING_IN = "Standing in for the headteacher."


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What somebody judges, with their reasons."""

    reasons: str
    risk: YesNoUnknown | None = None
    high_risk: YesNoUnknown | None = None
    regulator: RegulatorDecision | None = None
    people: PeopleDecision | None = None
    severity: SeverityFacts | None = None
    workings: str = ""
    against: str = ""
    """Why the advice is not followed, or was not waited for."""
    delay: str = ""
    """Why the regulator is told late, where that is known already."""


def judge(row: Breach, kind: JudgementKind, judged: Judgement, occasion: Occasion, *, read: str | None = None) -> None:
    """Keep what was judged of a breach, what follows for the breach itself, and an entry in its timeline. Raises Conflict and CannotBeDone.

    With `read`, nothing may have been judged since by anybody else: nobody decides on what they have not read.
    """
    demand_open(row)
    with recording(occasion.by, occasion.at) as trace:
        if read is not None and read != outline(row).read:
            raise CannotBeDone(MOVED_ON)
        _keep(trace, row, judged, occasion, kind=kind)
        if kind is JudgementKind.ADVICE:
            settling.note_told(trace, row, "dpo", occasion)  # who advises was told
        if kind in SETTLE:
            records.amend(trace, BREACHES, row, _settled(row, kind, judged), occasion=occasion, happened=Happened.BREACH_JUDGED)
        timeline.write(trace, row, _entry(kind, judged), occasion, text=_told(kind, judged, occasion))


def facts_now(row: Breach, by: Actor) -> str:
    """Every answer about a breach as it stands, in words, a line each; without names of people."""
    linked = linked_ids(row.id)
    asked = (question for name, question in BREACHES.questions.items() if name not in APART)
    told = ((each.label, _linked(each, linked, by) if each.to else kind_of(each.column).words(getattr(row, each.name))) for each in asked)
    return "\n".join(f"{label}: {words}" for label, words in told if words)


def _linked(question: Question, linked: Mapping[str, Sequence[UUID]], by: Actor) -> str:
    return ", ".join(f"{each.name} ({each.reference})" for each in named(find(question.to), by, linked.get(question.to, ())))


def _settled(row: Breach, kind: JudgementKind, judged: Judgement) -> dict[str, tuple[Any, Any]]:
    """The answers of the breach that follow. Where approval is withheld nothing is decided about the regulator, and the hours run on."""
    if kind is JudgementKind.APPROVAL:
        after = None if _is_withheld(kind, judged) else judged.regulator
        return {} if row.decision == after else {"decision": (row.decision, after)}
    answers: dict[str, Any] = {"decision": judged.regulator, "people_decision": judged.people}
    if judged.delay.strip() and judged.regulator is RegulatorDecision.REPORT:
        answers["delay_reason"] = judged.delay.strip()
    return {name: (getattr(row, name), after) for name, after in answers.items()}


def _is_withheld(kind: JudgementKind, judged: Judgement) -> bool:
    return kind is JudgementKind.APPROVAL and judged.regulator is RegulatorDecision.REPORT


def _keep(trace: Trace, row: Breach, judged: Judgement, occasion: Occasion, *, kind: JudgementKind) -> None:
    total = score(judged.severity).score if judged.severity else None
    kept = BreachJudgement(
        id=new_id(), school=school_of(occasion.by), breach=row.id, kind=kind, at=occasion.at, judged_by=occasion.by.user, role=occasion.by.role,
        risk=judged.risk, high_risk=judged.high_risk, regulator=judged.regulator, people=judged.people,
        hundredths=None if total is None else round(total * HUNDRED), reasons=judged.reasons.strip(), against=judged.against.strip() or None,
        workings=judged.workings.strip() or None, facts=facts_now(row, occasion.by) or "Nothing was known yet.",
    )  # fmt: skip
    store(trace, Happened.BREACH_JUDGED, kept, new=True)


SETTLE = (JudgementKind.DECISION, JudgementKind.APPROVAL)
"""What is judged of the breach as it stood: of two at once one is refused."""

_ENTRY = {
    JudgementKind.ASSESSMENT: EntryKind.ASSESSED,
    JudgementKind.ADVICE: EntryKind.ADVISED,
    JudgementKind.DECISION: EntryKind.DECIDED,
    JudgementKind.APPROVAL: EntryKind.APPROVED,
}


def _entry(kind: JudgementKind, judged: Judgement) -> EntryKind:
    """An approval that is withheld is none, and is written down as a note."""
    return EntryKind.NOTE if _is_withheld(kind, judged) else _ENTRY[kind]


def _told(kind: JudgementKind, judged: Judgement, occasion: Occasion) -> str:
    if kind is JudgementKind.APPROVAL:
        agrees = judged.regulator is RegulatorDecision.NOT_REPORTABLE
        return f"{'That it is not reported is approved.' if agrees else 'That it is not reported is not approved.'}\n{judged.reasons.strip()}"
    stands_in = [STANDING_IN] if kind is JudgementKind.DECISION and occasion.by.role is not Role.HEADTEACHER else []
    risks = {"Is there a risk to people?": judged.risk, "Is it a high one?": judged.high_risk}
    asked = [f"{question} {answer.label}." for question, answer in risks.items() if answer]
    said = [f"{each.label}." for each in (judged.regulator, judged.people) if each]
    against = [f"Not as advised, or without advice: {judged.against.strip()}"] if judged.against.strip() else []
    return "\n".join((*stands_in, *asked, *said, judged.reasons.strip(), *against))
