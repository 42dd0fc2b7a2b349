"""Counts as bars of an SVG beside the same numbers in a table (templates/macros/bar_chart.html)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from registry.rules.bars import Bar
from web.rendering import plural

ROW, EMPTY, WIDEST = 44, 22, 85
"""The height of a bar with its words above it, and of a line without a bar, in px; how wide the longest is, in per cent: no word shares a line
with a bar."""


@dataclass(frozen=True)
class DrawnBar:
    """One bar as it is drawn: how wide, in per cent, and where its top is, in px."""

    bar: Bar
    width: float
    top: int

    @property
    def number_at(self) -> float:
        """Where its number stands, in per cent."""
        return round(self.width + 1.5, 2)


@dataclass(frozen=True)
class BarChart:
    """One chart with its title and what its rows are called; `id` keeps two of them on a page apart.

    `one` is what is counted; `over` are the words of the key for bars whose time is over.
    """

    id: str
    title: str
    heading: str
    counted: Sequence[Bar]
    many: int
    one: str
    over: str

    @property
    def bars(self) -> list[DrawnBar]:
        """Every bar, below each other; the longest is as wide as any may be."""
        most = max((bar.many for bar in self.counted), default=0) or 1
        tops = accumulate((ROW if bar.many else EMPTY for bar in self.counted), initial=0)
        return [DrawnBar(bar, round(WIDEST * bar.many / most, 2), top) for bar, top in zip(self.counted, tops, strict=False)]

    @property
    def height(self) -> int:
        """Its height in px."""
        return sum(ROW if bar.many else EMPTY for bar in self.counted)

    @property
    def has_ended(self) -> bool:
        """Whether the time of some bars is over, so that the key is needed."""
        return any(bar.is_over and bar.many for bar in self.counted)

    @property
    def things(self) -> str:
        """What is counted, as the head of a column."""
        return f"{self.one}s".capitalize()

    @property
    def description(self) -> str:
        """The same in a sentence, for those who do not see it."""
        return f"{plural(self.many, self.one)}. " + ". ".join(f"{bar.words}: {bar.many:,}" for bar in self.counted) + "."
