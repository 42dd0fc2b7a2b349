"""What the chart of open findings says in words."""

from datetime import date

import pytest

from registry.needs.history import Count
from web.chart import Chart

FIRST = Count(date(2026, 10, 5), 14, 31)


@pytest.mark.parametrize(("last", "said"), [
    (Count(date(2026, 11, 23), 6, 17), "6 errors and 17 warnings: 23 in all on Monday 23 November 2026, down from 45 on Monday 5 October 2026."),
    (Count(date(2026, 11, 23), 1, 1044), "1 error and 1,044 warnings: 1,045 in all on Monday 23 November 2026, up from 45 on Monday 5 October 2026."),
    (Count(date(2026, 11, 23), 15, 30), "15 errors and 30 warnings: 45 in all on Monday 23 November 2026, as many as on Monday 5 October 2026."),
])  # fmt: skip
def test_the_course_is_said_in_a_sentence(last: Count, said: str) -> None:
    chart = Chart.of([FIRST, last])
    assert chart is not None
    assert chart.said == said


def test_nothing_is_drawn_where_nothing_was_ever_open_or_there_is_nothing_to_compare() -> None:
    none = Count(date(2026, 10, 5), 0, 0)
    assert Chart.of([none, none]) is None
    assert Chart.of([FIRST]) is None
    assert Chart.of([FIRST, none]) is not None
