"""The days in a calendar file (iCalendar, RFC 5545), whichever program wrote it; what one event gets wrong costs that event alone."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Event

from exports.ics_repeats import NotUnderstood, days_of
from exports.unreadable import Unreadable
from registry.importing.uploads import FileRows
from registry.rules.local_time import in_zone

HEADINGS = ("Called", "First day", "Last day")
NEEDED = frozenset({"SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS", "UID", "RECURRENCE-ID"})
ZONE = "Europe/London"
MOST_BYTES = 5_000_000
MOST_EVENTS, MOST_REPEATING, MOST_ROWS = 3_000, 100, 2_000
LONGEST_NAME, LONGEST_LINE = 200, 20_000
MOST_LINES, MOST_LETTERS = MOST_EVENTS * len(NEEDED), 1_000_000
"""Of what is needed from a file: a calendar that a school keeps holds far less, and reading as much takes a few seconds."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
PAST, AHEAD = timedelta(days=366), timedelta(days=731)
ONE_DAY = timedelta(days=1)

NOT_A_CALENDAR = "This is not a calendar file. In the calendar choose Export or Download, and upload the file whose name ends in .ics."
NO_EVENTS = "There is no event in this calendar that has not been over for a year."
TOO_MANY = "This calendar has more than {:,} events. Upload one that holds the term dates, and not everything the school does."
TOO_LARGE = "This file has more than 5 MB. Upload a calendar that holds the term dates, and not everything the school does."
NO_NAME, NO_DAY, WRONG_WAY = "It has no name.", "It has no day that exists.", "It ends before it begins."
REPEATS_ODDLY = "It repeats itself in a way that is not followed here. Enter its days by hand."
TOO_LONG = "The events of this calendar repeat or say more than can be looked through. Upload one that holds the term dates, and nothing else."
OLD = "{} {} over for more than a year, and {} left out."


class _Problem(ValueError):
    """What keeps an event from being taken, as a sentence."""


@dataclass(frozen=True)
class _Happening:
    """One event with its days, and when it comes again."""

    name: str
    first: date
    last: date
    event: Any


@dataclass
class _Taken:
    """What was taken out of a file so far."""

    rows: list[tuple[str, date, date]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    old: int = 0
    repeating: int = 0


def take_in(raw: bytes, today: date) -> FileRows:
    """The rows of a calendar file: what each event is called, its first and its last day; raises Unreadable with a sentence."""
    events, taken = _events(raw), _Taken()
    moved = {(str(event.get("UID")), day) for event in events if (day := _moved_from(event)) is not None}
    for event in events:
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            _take(taken, event, moved, today)
    if len(taken.rows) > MOST_ROWS:
        raise Unreadable(TOO_MANY.format(MOST_ROWS))
    if not taken.rows and not taken.problems:
        raise Unreadable(NO_EVENTS)
    return _as_rows(taken, hashlib.sha256(raw).hexdigest())


def _as_rows(taken: _Taken, digest: str) -> FileRows:
    days = sorted(dict.fromkeys(taken.rows), key=lambda row: (row[1], row[2], row[0]))
    rows = [*([name, first.isoformat(), last.isoformat()] for name, first, last in days), *([name, "", ""] for name, _why in taken.problems)]
    problems = {len(days) + place: why for place, (_name, why) in enumerate(taken.problems, 1)}
    many = taken.old
    notes = [OLD.format(f"{many:,} {'event' if many == 1 else 'events'}", *(("is", "is") if many == 1 else ("are", "are")))] if many else []
    return FileRows(HEADINGS, rows, [*range(1, len(rows) + 1)], problems, notes, digest)


def _take(taken: _Taken, event: Any, moved: set[tuple[str, date]], today: date) -> None:
    """Take the days of one event, or note what keeps it from being taken."""
    name = _name(event)
    try:
        if not name:
            raise _Problem(NO_NAME)
        first, last = _days(event)
        for begins in _beginnings(taken, event, first, today):
            ends = begins + (last - first)
            if (str(event.get("UID")), begins) in moved and _moved_from(event) is None:
                continue
            if ends < today - PAST:
                taken.old += 1
            else:
                taken.rows.append((name, begins, ends))
    except _Problem as problem:
        taken.problems.append((name or "An event", str(problem)))


def _beginnings(taken: _Taken, event: Any, first: date, today: date) -> Sequence[date]:
    """The days on which an event begins: once, or as often as it repeats itself within two years."""
    rule, more = event.get("RRULE"), _listed_days(event, "RDATE")
    found = [first, *more]
    if rule is not None:
        taken.repeating += 1
        if taken.repeating > MOST_REPEATING or _is_broken(event, "RRULE") or isinstance(rule, list):
            raise _Problem(REPEATS_ODDLY)
        try:
            found = [*days_of(rule, first, today - PAST, today + AHEAD), *more]
        except NotUnderstood:
            raise _Problem(REPEATS_ODDLY) from None
    without = set(_listed_days(event, "EXDATE"))
    return sorted({day for day in found if day not in without and EARLIEST <= day <= LATEST})[:MOST_ROWS]


def _days(event: Any) -> tuple[date, date]:
    """The first and the last day; the end of an event is the first day, or the moment, on which it is over."""
    starts, ends = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if starts is None:
        raise _Problem(NO_DAY)
    if ends is None:
        lasts = _moment(event, "DURATION")
        try:
            ends = starts + lasts if isinstance(lasts, timedelta) else None
        except OverflowError:
            raise _Problem(NO_DAY) from None
    first, last = _day(starts), _last_day(starts, ends)
    if not EARLIEST <= first <= LATEST or last > LATEST:
        raise _Problem(NO_DAY)
    if last < first:
        raise _Problem(WRONG_WAY)
    return first, last


def _last_day(starts: Any, ends: Any) -> date:
    first = _day(starts)
    if ends is None or isinstance(ends, timedelta):
        return first
    last = _day(ends)
    is_over_before = not isinstance(ends, datetime) or _at_london(ends).time() == time()
    return last - ONE_DAY if is_over_before and last > first else last


def _moment(event: Any, name: str) -> Any:
    """A day, a time or a length as the event says it; None for none, and for one that nobody can read."""
    value = event.get(name)
    first = value[0] if isinstance(value, list) and value else value
    return None if first is None or _is_broken(event, name) else getattr(first, "dt", None) or getattr(first, "td", None)


def _is_broken(event: Any, name: str) -> bool:
    return any(str(each[0]).upper() == name for each in event.errors)


def _listed_days(event: Any, name: str) -> list[date]:
    """The days of a list of days; none where nobody can read them."""
    value = None if _is_broken(event, name) else event.get(name)
    several = value if isinstance(value, list) else [value]
    dates = (each for part in several for each in getattr(part, "dts", None) or ())
    return [_day(each.dt) for each in dates if isinstance(getattr(each, "dt", None), date)]


def _moved_from(event: Any) -> date | None:
    """The day of a repeating event in the place of which this one stands."""
    moment = _moment(event, "RECURRENCE-ID")
    return _day(moment) if isinstance(moment, date) else None


def _day(moment: Any) -> date:
    return _at_london(moment).date() if isinstance(moment, datetime) else moment


def _at_london(moment: datetime) -> datetime:
    """A moment as clocks here show it; one without a zone is meant so already."""
    try:
        return moment if moment.tzinfo is None else in_zone(moment, ZONE)
    except OverflowError:
        return moment


def _name(event: Any) -> str:
    words = event.get("SUMMARY")
    words = words[0] if isinstance(words, list) else words
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(words or "")[:LONGEST_LINE]).split())[:LONGEST_NAME]


