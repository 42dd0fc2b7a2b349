"""What was judged of a breach so far: what stands of it, what was superseded, and whether advice was overruled or a decision approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.breach import Breach
from models.breach_judgement import BreachJudgement
from models.roles import Role
from models.vocabulary import JudgementKind, RegulatorDecision, YesNoUnknown
from models.vocabulary import PeopleDecision as People

APPROVERS = (Role.HEADTEACHER, Role.DPO)
"""One of the two decides or advises; the other approves that nothing is reported."""


@dataclass(frozen=True)
class Standing:
    """Everything that was judged of one breach, the newest first, and what stands of it."""

    rows: tuple[BreachJudgement, ...]

    @cached_property
    def assessment(self) -> BreachJudgement | None:
        """The last assessment."""
        return _first(self.rows, JudgementKind.ASSESSMENT)

    @cached_property
    def advice(self) -> BreachJudgement | None:
        """The last advice of the data protection officer."""
        return _first(self.rows, JudgementKind.ADVICE)

    @cached_property
    def decision(self) -> BreachJudgement | None:
        """The last decision."""
        return _first(self.rows, JudgementKind.DECISION)

    @cached_property
    def answer(self) -> BreachJudgement | None:
        """What the other one said to the last decision not to report: approved, or why not."""
        return _first(self._since_the_decision, JudgementKind.APPROVAL)

    @property
    def read(self) -> str:
        """What it is known by that somebody has read this, and nothing that was judged later."""
        return "-".join(each.id.hex if each else "none" for each in (self.assessment, self.advice, self.decision))

    @property
    def awaits_approval(self) -> bool:
        """Whether it is decided that nothing is reported, and the other one has not agreed."""
        return self.decision is not None and self.decision.regulator is RegulatorDecision.NOT_REPORTABLE and not self.is_approved

    @property
    def is_approved(self) -> bool:
        """Whether the other one has agreed that nothing is reported."""
        return self.answer is not None and self.answer.regulator is RegulatorDecision.NOT_REPORTABLE

    @property
    def advice_is_newer(self) -> bool:
        """Whether the data protection officer has advised again since the decision."""
        return self.decision is not None and _first(self._since_the_decision, JudgementKind.ADVICE) is not None

    @property
    def is_overruled(self) -> bool:
        """Whether the last decision is another than the advice that it came after."""
        return self.decision is not None and self.overrules(self.decision)

    def overrules(self, decision: BreachJudgement) -> bool:
        """Whether a decision is another than the advice that it came after."""
        advice = self._advice_before(decision)
        return advice is not None and differs(advice, decision)

    def was_overruled(self, advice: BreachJudgement) -> bool:
        """Whether the last decision that came after this advice, and after no later one, is another."""
        after = (each for each in self.of(JudgementKind.DECISION) if self._advice_before(each) == advice)
        decision = next(after, None)
        return decision is not None and differs(advice, decision)

    def _advice_before(self, decision: BreachJudgement) -> BreachJudgement | None:
        return _first(self.rows[self.rows.index(decision) + 1 :], JudgementKind.ADVICE)

    def replaced_by(self, judged: BreachJudgement) -> BreachJudgement | None:
        """The judgement of the same kind that followed; none where this one stands."""
        later = [each for each in self.rows[: self.rows.index(judged)] if each.kind is judged.kind]
        return later[-1] if later else None

    def of(self, *kinds: JudgementKind) -> list[BreachJudgement]:
        """Every judgement of these kinds, the newest first."""
        return [each for each in self.rows if each.kind in kinds]

    def may_approve(self, user: object, role: Role | None) -> bool:
        """Whether somebody is the other one of headteacher and data protection officer."""
        decided = self.decision
        return self.awaits_approval and decided is not None and role in APPROVERS and (decided.judged_by_id != user and decided.role is not role)

    @property
    def approvers(self) -> list[Role]:
        """Whose approval it takes."""
        return [role for role in APPROVERS if self.decision is None or self.decision.role is not role]

    @cached_property
    def _since_the_decision(self) -> tuple[BreachJudgement, ...]:
        return self.rows if self.decision is None else self.rows[: self.rows.index(self.decision)]


def standing(row: Breach) -> Standing:
    """What was judged of a breach, and what stands of it. One query."""
    return Standing(tuple(judgements(row)))


def outline(row: Breach) -> Standing:
    """The same without reasons, facts and workings, which are sealed and of which the next step does not depend. One query."""
    it = BreachJudgement
    found = it.select(it.id, it.kind, it.at, it.judged_by, it.role, it.regulator, it.people).where(it.breach == row.id)
    return Standing(tuple(found.order_by(it.at.desc(), it.id.desc())))


def judgements(row: Breach) -> Any:
    """Everything that was judged of a breach, the newest first."""
    return BreachJudgement.select().where(BreachJudgement.breach == row.id).order_by(BreachJudgement.at.desc(), BreachJudgement.id.desc())


def latest(row: Breach, kind: JudgementKind) -> BreachJudgement | None:
    """The last judgement of a kind; the earlier ones are superseded by it."""
    found: BreachJudgement | None = judgements(row).where(BreachJudgement.kind == kind).first()
    return found


def is_overruled(row: Breach) -> bool:
    """Whether the last decision is another than the advice before it."""
    return standing(row).is_overruled


def differs(advice: BreachJudgement, decided: Any) -> bool:
    """Whether what was decided is another than what was advised, about the regulator or the people."""
    return (advice.regulator, advice.people) != (decided.regulator, decided.people)


def doubts(assessment: BreachJudgement | None, decided: Any) -> tuple[str, ...]:
    """Where a decision does not follow from the assessment: nothing is refused for it, and whoever decides should know."""
    if assessment is None:
        return ("Nobody has assessed the risk yet.",) if decided is not None else ()
    if decided is None:
        return ()
    found = {
        "The last assessment says that there is a risk to people: then the law wants the regulator told (UK GDPR Article 33(1)).":
            decided.regulator is RegulatorDecision.NOT_REPORTABLE and assessment.risk is YesNoUnknown.YES,
        "The last assessment says that it is not known whether there is a risk. Not to report it, a risk must be unlikely (UK GDPR Article 33(1)).":
            decided.regulator is RegulatorDecision.NOT_REPORTABLE and assessment.risk is YesNoUnknown.UNKNOWN,
        "The last assessment says that the risk is high, and the decision that it is not (UK GDPR Article 34(1)).":
            decided.people is People.NO_HIGH_RISK and assessment.high_risk is YesNoUnknown.YES,
    }  # fmt: skip
    return tuple(sentence for sentence, is_so in found.items() if is_so)


def _first(rows: Iterable[BreachJudgement], kind: JudgementKind) -> BreachJudgement | None:
    return next((each for each in rows if each.kind is kind), None)
