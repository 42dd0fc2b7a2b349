import inspect

import pytest

from models import vocabulary
from models.vocabulary import (
    ASSET_BUSINESS_FUNCTIONS,
    BANK_HOLIDAYS_OF,
    CONTROLLER_OF,
    FINANCIAL_YEAR_END,
    NATIONS_OF,
    PUBLIC_AUTHORITY,
    Art6,
    BusinessFunction,
    JobRole,
    Nation,
    Schedule1,
    SchoolType,
    SpecialCategory,
    Words,
    YesNoUnknown,
)

APPLES = {"macOS", "iOS and iPadOS"}
"""Names that their maker begins with a small letter."""

EVERY_LIST = [each for _, each in inspect.getmembers(vocabulary, inspect.isclass) if issubclass(each, Words) and each is not Words]


@pytest.mark.parametrize("words", EVERY_LIST, ids=lambda words: words.__name__)
def test_every_choice_has_a_code_and_a_label_of_its_own(words: type[Words]) -> None:
    labels = [choice.label for choice in words]
    assert len(labels) >= 2
    assert all(label.strip() == label and not (label[0].islower() and label not in APPLES) and not label.endswith(".") for label in labels)
    assert len(set(labels)) == len(labels)
    assert all(words(choice.value) is choice and "_" not in choice.label for choice in words)


def test_a_choice_is_the_text_of_its_code() -> None:
    assert Art6.CONSENT == "6.1.a"
    assert f"{Art6.CONSENT}" == "6.1.a"
    assert {"6.1.a"} == {Art6.CONSENT}
    assert Art6("6.1.ea") is Art6.RECOGNISED_LEGITIMATE_INTEREST


def test_choices_come_in_the_order_they_are_declared() -> None:
    assert YesNoUnknown.choices() == [("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")]


def test_the_label_of_a_strange_code_is_the_code() -> None:
    assert SpecialCategory.label_of("health") == "Health"
    assert SpecialCategory.label_of("shoe_size") == "shoe_size"


def test_a_choice_without_words_speaks_its_code() -> None:
    class Colour(Words):
        DARK_GREEN = "dark_green"

    assert Colour.DARK_GREEN.label == "Dark green"


def test_there_are_seven_lawful_bases() -> None:
    assert [basis.value for basis in Art6] == ["6.1.a", "6.1.b", "6.1.c", "6.1.d", "6.1.e", "6.1.ea", "6.1.f"]


def test_schedule_1_has_every_paragraph_from_1_to_37_in_its_part() -> None:
    assert [condition.paragraph for condition in Schedule1] == [*range(1, 5), *range(6, 38)]
    assert [condition.part for condition in Schedule1] == [1] * 4 + [2] * 23 + [3] * 9


def test_the_policy_document_is_asked_for_by_employment_by_part_2_except_journalism_and_by_35_and_36() -> None:
    assert {condition.paragraph for condition in Schedule1 if condition.apd} == {1, *range(6, 13), *range(14, 29), 35, 36}


def test_only_independent_schools_are_not_public_authorities() -> None:
    assert [kind for kind in SchoolType if not PUBLIC_AUTHORITY[kind]] == [SchoolType.INDEPENDENT]


def test_everything_that_follows_from_the_kind_of_school_is_said_for_every_kind() -> None:
    for table in (PUBLIC_AUTHORITY, NATIONS_OF, CONTROLLER_OF, FINANCIAL_YEAR_END):
        assert set(table) == set(SchoolType)
    assert set(BANK_HOLIDAYS_OF) == set(Nation)
    assert NATIONS_OF[SchoolType.ACADEMY] == (Nation.ENGLAND,)
    assert FINANCIAL_YEAR_END[SchoolType.ACADEMY] == (8, 31)


def test_assets_are_filed_under_the_first_ten_functions() -> None:
    assert ASSET_BUSINESS_FUNCTIONS[-1] is BusinessFunction.TRIPS
    assert BusinessFunction.CURRICULUM not in ASSET_BUSINESS_FUNCTIONS


def test_there_are_forty_job_roles() -> None:
    assert len(JobRole) == 40
