from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import Article35, Criterion, RegulatorItem, ScreeningOutcome, YesNoUnknown
from registry.rules.dpia_screening import NEEDS_A_CRITERION, ScreeningAnswers, screen

STARRED = {"1", "4", "5", "7", "8"}
FACES = "It is number 4 on the regulator’s list (UK GDPR Article 35(4)): biometric data that identifies people, such as a fingerprint or face."
OWN_REASONS = "a person gives their own reasons, and these are recorded"


def outcome(**answers: object) -> str:
    return screen(answers).outcome.value


def test_a_canteen_that_recognises_faces_needs_an_assessment_for_every_reason_there_is() -> None:
    found = screen(ScreeningAnswers(regulator_items=(RegulatorItem.BIOMETRIC,), criteria=(Criterion.SENSITIVE, Criterion.INNOVATIVE)))
    assert (found.outcome, found.is_required) == (ScreeningOutcome.REGULATORS_LIST, True)
    assert found.reasons == (
        f"{FACES} With a criterion beside it, that makes an assessment due.",
        "Criterion 4 of the nine is met (WP248 on Article 35(1)): sensitive or very personal data.",
        "Criterion 7 of the nine is met (WP248 on Article 35(1)): pupils are concerned, and children are always vulnerable.",
        "Criterion 8 of the nine is met (WP248 on Article 35(1)): new technology, or a new use of it.",
        "3 of the nine criteria are met (4, 7 and 8), and two make an assessment due (UK GDPR Article 35(1)).",
    )
    assert outcome(wp248=["sensitive", "vulnerable", "innovative"]) == "required_two_criteria"


def test_what_the_law_names_comes_first_and_the_rest_is_said_too() -> None:
    found = screen({"art35_3": ["b", "c"], "ico_list": [4], "wp248": [5]})
    assert found.outcome is ScreeningOutcome.ARTICLE_35_3
    assert [reason.split(":")[0] for reason in found.reasons[:2]] == ["UK GDPR Article 35(3)(b) names it", "UK GDPR Article 35(3)(c) names it"]
    assert "number 4" in found.reasons[2]
    assert [reason[:11] for reason in found.reasons[3:5]] == ["Criterion 5", "Criterion 7"]


@pytest.mark.parametrize("item", RegulatorItem)
def test_some_items_of_the_list_need_a_criterion_beside_them_which_pupils_always_give(item: RegulatorItem) -> None:
    assert (item in NEEDS_A_CRITERION) is (item.value in STARRED)
    assert outcome(regulator_items=(item,)) == "required_ico_list"
    assert outcome(regulator_items=(item,), concerns_pupils="no", criteria=("5",)) == "required_ico_list"
    alone = screen({"regulator_items": (item,), "concerns_pupils": "no"})
    assert alone.outcome == ("not_required_reasoned" if item.value in STARRED else "required_ico_list")
    assert ("and none is met" in alone.reasons[0]) is (item.value in STARRED)


@pytest.mark.parametrize("said", ["yes", "Yes", True, "unknown", YesNoUnknown.UNKNOWN, None, ""])
def test_pupils_count_as_vulnerable_unless_somebody_says_that_there_are_none(said: str | bool | None) -> None:
    assert outcome(concerns_pupils=said) == "recommended_one_criterion"
    assert outcome(concerns_pupils=said, criteria=["monitoring"]) == "required_two_criteria"
    words = ": pupils are concerned, and" if said in ("yes", "Yes", True) else ": nobody has said that no pupils are concerned, and"
    assert words in screen({"concerns_pupils": said}).reasons[0]


@pytest.mark.parametrize("said", ["no", " No ", False, YesNoUnknown.NO])
def test_without_pupils_only_what_was_chosen_counts(said: str | bool) -> None:
    assert outcome(concerns_pupils=said) == "not_required_reasoned"
    assert outcome(concerns_pupils=said, criteria=[1]) == "recommended_one_criterion"
    assert outcome(concerns_pupils=said, criteria=[1, 2]) == "required_two_criteria"
    assert screen({"concerns_pupils": said, "criteria": "vulnerable"}).reasons[0].endswith("(WP248 on Article 35(1)): the people are vulnerable.")


def test_a_no_asks_for_the_reasons_of_a_person() -> None:
    nothing, one = screen({"concerns_pupils": "no"}), screen(ScreeningAnswers())
    assert not nothing.is_required
    assert not one.is_required
    assert len(nothing.reasons) == 1
    assert OWN_REASONS in nothing.reasons[-1]
    assert OWN_REASONS in one.reasons[-1]
    assert "one is recommended" in one.reasons[-1]
    assert OWN_REASONS not in " ".join(screen({"criteria": ["matching"]}).reasons)


