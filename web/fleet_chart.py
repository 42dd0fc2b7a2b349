"""The fleet as bars of an SVG, by support and by the time it ends, each beside the same numbers in a table (templates/devices/fleet_chart.html)."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.rules.fleet_picture import Bar, FleetPicture
from web.rendering import plural

ROW, WIDEST = 44, 85
"""The height of a bar with its words above it, in px, and how wide the longest is, in per cent: no word shares a line with a bar."""


@dataclass(frozen=True)
class DrawnBar:
    """One bar as it is drawn: how wide, in per cent, and where its top is, in px."""

    bar: Bar
    width: float
    top: int

    @property
    def number_at(self) -> float:
        """Where its number stands, in per cent."""
        return round(self.width + 1.5, 2) if self.bar.many else 0


@dataclass(frozen=True)
class FleetChart:
    """One chart with its title and what its rows are called; `id` keeps two of them on a page apart."""

    id: str
    title: str
    heading: str
    counted: Sequence[Bar]
    many: int

    @property
    def bars(self) -> list[DrawnBar]:
        """Every bar, below each other; the longest is as wide as any may be."""
        most = max((bar.many for bar in self.counted), default=0) or 1
        return [DrawnBar(bar, round(WIDEST * bar.many / most, 2), ROW * place) for place, bar in enumerate(self.counted)]

    @property
    def height(self) -> int:
        """Its height in px."""
        return ROW * len(self.counted)

    @property
    def has_ended(self) -> bool:
        """Whether some bars are of devices whose support has ended, so that the key is needed."""
        return any(bar.is_over and bar.many for bar in self.counted)

    @property
    def description(self) -> str:
        """The same in a sentence, for those who do not see it."""
        return f"{plural(self.many, 'device')}. " + ". ".join(f"{bar.words}: {bar.many:,}" for bar in self.counted) + "."


def charts(picture: FleetPicture) -> list[FleetChart]:
    """The chart by support and the chart by its end; none where there is no device."""
    if not picture.many:
        return []
    return [
        FleetChart("fleet-support", "Devices by support", "Support", picture.by_status, picture.many),
        FleetChart("fleet-end", "Devices by the end of support", "Support ends", picture.by_end, picture.many),
    ]
