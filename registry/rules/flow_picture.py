"""A data flow as a picture: boxes from left to right with numbered arrows between them, whose words stand in the table beside (Article 35(7)(a)).

All sizes are those of the picture itself, which is scaled to the page. It is at most 900 wide, unless a way has more than nine steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from models.names import fold
from models.vocabulary.shapes import FLOWS
from registry.rules.flow_arrows import Point, Spot, corners, ends, numbers_at
from registry.rules.flow_layers import Arrow, Layers, Place, layers
from registry.rules.rows_said import rows_said

WIDEST = 900
EDGE, BETWEEN = 30, 20
"""Free space around the picture, and between two boxes above each other."""
BOX_LEAST, BOX_MOST = 56, 200
GAPS = ((4, 96), (6, 64))
GAP_LEAST = 40
"""Up to so many columns, the space between two of them; and that for more."""
LINE, PADDING, LETTER = 16, 8, 7
"""The height of a line, the space around text, and the width of a letter."""
MOST_LINES = 4
BEND = 20
"""The height that an arrow passing a column takes."""
LABEL_LETTERS = 28

NOT_SAID = "Not said"
HERE = frozenset({"", "uk", "u k", "the uk", "gb", "united kingdom", "the united kingdom", "great britain", "england", "wales", "scotland",
                  "northern ireland", "no", "none", "not outside the uk"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One way that data takes; `country` is that of the receiver when it is outside the United Kingdom."""

    sender: str = ""
    what: str = ""
    receiver: str = ""
    protected_by: str = ""
    country: str = ""

    @property
    def leads_abroad(self) -> bool:
        """Whether a country outside the United Kingdom is named."""
        return " ".join(fold(self.country).replace(".", " ").split()) not in HERE


@dataclass(frozen=True, slots=True)
class FlowBox:
    """Somebody or something that sends or gets data; (x, y) is its top left corner."""

    name: str
    x: int
    y: int
    w: int
    h: int
    lines: tuple[str, ...]
    is_abroad: bool

    @property
    def written(self) -> tuple[tuple[int, int, str], ...]:
        """Its lines with the middle of each: across, and down."""
        top = self.y + (self.h - LINE * len(self.lines)) // 2 + LINE // 2
        return tuple((self.x + self.w // 2, top + LINE * at, line) for at, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class FlowArrow:
    """One way of data: its corners from the sender to the receiver, its words in lines, its number, and where the middle of that stands."""

    points: tuple[Point, ...]
    lines: tuple[str, ...]
    number: int
    number_at: Point
    is_abroad: bool


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The whole picture; the arrows are numbered as the rows are, from 1 on."""

    width: int = 0
    height: int = 0
    boxes: tuple[FlowBox, ...] = ()
    arrows: tuple[FlowArrow, ...] = ()


def flows_of(said: str | Iterable[Any] | None) -> tuple[FlowRow, ...]:
    """The ways of data in the text that is kept, or in rows with the same names."""
    names = [part.name for part in FLOWS.parts]
    return tuple(FlowRow(**{name: str(row.get(name) or "").strip() for name in names}) for row in rows_said(FLOWS, said))


def picture(rows: Sequence[FlowRow]) -> FlowPicture:
    """The picture of these rows; what has the same name is one box, and whoever is not named has one of their own."""
    if not rows:
        return FlowPicture()
    names, arrows = _named(rows)
    found = layers(len(names), arrows)
    touching, (wide, gap) = ends(found), _widths(len(found.columns))
    abroad = {end: row.country.strip() for (_, end), row in zip(arrows, rows, strict=True) if row.leads_abroad}
    lines = [(*_lines(name, wide), *_lines(f"({abroad[box]})" if box in abroad else "", wide)) for box, name in enumerate(names)]
    high = {
        place: BEND if place.is_bend else max(2 * PADDING + LINE * len(lines[place.number]), LINE * (touching.most(place) + 1))
        for column in found.columns for place in column
    }  # fmt: skip
    spots = _spots(found, high, wide, gap)
    ways = tuple(corners(found, touching, spots))
    numbers = numbers_at(ways, [begin == end for begin, end in arrows])
    return FlowPicture(
        width=max(spot.x + spot.w for spot in spots.values()) + EDGE,
        height=max(spot.y + spot.h for spot in spots.values()) + EDGE,
        boxes=tuple(
            FlowBox(names[place.number], *spot, lines[place.number], place.number in abroad) for place, spot in spots.items() if not place.is_bend
        ),
        arrows=tuple(
            FlowArrow(way, tuple(wrap(row.what, LABEL_LETTERS)), number, at, row.leads_abroad)
            for number, (row, way, at) in enumerate(zip(rows, ways, numbers, strict=True), 1)
        ),
    )


def _named(rows: Sequence[FlowRow]) -> tuple[list[str], list[Arrow]]:
    """The boxes by name, in the order in which they are named first, and the arrows between them."""
    box_of: dict[str | int, int] = {}
    names: list[str] = []
    ends: list[int] = []
    for name in (name.strip() for row in rows for name in (row.sender, row.receiver)):
        key = fold(name) or len(ends)
        if key not in box_of:
            box_of[key] = len(names)
            names.append(name or NOT_SAID)
        ends.append(box_of[key])
    return names, list(zip(ends[::2], ends[1::2], strict=True))


def _widths(columns: int) -> tuple[int, int]:
    """How wide a box is, and the space between two columns."""
    gap = next((gap for most, gap in GAPS if columns <= most), GAP_LEAST)
    room = WIDEST - 2 * EDGE - (columns - 1) * gap
    return max(BOX_LEAST, min(BOX_MOST, room // columns)), gap


def _lines(text: str, wide: int) -> tuple[str, ...]:
    return tuple(wrap(text, (wide - 2 * PADDING) // LETTER, max_lines=MOST_LINES, placeholder=" …"))


def _spots(found: Layers, high: Mapping[Place, int], wide: int, gap: int) -> dict[Place, Spot]:
    """The room of every place, each column in the middle of the picture’s height."""
    tall = [sum(high[place] + BETWEEN for place in column) - BETWEEN for column in found.columns]
    spots: dict[Place, Spot] = {}
    for at, column in enumerate(found.columns):
        top = EDGE + (max(tall) - tall[at]) // 2
        for place in column:
            spots[place] = Spot(EDGE + at * (wide + gap), top, wide, high[place])
            top += high[place] + BETWEEN
    return spots
