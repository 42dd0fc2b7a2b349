"""Days as files spell them, without ever guessing whether 3/4 is in March or in April."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# Years of two figures: 00 to 49 lie in this century, 50 to 99 in the last.
PIVOT = 50

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENGLISH = tuple(month[:3].casefold() for month in MONTHS)
_WELSH = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_MONTH_NUMBERS = {start: number for months in (_WELSH, _ENGLISH) for number, start in enumerate(months, start=1)}
_MONTH_WORD = "|".join(
    sorted({month.casefold() for month in MONTHS} | set(_ENGLISH) | {"sept"}, key=len, reverse=True)
) + "|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr"  # fmt: skip

_TIME = r"(?:[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:Z|UTC|GMT|BST|[+-]\d{2}:?\d{2}))?)?\Z"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})\Z")
_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})" + _TIME, re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
_DAY_NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[-/\s]*({_MONTH_WORD})\.?,?[-/\s]*(\d{{4}}|\d{{2}})" + _TIME, re.IGNORECASE)
_MONTH_NAMED = re.compile(rf"({_MONTH_WORD})\.?[-/\s]*(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|[-/\s]+)(\d{{4}}|\d{{2}})" + _TIME, re.IGNORECASE)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})\Z", re.IGNORECASE)
_MILLISECONDS = re.compile(r"-?\d{12,13}(?:\.0+)?\Z")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?\Z")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000


class DateOrder(Enum):
    """How a column writes its days; AMBIGUOUS and MIXED are questions for the person who brings the file."""

    ISO = "iso"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    AMBIGUOUS = "ambiguous"
    EXCEL_SERIAL = "excel_serial"
    EXCEL_SERIAL_1904 = "excel_serial_1904"
    MIXED = "mixed"


def date_order(values: Iterable[str]) -> DateOrder:
    """The order a whole column shows. ISO where nothing depends on it; what is not a day at all has no say."""
    seen = {_kind(_bare(text)) for text in values}
    if {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST} <= seen:
        return DateOrder.MIXED
    slashed = seen & {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.AMBIGUOUS}
    if DateOrder.EXCEL_SERIAL in seen:
        # A spreadsheet that turned some days into numbers and left others was set to another country than the file.
        return DateOrder.MIXED if slashed else DateOrder.EXCEL_SERIAL
    for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.AMBIGUOUS):
        if order in slashed:
            return order
    return DateOrder.ISO


def _kind(text: str) -> DateOrder | None:
    """What one value says about the order of its column; nothing when it reads the same in any order."""
    if figures := _FIGURES.match(text):
        first, second = int(figures[1]), int(figures[2])
        if first == second or (first > 12 and second > 12):
            return None
        if first > 12:
            return DateOrder.DAY_FIRST
        return DateOrder.MONTH_FIRST if second > 12 else DateOrder.AMBIGUOUS
    serial = _SERIAL.match(text)
    return DateOrder.EXCEL_SERIAL if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL else None


def parse_day(text: str, order: DateOrder) -> date:
    """The day a cell means; raises ValueError with a sentence for a day that does not exist or could be two days.

    A moment with a zone (2023-08-31T23:00:00Z, or milliseconds since 1970) gives the day it was in London.
    """
    written = _bare(text)
    if _INSTANT.match(written):
        return _london_day(written)
    if parts := _ISO.match(written) or _COMPACT.match(written):
        return _day(int(parts[1]), int(parts[2]), int(parts[3]))
    if _MILLISECONDS.match(written):
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(written.split(".")[0]))).astimezone(LONDON).date()
    if serial := _SERIAL.match(written):
        return _serial_day(int(serial[1]), written, order)
    if figures := _FIGURES.match(written):
        return _figures_day(figures, order)
    return _named_day(written)


def _bare(text: str) -> str:
    """A cell without the spaces around it and the name of the weekday before it."""
    return _WEEKDAY.sub("", text.strip(), count=1)


def _london_day(written: str) -> date:
    """The day in London of a moment that names its zone."""
    shape = _ISO.match(written)
    day = _day(int(shape[1]), int(shape[2]), int(shape[3])) if shape else None
    try:
        return datetime.fromisoformat(written).astimezone(LONDON).date()
    except (ValueError, OverflowError):
        if day is None:
            raise ValueError(_not_a_day(written)) from None
        return day


def _serial_day(number: int, written: str, order: DateOrder) -> date:
    """A spreadsheet's count of days, in which 30 December 1899 is 0, or 1 January 1904 in old files of Excel for Mac."""
    if order not in {DateOrder.EXCEL_SERIAL, DateOrder.EXCEL_SERIAL_1904, DateOrder.MIXED} or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise ValueError(_not_a_day(written))
    return (date(1904, 1, 1) if order is DateOrder.EXCEL_SERIAL_1904 else date(1899, 12, 30)) + timedelta(days=number)


