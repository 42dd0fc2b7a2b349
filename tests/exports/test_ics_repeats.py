"""The days on which an event repeats itself are those that RFC 5545 names."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar.prop import vRecur

from exports.ics_repeats import NotUnderstood, days_of

FIRST = date(2026, 9, 4)  # a Friday
SINCE, UNTIL = date(2025, 11, 22), date(2028, 11, 22)


def found(rule: str, first: date = FIRST, since: date = SINCE, until: date = UNTIL) -> list[date]:
    """The days of a rule as a file writes it."""
    return list(days_of(vRecur.from_ical(rule), first, since, until))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2026-09-04", "2026-09-11", "2026-09-18"]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", ["2026-09-04", "2026-09-06", "2026-09-08"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=4", ["2026-09-04", "2026-09-14", "2026-09-18", "2026-09-28"]),
        ("FREQ=MONTHLY;COUNT=3", ["2026-09-04", "2026-10-04", "2026-11-04"]),
        ("FREQ=MONTHLY;BYDAY=1FR;COUNT=3", ["2026-09-04", "2026-10-02", "2026-11-06"]),
        ("FREQ=MONTHLY;BYDAY=-1MO;COUNT=2", ["2026-09-04", "2026-09-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2026-09-04", "2026-09-30", "2026-10-31"]),
        ("FREQ=YEARLY;UNTIL=20280101", ["2026-09-04", "2027-09-04"]),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO;UNTIL=20280601T000000Z", ["2026-09-04", "2027-05-03", "2028-05-01"]),
        ("FREQ=WEEKLY;UNTIL=20260918T080000Z;WKST=MO", ["2026-09-04", "2026-09-11", "2026-09-18"]),
        ("FREQ=WEEKLY;COUNT=1", ["2026-09-04"]),
        ("FREQ=YEARLY;UNTIL=20200101", []),
    ],
)
def test_the_usual_ways_of_repeating(rule: str, days: list[str]) -> None:
    assert [day.isoformat() for day in found(rule)] == days


def test_an_event_without_an_end_stops_at_the_end_of_what_is_looked_at() -> None:
    assert found("FREQ=YEARLY", until=date(2028, 1, 1)) == [date(2026, 9, 4), date(2027, 9, 4)]


def test_what_was_before_is_counted_and_left_out() -> None:
    assert found("FREQ=WEEKLY;COUNT=60", first=date(2025, 9, 5))[0] == date(2025, 11, 28)
    assert len(found("FREQ=WEEKLY;COUNT=60", first=date(2025, 9, 5))) == 48


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=YEARLY;BYWEEKNO=3",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;INTERVAL=0",
        "COUNT=3",
    ],
)
def test_what_no_school_calendar_needs_is_not_followed(rule: str) -> None:
    with pytest.raises(NotUnderstood):
        found(rule)


@pytest.mark.parametrize(
    "rule", [{"FREQ": ["DAILY"], "COUNT": ["many"]}, {"FREQ": ["DAILY"], "UNTIL": ["soon"]}, {"FREQ": ["WEEKLY"], "BYDAY": ["XX"]}]
)
def test_a_rule_that_nobody_can_read_is_not_followed(rule: dict[str, list[str]]) -> None:
    with pytest.raises(NotUnderstood):
        list(days_of(rule, FIRST, SINCE, UNTIL))


def test_what_began_too_long_ago_is_not_followed() -> None:
    with pytest.raises(NotUnderstood):
        found("FREQ=YEARLY", first=date(1990, 1, 1))


def test_a_rule_that_never_comes_true_is_looked_at_for_no_longer_than_any_other() -> None:
    assert found("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") == [FIRST]


RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;BYMONTH=1,2,10",
        "FREQ=WEEKLY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3,8;BYDAY=-1MO",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2",
    ]
)


@given(RULES, st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_another_program_finds_the_same_days(rule: str, first: date) -> None:
    start, end = datetime.combine(first, datetime.min.time()), datetime.combine(UNTIL, datetime.min.time())
    theirs = {each.date() for each in rrulestr(rule, dtstart=start).between(start, end, inc=True)}
    ours = set(found(rule, first, since=first - timedelta(days=1)))
    assert ours - {first} == theirs - {first}
