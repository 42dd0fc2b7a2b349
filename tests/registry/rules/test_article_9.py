from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.vocabulary import Schedule1, SpecialCategory
from registry.rules.lawful_basis import ActivityFacts
from tests.registry.rules.activities import CONSENT, SOUND, WITH_POLICY, found, only


def test_health_data_without_a_condition_is_said_in_so_many_words() -> None:
    finding = only("LB07", replace(SOUND, special_categories=["health"]))
    assert finding.message == "Health data is ticked, but no Article 9 condition is chosen. Choose a condition."
    assert (finding.severity, finding.question, finding.mend) == ("error", "art9", "Choose a condition")


def test_several_special_categories_are_counted() -> None:
    finding = only("LB07", replace(SOUND, special_categories=["health", "genetic_data"]))
    assert finding.message.startswith("2 special categories are ticked")
    assert only("LB07", replace(SOUND, special_categories=["aura"])).message.startswith("A special category is ticked")


@pytest.mark.parametrize("category", SpecialCategory)
def test_every_special_category_needs_a_condition(category: str) -> None:
    assert "LB07" in found(replace(SOUND, special_categories=[category]))
    assert "LB07" not in found(replace(SOUND, special_categories=[category], art9=["9.2.c"]))


def allowed_pairs() -> Iterator[tuple[str, str]]:
    yield from (("9.2.b", "part1.1"), ("9.2.h", "part1.2"), ("9.2.i", "part1.3"), ("9.2.j", "part1.4"))
    yield from (("9.2.g", f"part2.{number}") for number in range(6, 29))


@pytest.mark.parametrize("condition", ["9.2.b", "9.2.g", "9.2.h", "9.2.i", "9.2.j"])
@pytest.mark.parametrize("paragraph", [None, *Schedule1])
def test_a_condition_goes_only_with_its_own_paragraphs(condition: str, paragraph: str | None) -> None:
    activity = replace(SOUND, special_categories=["health"], art9=[condition], sch1=[paragraph] if paragraph else [], **WITH_POLICY)
    assert found(activity) == ([] if (condition, paragraph) in set(allowed_pairs()) else ["LB08"])


def test_a_wrong_pair_is_explained_from_both_sides() -> None:
    finding = only("LB08", replace(SOUND, special_categories=["health"], art9=["9.2.g"], sch1=["part1.2", "part3.30", "part3.31"]))
    assert finding.message == (
        "Substantial public interest needs one of the paragraphs 6 to 28 of Schedule 1. Choose one. "
        "Schedule 1 paragraph 2 goes only with health or social care, which is not chosen. "
        "Schedule 1 paragraphs 30 and 31 go only with criminal-offence data, which is not ticked."
    )
    assert (finding.severity, finding.question) == ("error", "sch1")


@pytest.mark.parametrize("condition", ["9.2.a", "9.2.c", "9.2.d", "9.2.e", "9.2.f"])
def test_the_other_conditions_need_no_paragraph_and_take_none(condition: str) -> None:
    activity = replace(SOUND, special_categories=["health"], art9=[condition])
    assert "LB08" not in found(activity)
    assert "LB08" in found(replace(activity, sch1=["part2.18"]))


def test_criminal_offence_data_may_use_any_paragraph_but_pairs_still_hold() -> None:
    activity = replace(SOUND, special_categories=["health"], art9=["9.2.b"], sch1=["part1.1", "part2.18"], criminal_data="yes", **WITH_POLICY)
    assert "LB08" not in found(activity)
    assert "LB08" in found(replace(activity, sch1=["part2.18"]))
    assert "LB08" in found(replace(activity, criminal_data="no"))


def test_criminal_offence_data_needs_official_authority_or_schedule_1() -> None:
    activity = replace(SOUND, criminal_data=True)
    finding = only("LB10", activity)
    assert (finding.severity, finding.question) == ("error", "criminal_authority")
    assert "LB10" not in found(replace(activity, criminal_authority="official_authority"))
    assert "LB10" not in found(replace(activity, sch1=["part3.33"]))
    assert "LB10" in found(replace(activity, criminal_authority="schedule_1"))
    assert "LB10" not in found(replace(activity, criminal_data="unknown"))


def test_an_article_9_condition_is_no_answer_for_criminal_offence_data() -> None:
    finding = only("LB10", replace(SOUND, criminal_data="yes", art9=["9.2.g"]))
    assert finding.message.endswith("An Article 9 condition is not enough.")


def test_a_condition_without_special_category_data_is_a_warning() -> None:
    finding = only("LB11", replace(SOUND, art9=["9.2.c"]))
    assert (finding.severity, finding.question) == ("warning", "special_categories")
    assert "LB11" not in found(replace(SOUND, art9=["9.2.c"], special_categories=["health"]))


def test_explicit_consent_is_recorded_as_such() -> None:
    activity = replace(SOUND, special_categories=["health"], art9=["9.2.a"], rights=["objection", "withdraw_consent"])
    finding = only("LB12", activity)
    assert (finding.severity, finding.question) == ("error", "explicit_consent")
    assert found(replace(activity, explicit_consent="Signed form with the words")) == []


def test_consent_under_article_6_is_no_condition_of_article_9() -> None:
    activity = ActivityFacts(art6=["6.1.a"], special_categories=["health"], individuals=["pupils"], **CONSENT)
    assert only("LB12", activity).question == "art9"
    assert "LB07" in found(activity)
    assert "LB12" not in found(replace(activity, art9=["9.2.c"]))
