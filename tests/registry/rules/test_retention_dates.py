"""Tests for the day from which on records may be disposed of."""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.vocabulary import Nation, RetentionAction, RetentionRounding, RetentionTrigger, YesNo
from registry.rules.plain_dates import months_after
from registry.rules.retention_dates import RetentionRule, due_on, explain, latest_event, period_of
from registry.rules.school_facts import SchoolFacts

MAINTAINED = SchoolFacts(today=date(2026, 11, 22))
ACADEMY = SchoolFacts(today=date(2026, 11, 22), financial_year_end=(8, 31))
SCOTTISH = SchoolFacts(nation=Nation.SCOTLAND, financial_year_end=(2, 29))
NINE_O_CLOCK = datetime(2020, 5, 14, 9, tzinfo=UTC)
BORN = RetentionRule(trigger=RetentionTrigger.DATE_OF_BIRTH, years=25)
INVOICE = RetentionRule(trigger=RetentionTrigger.DATED, years=6, rounding=RetentionRounding.FINANCIAL_YEAR)

days = some.dates(date(1950, 1, 1), date(2090, 12, 31))
schools = some.sampled_from([MAINTAINED, ACADEMY, SCOTTISH])
rules = some.builds(
    RetentionRule,
    trigger=some.just(RetentionTrigger.DATED),
    years=some.integers(0, 80),
    months=some.integers(0, 30) | some.none(),
    days=some.integers(0, 400) | some.none(),
    rounding=some.sampled_from(RetentionRounding),
)


@pytest.mark.parametrize(
    ("rule", "event", "school", "on"),
    [
        (BORN, date(2008, 2, 29), MAINTAINED, date(2033, 3, 1)),
        (RetentionRule(trigger=RetentionTrigger.DATE_OF_BIRTH, years=31), date(2008, 2, 29), MAINTAINED, date(2039, 3, 1)),
        (RetentionRule(trigger=RetentionTrigger.DATE_OF_BIRTH, years=24), date(2008, 2, 29), MAINTAINED, date(2032, 2, 29)),
        (INVOICE, date(2020, 5, 14), MAINTAINED, date(2027, 3, 31)),
        (INVOICE, date(2020, 5, 14), ACADEMY, date(2026, 8, 31)),
        (INVOICE, date(2021, 3, 31), MAINTAINED, date(2027, 3, 31)),
        (INVOICE, date(2021, 4, 1), MAINTAINED, date(2028, 3, 31)),
        (RetentionRule(trigger=RetentionTrigger.DATED, years=6, rounding=RetentionRounding.TAX_YEAR), date(2020, 4, 6), ACADEMY, date(2027, 4, 5)),
        (RetentionRule(trigger=RetentionTrigger.DATED, years=2, rounding=RetentionRounding.ACADEMIC_YEAR), date(2025, 9, 1), ACADEMY,
         date(2028, 8, 31)),
        (RetentionRule(trigger=RetentionTrigger.ISSUED, months=1), date(2026, 1, 31), MAINTAINED, date(2026, 3, 1)),
        (RetentionRule(trigger=RetentionTrigger.LEAVES_SCHOOL, days=90), date(2026, 7, 22), MAINTAINED, date(2026, 10, 20)),
        (RetentionRule(trigger=RetentionTrigger.LEAVES_FOR_NEXT_SCHOOL, days=0), date(2026, 7, 22), MAINTAINED, date(2026, 7, 22)),
        (RetentionRule(trigger=RetentionTrigger.DATED, years=7_973), date(2026, 12, 31), MAINTAINED, date.max),
        (RetentionRule(trigger=RetentionTrigger.DATED, years=1, rounding=RetentionRounding.ACADEMIC_YEAR), date(2025, 8, 20), MAINTAINED,
         date(2026, 8, 31)),
        (RetentionRule(trigger=RetentionTrigger.DATED, years=1, rounding=RetentionRounding.ACADEMIC_YEAR), date(2025, 8, 20), SCOTTISH,
         date(2027, 7, 31)),
    ],
)  # fmt: skip
def test_the_day_is_counted_as_the_series_says(rule: RetentionRule, event: date, school: SchoolFacts, on: date) -> None:
    assert due_on(rule, event, school) == on
    due = explain(rule, event, school)
    assert due
    assert due.on == on