@pytest.mark.parametrize(("words", "choice"), [
    ("sensitive", "4"), (Criterion.SENSITIVE, "4"), (4, "4"), ("4", "4"), ("SENSITIVE", "4"), ("Sensitive or very personal data", "4"),
    ("large_scale", "5"), ("large scale", "5"), ("systematic monitoring", "3"), ("matching/combining datasets", "6"), ("vulnerable subjects", "7"),
])  # fmt: skip
def test_a_criterion_goes_by_its_number_its_name_or_its_words(words: object, choice: str) -> None:
    found = screen({"wp248": {words}, "concerns_pupils": "no"})
    assert [reason for reason in found.reasons if reason.startswith(f"Criterion {choice} ")]
    assert found.outcome is ScreeningOutcome.ONE_CRITERION


@pytest.mark.parametrize(("one", "found"), [
    ({"ico_list": "biometrics"}, "required_ico_list"), ({"criteria": 4}, "required_two_criteria"), ({"criteria": None}, "recommended_one_criterion"),
    ({"art35_3": "(a)"}, "required_art35_3"), ({"art35_3": "35(3)(c)"}, "required_art35_3"), ({"art35_3": False}, "recommended_one_criterion"),
    ({"criteria": {"sensitive": True, "matching": False}}, "required_two_criteria"), ({"criteria": {"matching": "no"}}, "recommended_one_criterion"),
])  # fmt: skip
def test_one_answer_may_stand_by_itself_or_have_a_yes_or_no(one: dict[str, object], found: str) -> None:
    assert outcome(**one, name="A plan that is called something") == found


@pytest.mark.parametrize("wrong", [{"wp248": ["expensive"]}, {"wp248": ["10"]}, {"ico_list": [0]}, {"art35_3": ["d"]}, {"art35_3": True},
                                   {"wp248": ["large scale matching"]}, {"wp248": [""]}, {"wp248": "4, 8"}, {"art35_3": "a; b"},
                                   {"wp248": [["4", "8"]]}, {"wp248": 4.0}, {"wp248": [RegulatorItem.TRACKING]},
                                   {"wp248": "not 4"}, {"wp248": ["sensitive: no"]}])  # fmt: skip
def test_what_is_on_no_list_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="One answer is not on its list"):
        screen(wrong)


@pytest.mark.parametrize("wrong", [{"concerns_pupils": 2}, {"concerns_pupils": "nope"}, {"wp248": {"4": 1.0}}, {"wp248": {"4": "perhaps"}},
                                   None, [], "4"])  # fmt: skip
def test_what_is_no_answer_is_refused_and_never_taken_for_one(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"yes, no, unknown|by their names"):
        screen(wrong)


def test_a_yes_or_no_counts_however_it_is_written() -> None:
    said = {"4": "Yes", "8": " YES ", "5": "Not known yet", "3": None, "2": "", "1": "No", "6": 0, "9": "False"}
    assert outcome(wp248=said, concerns_pupils="NO") == "required_two_criteria"
    assert outcome(wp248={"4": 1}, concerns_pupils=0) == outcome(wp248={"4": "true"}, concerns_pupils="n") == "recommended_one_criterion"


def test_a_stem_or_a_lettered_number_is_enough() -> None:
    said = ["C4", "blocks exercise of a right/service/contract"]
    assert outcome(wp248=said, concerns_pupils="no") == outcome(wp248=["4", "9"], concerns_pupils="no") == "required_two_criteria"


MANY = st.builds(
    ScreeningAnswers,
    article_35=st.lists(st.sampled_from(Article35), unique=True).map(tuple),
    regulator_items=st.lists(st.sampled_from(RegulatorItem), unique=True).map(tuple),
    criteria=st.lists(st.sampled_from(Criterion), unique=True).map(tuple),
    concerns_pupils=st.sampled_from([None, True, False, *YesNoUnknown]),
)


@settings(max_examples=60, deadline=None)
@given(MANY)
def test_whatever_is_answered_everything_met_is_named_and_more_never_asks_for_less(answers: ScreeningAnswers) -> None:
    found = screen(answers)
    for number, reasons in ((len(answers.article_35), "Article 35(3)("), (len(answers.regulator_items), "It is number ")):
        assert sum(reasons in reason for reason in found.reasons) == number
    assert all(any(reason.startswith(f"Criterion {each.value} ") for reason in found.reasons) for each in map(Criterion, answers.criteria))
    order = list(ScreeningOutcome)
    more = screen(ScreeningAnswers(answers.article_35, answers.regulator_items, tuple(Criterion), answers.concerns_pupils))
    assert order.index(more.outcome) <= order.index(found.outcome)
    assert found.is_required is found.outcome.value.startswith("required")
