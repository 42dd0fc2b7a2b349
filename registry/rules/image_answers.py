"""How the answers of several people for one use come together: any no is a no, and one yes from somebody who may say it is a yes.

There is no age at which a child decides by law; the school judges whether a pupil is able to (in Scotland one of 12 is presumed so, Data
Protection Act 2018 section 208). A pupil's no beats a parent's yes at any age; parents who disagree count as no and go to the headteacher.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.names import fold
from models.vocabulary import Decider, ImageDecision, Relation, YesNoUnknown

NOES = (ImageDecision.REFUSED, ImageDecision.WITHDRAWN, ImageDecision.OBJECTED)
_ANSWERS = (ImageDecision.GIVEN, *NOES)  # what else may be noted, that nobody was asked or that a yes ran out, takes no no back
_THEMSELVES = (Decider.PUPIL, Decider.ADULT)
_FOR_CHILDREN_IN_CARE = (Relation.FOSTER_CARER, Relation.SOCIAL_WORKER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of one person; who answers again is taken at their last word."""

    who: str  # the same for the same person
    decider: str
    decision: str
    at: datetime
    counts_from: date = date.min  # where the day on it is later than the one on which it was written down
    valid_until: date | None = None
    is_able: bool = False  # a pupil whom the school holds able to decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a use stands for one person, as `image_verdict.PersonFacts` takes it."""

    decision: ImageDecision = ImageDecision.NOT_ASKED
    valid_until: date | None = None
    child_refused: bool = False
    pr_conflict: bool = False


def standing(answers: Sequence[Answer], at: datetime, on: date) -> Standing:
    """What the answers given up to an instant come to on a day."""
    last = _last_words(answers, at)
    noes = [each for each in last if each.decision in NOES]
    yeses = [each for each in last if each.decision == ImageDecision.GIVEN and _may_say_yes(each)]
    good = [each for each in yeses if each.valid_until is None or each.valid_until >= on]
    child_refused = any(each.decider == Decider.PUPIL for each in noes)
    if good:
        pr_conflict = any(each.decider != Decider.PUPIL for each in noes)
        return Standing(decision=ImageDecision.GIVEN, valid_until=_longest(good), child_refused=child_refused, pr_conflict=pr_conflict)
    if noes:
        return Standing(decision=ImageDecision(max(noes, key=lambda each: each.at).decision), child_refused=child_refused)
    has_run_out = bool(yeses) or any(each.decision == ImageDecision.EXPIRED for each in last)
    return Standing(decision=ImageDecision.EXPIRED if has_run_out else ImageDecision.NOT_ASKED)


def may_decide_as_parent(relation: str | None, responsibility: str | None) -> bool:
    """Whether a yes of theirs counts. Fostering a child, or working for the council, gives no right to: the school has to know of one."""
    if responsibility == YesNoUnknown.YES:
        return True
    return responsibility != YesNoUnknown.NO and relation not in _FOR_CHILDREN_IN_CARE


def who_answers(decider: str, carer: str = "", signed: str = "") -> str:
    """The same for the same person: themselves, whose entry it is, what name they signed with, else what they are to the person.

    Whatever somebody signs with, it makes nobody else of them: a parent may be called as the pupil is.
    """
    if decider in _THEMSELVES:
        return "self"
    return carer or (f"signed {fold(signed)}" if signed else decider)


def placed(given: date, written: date) -> date:
    """Where an answer stands among others: by the day on it, though never after the day on which it was written down."""
    return min(given, written)


def takes_the_place(before: str, after: str) -> bool:
    """Whether what somebody is noted with later counts in the place of what they said before: of a no only another answer of theirs does."""
    return before not in NOES or after in _ANSWERS


def _last_words(answers: Sequence[Answer], at: datetime) -> list[Answer]:
    """The last answer of each person; of two at one instant the one that stands later."""
    last: dict[str, Answer] = {}
    for answer in sorted((each for each in answers if each.at <= at), key=lambda each: each.at):
        if answer.who not in last or takes_the_place(last[answer.who].decision, answer.decision):
            last[answer.who] = answer
    return list(last.values())


def _may_say_yes(answer: Answer) -> bool:
    """Whether somebody's yes counts; anybody's no does."""
    return answer.decider in (Decider.PARENT, Decider.AUTHORITY, Decider.ADULT) or (answer.decider == Decider.PUPIL and answer.is_able)


def _longest(yeses: Sequence[Answer]) -> date | None:
    """The last day on which any of them counts; None when one has no end."""
    ends = [each.valid_until for each in yeses]
    return None if None in ends else max(end for end in ends if end is not None)
