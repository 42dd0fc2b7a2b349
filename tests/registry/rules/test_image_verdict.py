"""Every combination of what a verdict looks at, and what must be true of all of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import ImageBasis, ImageDecision, ImageFlag, ImageUseKind, NameShown, NoAnswer
from registry.rules.image_verdict import YES, Outcome, PersonFacts, Reason, UseFacts, Verdict, of_picture, verdict

DAY = date(2026, 11, 26)
SAM = PersonFacts(decision=ImageDecision.GIVEN)
WEBSITE = UseFacts(kind=ImageUseKind.WEBSITE, on=DAY)
ENDS = (None, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1))
RANK = {Outcome.ALLOW: 0, Outcome.REVIEW: 1, Outcome.BLOCK: 2}
EVERYTHING: dict[str, tuple[Any, ...]] = {
    "flag": tuple(ImageFlag),
    "keeps_identification": (False, True),
    "decision": tuple(ImageDecision),
    "valid_until": ENDS,
    "child_refused": (False, True),
    "pr_conflict": (False, True),
    "name_shown": tuple(NameShown),
    "has_left": (False, True),
}
OF_USE: dict[str, tuple[Any, ...]] = {
    "basis": tuple(ImageBasis),
    "no_answer": tuple(NoAnswer),
    "on_school_device": (False, True),
}
KINDS = (
    {"kind": ImageUseKind.WEBSITE, "leaves_school": True},
    {"kind": ImageUseKind.INTERNAL_DISPLAY, "leaves_school": False},
    {"kind": ImageUseKind.IDENTIFICATION, "leaves_school": False},
)


def each(choices: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every combination of some choices."""
    return (dict(zip(choices, chosen, strict=True)) for chosen in product(*choices.values()))


def expected(person: PersonFacts, use: UseFacts) -> Verdict:
    """The table of the verdict, read row by row: whether the row is true, and what it comes to."""
    strictness = list(ImageFlag).index(ImageFlag(person.flag))
    limits = 1 if use.leaves_school else 2
    if use.kind == ImageUseKind.IDENTIFICATION:
        limits = 4 if person.keeps_identification else 3
    yes_stands = person.decision == ImageDecision.GIVEN and (person.valid_until is None or person.valid_until >= DAY)
    needs_no_yes = use.basis != ImageBasis.CONSENT and use.no_answer == NoAnswer.ALLOW
    has_run_out = person.decision in (ImageDecision.GIVEN, ImageDecision.EXPIRED)
    table = (
        (strictness >= limits, Outcome.BLOCK, Reason.SAFEGUARDING),
        (person.decision == ImageDecision.REFUSED, Outcome.BLOCK, Reason.REFUSED),
        (person.decision == ImageDecision.WITHDRAWN, Outcome.BLOCK, Reason.WITHDRAWN),
        (person.decision == ImageDecision.OBJECTED, Outcome.BLOCK, Reason.OBJECTED),
        (person.child_refused, Outcome.BLOCK, Reason.CHILD_REFUSED),
        (person.pr_conflict, Outcome.BLOCK, Reason.PR_CONFLICT),
        (not yes_stands and not needs_no_yes and has_run_out, Outcome.BLOCK, Reason.EXPIRED),
        (not yes_stands and not needs_no_yes, Outcome.BLOCK, Reason.NO_CONSENT),
        (person.name_shown == NameShown.FULL, Outcome.BLOCK, Reason.FULL_NAME),
        (not use.on_school_device, Outcome.BLOCK, Reason.DEVICE_POLICY),
        (person.has_left, Outcome.REVIEW, Reason.LEFT_SCHOOL),
    )
    return next((Verdict(outcome, reason) for is_so, outcome, reason in table if is_so), YES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind["kind"]))
@pytest.mark.parametrize("flag", ImageFlag)
def test_every_combination_comes_to_what_the_table_says(kind: dict[str, Any], flag: ImageFlag) -> None:
    uses = [UseFacts(on=DAY, **kind, **chosen) for chosen in each(OF_USE)]
    people = [PersonFacts(**chosen) for chosen in each({**EVERYTHING, "flag": (flag,)})]
    wrong = [(person, use) for person in people for use in uses if verdict(person, use) != expected(person, use)]
    assert wrong == []
    assert len(people) * len(uses) == 13_824


people = st.builds(
    PersonFacts, is_identified=st.booleans(), is_past_retention=st.booleans(), **{name: st.sampled_from(all_) for name, all_ in EVERYTHING.items()}
)
uses = st.builds(
    UseFacts, kind=st.sampled_from(ImageUseKind), leaves_school=st.booleans(), most_name_shown=st.sampled_from(NameShown), is_attested=st.booleans(),
    on=st.sampled_from((None, DAY)), **{name: st.sampled_from(all_) for name, all_ in OF_USE.items()},
)


@given(people, uses, st.sampled_from((ImageDecision.REFUSED, ImageDecision.WITHDRAWN, ImageDecision.OBJECTED)))
def test_one_more_no_never_makes_it_better(person: PersonFacts, use: UseFacts, no: ImageDecision) -> None:
    before = RANK[verdict(person, use).outcome]
    assert RANK[verdict(replace(person, decision=no), use).outcome] >= before
    assert RANK[verdict(replace(person, child_refused=True), use).outcome] >= before
    assert RANK[verdict(replace(person, pr_conflict=True), use).outcome] >= before


@given(people, uses)
def test_a_flag_beats_everything(person: PersonFacts, use: UseFacts) -> None:
    if use.kind != ImageUseKind.IDENTIFICATION:
        flagged = replace(person, flag=ImageFlag.NO_IMAGES)
        assert verdict(flagged, use) == Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)


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
    assert RANK[of_picture(found).outcome] == max(RANK[each.outcome] for each in found)


def test_a_picture_of_nobody_is_not_a_yes() -> None:
    assert of_picture(()) == Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED)


@pytest.mark.parametrize(
    ("person", "use", "says"),
    [
        ({}, {}, YES),
        ({"is_identified": False}, {}, Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED)),
        ({"is_identified": False}, {"on_school_device": False}, Verdict(Outcome.BLOCK, Reason.DEVICE_POLICY)),
        ({"valid_until": DAY}, {"on": None}, Verdict(Outcome.BLOCK, Reason.EXPIRED)),
        ({"has_left": True, "is_past_retention": True}, {}, Verdict(Outcome.BLOCK, Reason.LEFT_SCHOOL)),
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


def test_who_answered_only_for_the_newsletter_has_not_answered_for_the_website() -> None:
    others = [SAM, PersonFacts(), SAM]
    assert of_picture(verdict(person, WEBSITE) for person in others) == Verdict(Outcome.BLOCK, Reason.NO_CONSENT)


def test_one_flag_among_three_who_said_yes_stops_the_picture() -> None:
    others = [SAM, replace(SAM, flag=ImageFlag.NO_PUBLICATION), SAM]
    assert of_picture(verdict(person, WEBSITE) for person in others) == Verdict(Outcome.BLOCK, Reason.SAFEGUARDING)
