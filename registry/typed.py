"""What people type, read into what is stored, or refused with a sentence that says what to type instead."""

import re
from abc import abstractmethod
from collections.abc import Mapping
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, missing

from models.vocabulary.shapes import Shape
from registry.rules.local_time import to_utc
from registry.rules.plain_dates import MONTHS
from registry.rules.row_text import Misshapen, rows_in, written

ZONE = "Europe/London"
TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
LONGEST_LINE = 200
LONGEST_TEXT = 20_000
LONGEST_ROWS = 100_000
LARGEST_NUMBER = 2_000_000_000
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONE_SEMICOLON = re.compile(r"(?<!;);(?!;)")
DAY_SHAPES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2}) (?P<word>[A-Za-z]{3,9}) (?P<year>\d{4})"),
)


class Answer(fields.Field[Any]):
    """A marshmallow field that takes what people type; an empty answer is an answer too."""

    blank: Any = None

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **kwargs: Any) -> Any:
        """The stored answer; raises ValidationError with a sentence that says what to type instead."""
        if isinstance(value, str):
            value = value.strip() if value.isprintable() else NOT_TEXT.sub("", value).strip()
        if value is missing and not self.required:  # not asked at all, which leaves the question alone
            return missing
        if value is None or value is missing or value in ("", [], ()) or (isinstance(value, Mapping) and not any(value.values())):
            if self.required:
                raise ValidationError(self.metadata["missing"])
            return self.blank
        return self.read(value)

    @abstractmethod
    def read(self, value: Any) -> Any:
        """The stored form of an answer that is not empty."""


class TextAnswer(Answer):
    """One line, or several."""

    longest = LONGEST_TEXT

    def read(self, value: Any) -> str:
        """The text with plain line ends, no longer than allowed."""
        if not isinstance(value, str):
            raise ValidationError("Enter text.")
        text = NOT_TEXT.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(text) > self.longest:
            raise ValidationError(f"Use {self.longest:,} characters or fewer. You have used {len(text):,}.")
        return text


