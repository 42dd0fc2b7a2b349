"""How the answers of parents, pupil and others come together."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Decider, ImageBasis, ImageDecision, NoAnswer, Relation, YesNoUnknown
from registry.rules.image_answers import Answer, Standing, may_decide_as_parent, placed, standing, who_answers
from registry.rules.image_verdict import Outcome, PersonFacts, UseFacts, verdict

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 26)
GIVEN, REFUSED, WITHDRAWN, OBJECTED = ImageDecision.GIVEN, ImageDecision.REFUSED, ImageDecision.WITHDRAWN, ImageDecision.OBJECTED
ANN = Answer(who="Ann", decider=Decider.PARENT, decision=GIVEN, at=NOW - timedelta(days=60))
BEN = Answer(who="Ben", decider=Decider.PARENT, decision=GIVEN, at=NOW - timedelta(days=50))
SAM = Answer(who="Sam", decider=Decider.PUPIL, decision=GIVEN, at=NOW - timedelta(days=40))


def answered(answer: Answer, decision: ImageDecision, **more: object) -> Answer:
    """The same person with another answer."""
    known = {name: getattr(answer, name) for name in Answer.__slots__}
    return Answer(**{**known, "decision": decision, **more})


def say(*answers: Answer) -> Standing:
    """What they come to today; in whatever order they were noted."""
    found = {standing(order, NOW, DAY) for order in permutations(answers)}
    assert len(found) == 1
    return found.pop()


def test_nobody_was_asked() -> None:
    assert say() == Standing()


def test_one_parent_is_enough_for_a_yes() -> None:
    assert say(ANN) == Standing(decision=GIVEN)


def test_the_local_authority_says_yes_for_a_child_in_its_care() -> None:
    assert say(answered(ANN, GIVEN, decider=Decider.AUTHORITY)) == Standing(decision=GIVEN)


def test_parents_who_disagree_count_as_no() -> None:
    assert say(ANN, answered(BEN, REFUSED)) == Standing(decision=GIVEN, pr_conflict=True)
    assert say(ANN, answered(BEN, WITHDRAWN)).pr_conflict


def test_parents_who_agree_on_no_do_not_disagree_and_the_latest_says_how() -> None:
    assert say(answered(ANN, REFUSED), answered(BEN, OBJECTED)) == Standing(decision=OBJECTED)


def test_a_pupils_no_beats_a_parents_yes_at_any_age() -> None:
    assert say(ANN, answered(SAM, REFUSED)) == Standing(decision=GIVEN, child_refused=True)
    assert say(answered(SAM, REFUSED)) == Standing(decision=REFUSED, child_refused=True)
    ran_out = answered(ANN, GIVEN, valid_until=DAY - timedelta(days=1))
    assert say(ran_out, answered(SAM, REFUSED)) == Standing(decision=REFUSED, child_refused=True), "asking the parent again would not help"


@pytest.mark.parametrize("note", [ImageDecision.NOT_ASKED, ImageDecision.EXPIRED, "a word of a later version"])
@pytest.mark.parametrize("said_no", [ANN, SAM])
def test_only_a_yes_takes_a_no_back(note: ImageDecision, said_no: Answer) -> None:
    later = answered(said_no, note, at=NOW - timedelta(days=1))
    assert say(BEN, answered(said_no, REFUSED), later) == say(BEN, answered(said_no, REFUSED))
    assert say(BEN, answered(said_no, REFUSED), later, answered(said_no, GIVEN, at=NOW)) == Standing(decision=GIVEN)


def test_a_yes_that_is_noted_as_run_out_is_none_any_more() -> None:
    assert say(ANN, answered(ANN, ImageDecision.EXPIRED, at=NOW)) == Standing(decision=ImageDecision.EXPIRED)


def test_nobody_becomes_somebody_else_by_what_they_sign_with() -> None:
    entry = "0" * 31 + "1"
    everybody = [
        who_answers(Decider.PUPIL),
        who_answers(Decider.PARENT),
        who_answers(Decider.OTHER),
        who_answers(Decider.PARENT, carer=entry),
        who_answers(Decider.PARENT, signed="Sam Patel"),
        *(who_answers(Decider.PARENT, signed=name) for name in ("Self", "Pupil", "Parent", "Other", entry)),
    ]
    assert len(set(everybody)) == len(everybody)


def test_a_pupil_is_one_person_whatever_they_sign_with_and_through_whosever_entry_they_speak() -> None:
    assert who_answers(Decider.PUPIL) == who_answers(Decider.PUPIL, signed="Sam Patel") == who_answers(Decider.PUPIL, carer="0" * 32)


def test_the_same_name_in_another_spelling_is_the_same_person() -> None:
    assert who_answers(Decider.PARENT, signed="Raj Patel") == who_answers(Decider.OTHER, signed="PATEL, Raj")


def test_an_answer_stands_by_its_day_and_never_after_it_was_written_down() -> None:
    assert placed(date(2026, 9, 7), written=DAY) == date(2026, 9, 7)
    assert placed(date(2036, 9, 7), written=DAY) == DAY


@pytest.mark.parametrize("relation", [None, *Relation])
def test_who_looks_after_a_child_in_care_may_decide_only_when_the_school_knows_it(relation: Relation | None) -> None:
    assert may_decide_as_parent(relation, YesNoUnknown.YES)
    assert not may_decide_as_parent(relation, YesNoUnknown.NO)
    in_care = relation in (Relation.FOSTER_CARER, Relation.SOCIAL_WORKER)
    assert may_decide_as_parent(relation, YesNoUnknown.UNKNOWN) is not in_care


def test_a_pupils_yes_counts_only_when_the_school_holds_them_able() -> None:
    assert say(SAM) == Standing()
    assert say(answered(SAM, GIVEN, is_able=True)) == Standing(decision=GIVEN)


def test_somebody_without_parental_responsibility_can_say_no_and_not_yes() -> None:
    gran = Answer(who="Gran", decider=Decider.OTHER, decision=GIVEN, at=NOW)
    assert say(gran) == Standing()
    assert say(ANN, answered(gran, REFUSED)) == Standing(decision=GIVEN, pr_conflict=True)


def test_the_last_word_of_each_counts_and_nothing_said_later_than_asked() -> None:
    taken_back = answered(ANN, WITHDRAWN, at=NOW)
    assert say(ANN, taken_back) == Standing(decision=WITHDRAWN)
    assert standing([ANN, taken_back], NOW - timedelta(seconds=1), DAY) == Standing(decision=GIVEN)


def test_of_two_words_at_one_instant_the_later_noted_counts() -> None:
    both = [ANN, answered(ANN, REFUSED)]
    assert standing(both, NOW, DAY).decision == REFUSED
    assert standing(both[::-1], NOW, DAY).decision == GIVEN


def test_a_yes_ends_with_its_last_day() -> None:
    short = answered(ANN, GIVEN, valid_until=DAY)
    assert standing([short], NOW, DAY) == Standing(decision=GIVEN, valid_until=DAY)
    assert standing([short], NOW, DAY + timedelta(days=1)) == Standing(decision=ImageDecision.EXPIRED)
    assert say(answered(ANN, ImageDecision.EXPIRED)) == Standing(decision=ImageDecision.EXPIRED)


def test_of_two_that_stand_the_longer_counts() -> None:
    later = DAY + timedelta(days=9)
    assert say(answered(ANN, GIVEN, valid_until=DAY), answered(BEN, GIVEN, valid_until=later)).valid_until == later
    assert say(answered(ANN, GIVEN, valid_until=DAY), BEN).valid_until is None


def test_a_yes_that_has_run_out_does_not_make_a_refusal_a_disagreement() -> None:
    ran_out = answered(ANN, GIVEN, valid_until=DAY - timedelta(days=1))
    assert say(ran_out, answered(BEN, REFUSED)) == Standing(decision=REFUSED)


answers = st.builds(
    Answer,
    who=st.sampled_from("abcd"),
    decider=st.sampled_from(Decider),
    decision=st.sampled_from(ImageDecision),
    at=st.sampled_from([NOW - timedelta(days=days) for days in range(5)]),
    valid_until=st.sampled_from((None, DAY, DAY - timedelta(days=1))),
    is_able=st.booleans(),
)


def outcome(given_: list[Answer], use: UseFacts) -> Outcome:
    """What a check says of somebody with these answers."""
    stands = standing(given_, NOW, DAY)
    person = PersonFacts(decision=stands.decision, valid_until=stands.valid_until, child_refused=stands.child_refused, pr_conflict=stands.pr_conflict)
    return verdict(person, use).outcome


@given(st.lists(answers, max_size=6), answers, st.sampled_from((REFUSED, WITHDRAWN, OBJECTED)), st.sampled_from(Decider), st.sampled_from(ImageBasis))
def test_nobodys_further_no_turns_a_no_into_a_yes(before: list[Answer], one: Answer, no: ImageDecision, decider: Decider, basis: ImageBasis) -> None:
    further = answered(one, no, who="e", at=NOW, decider=decider)
    assert outcome([*before, further], UseFacts(on=DAY, basis=basis, no_answer=NoAnswer.ALLOW)) is Outcome.BLOCK


@given(st.lists(answers, max_size=6))
def test_under_consent_somebody_who_may_said_yes_and_nobody_says_no(before: list[Answer]) -> None:
    if outcome(before, UseFacts(on=DAY)) is Outcome.ALLOW:
        last = {each.who: each for each in sorted(before, key=lambda each: each.at)}.values()
        assert not [each for each in last if each.decision in (REFUSED, WITHDRAWN, OBJECTED)]
        yeses = [each for each in last if each.decision == GIVEN and each.valid_until in (None, DAY)]
        may = (Decider.PARENT, Decider.AUTHORITY, Decider.ADULT)
        assert [each for each in yeses if each.decider in may or (each.decider == Decider.PUPIL and each.is_able)]


@pytest.mark.parametrize("no", [REFUSED, WITHDRAWN, OBJECTED])
def test_a_no_stays_as_it_was_said(no: ImageDecision) -> None:
    assert say(answered(ANN, no)) == Standing(decision=no)
