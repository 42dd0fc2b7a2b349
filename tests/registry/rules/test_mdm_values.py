"""Single values as device-management programs write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import YesNo, YesNoUnknown
from registry.rules import mdm_values as values

JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=2), max_leaves=3)


def test_a_path_that_breaks_off_leads_nowhere() -> None:
    told = {"general": {"site": {"name": "Quillbrook"}}, "hardware": None}
    assert values.at(told, "general", "site", "name") == "Quillbrook"
    assert values.at(told, "hardware", "model", "name") is values.at("text", "a") is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("  Latitude\t3140\x00 ", "Latitude 3140"),
        (42, "42"),
        ("", None),
        ("n/a", None),
        (0, "0"),
        (True, None),
        (None, None),
        (["x"], None),
        ("x" * 600, "x" * 500),
    ],
)
def test_words_stand_in_one_line_or_not_at_all(value: Any, words: str | None) -> None:
    assert values.words(value) == words


@pytest.mark.parametrize(("value", "serial"), [(" 5cd 001x ", "5CD001X"), ("To be filled by O.E.M.", None), ("0", None), (None, None)])
def test_a_serial_has_capitals_and_no_spaces(value: Any, serial: str | None) -> None:
    assert values.serial(value) == serial


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-20T07:15:30.1234567Z", datetime(2026, 11, 20, 7, 15, 30, 123456, tzinfo=UTC)),
        ("2026-06-20T07:15:30+01:00", datetime(2026, 6, 20, 6, 15, 30, tzinfo=UTC)),
        ("2026-11-20 07:15:30", datetime(2026, 11, 20, 7, 15, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("yesterday", None),
        (1_700_000_000, None),
    ],
)
def test_a_moment_is_in_utc_and_never_is_none(value: Any, moment: datetime | None) -> None:
    assert values.moment(value) == moment


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-06-20T23:30:00Z", date(2026, 6, 21)),
        ("2026-02-30", None),
        ("1970-01-01", None),
        ("0001-01-01T00:00:00Z", None),
        (None, None),
    ],
)
def test_a_day_is_one_by_the_clock_of_a_school(value: Any, day: date | None) -> None:
    assert values.day(value) == day


@pytest.mark.parametrize(("value", "day"), [("1874966400000", date(2029, 6, 1)), (1874966400000, date(2029, 6, 1)), ("0", None), ("x", None)])
def test_milliseconds_are_not_taken_for_seconds(value: Any, day: date | None) -> None:
    assert values.day_of_milliseconds(value) == day
    assert values.day_of_milliseconds("9" * 30) is None


@pytest.mark.parametrize(("value", "known", "said"), [(True, "yes", "yes"), (False, "no", "no"), (None, "unknown", None), ("true", "unknown", None)])
def test_only_yes_means_yes(value: Any, known: str, said: str | None) -> None:
    assert values.known(value) is YesNoUnknown(known)
    assert values.yes_or_no(value) is (YesNo(said) if said else None)


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("£1,234.50", "1234.50"),
        ("GBP 99", "99.00"),
        (250, "250.00"),
        ("$99", None),
        ("0.00", None),
        ("-5", None),
        ("NaN", None),
        ("1E99", None),
        (True, None),
        (None, None),
    ],
)
def test_money_is_in_pounds(value: Any, amount: str | None) -> None:
    assert values.money(value) == (Decimal(amount) if amount else None)


@given(JSON)
@settings(max_examples=40)
def test_nothing_that_a_program_writes_breaks_the_reading(value: Any) -> None:
    for read in (values.words, values.serial, values.moment, values.day, values.day_of_milliseconds, values.known, values.yes_or_no, values.money):
        read(value)  # type: ignore[operator]
