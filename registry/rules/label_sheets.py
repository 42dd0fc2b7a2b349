"""Sheets and tapes of labels as they are sold, in millimetres, and where each label of a print lies on them."""

from collections.abc import Iterator
from dataclasses import dataclass

A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Box:
    """An oblong on a page: its corner at the top left, how wide and how high, in millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of sheet; `gap` is between columns and between rows. A tape is a sheet with one label, as long as it is cut."""

    key: str
    name: str
    page: tuple[float, float]
    label: tuple[float, float]
    columns: int = 1
    rows: int = 1
    gap: tuple[float, float] = (0, 0)

    @property
    def many(self) -> int:
        """How many labels one sheet has."""
        return self.columns * self.rows

    @property
    def is_tape(self) -> bool:
        """Whether labels come one after the other, so that no sheet is ever half used."""
        return self.many == 1

    @property
    def margin(self) -> tuple[float, float]:
        """What is left of the first label and above it: the labels stand in the middle of their sheet."""
        width, height = (many * side + (many - 1) * gap for many, side, gap in zip((self.columns, self.rows), self.label, self.gap, strict=True))
        return (self.page[0] - width) / 2, (self.page[1] - height) / 2

    def box(self, place: int) -> Box:
        """Where a label lies, counted from 1 along the rows. Raises ValueError for one that the sheet does not have."""
        if not 1 <= place <= self.many:
            raise ValueError(f"This sheet has labels 1 to {self.many}.")
        row, column = divmod(place - 1, self.columns)
        (left, top), (width, height), (across, down) = self.margin, self.label, self.gap
        return Box(round(left + column * (width + across), 3), round(top + row * (height + down), 3), width, height)


def _a4(key: str, label: tuple[float, float], columns: int, rows: int) -> Sheet:
    """A sheet of A4 whose rows touch each other, with the usual tenth of an inch between its columns."""
    name = f"Avery {key.upper()}: {columns * rows} on A4, {label[0]:g} × {label[1]:g} mm"
    return Sheet(key=key, name=name, page=A4, label=label, columns=columns, rows=rows, gap=(2.54, 0))


def _tape(key: str, name: str, width: float, height: float) -> Sheet:
    return Sheet(key=key, name=f"{name}, {width:g} × {height:g} mm", page=(width, height), label=(width, height))


SHEETS = (
    _a4("l7651", (38.1, 21.2), 5, 13),
    _a4("l7636", (45.7, 21.2), 4, 12),
    _a4("l7160", (63.5, 38.1), 3, 7),
    _a4("l7163", (99.1, 38.1), 2, 7),
    _a4("l4731", (25.4, 10), 7, 27),
    _tape("tape-12", "Tape of 12 mm", 50, 12),
    _tape("tape-24", "Tape of 24 mm", 70, 24),
    _tape("dymo-99012", "Dymo 99012", 89, 36),
    _tape("brother-dk-11209", "Brother DK-11209", 62, 29),
)
"""Every sheet that is offered, the most usual first."""


def sheet_of(key: str) -> Sheet | None:
    """The sheet that is called so, or None."""
    return next((sheet for sheet in SHEETS if sheet.key == key), None)


def places(sheet: Sheet, many: int, start_at: int = 1) -> Iterator[tuple[int, int]]:
    """The page, from 0, and the place on it, from 1, of each of so many labels; the first page may be used already.

    Raises ValueError where the sheet has no such first label.
    """
    sheet.box(start_at)
    for number in range(start_at - 1, start_at - 1 + many):
        page, place = divmod(number, sheet.many)
        yield page, place + 1


def pages(sheet: Sheet, many: int, start_at: int = 1) -> int:
    """How many sheets so many labels take; one, for its outlines, where there are none."""
    return max(1, -(-(start_at - 1 + many) // sheet.many))