@pytest.mark.parametrize(
    "rule",
    [
        RetentionRule(trigger=RetentionTrigger.MEETING, permanent=YesNo.YES, years=1),
        RetentionRule(trigger=RetentionTrigger.NONE, years=1),
        RetentionRule(trigger=RetentionTrigger.MEETING, action=RetentionAction.KEEP, years=1),
        RetentionRule(trigger=RetentionTrigger.MEETING),
        {"trigger": {"event": "none"}, "period": {"permanent": True}},
        {"trigger": "dated", "permanent": True, "period": {"years": 1}},
        {"trigger": "dated", "period": {"years": 1, "is_permanent": True}},
        RetentionRule(trigger=RetentionTrigger.MEETING, is_permanent=True, years=1),
    ],
)
def test_what_is_kept_for_good_or_has_no_period_has_no_day(rule: Any) -> None:
    assert due_on(rule, date(2020, 1, 1), MAINTAINED) is None
    assert explain(rule, date(2020, 1, 1), MAINTAINED) is None


@pytest.mark.parametrize(
    "rule",
    [
        {"trigger": "dated", "years": -1},
        {"trigger": "dated", "years": 6, "days": -1},
        {"trigger": "dated", "years": 0.5},
        {"trigger": "dated", "years": float("inf")},
        {"trigger": "dated", "years": "six", "days": 1},
        {"trigger": "dated", "years": ""},
        {"trigger": "dated", "years": 6, "rounding": "end_of_something"},
        {"trigger": "dated", "period": "for a while"},
    ],
)
def test_a_period_that_nobody_can_count_by_gives_no_day_and_not_one_too_early(rule: Any) -> None:
    assert due_on(rule, date(2020, 5, 14), MAINTAINED) is None
    assert explain(rule, date(2020, 5, 14), MAINTAINED) is None


@pytest.mark.parametrize(
    ("rule", "event"),
    [
        (RetentionRule(trigger=RetentionTrigger.DATED, years=9_000), date(2026, 7, 22)),
        (RetentionRule(trigger=RetentionTrigger.DATED, months=10**20), date(2026, 7, 22)),
        (RetentionRule(trigger=RetentionTrigger.DATED, days=9_000_000), date(2026, 7, 22)),
        (RetentionRule(trigger=RetentionTrigger.DATED, days=0, rounding=RetentionRounding.FINANCIAL_YEAR), date(9999, 12, 1)),
    ],
)
def test_after_the_year_9999_there_is_no_day_rather_than_one_too_early(rule: RetentionRule, event: date) -> None:
    assert due_on(rule, event, MAINTAINED) is None
    assert explain(rule, event, MAINTAINED) is None


@pytest.mark.parametrize("event", [None, (), [None], ""])
def test_an_event_that_nobody_knows_has_no_day(event: Any) -> None:
    assert due_on(BORN, event, MAINTAINED) is None


def test_the_latest_of_several_events_counts_and_each_is_told() -> None:
    several = [date(2020, 5, 14), None, date(2021, 5, 1), date(2019, 1, 1)]
    assert due_on(INVOICE, several, MAINTAINED) == date(2028, 3, 31)
    due = explain(INVOICE, several, MAINTAINED)
    assert due
    assert due.because == (
        "Date of the record: Tuesday 1 January 2019.",
        "Date of the record: Thursday 14 May 2020.",
        "Date of the record: Saturday 1 May 2021.",
        "The latest of them counts: Saturday 1 May 2021.",
        "Counted from the end of its financial year: Thursday 31 March 2022.",
        "6 years later: Friday 31 March 2028.",
    )