def _events(raw: bytes) -> list[Any]:
    """Every event that can be read at all, without what is inside or around it."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    found: list[Any] = []
    lines = letters = 0
    for block in _blocks(_text(raw)):
        if len(found) == MOST_EVENTS:
            raise Unreadable(TOO_MANY.format(MOST_EVENTS))
        lines, letters = lines + len(block), letters + sum(map(len, block))
        if lines > MOST_LINES or letters > MOST_LETTERS:
            raise Unreadable(TOO_LONG)
        found.append(_event(block))
    if not found:
        raise Unreadable(NO_EVENTS)
    return found


def _event(lines: Sequence[str]) -> Any:
    """An event of those lines that can be read; the others are left out."""
    try:
        return Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
    except (ValueError, RecursionError):
        whole = Event()
        for line in lines:
            try:
                one = Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
            except (ValueError, RecursionError):
                continue
            whole.update(one)
            whole.errors.extend(one.errors)
        return whole


def _blocks(text: str) -> Iterator[list[str]]:
    """The needed lines of each event, without the alarms in it."""
    block: list[str] | None = None
    inside = 0
    for line in _unfolded(text):
        word = line[:20].upper().rstrip()
        if block is None:
            block = [] if word == "BEGIN:VEVENT" else None
        elif word == "END:VEVENT":
            yield block
            block, inside = None, 0
        elif word.startswith("BEGIN:"):
            inside += 1
        elif word.startswith("END:"):
            inside = max(0, inside - 1)
        elif not inside and word.replace(";", ":").partition(":")[0] in NEEDED:
            block.append(line[:LONGEST_LINE])


def _unfolded(text: str) -> Iterator[str]:
    """Whole lines: one that begins with a space goes on from the line before."""
    parts: list[str] = []
    for line in text.split("\n"):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:].rstrip("\r"))
        else:
            yield "".join(parts)
            parts = [line.rstrip("\r")]
    yield "".join(parts)


def _text(raw: bytes) -> str:
    """The words of a file; raises Unreadable for what is no calendar."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "BEGIN:VEVENT" not in text.upper() and "BEGIN:VCALENDAR" not in text.upper():
        raise Unreadable(NOT_A_CALENDAR)
    return text.replace("\x00", "")
