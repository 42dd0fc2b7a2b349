"""Every combination of what a verdict looks at, and what must be true of all of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import ImageBasis, ImageDecision, ImageFlag, ImageUseKind, NameShown, NoAnswer
from registry.rules.image_verdict import YES, Outcome, PersonFacts, Reason, UseFacts, Verdict, may_not_be_kept, of_picture, verdict

DAY = date(2026, 11, 26)
SAM = PersonFacts(decision=ImageDecision.GIVEN)
WEBSITE = UseFacts(kind=ImageUseKind.WEBSITE, on=DAY)
ENDS = (None, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1))
RANK = {Outcome.ALLOW: 0, Outcome.REVIEW: 1, Outcome.BLOCK: 2}
EVERYTHING: dict[str, tuple[Any, ...]] = {
    "flag": tuple(ImageFlag),
    "decision": tuple(ImageDecision),
    "valid_until": ENDS,
    "child_refused": (False, True),
    "pr_conflict": (False, True),
    "name_shown": tuple(NameShown),
}
STAYS = ({"has_left": False}, {"has_left": True}, {"has_left": True, "is_past_retention": True})
OF_USE: dict[str, tuple[Any, ...]] = {
    "basis": tuple(ImageBasis),
    "no_answer": tuple(NoAnswer),
    "on_school_device": (False, True),
}
KINDS = (
    {"kind": ImageUseKind.WEBSITE, "leaves_school": True, "most_name_shown": NameShown.FULL},
    {"kind": ImageUseKind.NEWSLETTER, "leaves_school": True, "most_name_shown": NameShown.FULL},
    {"kind": ImageUseKind.INTERNAL_DISPLAY, "leaves_school": False, "most_name_shown": NameShown.FIRST},
    {"kind": ImageUseKind.EXAM_EVIDENCE, "leaves_school": False, "most_name_shown": NameShown.FULL},
    {"kind": ImageUseKind.IDENTIFICATION, "leaves_school": False, "most_name_shown": NameShown.FULL},
)
SPARED = {  # the kinds that a flag leaves alone wherever they are seen
    ImageFlag.NONE: set(ImageUseKind),
    ImageFlag.INTERNAL_ONLY: {ImageUseKind.IDENTIFICATION, ImageUseKind.EXAM_EVIDENCE},
    ImageFlag.NO_PUBLICATION: {ImageUseKind.IDENTIFICATION, ImageUseKind.EXAM_EVIDENCE},
    ImageFlag.NO_IMAGES: set(),
}


def each(choices: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every combination of some choices."""
    return (dict(zip(choices, chosen, strict=True)) for chosen in product(*choices.values()))


def is_flagged(person: PersonFacts, use: UseFacts) -> bool:
    """The first row of the table: the flag, and what it leaves alone."""
    if person.flag == ImageFlag.NO_IMAGES and person.keeps_identification and use.kind == ImageUseKind.IDENTIFICATION:
        return False
    if person.flag == ImageFlag.INTERNAL_ONLY and not use.leaves_school:
        return False
    return use.kind not in SPARED[ImageFlag(person.flag)]


def expected(person: PersonFacts, use: UseFacts) -> Verdict:
    """The table of the verdict, read row by row: whether the row is true, and what it comes to. A no beats a not yet; else the first row counts."""
    known, said, rank = person.is_identified, person.decision, list(NameShown).index
    asks = use.basis == ImageBasis.CONSENT or use.no_answer == NoAnswer.BLOCK
    ran_out = person.valid_until is not None and (use.on is None or person.valid_until < use.on)
    is_full_online = person.name_shown == NameShown.FULL and use.kind in ("website", "social_media")
    table = (
        (is_flagged(person, use), Outcome.BLOCK, Reason.SAFEGUARDING),
        (not known, Outcome.REVIEW, Reason.UNIDENTIFIED),
        (known and asks and said == "refused", Outcome.BLOCK, Reason.REFUSED),
        (known and asks and said == "withdrawn", Outcome.BLOCK, Reason.WITHDRAWN),
        (known and asks and said == "objected", Outcome.BLOCK, Reason.OBJECTED),
        (known and asks and said == "not_asked", Outcome.BLOCK, Reason.NO_CONSENT),
        (known and asks and (said == "expired" or (said == "given" and ran_out)), Outcome.BLOCK, Reason.EXPIRED),
        (known and person.child_refused, Outcome.BLOCK, Reason.CHILD_REFUSED),
        (known and person.pr_conflict, Outcome.BLOCK, Reason.PR_CONFLICT),
        (known and said == "refused", Outcome.BLOCK, Reason.REFUSED),
        (known and said == "withdrawn", Outcome.BLOCK, Reason.WITHDRAWN),
        (known and said == "objected", Outcome.BLOCK, Reason.OBJECTED),
        (is_full_online or rank(person.name_shown) > rank(use.most_name_shown), Outcome.BLOCK, Reason.FULL_NAME),
        (not use.on_school_device, Outcome.BLOCK, Reason.DEVICE_POLICY),
        (person.is_past_retention, Outcome.BLOCK, Reason.LEFT_SCHOOL),
        (person.has_left, Outcome.REVIEW, Reason.LEFT_SCHOOL),
        (not use.is_attested, Outcome.REVIEW, Reason.ATTESTATION),
    )
    true = [Verdict(outcome, reason) for is_so, outcome, reason in table if is_so]
    return next((row for row in true if row.outcome is Outcome.BLOCK), true[0] if true else YES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind["kind"]))
