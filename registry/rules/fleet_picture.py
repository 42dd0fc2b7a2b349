"""How many devices still get security updates, and when those of the others end: counts for a chart, in which every device is once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from models.vocabulary import SupportStatus
from models.vocabulary.words import Words
from registry.rules.bars import Bar, month
from registry.rules.plain_dates import MONTHS, months_after


class Span(Words):
    """How long one bar of the chart is."""

    MONTH = "month", "By month"
    QUARTER = "quarter", "By quarter"

    @property
    def months(self) -> int:
        """Its length in months."""
        return 1 if self is Span.MONTH else 3


@dataclass(frozen=True, slots=True)
class Supported:
    """One device as far as it is counted: its status, and the day on which its support ends, where that is known."""

    status: SupportStatus
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class FleetPicture:
    """The counts, by status and by the time at which support ends; each adds up to all devices."""

    by_status: tuple[Bar, ...]
    by_end: tuple[Bar, ...]
    many: int


def picture(devices: Sequence[Supported], today: date, span: Span = Span.QUARTER, spans: int = 8) -> FleetPicture:
    """The picture of these devices, with so many months or quarters from that of today; what ends before, later or nobody knows when is apart."""
    statuses = Counter(each.status for each in devices)
    by_status = tuple(Bar(status.label, statuses[status], status is SupportStatus.UNSUPPORTED) for status in SupportStatus)
    return FleetPicture(by_status, _by_end([each.ends_on for each in devices], _begin(today, span), span, spans), len(devices))


def _begin(day: date, span: Span) -> date:
    """The first day of the month or quarter that a day is in."""
    return day.replace(month=(day.month - 1) // span.months * span.months + 1, day=1)


def _by_end(ends: Sequence[date | None], first: date, span: Span, spans: int) -> tuple[Bar, ...]:
    begins = [months_after(first, span.months * place) for place in range(spans + 1)]
    known = [end for end in ends if end is not None]
    between = pairwise(begins)
    return (
        Bar(f"Before {month(first)}", sum(end < first for end in known), is_over=True),
        *(Bar(_label(begin, span), sum(begin <= end < after for end in known)) for begin, after in between),
        Bar(f"{month(begins[-1])} or later", sum(end >= begins[-1] for end in known)),
        Bar("Not known", len(ends) - len(known)),
    )


def _label(begin: date, span: Span) -> str:
    return month(begin) if span is Span.MONTH else f"{MONTHS[begin.month - 1][:3]} to {month(months_after(begin, 2))}"

