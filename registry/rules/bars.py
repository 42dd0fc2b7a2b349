"""One bar of a chart: how many of something, and whether its time is over already."""

from dataclasses import dataclass
from datetime import date

from registry.rules.plain_dates import MONTHS


@dataclass(frozen=True, slots=True)
class Bar:
    """One count: its words, how many, and whether their time is over."""

    words: str
    many: int
    is_over: bool = False


def month(day: date) -> str:
    """The month of a day, short enough for a bar: "Nov 2026"."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"