@pytest.mark.parametrize("flag", ImageFlag)
def test_every_combination_comes_to_what_the_table_says(kind: dict[str, Any], flag: ImageFlag) -> None:
    uses = [UseFacts(on=DAY, **kind, **chosen) for chosen in each(OF_USE)]
    people = [PersonFacts(**chosen, **stay) for chosen in each({**EVERYTHING, "flag": (flag,)}) for stay in STAYS]
    wrong = [(person, use) for person in people for use in uses if verdict(person, use) != expected(person, use)]
    assert wrong == []
    assert len(people) * len(uses) == 10_368


people = st.builds(
    PersonFacts, is_identified=st.booleans(), keeps_identification=st.booleans(), has_left=st.booleans(), is_past_retention=st.booleans(),
    **{name: st.sampled_from(all_) for name, all_ in EVERYTHING.items()},
)
uses = st.builds(
    UseFacts, kind=st.sampled_from(ImageUseKind), leaves_school=st.booleans(), most_name_shown=st.sampled_from(NameShown), is_attested=st.booleans(),
    on=st.sampled_from((None, DAY)), **{name: st.sampled_from(all_) for name, all_ in OF_USE.items()},
)
NOES = (ImageDecision.REFUSED, ImageDecision.WITHDRAWN, ImageDecision.OBJECTED)


@settings(max_examples=1000)
@given(people, uses)
def test_whatever_else_is_true_the_table_says_it(person: PersonFacts, use: UseFacts) -> None:
    assert verdict(person, use) == expected(person, use)


@given(people, uses, st.sampled_from(NOES))
def test_one_more_no_is_a_no_whatever_it_was_before(person: PersonFacts, use: UseFacts, no: ImageDecision) -> None:
    before = RANK[verdict(person, use).outcome]
    for more in ({"decision": no}, {"child_refused": True}, {"pr_conflict": True}):
        after = verdict(replace(person, **more), use).outcome  # type: ignore[arg-type]
        assert RANK[after] >= before
        assert after is Outcome.BLOCK or not person.is_identified


@given(people, uses)
def test_a_flag_beats_everything(person: PersonFacts, use: UseFacts) -> None:
    stopped = Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)
    needed = use.kind in (ImageUseKind.IDENTIFICATION, ImageUseKind.EXAM_EVIDENCE)
    assert verdict(replace(person, flag=ImageFlag.NO_IMAGES, keeps_identification=False), use) == stopped
    assert needed or verdict(replace(person, flag=ImageFlag.NO_PUBLICATION), use) == stopped
    assert needed or verdict(replace(person, flag=ImageFlag.INTERNAL_ONLY), replace(use, leaves_school=True)) == stopped


@given(people, uses)
def test_a_stricter_flag_never_allows_more(person: PersonFacts, use: UseFacts) -> None:
    ranks = [RANK[verdict(replace(person, flag=flag), use).outcome] for flag in ImageFlag]
    assert ranks == sorted(ranks)


@given(people, uses)
def test_somebody_unknown_is_never_a_yes(person: PersonFacts, use: UseFacts) -> None:
    assert verdict(replace(person, is_identified=False), use).outcome is not Outcome.ALLOW


@given(people, uses)
def test_under_consent_only_a_yes_that_stands_is_a_yes(person: PersonFacts, use: UseFacts) -> None:
    if verdict(person, replace(use, basis=ImageBasis.CONSENT)) == YES:
        assert person.decision == ImageDecision.GIVEN
        assert person.valid_until is None or (use.on is not None and use.on <= person.valid_until)


@given(st.lists(st.tuples(people, uses).map(lambda pair: verdict(*pair)), min_size=1))
def test_the_picture_is_as_good_as_its_worst_person(found: list[Verdict]) -> None:
    worst = of_picture(found)
    assert RANK[worst.outcome] == max(RANK[each.outcome] for each in found)
    assert worst in found


def test_a_picture_of_nobody_is_not_a_yes() -> None:
    assert of_picture(()) == Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED)


