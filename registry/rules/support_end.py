"""Whether an operating system still gets security updates on a day (Cyber Essentials; DfE cyber security standards): unknown never counts as yes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from models.vocabulary import SupportStatus
from models.vocabulary.support import SupportRule
from registry.rules.os_names import possible, told, windows_build
from registry.rules.plain_dates import is_older, plain_day
from registry.rules.support_table import SupportEnd, editions, speaks_of, with_own

SOON = 183
"""Days: half a year, in which a replacement can be found and paid for."""

CHECK_MONTHS = 12
"""A list of newest versions that nobody has looked up for longer says nothing any more: one comes out each year."""

WORST_FIRST = (SupportStatus.UNSUPPORTED, SupportStatus.UNKNOWN, SupportStatus.ENDS_SOON, SupportStatus.SUPPORTED)
MAJOR = re.compile(r"(?<![\w.])(\d{1,2})(?!\w)")
DAY = re.compile(r"\b(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])\b")

Table = Sequence[SupportEnd] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What is known about the support of a system: until when, why, a sentence each, and who says so."""

    status: SupportStatus
    ends_on: date | None = None
    because: tuple[str, ...] = ()
    source: str = ""
    rule: str | None = None

    @property
    def is_supported(self) -> bool:
        """Whether it gets updates on the day asked about, however soon that ends."""
        return self.status in (SupportStatus.SUPPORTED, SupportStatus.ENDS_SOON)


def status(os: str | None, version: str | None, on: date, table: Table = None) -> SupportStatus:
    """Whether a system, as a program names it and its version, is supported on a day; the last day itself is."""
    return explain(os, version, on, table).status


def explain(os: str | None, version: str | None, on: date, table: Table = None) -> Support:
    """The same with its reasons; where the edition decides and is not told, the earliest end counts, and it is said which edition lasts longer."""
    return _explained(told(os, version), _rows(os, version, tuple(table or ())), on, None)


def device_support(
    os: str | None, version: str | None, on: date, *, device_ends_on: date | None = None, patched_on: date | None = None, table: Table = None
) -> Support:
    """The same for one device, whose own last day (as for ChromeOS) and last security update (as for Android) count too: the worse decides."""
    rows = _rows(os, version, tuple(table or ()))
    by_table = _explained(told(os, version), rows, on, patched_on)
    if device_ends_on is None:
        return by_table
    because = (f"Its own record says that it is supported until {plain_day(device_ends_on)}.",)
    by_device = Support(status=_dated(device_ends_on, on), ends_on=device_ends_on, because=because, source="The record of the device")
    if by_table.status is SupportStatus.UNKNOWN and by_table.rule in (SupportRule.DEVICE_DATE, SupportRule.PATCH_AGE):
        return replace(by_device, rule=by_table.rule)
    worse = min(by_table, by_device, key=lambda each: (WORST_FIRST.index(each.status), each.ends_on or date.max))
    ends = [each.ends_on for each in (by_table, by_device) if each.ends_on]
    return replace(worse, ends_on=min(ends), because=(*by_table.because, *by_device.because), rule=by_table.rule)


@lru_cache(maxsize=4096)
def _rows(os: str | None, version: str | None, own: tuple[SupportEnd, ...]) -> tuple[SupportEnd, ...]:
    """The rows that may speak of a system: those of its version, else those by another rule, else an all-embracing later one."""
    text, families = told(os, version), possible(os, version)
    rows = [row for row in with_own(own) if row.family in families]
    dated = _of_edition([row for row in rows if row.is_dated and speaks_of(row, text)], text)
    return tuple(dated or [row for row in rows if not row.is_dated][:1] or _later(rows, text))


def _of_edition(rows: list[SupportEnd], text: str) -> list[SupportEnd]:
    """Those of the edition told; all where none is told, but long-term editions only when they are."""
    said = editions(text)
    if "ltsc" in said:
        return [row for row in rows if "ltsc" in editions(row.edition)] or rows
    rows = [row for row in rows if "ltsc" not in editions(row.edition)]
    told_of = [row for row in rows if editions(row.edition) & said]
    return told_of or ([row for row in rows if not editions(row.edition)] if said else []) or rows


def _later(rows: list[SupportEnd], text: str) -> list[SupportEnd]:
    """The first later release of every edition: when that has ended, so has this."""
    build = windows_build(text)
    if build is None or "ltsc" in editions(text):
        return []
    return [row for row in rows if not editions(row.edition) and (windows_build(row.recognise) or 0) > build][:1]


