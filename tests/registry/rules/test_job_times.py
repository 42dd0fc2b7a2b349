"""When a job is due, also in the two nights of the year in which an hour is missing or comes twice."""

from datetime import UTC, datetime, time, timedelta

import pytest

from registry.rules.job_times import SLACK, Daily, Every, Past, is_due, last_turn

AGAIN = timedelta(minutes=10)
NIGHT = Daily(time(2))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("at", "now", "turn"),
    [
        (time(2), utc(2026, 11, 24, 2), utc(2026, 11, 24, 2)),
        (time(2), utc(2026, 11, 24, 1, 59), utc(2026, 11, 23, 2)),
        (time(2), utc(2026, 7, 1, 1), utc(2026, 7, 1, 1)),  # summer time
        (time(2), utc(2026, 7, 1, 0, 59), utc(2026, 6, 30, 1)),
        (time(1, 30), utc(2027, 3, 28, 1, 29), utc(2027, 3, 27, 1, 30)),  # 01:30 is jumped over on 28 March 2027
        (time(1, 30), utc(2027, 3, 28, 1, 30), utc(2027, 3, 28, 1, 30)),
        (time(1, 30), utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 0, 30)),  # it comes twice on 25 October 2026
        (time(1, 30), utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 0, 30)),
        (time(0, 10), utc(2026, 6, 30, 23, 5), utc(2026, 6, 29, 23, 10)),  # just past midnight in London, and still before 00:10
        (time(0, 10), utc(2026, 6, 30, 23, 10), utc(2026, 6, 30, 23, 10)),
    ],
)
def test_the_last_turn_of_a_daily_job_goes_by_londons_clock(at: time, now: datetime, turn: datetime) -> None:
    assert last_turn(Daily(at), now) == turn


@pytest.mark.parametrize("first", [utc(2026, 10, 24, 12), utc(2027, 3, 27, 12)])
@pytest.mark.parametrize("at", [time(0, 10), time(1), time(1, 30), time(2), time(3)])
def test_looking_every_minute_through_a_night_in_which_the_clocks_change_it_is_done_once(first: datetime, at: time) -> None:
    done, times = first, 0
    for minute in range(24 * 60):
        now = first + timedelta(minutes=minute)
        if is_due(Daily(at), Past(done_at=done, begun_at=done), now, AGAIN):
            done, times = now, times + 1
    assert times == 1


def test_a_daily_job_is_due_once_its_turn_has_come_and_until_it_is_done() -> None:
    assert is_due(NIGHT, Past(), NOW, AGAIN)
    assert is_due(NIGHT, Past(done_at=NOW - timedelta(days=2)), NOW, AGAIN), "a night that was missed is made up for"
    assert not is_due(NIGHT, Past(done_at=utc(2026, 11, 24, 2)), NOW, AGAIN)


def test_one_that_failed_is_tried_again_after_a_while() -> None:
    failed = Past(done_at=NOW - timedelta(days=1), failed_at=NOW - timedelta(minutes=9))
    assert not is_due(NIGHT, failed, NOW, AGAIN)
    assert is_due(NIGHT, failed, NOW + timedelta(minutes=1), AGAIN)
    assert is_due(NIGHT, Past(failed_at=NOW - timedelta(days=1)), NOW, timedelta(days=2)), "a failure of the night before is over"


def test_what_is_done_every_minute_is_due_a_little_early() -> None:
    each = Every(1)
    assert is_due(each, Past(), NOW, AGAIN)
    assert not is_due(each, Past(begun_at=NOW - timedelta(seconds=30)), NOW, AGAIN)
    assert is_due(each, Past(begun_at=NOW - timedelta(minutes=1) + SLACK), NOW, AGAIN)


@pytest.mark.parametrize("times", [NIGHT, Every(5)])
def test_what_somebody_asked_for_is_due_until_it_has_begun(times: Daily | Every) -> None:
    just_done = {"done_at": NOW, "begun_at": NOW}
    assert not is_due(times, Past(**just_done), NOW, AGAIN)
    assert is_due(times, Past(**just_done, asked_at=NOW + timedelta(seconds=1)), NOW + timedelta(seconds=2), AGAIN)
    assert not is_due(times, Past(**just_done, asked_at=NOW - timedelta(seconds=1)), NOW, AGAIN)
    assert is_due(times, Past(asked_at=NOW, failed_at=NOW), NOW, AGAIN)


def test_times_are_said_in_words() -> None:
    assert [each.words for each in (Every(1), Every(5), Daily(time(0, 10)))] == ["Every minute", "Every 5 minutes", "Every day at 00:10"]
