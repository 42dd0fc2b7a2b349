"""Every device is counted once by its support and once by the end of it, whatever is known of it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import SupportStatus
from registry.rules.fleet_picture import Span, Supported, picture

TODAY = date(2026, 11, 23)
some = st.lists(st.builds(Supported, st.sampled_from(SupportStatus), st.none() | st.dates(date(2019, 1, 1), date(2036, 1, 1))), max_size=30)


@given(some, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(Span), st.integers(1, 24))
@settings(max_examples=40)
def test_every_device_is_counted_once_in_each_chart(devices: list[Supported], today: date, span: Span, spans: int) -> None:
    made = picture(devices, today, span, spans)
    assert sum(bar.many for bar in made.by_status) == sum(bar.many for bar in made.by_end) == made.many == len(devices)
    assert len(made.by_end) == spans + 3


def test_quarters_begin_with_that_of_today_and_what_is_before_later_or_unknown_is_apart() -> None:
    ends = [date(2025, 10, 14), date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1), None]
    made = picture([Supported(SupportStatus.UNKNOWN, end) for end in ends], TODAY, spans=2)
    assert [(bar.words, bar.many) for bar in made.by_end] == [
        ("Before Oct 2026", 2), ("Oct to Dec 2026", 2), ("Jan to Mar 2027", 2), ("Apr 2027 or later", 1), ("Not known", 1),
    ]  # fmt: skip
    assert [bar.is_over for bar in made.by_end] == [True, False, False, False, False]


def test_months_go_over_the_end_of_the_year() -> None:
    made = picture([Supported(SupportStatus.SUPPORTED, TODAY + timedelta(days=9))], TODAY, Span.MONTH, 3)
    assert [(bar.words, bar.many) for bar in made.by_end][1:4] == [("Nov 2026", 0), ("Dec 2026", 1), ("Jan 2027", 0)]


def test_each_status_has_its_words_and_only_the_unsupported_have_ended() -> None:
    made = picture([Supported(SupportStatus.UNSUPPORTED)] * 2 + [Supported(SupportStatus.UNKNOWN)], TODAY)
    assert [(bar.words, bar.many, bar.is_over) for bar in made.by_status] == [
        ("Supported", 0, False), ("Support ends within half a year", 0, False), ("No longer supported", 2, True), ("Not known", 1, False),
    ]  # fmt: skip
