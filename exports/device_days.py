"""When a list of devices says that something happened: days and moments in every spelling, and the question when an order is not clear."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from exports.dates_in_files import LONDON, DateOrder, date_order, parse_day
from models.vocabulary import DeviceSource

_IN_UTC = frozenset({DeviceSource.INTUNE, DeviceSource.GOOGLE, DeviceSource.APPLE})
"""Sources that write their moments in UTC and do not say so."""
_NEVER = re.compile(r"(?:never|n/?a|none|null|unknown|not set|not available|--?|0|0001-01-01.*|0?1/0?1/0001.*|1970-01-01.*)?", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_GAP_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)|\s*(?:UTC|GMT)$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap])?", re.IGNORECASE)
_SAYS_UTC = re.compile(r"(?:Z|UTC|GMT)\s*$", re.IGNORECASE)
_MILLISECONDS = re.compile(r"(\d{12,13})(?:\.0+)?")
_SERIAL = re.compile(r"\d{5}[.,](\d+)")
_OPEN = frozenset({DateOrder.AMBIGUOUS, DateOrder.MIXED})


class Column:
    """A column of days or moments: the order in which they are written, and whether somebody has to say it first."""

    def __init__(self, values: Iterable[str], day_first: bool | None, *, since_1904: bool = False) -> None:
        """`day_first` is what somebody said of a file whose own days do not show it."""
        self.unclear: tuple[int, str] = (0, "")
        """The first of its cells that could be two days: its place from 0, and what it says."""
        order = self._seen(values)
        if order in _OPEN and day_first is not None:
            order = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
        if order is DateOrder.EXCEL_SERIAL and since_1904:
            order = DateOrder.EXCEL_SERIAL_1904
        self.order = order

    @property
    def is_open(self) -> bool:
        """Whether nothing of it can be read before somebody says the order."""
        return self.order in _OPEN

    def _seen(self, values: Iterable[str]) -> DateOrder:
        written = {place: plain for place, value in enumerate(values) if value and not _MOMENT.match(value) and (plain := _bare(value))}
        order = date_order(written.values())
        if order in _OPEN:
            self.unclear = next((place, plain) for place, plain in written.items() if date_order([plain]) is not DateOrder.ISO)
        return order


def day_of(cell: str, order: DateOrder) -> date | None:
    """The day a cell says, in London; None for never. Raises ValueError with a sentence for what is no day."""
    plain = _bare(cell)
    return _day(plain, order) if plain else None


def moment_of(cell: str, order: DateOrder, source: DeviceSource) -> datetime | None:
    """The moment a cell says, in UTC; None for never. Raises ValueError with a sentence for what is no day."""
    plain = _bare(cell)
    if not plain:
        return None
    zone: tzinfo = UTC if source in _IN_UTC else LONDON
    if _MOMENT.match(plain) and (found := _iso(_GAP_BEFORE_ZONE.sub("", plain), UTC if _SAYS_UTC.search(plain) else zone)):
        return found
    if milliseconds := _MILLISECONDS.fullmatch(plain):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(milliseconds[1]))
    day = _day(plain, order)
    return datetime.combine(day, _time(plain), UTC if _SAYS_UTC.search(plain) else zone).astimezone(UTC)


@lru_cache(maxsize=4096)
def _day(plain: str, order: DateOrder) -> date:
    """Many devices were bought on one day, so that the same days come again and again."""
    return parse_day(plain, order)


def _bare(cell: str) -> str:
    plain = cell.strip()
    return "" if _NEVER.fullmatch(plain) else plain.replace(" at ", " ")


def _iso(plain: str, zone: tzinfo) -> datetime | None:
    """A moment as programs write it; None for one that only looks so."""
    try:
        found = datetime.fromisoformat(plain)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC) if 1980 <= found.year < 2200 else None
    except ValueError:
        return None


def _time(plain: str) -> time:
    """The time of day beside a day; midnight where there is none."""
    if serial := _SERIAL.fullmatch(plain):
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(f"0.{serial[1]}"))).time().replace(microsecond=0)
    found = _TIME.search(plain)
    if found is None:
        return time()
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4] in "pP" else 0)
    if hour > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise ValueError(f"“{plain}” has no such time in it. Enter it as 2026-11-23 14:30.")
    return time(hour, int(found[2]), int(found[3] or 0))


def question_of(heading: str, lines: Sequence[int], column: Column) -> Iterator[str]:
    """The question that a column raises, if it raises one; `lines` are those of the rows."""
    place, written = column.unclear
    if column.order is DateOrder.AMBIGUOUS:
        yield f"Under “{heading}”, “{written}” on line {lines[place]} could be two days. Say whether the day or the month comes first."
    elif column.order is DateOrder.MIXED:
        yield (
            f"Under “{heading}” some days start with the day and others with the month, or a spreadsheet turned some of them into numbers. "
            "Export the list again as CSV, or say whether the day or the month comes first."
        )
