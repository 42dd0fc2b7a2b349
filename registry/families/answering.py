"""One parent answers for their own children through their link: read, kept as answers of theirs, and taken back again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from models.answer_link import AnswerLink
from models.vocabulary import AnswerMethod, Decider, ImageDecision, YesNoUnknown
from registry.actor import Actor
from registry.families import asking, families, own_answers
from registry.families.families import Child, Family
from registry.families.form_words import is_by_consent, question
from registry.families.own_answers import Answers, Own
from registry.images.uses import Use, all_uses, form_version
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.images.answers import ANSWERS
from registry.rules.plain_dates import months_after
from registry.trace.audit import Trace, recording

ROBOT = "answer link"
SAID_SO = "Said on the form that they have parental responsibility."
KNOWN = "Parental responsibility as kept in the list of parents and carers."
TOLD_BY_PARENT = "As a parent told it through their link."


class Shut(Exception):
    """The link works no more, or has nobody behind it."""


class _NothingNew(Exception):
    """What was sent is what is kept already."""


@dataclass(frozen=True)
class Page:
    """What stands behind a link: the family, what it is asked and told, and what this parent has answered so far."""

    family: Family
    asked: tuple[Use, ...]
    told: tuple[Use, ...]
    answers: Answers
    today: date

    @property
    def version(self) -> str:
        """Which form it is."""
        return form_version(self.asked)

    @property
    def asks_responsibility(self) -> bool:
        """Whether nobody at the school knows yet if this parent's yes counts."""
        return self.family.responsibility == YesNoUnknown.UNKNOWN and self.family.may_decide

    @property
    def here(self) -> tuple[Child, ...]:
        """The children who are still at the school."""
        return tuple(child for child in self.family.children if not child.has_left)

    def own(self, child: UUID, use: UUID) -> Own | None:
        """What this parent last answered."""
        return self.answers.get((child, use))

    def is_open(self, child: Child, use: Use) -> bool:
        """Whether a question is still to be answered: nobody has, the yes runs out, or the form has changed."""
        own = self.own(child.id, use.id)
        return not child.has_left and (own is None or own.is_due(use, self.today) or not (own.is_yes or own.is_no))

    def can_say_no(self, child: Child, use: Use) -> bool:
        """Whether there is a yes to take back, or something to object to."""
        own = self.own(child.id, use.id)
        return own.is_yes and not own.has_run_out(self.today) if own is not None else not use.is_asked

    def children_of(self, use: Use) -> tuple[Child, ...]:
        """Those about whom a use is asked, or was answered before they left."""
        return tuple(child for child in self.family.children if not child.has_left or self.own(child.id, use.id))

    @property
    def left_open(self) -> int:
        """How many questions are still to be answered."""
        return sum(self.is_open(child, use) for child in self.here for use in self.asked)


@dataclass(frozen=True)
class Said:
    """What a parent sent: yes or no by child and use, what a child does not want, conditions by child, and their own authority."""

    answers: Mapping[tuple[UUID, UUID], bool] = field(default_factory=dict)
    unwanted: frozenset[tuple[UUID, UUID]] = frozenset()
    conditions: Mapping[UUID, str] = field(default_factory=dict)
    is_responsible: bool | None = None


def page_of(link: AnswerLink, today: date) -> Page:
    """What stands behind a link, in its school; raises Shut when the parent was put away, or all children have left and nothing was answered."""
    family = families.of_carers([link.carer], with_leavers=True).get(link.carer)
    if family is None:
        raise Shut
    uses, answers = all_uses(), own_answers.of_carer(link.carer, [child.id for child in family.children])
    page = Page(family, tuple(use for use in uses if use.is_asked), tuple(use for use in uses if not use.is_asked), answers, today)
    if not page.here and not answers:
        raise Shut
    return page


def answer(link: AnswerLink, said: Said, occasion: Occasion) -> int:
    """Keep what is new in what a parent sent; how many answers that is. Raises Shut when the link has ended meanwhile."""
    return _keep(link, occasion, lambda page: _new_answers(page, said))


def say_no(link: AnswerLink, child: UUID, use: UUID, occasion: Occasion) -> int:
    """Take a yes back, or object, for one child and use, at once; 0 when that stands already. Raises Shut."""
    return _keep(link, occasion, lambda page: _a_no(page, child, use))


