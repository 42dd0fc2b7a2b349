"""From which stage to which a breach may be moved, by whom, and what the law wants before it is closed (UK GDPR Article 33(5))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.roles import Role
from models.vocabulary import BreachStage, PeopleDecision, RegulatorDecision
from registry.rules.breach_clock import needs_reason_for_delay

LEADERS = frozenset({Role.HEADTEACHER, Role.DPO})

MOVES: dict[tuple[BreachStage, BreachStage], frozenset[Role]] = {
    (BreachStage.REPORTED, BreachStage.OPEN): LEADERS | {Role.DSL},  # in August somebody must begin
    (BreachStage.REPORTED, BreachStage.NO_BREACH): LEADERS,
    (BreachStage.OPEN, BreachStage.NO_BREACH): LEADERS,
    (BreachStage.OPEN, BreachStage.CLOSED): LEADERS,
    (BreachStage.CLOSED, BreachStage.OPEN): LEADERS,
    (BreachStage.NO_BREACH, BreachStage.OPEN): LEADERS,
}
"""Every move there is, with who may make it; what is not here cannot be done."""

NEED_A_REASON = frozenset({BreachStage.NO_BREACH})
"""Stages that nobody enters without saying why; so does whoever opens a breach again."""


def may_move(before: BreachStage, after: BreachStage, role: Role | None) -> bool:
    """Whether this role may move a breach from one stage to another."""
    return role in MOVES.get((before, after), frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """What is known of a breach that is to be closed; each name is the column of the same name, but `approved`: whether not reporting was."""

    aware_at: datetime
    narrative: str | None = None
    effects: str | None = None
    measures_taken: str | None = None
    decision: RegulatorDecision | None = None
    told_at: datetime | None = None
    delay_reason: str | None = None
    people_decision: PeopleDecision | None = None
    people_told_at: datetime | None = None
    causes: tuple[object, ...] = ()
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing before a breach can be closed: the question that it belongs to, and whether a reason may stand in for it."""

    sentence: str
    question: str
    may_be_excused: bool = True


def gaps(breach: ClosingFacts) -> tuple[Gap, ...]:
    """What is missing, the law's own first."""
    return tuple(_gaps(breach))


def _gaps(breach: ClosingFacts) -> Iterator[Gap]:
    yield from _about_the_regulator(breach)
    if breach.people_decision is None:
        yield Gap("It is not decided whether the people are told.", "people_decision", may_be_excused=False)
    if breach.people_decision in (PeopleDecision.TELL, PeopleDecision.IN_PUBLIC) and breach.people_told_at is None:
        yield Gap("The people are to be told, and it is not written down that they were.", "people_told_at", may_be_excused=False)
    for name, sentence in _TOLD.items():
        if not getattr(breach, name):
            yield Gap(sentence, name)


def _about_the_regulator(breach: ClosingFacts) -> Iterator[Gap]:
    if breach.decision is None:
        yield Gap("It is not decided whether the regulator is told.", "decision", may_be_excused=False)
    if breach.decision == RegulatorDecision.REPORT and breach.told_at is None:
        yield Gap("The regulator is to be told, and it is not written down that they were.", "told_at", may_be_excused=False)
    if breach.told_at is not None and needs_reason_for_delay(breach.aware_at, breach.told_at) and not breach.delay_reason:
        yield Gap("The regulator was told after the 72 hours, and no reason for the delay is given.", "delay_reason", may_be_excused=False)
    if breach.decision == RegulatorDecision.NOT_REPORTABLE and not breach.approved:
        yield Gap("That it is not reported was not approved by the other of headteacher and data protection officer.", "approval")


_TOLD = {
    "narrative": "It is not written down what happened.",
    "effects": "It is not written down what it may do to people.",
    "measures_taken": "It is not written down what was done about it.",
    "causes": "It is not written down how it could happen.",
}
