"""May this picture be used: for each person in it, and for the picture, on the day it would be published. When in doubt, no.

UK GDPR Articles 6(1)(a), (e) and (f), 7 and 21. A safeguarding flag beats every answer; whatever the basis, a no that the school asked for
is honoured; an answer is looked at when the picture is published, not when it was taken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.vocabulary import ImageBasis, ImageDecision, ImageFlag, ImageUseKind, NameShown, NoAnswer, Outcome, Words


class Reason(Words):
    """Why it is not yes. Not for the eyes of everybody: `image_reasons` says what may be shown."""

    SAFEGUARDING = "safeguarding"
    UNIDENTIFIED = "unidentified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    CHILD_REFUSED = "child_refused"
    PR_CONFLICT = "pr_conflict"
    EXPIRED = "expired"
    NO_CONSENT = "no_consent"
    FULL_NAME = "full_name"
    DEVICE_POLICY = "device_policy"
    LEFT_SCHOOL = "left_school"
    ATTESTATION = "attestation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """One person in a picture, with how their family's answers for the use in question stand (`image_answers.standing`)."""

    is_identified: bool = True
    flag: str = ImageFlag.NONE
    keeps_identification: bool = False  # with the strictest flag: the safeguarding lead still allows the picture that staff know them by
    decision: str = ImageDecision.NOT_ASKED
    valid_until: date | None = None  # the last day on which a yes counts; None for no end
    child_refused: bool = False
    pr_conflict: bool = False
    name_shown: str = NameShown.NONE
    has_left: bool = False
    is_past_retention: bool = False  # the school may not keep a picture of them any more


@dataclass(frozen=True, slots=True, kw_only=True)
class UseFacts:
    """What the picture is for, and what is true of the picture itself."""

    kind: str = ImageUseKind.OTHER
    basis: str = ImageBasis.CONSENT
    no_answer: str = NoAnswer.BLOCK
    leaves_school: bool = True
    most_name_shown: str = NameShown.FIRST
    on: date | None = None  # the day of publication; without it no yes that ends is known to count
    on_school_device: bool = True
    is_attested: bool = True  # somebody has said that dress, background and place are in order


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, and why it is not yes."""

    outcome: Outcome
    reason: Reason | None = None


YES = Verdict(Outcome.ALLOW)
NOES = {
    ImageDecision.REFUSED: Reason.REFUSED,
    ImageDecision.WITHDRAWN: Reason.WITHDRAWN,
    ImageDecision.OBJECTED: Reason.OBJECTED,
}
_NAMES: tuple[str, ...] = (NameShown.NONE, NameShown.FIRST, NameShown.FULL)
_NEEDED = (ImageUseKind.IDENTIFICATION, ImageUseKind.EXAM_EVIDENCE)  # seen by those who look after or mark a pupil, and by nobody else
_WITHOUT_CONSENT = (ImageBasis.PUBLIC_TASK, ImageBasis.LEGITIMATE_INTERESTS)


def verdict(person: PersonFacts, use: UseFacts) -> Verdict:
    """Whether a picture with this person in it may be used; the first of the worst that can be said against it."""
    against = (*_against_person(person, use), *_against_picture(person, use))
    return next((found for found in against if found.outcome is Outcome.BLOCK), next(iter(against), YES))


def of_picture(people: Iterable[Verdict]) -> Verdict:
    """Whether the picture may be used: its worst person decides, and a picture of nobody knows whom is asked about first."""
    order = tuple(Outcome)
    found = tuple(people) or (Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED),)
    return max(found, key=lambda each: order.index(each.outcome))


def _against_person(person: PersonFacts, use: UseFacts) -> Iterator[Verdict]:
    """What the safeguarding lead and the family have against it, in the order in which it matters."""
    if _is_limited(person, use):
        yield Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)
    if not person.is_identified:
        yield Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED)
    elif reason := _no(person, use):
        yield Verdict(Outcome.BLOCK, reason)


def _against_picture(person: PersonFacts, use: UseFacts) -> Iterator[Verdict]:
    """What else stands against it: how the person is named, how it was taken, and that they have left."""
    if _shows_too_much(person.name_shown, use.most_name_shown):
        yield Verdict(Outcome.BLOCK, Reason.FULL_NAME)
    if not use.on_school_device:
        yield Verdict(Outcome.BLOCK, Reason.DEVICE_POLICY)
    if person.is_past_retention:
        yield Verdict(Outcome.BLOCK, Reason.LEFT_SCHOOL)
    if person.has_left:
        yield Verdict(Outcome.REVIEW, Reason.LEFT_SCHOOL)
    if not use.is_attested:
        yield Verdict(Outcome.REVIEW, Reason.ATTESTATION)


def _is_limited(person: PersonFacts, use: UseFacts) -> bool:
    """Whether the flag stands against this use; a flag that is none of ours is the strictest."""
    if person.flag == ImageFlag.NONE:
        return False
    if person.flag in (ImageFlag.INTERNAL_ONLY, ImageFlag.NO_PUBLICATION):
        is_shown = use.leaves_school or person.flag == ImageFlag.NO_PUBLICATION
        return is_shown and use.kind not in _NEEDED
    return not (use.kind == ImageUseKind.IDENTIFICATION and person.keeps_identification)


def _no(person: PersonFacts, use: UseFacts) -> Reason | None:
    """What the answers have against it: what somebody said first, then that nobody said yes."""
    if person.decision in NOES:
        return NOES[ImageDecision(person.decision)]
    if person.child_refused:
        return Reason.CHILD_REFUSED
    if person.pr_conflict:
        return Reason.PR_CONFLICT
    has_ended = person.valid_until is not None and (use.on is None or use.on > person.valid_until)
    if person.decision == ImageDecision.GIVEN and not has_ended:
        return None
    if use.basis in _WITHOUT_CONSENT and use.no_answer == NoAnswer.ALLOW:
        return None
    return Reason.EXPIRED if person.decision in (ImageDecision.GIVEN, ImageDecision.EXPIRED) else Reason.NO_CONSENT


def _shows_too_much(shown: str, most: str) -> bool:
    """Whether more of a name is shown than a use allows; where either is none of ours, only no name is little enough."""
    if shown not in _NAMES or most not in _NAMES:
        return shown != NameShown.NONE
    return _NAMES.index(shown) > _NAMES.index(most)