def test_it_says_why_a_day_falls_to_the_next_and_that_handing_over_comes_first() -> None:
    due = explain(BORN, date(2008, 2, 29), MAINTAINED)
    assert due
    assert due.because[-1] == "There is no 29 February in 2033, so it falls to the next day: never earlier."
    short = explain(RetentionRule(trigger=RetentionTrigger.ISSUED, months=1, days=1), date(2026, 1, 31), MAINTAINED)
    assert short
    assert short.because[1:] == (
        "1 month, 1 day later: Monday 2 March 2026.",
        "There is no 31 February in 2026, so it falls to the next day: never earlier.",
    )
    moved = explain(RetentionRule(trigger="whatever", days=0, action=RetentionAction.TRANSFER), date(2026, 7, 22), MAINTAINED)
    assert moved
    assert moved.because[0].startswith("The event: ")
    assert moved.because[1] == "At once: Wednesday 22 July 2026."
    assert moved.because[-1].startswith("What is handed over is handed over first")


@pytest.mark.parametrize(
    "rule",
    [
        {"trigger": {"event": "dated", "of": "invoice"}, "period": {"years": 6}, "rounding": "end_financial_year", "action": "destroy"},
        {"trigger": "dated", "years": 6, "rounding": "end_financial_year"},
        {"trigger": "dated", "years": "6", "rounding": "end_FY"},
        {"trigger": {"event": "dated"}, "period": {"years": 6, "rounding": "end_FY"}},
        SimpleNamespace(trigger="dated", years=6, rounding="end_financial_year"),
        SimpleNamespace(trigger="dated", period=SimpleNamespace(years=6), rounding="end_financial_year", is_permanent=False),
    ],
)
def test_a_rule_may_come_as_a_record_or_as_a_mapping(rule: Any) -> None:
    assert due_on(rule, date(2020, 5, 14), MAINTAINED) == due_on(period_of(rule), date(2020, 5, 14), MAINTAINED) == date(2027, 3, 31)


@pytest.mark.parametrize("event", [NINE_O_CLOCK, "2020-05-14", [date(2020, 5, 13), NINE_O_CLOCK, "2019-01-01"]])
def test_the_event_may_come_as_a_text_or_with_its_time(event: Any) -> None:
    assert due_on(BORN, event, MAINTAINED) == date(2045, 5, 14)


def test_the_end_of_the_financial_year_may_come_as_a_list() -> None:
    school = SchoolFacts(financial_year_end=[8, 31])  # type: ignore[arg-type]
    assert due_on(INVOICE, date(2020, 5, 14), school) == date(2026, 8, 31)


@settings(max_examples=40)
@given(some.integers(1, 2400))
def test_29_february_falls_to_1_march_where_there_is_none(years: int) -> None:
    on = due_on(RetentionRule(trigger=RetentionTrigger.DATE_OF_BIRTH, years=years), date(2008, 2, 29), MAINTAINED)
    assert on
    assert (on.year, on.month, on.day) == (2008 + years, *((2, 29) if isleap(2008 + years) else (3, 1)))


@settings(max_examples=150)
@given(rules, days, schools)
def test_nothing_goes_earlier_than_the_event_and_the_period(rule: RetentionRule, event: date, school: SchoolFacts) -> None:
    on = due_on(rule, event, school)
    if rule.years is None and rule.months is None and rule.days is None:
        assert on is None
    else:
        assert on
        assert on >= months_after(event, (rule.years or 0) * 12 + (rule.months or 0)) + timedelta(days=rule.days or 0)


@settings(max_examples=150)
@given(rules, days, days, schools)
def test_a_later_event_never_makes_an_earlier_day(rule: RetentionRule, one: date, other: date, school: SchoolFacts) -> None:
    early, late = (due_on(rule, day, school) for day in sorted((one, other)))
    assert early
    assert late
    assert early <= late
    assert due_on(rule, (one, other), school) == late


@settings(max_examples=60)
@given(rules, days, schools)
def test_the_latest_event_of_what_may_go_today_is_found(rule: RetentionRule, today: date, school: SchoolFacts) -> None:
    last = latest_event(rule, today, school)
    if last is None:
        on = due_on(rule, date.min, school)
        assert on is None or on > today
    else:
        is_over = [(on := due_on(rule, day, school)) is not None and on <= today for day in (last, last + timedelta(days=1))]
        assert is_over == [True, last == today and is_over[1]]
        assert last <= today
