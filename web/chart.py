"""What is open week by week as columns of an SVG: errors below, warnings above, beside the same numbers in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.needs.history import Count
from registry.rules.plain_dates import full_day, short_day
from web.rendering import plural

HEIGHT, FLOOR, LEFT = 120, 138, 9
"""The height of the tallest column and where it stands, in px; where the first begins, in per cent of the width."""


@dataclass(frozen=True)
class Column:
    """One week: where its column is, and how high its parts are."""

    count: Count
    x: float
    width: float
    errors: float
    warnings: float

    @property
    def middle(self) -> float:
        """Where its label stands, in per cent."""
        return round(self.x + self.width / 2, 1)

    @property
    def top(self) -> float:
        """Where it ends, in px."""
        return FLOOR - self.errors - self.warnings

    @property
    def label(self) -> str:
        """Its day."""
        return short_day(self.count.day).rpartition(" ")[0]


@dataclass(frozen=True)
class Chart:
    """The columns, the lines behind them, and the words beside them."""

    counts: Sequence[Count]

    @classmethod
    def of(cls, counts: Sequence[Count]) -> "Chart | None":
        """A chart of these weeks; None where there is nothing yet to compare, or where nothing was ever open."""
        return cls(tuple(counts)) if len(counts) > 1 and any(count.all for count in counts) else None

    @property
    def most(self) -> int:
        """The number at the top: round, and no less than the tallest column."""
        tallest = max((count.all for count in self.counts), default=0)
        steps: list[int] = [each * int(10**power) for power in range(7) for each in (2, 5, 10)]
        return next(step for step in steps if step >= max(tallest, 2))

    @property
    def lines(self) -> list[tuple[int, float]]:
        """The numbers at the side, and where their lines are in px."""
        return [(round(self.most * part), FLOOR - HEIGHT * part) for part in (0, 0.5, 1)]

    @property
    def columns(self) -> list[Column]:
        """One for each week, spread over the width."""
        step = (100 - LEFT) / len(self.counts)
        high = HEIGHT / self.most
        return [
            Column(count, round(LEFT + place * step, 1), round(step * 0.7, 1), round(count.errors * high, 1), round(count.warnings * high, 1))
            for place, count in enumerate(self.counts)
        ]

    @property
    def said(self) -> str:
        """How many are open, and where that comes from, in a sentence."""
        first, last = self.counts[0], self.counts[-1]
        course = "as many as" if last.all == first.all else f"{'down' if last.all < first.all else 'up'} from {first.all:,}"
        open_then = f"{plural(last.errors, 'error')} and {plural(last.warnings, 'warning')}"
        return f"{open_then}: {last.all:,} in all on {full_day(last.day)}, {course} on {full_day(first.day)}."

    @property
    def description(self) -> str:
        """The same in a sentence, for those who do not see it."""
        first, last = self.counts[0], self.counts[-1]
        return (
            f"Errors went from {first.errors:,} to {last.errors:,} and warnings from {first.warnings:,} to {last.warnings:,} "
            f"between {short_day(first.day)} and {short_day(last.day)}."
        )
