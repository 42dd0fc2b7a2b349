"""The rows of one list for the roll, with what each column says of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from exports.dates_in_files import DateOrder, date_order, parse_day
from registry.roll.uploads import Table
from registry.rules.roll_headings import Part

Row = Sequence[str]
_NAMES = (Part.NAME, Part.FIRST, Part.SURNAME, Part.KNOWN_FIRST, Part.KNOWN_SURNAME, Part.LEGAL_NAME)


class Columns:
    """Where a list says what."""

    def __init__(self, table: Table) -> None:
        self._places = {code: place for place, code in enumerate(table.columns) if code}
        self.slots = tuple(dict.fromkeys(code.partition(":")[2] for code in table.columns if code.startswith("contact_")))

    def text(self, row: Row, part: Part, slot: str = "") -> str:
        """What a row says under a column; empty where there is no such column."""
        place = self._places.get(f"{part.value}:{slot}" if slot else part.value)
        return "" if place is None else row[place]

    def place(self, part: Part) -> int | None:
        """Where the column stands that says this."""
        return self._places.get(part.value)

    @property
    def is_only_numbered(self) -> bool:
        """Whether pupils are named by number alone."""
        return not any(part.value in self._places for part in _NAMES)

    @property
    def names_pupils(self) -> bool:
        """Whether rows say which pupil they are about."""
        return Part.NUMBER.value in self._places or not self.is_only_numbered


class Rows:
    """The rows of a list in turn, each with where it stands and why it cannot be taken, if it cannot."""

    def __init__(self, table: Table, several: bool) -> None:
        self.table, self.columns = table, Columns(table)
        self.trouble = ""
        self._several = several
        self._left = self.columns.place(Part.LEFT_ON)
        self._order = self._order_of_days()

    def __iter__(self) -> Iterator[tuple[Row, str, str]]:
        file = self.table.file
        before = f"{self.table.name}, " if self._several else ""
        for place, (row, line) in enumerate(zip(file.rows, file.lines, strict=True)):
            doubted = file.doubts.get(place)
            self.trouble = next(iter(doubted.values())) if doubted else ""
            yield row, f"{before}line {line}", file.problems.get(line, "") or self.trouble

    def day(self, row: Row) -> date | None:
        """The day on which somebody left; what is no day is the row's trouble."""
        if self._left is None or not row[self._left]:
            return None
        try:
            return parse_day(row[self._left], self._order)
        except ValueError as problem:
            self.trouble = str(problem)
            return None

    def _order_of_days(self) -> DateOrder:
        """As the column shows it; where it does not show, the day comes first, as in every database of a British school."""
        if self._left is None:
            return DateOrder.ISO
        seen = date_order(row[self._left] for row in self.table.file.rows if row[self._left])
        return DateOrder.DAY_FIRST if seen is DateOrder.AMBIGUOUS else seen