def _figures_day(figures: re.Match[str], order: DateOrder) -> date:
    """A day in three numbers, read in the order that was settled for its column."""
    first, second, year = int(figures[1]), int(figures[2]), _year(figures[3])
    if first > 12 and second > 12:
        raise ValueError(f"“{figures[0]}” has no month in it: months go up to 12.")
    if order is DateOrder.MONTH_FIRST:
        if first > 12:
            raise ValueError(f"“{figures[0]}” starts with the day, but this column starts with the month.")
        return _day(year, first, second)
    if order is DateOrder.DAY_FIRST:
        if second > 12:
            raise ValueError(f"“{figures[0]}” starts with the month, but this column starts with the day.")
        return _day(year, second, first)
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(
            f"“{figures[0]}” could be {first} {MONTHS[second - 1]} or {second} {MONTHS[first - 1]}. Say whether the day or the month comes first."
        )
    return _day(year, second, first) if second <= 12 else _day(year, first, second)


def _named_day(written: str) -> date:
    """A day whose month is a word, in English or Welsh."""
    if parts := _DAY_NAMED.match(written):
        return _day(_year(parts[3]), _MONTH_NUMBERS[parts[2][:3].casefold()], int(parts[1]))
    if parts := _MONTH_NAMED.match(written):
        return _day(_year(parts[3]), _MONTH_NUMBERS[parts[1][:3].casefold()], int(parts[2]))
    raise ValueError(_not_a_day(written))


def _year(written: str) -> int:
    """A year of four figures as it stands, one of two figures by the pivot."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _day(year: int, month: int, day: int) -> date:
    """The day itself; raises ValueError with the reason when the calendar has no such day."""
    if not 1800 <= year < 2200:
        raise ValueError(f"The year {year} looks mistyped. Enter the year in 4 figures, such as 2026.")
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}: months go from 1 to 12.")
    name = MONTHS[month - 1]
    following = date(year + month // 12, month % 12 + 1, 1)
    length = (following - date(year, month, 1)).days
    if not 1 <= day <= length:
        when = f"{name} {year}" if month == 2 else name
        raise ValueError(f"{day} {when} does not exist: {when} has {length} days.")
    return date(year, month, day)


def _not_a_day(written: str) -> str:
    """The sentence for a cell that no spelling of a day fits."""
    return f"“{written}” is not a day. Enter it as 2026-11-23 or 23 November 2026."


def short_years_note(values: Iterable[str]) -> str | None:
    """The note to show when a column has years of two figures, which were read by the pivot."""
    short = sum(1 for text in values if _has_short_year(_bare(text)))
    if not short:
        return None
    return f"{short:,} {'day has' if short == 1 else 'days have'} a year of 2 figures. 00 to 49 were read as 2000 to 2049, 50 to 99 as 1950 to 1999."


def _has_short_year(text: str) -> bool:
    """Whether a day is written with a year of two figures."""
    if _ISO.match(text):
        return False
    parts = _FIGURES.match(text) or _DAY_NAMED.match(text) or _MONTH_NAMED.match(text)
    return parts is not None and len(parts[3]) == 2
