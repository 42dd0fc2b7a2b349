"""What each kind of column asks and shows: how an answer is read, refused with a sentence, worded, and written to a file."""

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import singledispatch
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, missing
from peewee import CharField, Field, IntegerField, TextField

from models.fields import ChoiceField, ChoicesField, DayField, EncryptedText, LinesField, OneField
from registry.definition import Links, Register
from registry.rules.plain_dates import MONTHS

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
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


class Kind:
    """How one kind of answer is asked for, worded for people, and written to a file."""

    def __init__(self, name: str, answer: type[Answer], *args: Any) -> None:
        self.name = name
        self._answer, self._args = answer, args

    def field(self, **kwargs: Any) -> Answer:
        """The marshmallow field that reads it."""
        return self._answer(*self._args, **kwargs)

    def words(self, value: Any) -> str:
        """The answer as people read it; empty for none."""
        return "" if value is None else str(value)

    def cell(self, value: Any) -> str:
        """The answer as a cell of a file, which reads back as the same."""
        return self.words(value)


class DayKind(Kind):
    """Days: "4 Jan 2027" for people, ISO 8601 in files."""

    def words(self, value: date | None) -> str:
        """The day as tables show it."""
        return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}" if value else ""

    def cell(self, value: date | None) -> str:
        """The day as every program reads it."""
        return value.isoformat() if value else ""


class ChoiceKind(Kind):
    """Choices by their labels."""

    def words(self, value: Any) -> str:
        """The label; a code from another version as it stands."""
        return "" if value is None else getattr(value, "label", str(value))


class SeveralKind(Kind):
    """Several texts or choices."""

    def words(self, value: Iterable[Any] | None) -> str:
        """With commas, as in a sentence."""
        return ", ".join(getattr(each, "label", str(each)) for each in value or ())

    def cell(self, value: Iterable[Any] | None) -> str:
        """With semicolons, which labels do not contain."""
        return "; ".join(getattr(each, "label", str(each)) for each in value or ())


class LinesKind(SeveralKind):
    """Several short texts."""

    def cell(self, value: Iterable[Any] | None) -> str:
        """With semicolons; where a text has one of its own, one a line as on the form, or doubled in a text that stands alone."""
        return lines_cell(tuple(map(str, value or ())))


def lines_cell(lines: Sequence[str]) -> str:
    """Short texts as one cell, which reads back as the same texts."""
    if not any(";" in line for line in lines):
        return "; ".join(lines)
    return "\n".join(lines) if len(lines) > 1 else lines[0].replace(";", ";;")


@singledispatch
def kind_of(column: Field | Links) -> Kind:
    """The kind of answer that a column takes; a new kind of column is one line here."""
    raise TypeError(f"No kind of answer is known for {type(column).__name__}.")


def title_of(register: Register, row: Any) -> str:
    """What a record is called, in words; empty when it has no name."""
    return kind_of(register.title.column).words(getattr(row, register.title.name))


kind_of.register(TextField, lambda column: Kind("text", TextAnswer))
kind_of.register(CharField, lambda column: Kind("line", LineAnswer, column.max_length))
kind_of.register(EncryptedText, lambda column: Kind("sealed", LineAnswer))
kind_of.register(IntegerField, lambda column: Kind("number", NumberAnswer))
kind_of.register(DayField, lambda column: DayKind("day", DayAnswer))
kind_of.register(LinesField, lambda column: LinesKind("lines", LinesAnswer))
kind_of.register(ChoiceField, lambda column: ChoiceKind("choice", ChoiceAnswer, column.words))
kind_of.register(ChoicesField, lambda column: SeveralKind("choices", ChoicesAnswer, column.words))
kind_of.register(OneField, lambda column: Kind("one", OneAnswer))
kind_of.register(Links, lambda column: SeveralKind("link", LinksAnswer))
