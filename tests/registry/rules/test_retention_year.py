"""Tests for the picture of a year ahead."""

from datetime import date

from registry.rules.bars import Bar
from registry.rules.retention_year import SeriesAhead, series_ahead, year_ahead

TODAY = date(2026, 11, 23)


def test_each_month_has_its_bar_and_what_is_due_already_stands_first() -> None:
    days = {date(2026, 11, 24): 2, date(2026, 11, 30): 1, date(2026, 12, 1): 4, date(2027, 11, 30): 8, date(2027, 12, 1): 16}
    bars = year_ahead(5, days, TODAY)
    assert bars[:3] == (Bar("Due already", 5, is_over=True), Bar("Nov 2026", 3), Bar("Dec 2026", 4))
    assert bars[-1] == Bar("Nov 2027", 8)
    assert len(bars) == 14
    assert sum(bar.many for bar in bars) == 20


def test_each_series_has_its_row_and_adds_up_to_the_chart() -> None:
    rows = [
        (date(2026, 11, 23), 2, "Visitor books"),
        (date(2020, 1, 1), 1, "Visitor books"),
        (date(2026, 11, 24), 4, "Visitor books"),
        (date(2027, 3, 31), 8, "invoices"),
        (date(2027, 3, 1), 1, "invoices"),
        (date(2027, 12, 1), 16, "Minutes"),
    ]
    found = series_ahead(rows, TODAY)
    assert found == (
        SeriesAhead("invoices", (Bar("Mar 2027", 9),)),
        SeriesAhead("Visitor books", (Bar("Due already", 3, is_over=True), Bar("Nov 2026", 4))),
    )
    whole = year_ahead(3, {day: many for day, many, _series in rows if day > TODAY}, TODAY)
    assert sum(each.many for each in found) == sum(bar.many for bar in whole) == 16
    assert series_ahead([], TODAY) == ()
