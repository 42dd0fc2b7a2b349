"""Tests for the picture of a year ahead."""

from datetime import date

from registry.rules.bars import Bar
from registry.rules.retention_year import year_ahead

TODAY = date(2026, 11, 23)


def test_each_month_has_its_bar_and_what_is_due_already_stands_first() -> None:
    days = {date(2026, 11, 24): 2, date(2026, 11, 30): 1, date(2026, 12, 1): 4, date(2027, 11, 30): 8, date(2027, 12, 1): 16}
    bars = year_ahead(5, days, TODAY)
    assert bars[:3] == (Bar("Due already", 5, is_over=True), Bar("Nov 2026", 3), Bar("Dec 2026", 4))
    assert bars[-1] == Bar("Nov 2027", 8)
    assert len(bars) == 14
    assert sum(bar.many for bar in bars) == 20