def occasion_of(link: AnswerLink, occasion: Occasion) -> Occasion:
    """The same occasion as the trace notes it: the link acts, and names nobody."""
    return Occasion(Actor.robot(ROBOT, link.school_id), occasion.at, occasion.school)


def _keep(link: AnswerLink, occasion: Occasion, new_of: Any) -> int:
    """Everything is looked at once more inside the recording, when nobody else writes: two tabs and two clicks add nothing twice."""
    today = occasion.school.today
    assert today is not None, "an answer is given on a day"  # noqa: S101 - a mistake of ours
    acting = occasion_of(link, occasion)
    try:
        with recording(acting.by, acting.at) as trace:
            return _kept(trace, link, acting, list(new_of(page_of(_still(link, acting), today))))
    except _NothingNew:
        return 0


def _kept(trace: Trace, link: AnswerLink, acting: Occasion, new: list[dict[str, Any]]) -> int:
    if not new:
        raise _NothingNew
    insert_many(trace, ANSWERS, new, acting, number=next_number(ANSWERS, acting.by))
    asking.note_answered(trace, _still(link, acting), acting.at)
    return len(new)


def _still(link: AnswerLink, acting: Occasion) -> AnswerLink:
    now: AnswerLink | None = AnswerLink.get_or_none(AnswerLink.id == link.id)
    if now is None or not asking.is_usable(now, acting.at):
        raise Shut
    return now


def _new_answers(page: Page, said: Said) -> Iterator[dict[str, Any]]:
    unwanted = said.unwanted - own_answers.refused_by_pupils(child.id for child in page.here)
    for child in page.here:
        conditions = said.conditions.get(child.id, "")
        for use in page.asked:
            is_yes = said.answers.get((child.id, use.id))
            own = page.own(child.id, use.id)
            if is_yes is not None and not _stands(page, use, own, (is_yes, conditions)):
                decision = ImageDecision.GIVEN if is_yes else no_of(use, own)
                yield {**_of_parent(page, said, decision), **_about(page, child, use, decision), "conditions": conditions if is_yes else ""}
            if child.may_decide and (child.id, use.id) in unwanted:
                yield {"decider": Decider.PUPIL, "authority": TOLD_BY_PARENT, **_about(page, child, use, ImageDecision.REFUSED)}


def _a_no(page: Page, child_id: UUID, use_id: UUID) -> Iterator[dict[str, Any]]:
    child = next((each for each in page.family.children if each.id == child_id), None)
    use = next((each for each in (*page.asked, *page.told) if each.id == use_id), None)
    if child is None or use is None or not page.can_say_no(child, use):
        return
    decision = no_of(use, page.own(child_id, use_id))
    yield {**_of_parent(page, Said(), decision), **_about(page, child, use, decision)}


def no_of(use: Use, own: Own | None) -> ImageDecision:
    """What a no is called: an objection where nobody was asked for consent, a withdrawal of an earlier yes, else a refusal."""
    if not is_by_consent(use):
        return ImageDecision.OBJECTED
    return ImageDecision.WITHDRAWN if own is not None and own.is_yes else ImageDecision.REFUSED


def _stands(page: Page, use: Use, own: Own | None, said: tuple[bool, str]) -> bool:
    """Whether an answer is the one that is kept already."""
    is_yes, conditions = said
    if own is None:
        return False
    if not is_yes:
        return own.is_no
    return own.is_yes and own.conditions == conditions and not own.is_due(use, page.today)


def _of_parent(page: Page, said: Said, decision: ImageDecision) -> dict[str, Any]:
    """Who answered, and with what authority: a yes counts from those who have parental responsibility, a no from anybody."""
    is_known = page.family.responsibility == YesNoUnknown.YES
    may = is_known or (page.asks_responsibility and (said.is_responsible or decision != ImageDecision.GIVEN))
    authority = KNOWN if is_known else SAID_SO if may and said.is_responsible else ""
    return {"decider": Decider.PARENT if may else Decider.OTHER, "carer": page.family.carer, "authority": authority}


def _about(page: Page, child: Child, use: Use, decision: ImageDecision) -> dict[str, Any]:
    ends = months_after(page.today, use.valid_months) if decision == ImageDecision.GIVEN and use.valid_months else None
    return {
        "decision": decision,
        "person": child.id,
        "use": use.id,
        "method": AnswerMethod.ONLINE,
        "decided_on": page.today,
        "valid_until": ends,
        "form_version": page.version[:40],
        "wording": question(use),
    }
