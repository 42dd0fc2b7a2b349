"""What is known of the days of the school in view."""

from datetime import date
from typing import Any

import pytest

from models.vocabulary import TermDateKind
from registry import records
from registry.records import Occasion
from registry.registers.school.term_dates import TERM_DATES
from registry.rules.working_days import Span, school_days_after, working_days_after
from registry.school.calendars import calendar_here

pytestmark = pytest.mark.usefixtures("in_quillbrook")

ENGLAND, SCOTLAND, NORTHERN_IRELAND = "england-and-wales", "scotland", "northern-ireland"
AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))


def enter(occasion: Occasion, name: str, kind: TermDateKind, *days: date | None) -> Any:
    """One entry of the school's year."""
    return records.add(TERM_DATES, {"name": name, "kind": kind, **dict(zip(("begins_on", "ends_on"), days, strict=False))}, occasion)


@pytest.mark.parametrize(
    ("day", "count", "calendar", "due"),
    [
        (date(2026, 11, 23), 2, ENGLAND, date(2026, 11, 25)),
        (date(2026, 12, 24), 2, ENGLAND, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, ENGLAND, date(2027, 1, 4)),
        (date(2026, 12, 31), 1, SCOTLAND, date(2027, 1, 5)),
        (date(2026, 6, 12), 1, SCOTLAND, date(2026, 6, 16)),  # proclaimed for the World Cup, in Scotland alone
        (date(2026, 6, 12), 1, ENGLAND, date(2026, 6, 15)),
        (date(2026, 6, 12), 1, NORTHERN_IRELAND, date(2026, 6, 15)),
        (date(2026, 7, 10), 1, NORTHERN_IRELAND, date(2026, 7, 14)),
        (date(2026, 12, 24), 2, "somewhere else", date(2026, 12, 28)),
    ],
)
def test_the_bank_holidays_of_each_part_of_the_country_are_known(day: date, count: int, calendar: str, due: date) -> None:
    assert working_days_after(day, count, calendar_here(calendar)).due_on == due


def test_it_is_known_until_when_bank_holidays_are_published() -> None:
    for calendar in (ENGLAND, SCOTLAND, NORTHERN_IRELAND):
        assert calendar_here(calendar).known_until == date(2028, 12, 31)
    assert calendar_here("somewhere else").known_until is None


def test_a_substitute_day_says_that_it_is_one() -> None:
    assert calendar_here(ENGLAND).bank_holidays[date(2026, 12, 28)] == "Boxing Day, substitute day"


def test_terms_and_what_lies_in_them_are_told_apart(occasion: Occasion) -> None:
    enter(occasion, "Autumn term", TermDateKind.TERM, *AUTUMN)
    enter(occasion, "October half term", TermDateKind.HOLIDAY, date(2026, 10, 26), date(2026, 10, 30))
    enter(occasion, "INSET day", TermDateKind.INSET, date(2026, 9, 1))
    enter(occasion, "The boiler is being mended", TermDateKind.CLOSURE, date(2026, 11, 23), None)
    calendar = calendar_here(ENGLAND)
    assert calendar.terms == (Span(*AUTUMN, "Autumn term"),)
    assert [(span.name, span.ends_on) for span in calendar.closed] == [
        ("INSET day", date(2026, 9, 1)),
        ("October half term", date(2026, 10, 30)),
        ("The boiler is being mended", date(2026, 11, 23)),
    ]
    assert school_days_after(date(2026, 11, 20), 1, calendar).due_on == date(2026, 11, 24)


def test_a_bank_holiday_that_was_proclaimed_lately_can_be_entered(occasion: Occasion) -> None:
    enter(occasion, "A coronation", TermDateKind.BANK_HOLIDAY, date(2026, 11, 24))
    counted = working_days_after(date(2026, 11, 23), 1, calendar_here(ENGLAND))
    assert (counted.due_on, counted.days[0].why) == (date(2026, 11, 25), "A coronation")


def test_what_nobody_can_count_by_is_left_out(occasion: Occasion) -> None:
    enter(occasion, "Without days", TermDateKind.TERM)
    enter(occasion, "The wrong way round", TermDateKind.TERM, AUTUMN[1], AUTUMN[0])
    records.archive(TERM_DATES, enter(occasion, "Put away", TermDateKind.TERM, *AUTUMN), occasion)
    assert (calendar_here(ENGLAND).terms, calendar_here(ENGLAND).closed) == ((), ())


def test_the_term_dates_of_another_school_do_not_count(elsewhere: Occasion) -> None:
    enter(elsewhere, "Autumn term", TermDateKind.TERM, *AUTUMN)
    assert calendar_here(ENGLAND).terms == ()
