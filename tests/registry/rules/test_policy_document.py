from dataclasses import replace
from datetime import timedelta

import pytest

from models.vocabulary import Schedule1
from registry.rules.lawful_basis import SchoolFacts
from tests.registry.rules.activities import SOUND, TODAY, WITH_POLICY, found, only


def test_health_data_under_substantial_public_interest_needs_a_policy_document() -> None:
    activity = replace(SOUND, special_categories=["health"], art9=["9.2.g"], sch1=["part2.6"])
    finding = only("LB09", activity)
    assert (finding.severity, finding.question) == ("error", "apd_reference")
    assert found(activity) == ["LB09"]
    assert found(replace(activity, **WITH_POLICY)) == []


@pytest.mark.parametrize("paragraph", Schedule1)
def test_the_policy_document_is_asked_for_where_the_schedule_asks(paragraph: Schedule1) -> None:
    asked = "LB09" in found(replace(SOUND, criminal_data=True, sch1=[paragraph]))
    assert asked is (paragraph.paragraph in {1, *range(6, 13), *range(14, 29), 35, 36})


@pytest.mark.parametrize(("paragraph", "free"), [("part2.10", True), ("part2.27", True), ("part2.18", False), ("part1.1", False)])
def test_only_paragraphs_10_and_27_are_free_when_used_to_tell_the_authority(paragraph: str, free: bool) -> None:
    activity = replace(SOUND, criminal_data=True, sch1=[paragraph], apd_only_for_authority=True)
    assert ("LB09" not in found(activity)) is free
    assert "LB09" not in found(replace(activity, apd_only_for_authority="yes")) or not free
    assert "LB09" in found(replace(activity, apd_only_for_authority="no"))


@pytest.mark.parametrize(("borrowed", "asked"), [("part2.13", False), ("part2.18", True), ("part1.4", True)])
def test_paragraph_36_follows_the_part_2_condition_it_borrows(borrowed: str, asked: bool) -> None:
    assert ("LB09" in found(replace(SOUND, criminal_data=True, sch1=["part3.36", borrowed]))) is asked


def test_a_withdrawn_policy_document_does_not_count() -> None:
    activity = replace(SOUND, criminal_data=True, sch1=["part2.18"], apd_withdrawn=True, **WITH_POLICY)
    assert only("LB09", activity).question == "apd_withdrawn"
    assert only("LB09", replace(activity, apd_withdrawn="yes")).question == "apd_withdrawn"
    assert "LB09" not in found(replace(activity, apd_withdrawn="no"))


def test_a_policy_document_is_in_date_until_its_review_day_is_over() -> None:
    activity = replace(SOUND, criminal_data=True, sch1=["part2.18"], **WITH_POLICY)
    assert "LB09" not in found(activity)
    late = replace(activity, apd_review_on=TODAY - timedelta(days=1))
    assert only("LB09", late).question == "apd_review_on"
    assert "LB09" not in found(late, SchoolFacts())
    assert only("LB09", replace(activity, apd_review_on=None)).question == "apd_review_on"