def _explained(text: str, rows: tuple[SupportEnd, ...], on: date, patched_on: date | None) -> Support:
    if not rows:
        return Support(status=SupportStatus.UNKNOWN, because=("The table says nothing of this system and version.",))
    first = rows[0]
    if first.rule == SupportRule.MAJORS_BEHIND:
        found = _by_majors(first, text, on)
    elif first.rule == SupportRule.PATCH_AGE:
        found = _by_patch(first, _day_in(text) or patched_on, on)
    elif first.rule == SupportRule.DEVICE_DATE:
        found = Support(status=SupportStatus.UNKNOWN, because=(f"Each {first.family} device has its own last day: enter it.",))
    elif speaks_of(first, text):
        found = _by_day(rows, on)
    else:
        found = _by_later(first, on)
    return replace(found, source=found.source or first.source, rule=first.rule)


def _by_day(rows: tuple[SupportEnd, ...], on: date) -> Support:
    """By the earliest day of all that may be meant; one without a day makes it unknown, unless another has ended already."""
    rows = tuple(sorted(rows, key=lambda row: row.ends_on or date.max))
    first, last = rows[0], rows[-1]
    found = _dated(first.ends_on, on)
    if last.ends_on is None and found is not SupportStatus.UNSUPPORTED:
        found = SupportStatus.UNKNOWN
    because = [_last_day(row) for row in rows]
    if len(rows) > 1:
        because.append("It is not told which of these it is, so the earliest day counts.")
    if found is SupportStatus.UNSUPPORTED and (last.ends_on is None or on <= last.ends_on):
        because.append(f"If it is {last.name}, write that into the name of the system.")
    return Support(status=found, ends_on=first.ends_on, because=(*because, *filter(None, (first.notes,))), source=first.source)


def _by_later(later: SupportEnd, on: date) -> Support:
    because = (f"It is older than {later.name}.", _last_day(later))
    ended = _dated(later.ends_on, on) is SupportStatus.UNSUPPORTED
    return Support(status=SupportStatus.UNSUPPORTED if ended else SupportStatus.UNKNOWN, because=because)


def _by_majors(row: SupportEnd, text: str, on: date) -> Support:
    """By how many newer versions there are; the numbers may jump, so the versions are counted."""
    found = MAJOR.search(text)
    if found is None or not row.majors:
        return Support(status=SupportStatus.UNKNOWN, because=(f"The version of {row.family} is not told, or the table names none.",))
    major, newest = int(found[1]), row.majors[0]
    behind = sum(1 for each in row.majors if each > major)
    because = (f"The newest version of {row.family} in the table is {newest}; this is {major}.",)
    if behind >= (row.limit or 2):
        return Support(status=SupportStatus.UNSUPPORTED, because=(*because, f"{behind} newer ones are out, and only the newest get every update."))
    if major > newest or (row.checked_on and is_older(row.checked_on, CHECK_MONTHS, on)):
        return Support(status=SupportStatus.UNKNOWN, because=(*because, "The table is out of date: look up the newest version."))
    return Support(status=SupportStatus.SUPPORTED, because=because)


def _by_patch(row: SupportEnd, patched_on: date | None, on: date) -> Support:
    if patched_on is None:
        return Support(status=SupportStatus.UNKNOWN, because=("The day of its last security update is not known, nor the last day of its model.",))
    days, most = (on - patched_on).days, row.limit or 90
    because = (f"Its last security update is of {plain_day(patched_on)}; at most {most} days count as supported.",)
    return Support(status=SupportStatus.UNSUPPORTED if days > most else SupportStatus.SUPPORTED, because=because)


def _dated(ends_on: date | None, on: date) -> SupportStatus:
    if ends_on is None:
        return SupportStatus.UNKNOWN
    if on > ends_on:
        return SupportStatus.UNSUPPORTED
    return SupportStatus.ENDS_SOON if (ends_on - on).days <= SOON else SupportStatus.SUPPORTED


def _last_day(row: SupportEnd) -> str:
    if row.ends_on is None:
        return f"The last day of {row.name} is not known: look it up."
    return f"{row.name} is supported until {plain_day(row.ends_on)}."


def _day_in(text: str) -> date | None:
    """A security patch level written beside the version; days after the 28th are not used for them."""
    found = DAY.search(text)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None
