"""May this picture be used: for each person in it, and for the picture, on the day it would be published. When in doubt, no.

UK GDPR Articles 6(1)(a), (e) and (f), 7 and 21. A safeguarding flag beats every answer; whatever the basis, a no that the school asked for
is honoured; an answer is looked at when the picture is published, not when it was taken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.vocabulary import ImageBasis, ImageDecision, ImageFlag, ImageUseKind, NameShown, NoAnswer, Outcome, Words
from registry.rules.plain_dates import is_older


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
_NOES: dict[str, Reason] = {
    ImageDecision.REFUSED: Reason.REFUSED,
    ImageDecision.WITHDRAWN: Reason.WITHDRAWN,
    ImageDecision.OBJECTED: Reason.OBJECTED,
}
_NAMES: tuple[str, ...] = (NameShown.NONE, NameShown.FIRST, NameShown.FULL)
_NEEDED = (ImageUseKind.IDENTIFICATION, ImageUseKind.EXAM_EVIDENCE)  # seen by those who look after or mark a pupil, and by nobody else
_NEVER_IN_FULL = (ImageUseKind.WEBSITE, ImageUseKind.SOCIAL_MEDIA)  # whatever the school allows: what anybody can see names nobody in full
_KEPT_LONGER = (*_NEEDED, ImageUseKind.ARCHIVE)  # with the pupil's record, until appeals are over, and for good
_KEPT_AFTER_LEAVING = 12  # months, at the most: what families are told of every other use
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


def may_not_be_kept(kind: str, left_on: date | None, on: date) -> bool:
    """Whether a picture of somebody may not be kept any more, as they left too long ago; of a day that nobody knows this is not known."""
    return left_on is not None and kind not in _KEPT_LONGER and is_older(left_on, _KEPT_AFTER_LEAVING, on)


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
    if _shows_too_much(person.name_shown, use):
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
    """What the answers have against it: a yes that is needed and is not there, then whoever speaks against one, then an objection."""
    needs_yes = use.basis not in _WITHOUT_CONSENT or use.no_answer != NoAnswer.ALLOW
    if needs_yes and not _has_yes(person, use):
        return _why_no_yes(person.decision)
    if person.child_refused:
        return Reason.CHILD_REFUSED
    return Reason.PR_CONFLICT if person.pr_conflict else _NOES.get(person.decision)


def _has_yes(person: PersonFacts, use: UseFacts) -> bool:
    has_ended = person.valid_until is not None and (use.on is None or use.on > person.valid_until)
    return person.decision == ImageDecision.GIVEN and not has_ended


def _why_no_yes(decision: str) -> Reason:
    """What stands in the place of a yes."""
    has_ended = decision in (ImageDecision.GIVEN, ImageDecision.EXPIRED)
    return _NOES.get(decision, Reason.EXPIRED if has_ended else Reason.NO_CONSENT)


def _shows_too_much(shown: str, use: UseFacts) -> bool:
    """Whether more of a name is shown than a use allows; where either is none of ours, only no name is little enough."""
    if shown not in _NAMES or use.most_name_shown not in _NAMES:
        return shown != NameShown.NONE
    is_public = shown == NameShown.FULL and use.kind in _NEVER_IN_FULL
    return is_public or _NAMES.index(shown) > _NAMES.index(use.most_name_shown)