class LineAnswer(TextAnswer):
    """One line of text."""

    def __init__(self, longest: int = LONGEST_LINE, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def read(self, value: Any) -> str:
        """The text on one line."""
        return " ".join(super().read(value).split())


class LinesAnswer(TextAnswer):
    """Several short texts: one a line, or with semicolons between them; a doubled semicolon is one of the text's own."""

    blank = ()

    def read(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """The texts, without empty ones; a list is parted already, so a semicolon in it stays."""
        text = super().read(value if isinstance(value, str) else "\n".join(map(str, value)))
        if "\n" in text or not isinstance(value, str):
            return tuple(" ".join(part.split()) for part in text.split("\n") if part.strip())
        return tuple(" ".join(part.split()).replace(";;", ";") for part in LONE_SEMICOLON.split(text) if part.strip())


class RowsAnswer(TextAnswer):
    """A list of things with parts: as the text that files and people write, or as what a form or program sends for each."""

    longest = LONGEST_ROWS

    def __init__(self, shape: Shape, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shape = shape

    def read(self, value: Any) -> str | None:  # type: ignore[override]
        """The text, each part in its place and each choice by its label; none where nothing is said."""
        try:
            rows = rows_in(self.shape, super().read(value)) if isinstance(value, str) else self._sent(value)
            return super().read(written(self.shape, rows)) or None
        except Misshapen as problem:
            raise ValidationError(str(problem)) from None

    def _sent(self, value: Any) -> list[dict[str, str]]:
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise ValidationError(f"Send a list with the parts of each {self.shape.one}.")
        return [{str(name): TextAnswer.read(self, said) for name, said in row.items() if said} for row in value]


class NumberAnswer(Answer):
    """A whole number that is not negative."""

    def read(self, value: Any) -> int:
        """The number; "1,200" and "1200.0" are the same."""
        text = re.sub(r"[,\s\u00a0]|\.0+$", "", str(value))
        if not re.fullmatch(r"\d{1,10}", text) or int(text) > LARGEST_NUMBER:
            raise ValidationError("Enter a whole number, such as 250.")
        return int(text)


class DayAnswer(Answer):
    """A calendar day: three boxes, ISO 8601, or the way people write it."""

    def read(self, value: Any) -> date:
        """The day; one that does not exist is refused with the reason."""
        if isinstance(value, date):
            return value
        if isinstance(value, Mapping):
            missing = [part for part in ("day", "month", "year") if not str(value.get(part) or "").strip()]
            if missing:
                raise ValidationError(f"Enter the {' and the '.join(missing)} as well.")
            value = " ".join(str(value[part]).strip() for part in ("day", "month", "year"))
        for shape in DAY_SHAPES:
            if match := shape.fullmatch(" ".join(str(value).split())):
                return _existing_day(match.groupdict())
        raise ValidationError("Enter a day, such as 1 9 2023.")


def _existing_day(parts: dict[str, str]) -> date:
    month, day, year = _month_number(parts), int(parts["day"]), int(parts["year"])
    if not 1 <= month <= 12:
        raise ValidationError("Enter a month from 1 to 12.")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValidationError(f"Enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        longest = next(length for length in (31, 30, 29, 28) if _exists(year, month, length))
        raise ValidationError(f"{MONTHS[month - 1]} {year} has {longest} days.") from None


def _month_number(parts: dict[str, str]) -> int:
    word = parts.get("word", "").lower()
    if not word:
        return int(parts["month"])
    return next((number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(word)), 0)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).day == day
    except ValueError:
        return False


class MomentAnswer(DayAnswer):
    """A day with the time that a clock in the school showed, or an instant with its zone as programs write it (ISO 8601)."""

    def read(self, value: Any) -> datetime:
        """The instant in UTC. A time that no clock showed is refused; of one that came twice it is asked which."""
        if isinstance(value, datetime):
            return value
        if not isinstance(value, Mapping):
            return _instant(str(value))
        time = TIME.fullmatch(str(value.get("time") or "").strip())
        if time is None:
            raise ValidationError("Enter the time as well, on 24 hours, such as 14:35.")
        hour, minute = map(int, time.groups())
        local = datetime.combine(super().read({part: value.get(part) for part in ("day", "month", "year")}), clock_time(hour, minute))
        fold = {"0": 0, "1": 1}.get(str(value.get("fold") or ""))
        return _on_the_wall(local, fold)


def _on_the_wall(local: datetime, fold: int | None = None) -> datetime:
    try:
        return to_utc(local, ZONE, fold)
    except ValueError as problem:
        raise ValidationError(str(problem)) from None


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValidationError("Enter a day and a time, such as 2026-11-23T14:35+00:00.") from None
    return found.astimezone(UTC) if found.tzinfo else _on_the_wall(found)


class ChoiceAnswer(Answer):
    """One of a list, by its code or by its words."""

    def __init__(self, words: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words
        self._known = {key: member for member in words for key in (member.value.lower(), member.label.lower())}

    def read(self, value: Any) -> Any:
        """The member; something that is not on the list is refused with the list, or the start of it."""
        member = self._known.get(str(value).strip().lower())
        if member is None:
            labels = [each.label for each in self.words]
            offered = ", ".join(labels[:6]) + (" …" if len(labels) > 6 else "")
            raise ValidationError(f"“{str(value).strip()[:60]}” is not one of the choices. Choose from: {offered}")
        return member


class ChoicesAnswer(ChoiceAnswer):
    """Several of a list; in a file with semicolons between them."""

    blank = ()

    def read(self, value: Any) -> tuple[Any, ...]:
        """The members, each once, in the order of the list."""
        given = [part for part in re.split(r"[;\n]", value) if part.strip()] if isinstance(value, str) else value
        chosen = {super(ChoicesAnswer, self).read(part) for part in given}
        return tuple(member for member in self.words if member in chosen)


class LinksAnswer(Answer):
    """Records of another register, by their ids; whether they exist is asked where they are stored."""

    blank = ()

    def read(self, value: Any) -> tuple[UUID, ...]:
        """The ids, each once, in the order in which a record gives its links: links have no order of their own."""
        try:
            return tuple(sorted({each if isinstance(each, UUID) else UUID(str(each)) for each in value if each}))
        except ValueError:
            raise ValidationError("Choose from the list.") from None


class OneAnswer(Answer):
    """One record of another register, by its id; whether it exists is asked where it is stored."""

    def read(self, value: Any) -> UUID:
        """The id; a form may send a list of one."""
        ids = LinksAnswer().read(value if isinstance(value, list | tuple) else [value])
        if len(ids) != 1:
            raise ValidationError("Choose one from the list, not several.")
        return ids[0]
