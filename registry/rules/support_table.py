"""The table of when operating systems lose support: the one that is shipped, with a school's own rows in place of those that they replace."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.vocabulary.support import SupportRule
from registry.rules.os_names import told, windows_build
from registry.rules.plain_dates import plain_day

TABLE = Path(__file__).with_name("support_end.toml")
LIMITS = ("unsupported_when_behind_by", "unsupported_when_older_than_days")

EDITIONS: dict[str, re.Pattern[str]] = {
    "education": re.compile(r"\bedu(cation)?\b"),
    "enterprise": re.compile(r"\benterprise\b"),
    "ltsc": re.compile(r"\b(ltsc|ltsb|long[ -]term servicing)\b"),
    "home": re.compile(r"\b(home|core)\b"),
    "pro": re.compile(r"\b(pro|professional)\b"),
    "standard": re.compile(r"\bstandard\b"),
    "datacenter": re.compile(r"\bdatacent(er|re)\b"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportEnd:
    """One line of the table; each name is the column of the same name in a school's own.

    `edition` is "all", or names one or several. `recognise` is the build by which a version is known; where the rule counts versions, it
    is the versions themselves, newest first: "27, 26, 15". `limit` is so many versions behind, or days; `checked_on` when it was looked up.
    """

    family: str
    version: str
    edition: str = "all"
    recognise: str = ""
    ends_on: date | None = None
    rule: str = SupportRule.FIXED_DATE
    source: str = ""
    limit: int | None = None
    checked_on: date | None = None
    notes: str = ""
    fix_released_on: date | None = None  # when its last fix for a high risk came out

    @property
    def name(self) -> str:
        """What it speaks of: "Windows 11 24H2 (Home and Pro)"."""
        edition = f" ({self.edition})" if editions(self.edition) else ""
        return f"{self.family} {self.version}{edition}" if self.is_dated else self.family

    @property
    def is_dated(self) -> bool:
        """Whether it goes by a day, known or not, and not by another rule."""
        return self.rule in (SupportRule.FIXED_DATE, SupportRule.CHECK_DATE)

    @property
    def majors(self) -> tuple[int, ...]:
        """The versions it counts by, newest first."""
        return tuple(sorted((int(number) for number in re.findall(r"\d+", self.recognise)), reverse=True))


def editions(text: str | None) -> frozenset[str]:
    """The editions that a text names."""
    return frozenset(name for name, pattern in EDITIONS.items() if pattern.search((text or "").lower()))


def with_own(own: Sequence[SupportEnd]) -> tuple[SupportEnd, ...]:
    """A school's own rows, with what they leave open as the shipped table has it, then those shipped ones that none of them replaces."""
    known = {_version(row): row for row in shipped()}
    mine = (_completed(row, known[_version(row)]) if _version(row) in known else row for row in own)
    return (*mine, *(row for row in shipped() if not any(_replaces(each, row) for each in own)))


def speaks_of(row: SupportEnd, text: str) -> bool:
    """Whether a row is about the version that a text of small letters tells: by its build where both have one, else by its name."""
    build, known_by = windows_build(text), windows_build(told(row.recognise, None))
    if build is not None and known_by is not None:
        return build == known_by
    return _stands_in(row.recognise, text) or _stands_in(row.version, text)


@cache
def shipped() -> tuple[SupportEnd, ...]:
    """The table that comes with the program."""
    content = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    counting = {each["family"]: each for each in content["newest_major"]}
    return tuple(_row(each, counting.get(each["family"], {}), content["checked_on"]) for each in content["support_end"])


def _row(entry: dict[str, Any], counting: dict[str, Any], checked_on: date) -> SupportEnd:
    majors = ", ".join(str(number) for number in (counting["newest"], *counting["previous"])) if "newest" in counting else entry["recognise"]
    return SupportEnd(
        family=entry["family"],
        version=entry["version"],
        edition=entry["edition"],
        recognise=majors,
        ends_on=entry.get("ends_on"),
        rule=SupportRule(entry["rule"]),
        source=entry["source"],
        limit=next((counting[name] for name in LIMITS if name in counting), None),
        checked_on=checked_on,
        notes=" ".join(filter(None, (entry.get("notes"), _extension(entry.get("paid_extension"))))),
    )


def _extension(paid: dict[str, Any] | None) -> str:
    if paid is None:
        return ""
    until = plain_day(paid["latest_possible_end"])
    return f"{paid['name']}, to {until} at most, count only if {paid['counts_only_if']}: then put the day paid for into the school's own table."


def _version(row: SupportEnd) -> tuple[str, str]:
    return row.family, row.version.casefold()


def _completed(mine: SupportEnd, row: SupportEnd) -> SupportEnd:
    """A school's row of a version that the shipped table knows; one without a day goes on by the rule of that."""
    rule = mine.rule if mine.ends_on or mine.rule != SupportRule.FIXED_DATE else row.rule
    checked_on = mine.checked_on or row.checked_on
    return replace(mine, recognise=mine.recognise or row.recognise, rule=rule, limit=mine.limit or row.limit, checked_on=checked_on)


def _replaces(mine: SupportEnd, row: SupportEnd) -> bool:
    """A school's row of every edition replaces all of the version; one of some editions replaces those that share one with it."""
    return _version(mine) == _version(row) and (not editions(mine.edition) or bool(editions(mine.edition) & editions(row.edition)))


def _stands_in(words: str, text: str) -> bool:
    return bool(words) and re.search(rf"(?<![\w.]){re.escape(words.lower())}(?!\w)", text) is not None