@pytest.mark.parametrize(
    ("person", "use", "says"),
    [
        ({}, {}, YES),
        ({"is_identified": False}, {}, Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED)),
        ({"is_identified": False}, {"on_school_device": False}, Verdict(Outcome.BLOCK, Reason.DEVICE_POLICY)),
        ({"valid_until": DAY}, {"on": None}, Verdict(Outcome.BLOCK, Reason.EXPIRED)),
        ({"has_left": True}, {}, Verdict(Outcome.REVIEW, Reason.LEFT_SCHOOL)),
        ({"has_left": True, "is_past_retention": True}, {}, Verdict(Outcome.BLOCK, Reason.LEFT_SCHOOL)),
        ({"name_shown": NameShown.FULL}, {"most_name_shown": NameShown.FULL}, Verdict(Outcome.BLOCK, Reason.FULL_NAME)),
        ({"name_shown": NameShown.FULL}, {"most_name_shown": NameShown.FULL, "kind": ImageUseKind.NEWSLETTER}, YES),
        ({}, {"is_attested": False}, Verdict(Outcome.REVIEW, Reason.ATTESTATION)),
        ({"flag": ImageFlag.NO_PUBLICATION}, {"kind": ImageUseKind.EXAM_EVIDENCE}, YES),
        ({"flag": ImageFlag.NO_IMAGES}, {"kind": ImageUseKind.EXAM_EVIDENCE}, Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)),
        ({"flag": "something new"}, {}, Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)),
        ({"decision": "something new"}, {}, Verdict(Outcome.BLOCK, Reason.NO_CONSENT)),
        ({"decision": ImageDecision.NOT_ASKED}, {"basis": "something new", "no_answer": NoAnswer.ALLOW}, Verdict(Outcome.BLOCK, Reason.NO_CONSENT)),
        ({"name_shown": "something new"}, {}, Verdict(Outcome.BLOCK, Reason.FULL_NAME)),
        ({"name_shown": NameShown.FIRST}, {"most_name_shown": "something new"}, Verdict(Outcome.BLOCK, Reason.FULL_NAME)),
        ({"name_shown": NameShown.NONE}, {"most_name_shown": "something new"}, YES),
    ],
)
def test_a_yes_turns_into_something_else_for_one_reason(person: dict[str, Any], use: dict[str, Any], says: Verdict) -> None:
    assert verdict(replace(SAM, **person), replace(WEBSITE, **use)) == says


def test_what_nobody_said_of_a_use_is_taken_strictly() -> None:
    no_yes = Verdict(Outcome.BLOCK, Reason.NO_CONSENT)
    assert verdict(PersonFacts(), UseFacts(no_answer=NoAnswer.ALLOW)) == no_yes
    assert verdict(PersonFacts(), UseFacts(basis=ImageBasis.PUBLIC_TASK)) == no_yes
    assert verdict(replace(SAM, flag=ImageFlag.INTERNAL_ONLY), UseFacts()) == Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)
    assert verdict(replace(SAM, name_shown=NameShown.FULL), UseFacts()) == Verdict(Outcome.BLOCK, Reason.FULL_NAME)


@pytest.mark.parametrize("basis", [ImageBasis.PUBLIC_TASK, ImageBasis.LEGITIMATE_INTERESTS])
def test_without_consent_nobody_is_asked_and_an_objection_is_honoured(basis: ImageBasis) -> None:
    told = UseFacts(kind=ImageUseKind.IDENTIFICATION, basis=basis, no_answer=NoAnswer.ALLOW, leaves_school=False, on=DAY)
    assert verdict(PersonFacts(), told) == YES
    assert verdict(PersonFacts(decision=ImageDecision.OBJECTED), told) == Verdict(Outcome.BLOCK, Reason.OBJECTED)
    assert verdict(PersonFacts(decision=ImageDecision.REFUSED), told) == Verdict(Outcome.BLOCK, Reason.REFUSED), "asked, and refused"


def test_who_answered_only_for_the_newsletter_has_not_answered_for_the_website() -> None:
    others = [SAM, PersonFacts(), SAM]
    assert of_picture(verdict(person, WEBSITE) for person in others) == Verdict(Outcome.BLOCK, Reason.NO_CONSENT)


def test_one_flag_among_three_who_said_yes_stops_the_picture() -> None:
    others = [SAM, replace(SAM, flag=ImageFlag.NO_PUBLICATION), SAM]
    assert of_picture(verdict(person, WEBSITE) for person in others) == Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)


@pytest.mark.parametrize("kind", ImageUseKind)
def test_a_picture_is_kept_for_a_year_after_somebody_left_unless_it_is_needed_longer(kind: ImageUseKind) -> None:
    is_kept_longer = kind in ("id_mis", "exam_evidence", "archive")
    assert not may_not_be_kept(kind, date(2025, 7, 22), date(2026, 7, 22))
    assert may_not_be_kept(kind, date(2025, 7, 22), date(2026, 7, 23)) is not is_kept_longer
    assert not may_not_be_kept(kind, None, date(2026, 7, 23)), "of a day that nobody knows nothing is known"
