"""Days in files: read when certain, asked about when not."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.dates_in_files import DateOrder, date_order, parse_day, short_years_note

ISO, DAY_FIRST, MONTH_FIRST, AMBIGUOUS, EXCEL_SERIAL, EXCEL_SERIAL_1904, MIXED = DateOrder


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ([], ISO),
        (["", "soon"], ISO),
        (["2023-09-01", "1 Sept 2023", "2023-09-01T00:00:00Z"], ISO),
        (["03/04/2023", "25/12/2023"], DAY_FIRST),
        (["3/4/23", "12/25/23"], MONTH_FIRST),
        (["03/04/2023", "05/06/2023"], AMBIGUOUS),
        (["04/04/2023"], ISO),
        (["25/12/2023", "12/25/2023"], MIXED),
        (["45170", "45171.5"], EXCEL_SERIAL),
        (["45170", "2023-09-01"], EXCEL_SERIAL),
        (["45170", "25/12/2023"], MIXED),
        (["1693526400000"], ISO),
        (["Fri 25/12/2023 14:30", "03.04.2023"], DAY_FIRST),
    ],
)
def test_a_column_shows_its_order(values: list[str], order: DateOrder) -> None:
    assert date_order(values) is order


@pytest.mark.parametrize("order", list(DateOrder))
@pytest.mark.parametrize(
    "text",
    [
        "2023-09-01", "2023/9/1", "20230901", "2023-09-01 14:30", "2023-09-01T00:00:00Z", "2023-08-31T23:00:00.000Z", "2023-09-01T09:00:00+0100",
        "1 Sept 2023", "1 Sep 23", "1st September 2023", "01-Sep-2023", "Friday, 1 September 2023", "September 1, 2023", "Sep 1 2023",
        "1 Medi 2023", "1693526400000", " 2023-09-01 ",
    ],
)  # fmt: skip
def test_what_is_certain_reads_alike_in_every_order(text: str, order: DateOrder) -> None:
    assert parse_day(text, order) == date(2023, 9, 1)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2023", DAY_FIRST, date(2023, 4, 3)),
        ("03/04/2023", MONTH_FIRST, date(2023, 3, 4)),
        ("3-4-23", DAY_FIRST, date(2023, 4, 3)),
        ("3.4.23 9:15", DAY_FIRST, date(2023, 4, 3)),
        ("9/1/2023 2:30 PM", MONTH_FIRST, date(2023, 9, 1)),
        ("01/02/49", DAY_FIRST, date(2049, 2, 1)),
        ("01/02/50", DAY_FIRST, date(1950, 2, 1)),
        ("25/12/2023", MIXED, date(2023, 12, 25)),
        ("12/25/2023", MIXED, date(2023, 12, 25)),
        ("04/04/2023", AMBIGUOUS, date(2023, 4, 4)),
        ("45170", EXCEL_SERIAL, date(2023, 9, 1)),
        ("45170.75", EXCEL_SERIAL, date(2023, 9, 1)),
        ("29/02/2024", DAY_FIRST, date(2024, 2, 29)),
    ],
)
def test_the_settled_order_decides(text: str, order: DateOrder, day: date) -> None:
    assert parse_day(text, order) == day


@pytest.mark.parametrize(
    ("text", "order", "sentence"),
    [
        ("31/06/2024", DAY_FIRST, "31 June does not exist: June has 30 days."),
        ("31 June 2024", ISO, "31 June does not exist: June has 30 days."),
        ("2023-02-29", ISO, "29 February 2023 does not exist: February 2023 has 28 days."),
        ("32/01/2024", DAY_FIRST, "32 January does not exist: January has 31 days."),
        ("2024-13-01", ISO, "There is no month 13: months go from 1 to 12."),
        ("13/13/2024", DAY_FIRST, "“13/13/2024” has no month in it: months go up to 12."),
        ("12/25/2023", DAY_FIRST, "“12/25/2023” starts with the month, but this column starts with the day."),
        ("25/12/2023", MONTH_FIRST, "“25/12/2023” starts with the day, but this column starts with the month."),
        ("03/04/2023", AMBIGUOUS, "“03/04/2023” could be 3 April or 4 March. Say whether the day or the month comes first."),
        ("03/04/2023", ISO, "“03/04/2023” could be 3 April or 4 March. Say whether the day or the month comes first."),
        ("0202-05-01", ISO, "The year 202 looks mistyped. Enter the year in 4 figures, such as 2026."),
        ("45170", DAY_FIRST, "“45170” is not a day. Enter it as 2026-11-23 or 23 November 2026."),
        ("soon", ISO, "“soon” is not a day. Enter it as 2026-11-23 or 23 November 2026."),
        ("2024", DAY_FIRST, "“2024” is not a day. Enter it as 2026-11-23 or 23 November 2026."),
        ("", ISO, "“” is not a day. Enter it as 2026-11-23 or 23 November 2026."),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text: str, order: DateOrder, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_day(text, order)


def test_years_of_two_figures_are_noted() -> None:
    note = short_years_note(["01/02/23", "1 Sept 24", "2023-09-01", "01/02/2023", ""])
    assert note == "2 days have a year of 2 figures. 00 to 49 were read as 2000 to 2049, 50 to 99 as 1950 to 1999."
    assert short_years_note(["2023-09-01"]) is None


@given(st.dates(date(1960, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_from_every_spelling(day: date) -> None:
    assert parse_day(day.isoformat(), AMBIGUOUS) == day
    assert parse_day(f"{day:%d/%m/%Y}", DAY_FIRST) == day
    assert parse_day(f"{day:%m/%d/%Y}", MONTH_FIRST) == day
    assert parse_day(f"{day.day} {day:%B} {day.year}", MIXED) == day


@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789/-.: TZaprsme+"), max_size=25), st.sampled_from(DateOrder))
def test_any_text_gives_a_day_or_a_sentence(text: str, order: DateOrder) -> None:
    date_order([text])
    short_years_note([text])
    try:
        parse_day(text, order)
    except ValueError as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - either outcome is right
