"""What the page of a DPIA shows beside its answers: the verdict of the screening, the risks in their matrix, the flow as a picture, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.dpia import Dpia
from models.vocabulary import ConsultedParty, DpiaStage, RiskLevel, RiskLikelihood, RiskSeverity
from models.vocabulary.shapes import CONSULTATIONS
from registry import naming
from registry.access import Deed, may
from registry.accounts.people import schools_of
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Question
from registry.dpias import following, sending
from registry.dpias.beginning import OPEN
from registry.dpias.following import Followed
from registry.dpias.moving import Move, not_by, open_to
from registry.dpias.working_out import answers_of, regulator_facts, screened
from registry.kinds import kind_of
from registry.linking import linked_ids
from registry.naming import Named
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.dpia_regulator import answer_by, block
from registry.rules.dpia_risks import RiskRow, rows_of
from registry.rules.dpia_screening import Screening, screen
from registry.rules.due import Due
from registry.rules.flow_picture import FlowPicture, FlowRow, flows_of, picture
from registry.rules.risk_matrix import level
from registry.rules.row_text import rows_in
from registry.rules.school_facts import SchoolFacts
from registry.schema import names_for
from registry.templates_for_schools.dpias import STEP_4, DpiaTemplate, templates

FACTS = ("purpose", "art6", "art9", "individuals", "data_categories", "recipients", "retention", "security_measures")
"""What is shown of an activity beside the steps, as it is now."""


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: how great a risk is there, and how many there are before and after the measures."""

    level: RiskLevel
    before: int
    after: int


@dataclass(frozen=True)
class Way:
    """A deed that is open, and what stands in its way; empty for nothing."""

    move: Move
    in_the_way: str


@dataclass(frozen=True)
class ActivityFacts:
    """What is said of a linked activity now."""

    named: Named
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked, in words."""

    party: str
    how: str
    said: str
    taken_up: str


class DpiaView:
    """Everything that is worked out of one DPIA for one reader; the template only lays it out."""

    severities = tuple(reversed(RiskSeverity))
    likelihoods = tuple(RiskLikelihood)

    def __init__(self, row: Dpia, by: Actor, school: SchoolFacts) -> None:
        self._row, self._by, self._school = row, by, school

    @cached_property
    def screening(self) -> Screening | None:
        """The verdict of the screening; none until anybody answered it."""
        return screen(answers_of(self._row)) if screened(self._row) else None

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The deeds that are open to the reader."""
        if not may(self._by, Deed.CHANGE, DPIAS):
            return ()
        return tuple(Way(move, move.in_the_way(self._row) or not_by(move, self._by)) for move in open_to(self._row))

    @property
    def may_choose_risks(self) -> bool:
        """Whether risks of the library can be put into it."""
        return bool(self.ways) and self._row.stage == DpiaStage.ASSESSING

    @property
    def templates(self) -> tuple[DpiaTemplate, ...]:
        """What can still be filled in from a template; none once it was begun from one, and once it is decided."""
        return templates() if self.ways and self._row.stage in OPEN and not self._row.template else ()

    @cached_property
    def to_weigh(self) -> tuple[tuple[Question, tuple[str, ...]], ...]:
        """The answers of step 4 that are still empty, each with what its template asks there."""
        pairs = ((DPIAS.questions[name], self._begun_from.asked_about(name)) for name in STEP_4) if self._begun_from else ()
        return tuple((question, asked) for question, asked in pairs if asked and not getattr(self._row, question.name))

    @property
    def to_ask_suppliers(self) -> tuple[str, ...]:
        """What its template would have asked of a supplier while it is assessed."""
        return self._begun_from.supplier_questions if self._begun_from else ()

    @cached_property
    def followed(self) -> Followed | None:
        """The DPIA of another school that it follows."""
        return following.followed_by(self._row)

    @property
    def may_send(self) -> bool:
        """Whether there is another school to which the reader may send it."""
        return sending.may_send(self._row, schools_of(self._by.user) if self._by.user else (), self._by)

    @property
    def own_words(self) -> int:
        """In how many answers it differs from what was sent last."""
        return len(following.own_answers(self._row)) if self._row.sent else 0

    @cached_property
    def _begun_from(self) -> DpiaTemplate | None:
        """The template that it was begun from, for who still writes it."""
        is_written = bool(self.ways) and self._row.stage == DpiaStage.ASSESSING
        return next((each for each in templates() if each.id == self._row.template), None) if is_written else None

    @property
    def block(self) -> str:
        """Why nothing may begin, by Article 36; empty where it may, and while nothing is assessed."""
        return block(regulator_facts(self._row)) if self._row.stage in (DpiaStage.ASSESSING, DpiaStage.LIVE) else ""

    @cached_property
    def answer_by(self) -> Due | None:
        """By when the regulator answers."""
        return answer_by(regulator_facts(self._row), self._school)

    @cached_property
    def risks(self) -> tuple[RiskRow, ...]:
        """The risks with what is done about them."""
        return rows_of(self._row.risks)

    def cell(self, severity: RiskSeverity, likelihood: RiskLikelihood) -> Cell:
        """One cell of the matrix."""
        before = sum((risk.severity, risk.likelihood) == (severity, likelihood) for risk in self.risks)
        after = sum(self._after(risk) == (severity, likelihood) for risk in self.risks)
        return Cell(level(likelihood, severity), before, after)

    @staticmethod
    def _after(risk: RiskRow) -> tuple[RiskSeverity | None, RiskLikelihood | None]:
        return (risk.severity_after or risk.severity, risk.likelihood_after or risk.likelihood) if risk.after else (None, None)

    @cached_property
    def consultations(self) -> tuple[Asked, ...]:
        """Who was asked, and what came of it."""
        rows = rows_in(CONSULTATIONS, self._row.consultations)
        return tuple(Asked(ConsultedParty(row["party"]).label, row.get("how", ""), row.get("said", ""), row.get("taken_up", "")) for row in rows)

    @cached_property
    def flows(self) -> tuple[FlowRow, ...]:
        """The ways that data takes."""
        return flows_of(self._row.flows)

    @cached_property
    def picture(self) -> FlowPicture:
        """The same as a picture."""
        return picture(self.flows)

    @cached_property
    def activities(self) -> Sequence[ActivityFacts]:
        """The linked processing activities with what is said of them now, as far as the reader may see it."""
        far = register_of("processing")
        if not may(self._by, Deed.SEE, far):
            return ()
        shown = [question for name in FACTS if name in names_for(far, self._by) and (question := far.questions[name])]
        linked = naming.named(far, self._by, linked_ids(self._row.id).get("processing", ()))
        return [ActivityFacts(each, tuple(_said(far.table.get_by_id(each.id), shown))) for each in linked]


def _said(row: Any, questions: Sequence[Question]) -> list[tuple[str, str]]:
    words = ((question.label, kind_of(question.column).words(getattr(row, question.name))) for question in questions)
    return [(label, said) for label, said in words if said]
