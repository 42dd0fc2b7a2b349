"""Ids of our own: of version 7, each behind the one before, whatever the clock does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import time_machine

from models.base import new_id


def test_each_is_behind_the_one_before_within_a_millisecond_and_when_the_clock_goes_back() -> None:
    ids = [new_id() for _ in range(5_000)]
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        ids += [new_id() for _ in range(5_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {each.version for each in ids} == {7}
    assert {each.variant for each in ids} == {"specified in RFC 4122"}


def test_no_two_threads_make_the_same() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [each for some in pool.map(lambda _: [new_id() for _ in range(2_000)], range(4)) for each in some]
    assert len(set(made)) == len(made)
