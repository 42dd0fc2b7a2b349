from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules.local_time import AmbiguousTime, NoSuchTime, in_zone, to_utc

LONDON = "Europe/London"


def wall(year: int, month: int, day: int, *time: int) -> datetime:
    return datetime(year, month, day, *time)  # noqa: DTZ001 - a time on the wall has no zone


def test_in_winter_london_is_utc() -> None:
    assert to_utc(wall(2026, 3, 27, 16, 30), LONDON) == datetime(2026, 3, 27, 16, 30, tzinfo=UTC)


def test_in_summer_london_is_an_hour_ahead() -> None:
    assert to_utc(wall(2026, 3, 30, 17, 30), LONDON) == datetime(2026, 3, 30, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize("fold", [None, 0, 1])
def test_a_time_the_clocks_jump_over_does_not_exist_whichever_is_chosen(fold: int | None) -> None:
    with pytest.raises(NoSuchTime, match=r"There is no 01:30 on Sunday 29 March 2026: the clocks go forward then\.") as refused:
        to_utc(wall(2026, 3, 29, 1, 30), LONDON, fold)
    assert refused.value.local == wall(2026, 3, 29, 1, 30)


@pytest.mark.parametrize("time", [(0, 59, 59), (2, 0)])
def test_the_times_beside_the_jump_exist(time: tuple[int, ...]) -> None:
    assert to_utc(wall(2026, 3, 29, *time), LONDON).tzinfo is UTC


def test_a_whole_day_may_be_missing() -> None:
    with pytest.raises(NoSuchTime):
        to_utc(wall(2011, 12, 30, 12), "Pacific/Apia")


def test_a_time_that_comes_twice_must_be_chosen() -> None:
    with pytest.raises(AmbiguousTime, match=r"01:30 comes twice on Sunday 25 October 2026") as refused:
        to_utc(wall(2026, 10, 25, 1, 30), LONDON)
    assert refused.value.first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert refused.value.second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_first_or_the_second_may_be_chosen() -> None:
    assert to_utc(wall(2026, 10, 25, 1, 30), LONDON, fold=0) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(wall(2026, 10, 25, 1, 30), LONDON, fold=1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_times_beside_the_repeated_hour_come_once() -> None:
    assert to_utc(wall(2026, 10, 25, 0, 59), LONDON) == datetime(2026, 10, 24, 23, 59, tzinfo=UTC)
    assert to_utc(wall(2026, 10, 25, 2, 0), LONDON) == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


def test_choosing_changes_nothing_for_a_time_that_comes_once() -> None:
    assert to_utc(wall(2026, 7, 1, 12), LONDON, fold=1) == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_both_refusals_are_value_errors() -> None:
    assert issubclass(NoSuchTime, ValueError)
    assert issubclass(AmbiguousTime, ValueError)


def test_a_time_that_has_a_zone_already_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        to_utc(datetime(2026, 7, 1, tzinfo=UTC), LONDON)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        in_zone(wall(2026, 7, 1), LONDON)


@pytest.mark.parametrize(("local", "zone"), [(wall(9999, 12, 31, 23), "America/New_York"), (wall(1, 1, 1), "Pacific/Apia")])
def test_the_ends_of_the_calendar_are_refused_with_a_sentence(local: datetime, zone: str) -> None:
    with pytest.raises(ValueError, match="too far away to be kept"):
        to_utc(local, zone)


@given(st.datetimes(min_value=wall(1975, 1, 1), max_value=wall(2060, 1, 1)), st.sampled_from([LONDON, "Pacific/Apia", "Australia/Lord_Howe"]))
def test_what_the_clock_showed_comes_back(instant: datetime, zone: str) -> None:
    shown = in_zone(instant.replace(tzinfo=UTC), zone)
    assert to_utc(shown.replace(tzinfo=None), zone, fold=shown.fold) == instant.replace(tzinfo=UTC)


def test_seventy_two_hours_over_the_change_move_the_clock_on_the_wall() -> None:
    aware = to_utc(wall(2026, 3, 27, 16, 30), LONDON)
    assert in_zone(aware + timedelta(hours=72), LONDON) == datetime(2026, 3, 30, 17, 30, tzinfo=ZoneInfo(LONDON))
