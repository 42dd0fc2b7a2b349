"""One parent answers for their own children through their link: read, kept as answers of theirs, and taken back again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from models.answer_link import AnswerLink
from models.image_answer import ImageAnswer
from models.vocabulary import AnswerMethod, Decider, FileCategory, ImageDecision, YesNoUnknown
from registry.actor import Actor
from registry.families import asking, own_answers
from registry.families.families import Child
from registry.families.form_words import is_by_consent, question
from registry.families.own_answers import Own
from registry.families.own_page import Page, Shut, page_of
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.images.uses import Use
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.images.answers import ANSWERS
from registry.rules.plain_dates import months_after, plain_day
from registry.trace.audit import Trace, recording

ROBOT = "answer link"
SAID_SO = "Said on the form that they have parental responsibility."
KNOWN = "Parental responsibility as kept in the list of parents and carers."
WHAT_IT_IS = "What the parent answered, as their link showed it."
TOLD_BY_PARENT = "As a parent told it through their link."


class _Overtaken(Exception):
    """Somebody else answered meanwhile, so that something else is new."""


@dataclass(frozen=True)
class Said:
    """What a parent sent: yes or no by child and use, what a child does not want, conditions by child, and their own authority."""

    answers: Mapping[tuple[UUID, UUID], bool] = field(default_factory=dict)
    unwanted: frozenset[tuple[UUID, UUID]] = frozenset()
    conditions: Mapping[UUID, str] = field(default_factory=dict)
    is_responsible: bool | None = None


Copy = Callable[[Page], bytes]
"""Draws what a parent answered, as a PDF."""

NewOf = Callable[[Page], Iterable[dict[str, Any]]]
"""Which answers are new on a page."""


def answer(link: AnswerLink, said: Said, occasion: Occasion, *, copy: Copy) -> int:
    """Keep what is new in what a parent sent, with a copy as its evidence; how many answers that is.

    Raises Shut when the link has ended meanwhile, and CannotBeDone.
    """
    return _keep(link, occasion, copy, lambda page: _new_answers(page, said))


def say_no(link: AnswerLink, child: UUID, use: UUID, occasion: Occasion, *, copy: Copy) -> int:
    """Take a yes back, or object, for one child and use, at once; 0 when that stands already. Raises as `answer` does."""
    return _keep(link, occasion, copy, lambda page: _a_no(page, child, use))


def occasion_of(link: AnswerLink, occasion: Occasion) -> Occasion:
    """The same occasion as the trace notes it: the link acts, and names nobody."""
    return Occasion(Actor.robot(ROBOT, link.school_id), occasion.at, occasion.school)


def _keep(link: AnswerLink, occasion: Occasion, copy: Copy, new_of: NewOf) -> int:
    """The copy is drawn before anybody waits for it. Then everything is looked at once more inside the recording, when nobody else writes:
    two tabs and two clicks add nothing twice, and whoever was overtaken begins again."""
    today = occasion.school.today
    assert today is not None, "an answer is given on a day"  # noqa: S101 - a mistake of ours
    acting = occasion_of(link, occasion)
    while new := list(new_of(page := page_of(_still(link, acting), today))):
        evidence = _sealed(link, copy(_once_kept(page, new)), today, acting)
        try:
            with recording(acting.by, acting.at) as trace:
                if list(new_of(page_of(_still(link, acting), today))) != new:
                    raise _Overtaken
                _store(trace, link, new, acting, evidence=evidence)
            evidence.keep()
        except _Overtaken:
            continue
        finally:
            evidence.give_up()  # which does nothing once it is kept
        return len(new)
    return 0


def _store(trace: Trace, link: AnswerLink, new: list[dict[str, Any]], acting: Occasion, *, evidence: Arriving) -> None:
    first = next_number(ANSWERS, acting.by)
    insert_many(trace, ANSWERS, new, acting, number=first)
    kept = ImageAnswer.select().where(ImageAnswer.number >= first).order_by(ImageAnswer.number)
    attachments.add_to_all(trace, ANSWERS, list(kept), evidence, about=Described(FileCategory.EVIDENCE, WHAT_IT_IS), occasion=acting)
    asking.note_answered(trace, _still(link, acting), acting.at)


def _sealed(link: AnswerLink, content: bytes, today: date, acting: Occasion) -> Arriving:
    file = Arriving(link.school_id, f"Answers of {plain_day(today)}.pdf", acting.at)
    file.write(content)
    file.finish()
    return file


def _once_kept(page: Page, new: Iterable[Mapping[str, Any]]) -> Page:
    """The page as it is when these answers are kept."""
    of_parent = [each for each in new if each["decider"] != Decider.PUPIL]
    unwanted = frozenset((each["person"], each["use"]) for each in new if each["decider"] == Decider.PUPIL)
    answers = {(each["person"], each["use"]): own_answers.just_given(each) for each in of_parent}
    said_so = SAID_SO if any(each["authority"] == SAID_SO for each in of_parent) else ""
    return replace(page, answers={**page.answers, **answers}, unwanted=unwanted, authority=said_so)


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
