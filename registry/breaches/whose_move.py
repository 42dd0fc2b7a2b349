"""Whose move it is about a breach, and what the next step is: what its clock and the line on other pages lead to."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.breach import Breach
from models.roles import Role
from models.vocabulary import BreachStage, PeopleDecision, RegulatorDecision
from registry.access import LEADERS, Roles
from registry.actor import Actor
from registry.breaches.duty import may_decide
from registry.breaches.judged import Standing, outline


class Page(StrEnum):
    """The part of a breach on which a step is done."""

    NOW = "now"
    ASSESS = "assess"
    DECIDE = "decide"
    REPORT = "report"
    PEOPLE = "people"
    CLOSE = "close"


@dataclass(frozen=True)
class Move:
    """The next step: its words, where it is done, who can do it, and what is still to be decided."""

    words: str
    page: Page
    roles: Roles
    undecided: str = ""


HEAD: Roles = frozenset({Role.HEADTEACHER})
REGULATOR_AND_PEOPLE = "whether the {regulator} is told, and whether the people are"
TAKE_UP = Move("Take it up", Page.NOW, LEADERS | {Role.DSL}, REGULATOR_AND_PEOPLE)
ASSESS = Move("Assess the risk", Page.ASSESS, LEADERS, REGULATOR_AND_PEOPLE)
ADVISE = Move("Give your advice", Page.DECIDE, frozenset({Role.DPO}), REGULATOR_AND_PEOPLE)
DECIDE = Move("Read the advice and decide", Page.DECIDE, HEAD, REGULATOR_AND_PEOPLE)
REPORT = Move("Report to the {regulator}", Page.REPORT, LEADERS)
TELL = Move("Tell the people", Page.PEOPLE, LEADERS)
APPROVE = Move("Approve that it is not reported", Page.DECIDE, LEADERS)
DECIDE_AGAIN = Move("Read why it is not approved", Page.DECIDE, HEAD, "whether the {regulator} is told")
CLOSE = Move("Close it and learn from it", Page.CLOSE, LEADERS)


def move_in(row: Breach) -> Move | None:
    """The next step about a breach; none once it is closed. One query at most."""
    if row.stage in (BreachStage.CLOSED, BreachStage.NO_BREACH):
        return None
    if row.stage is BreachStage.REPORTED:
        return TAKE_UP
    if row.decision == RegulatorDecision.REPORT and row.told_at is None:
        return REPORT
    stands = outline(row)
    if stands.awaits_approval:
        return DECIDE_AGAIN if stands.answer else replace(APPROVE, roles=frozenset(stands.approvers))
    if row.decision is None:
        return _before_the_decision(stands)
    tells = row.people_decision in (PeopleDecision.TELL, PeopleDecision.IN_PUBLIC)
    return TELL if tells and row.people_told_at is None else CLOSE


def is_for(move: Move | None, by: Actor, today: date) -> bool:
    """Whether a step is for somebody: by their role, or because they stand in today for the headteacher, who decides."""
    if move is None or by.role is None:
        return False
    return by.role in move.roles or (move.roles == HEAD and may_decide(by, today))


def _before_the_decision(stands: Standing) -> Move:
    if stands.advice:
        return DECIDE
    return ADVISE if stands.assessment else ASSESS
