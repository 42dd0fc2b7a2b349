"""What each kind of column asks and shows: how an answer is read, worded for people, and written to a file."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import singledispatch
from typing import Any

from peewee import CharField, Field, IntegerField, TextField

from models.fields import ChoiceField, ChoicesField, DayField, EncryptedProse, EncryptedText, LinesField, OneField, RowsField, UtcDateTime
from registry.definition import Links, Register
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, short_day
from registry.typed import (
    ZONE,
    Answer,
    ChoiceAnswer,
    ChoicesAnswer,
    DayAnswer,
    LineAnswer,
    LinesAnswer,
    LinksAnswer,
    MomentAnswer,
    NumberAnswer,
    OneAnswer,
    RowsAnswer,
    TextAnswer,
)


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
        return short_day(value) if value else ""

    def cell(self, value: date | None) -> str:
        """The day as every program reads it."""
        return value.isoformat() if value else ""


class MomentKind(Kind):
    """Instants by the clock of the school with its zone: "14:35 GMT" for people, ISO 8601 in files, so that no hour is mistaken for another."""

    def words(self, value: datetime | None) -> str:
        """The instant as tables show it: "23 Nov 2026, 14:35 GMT"."""
        if value is None:
            return ""
        local = in_zone(value, ZONE)
        return f"{short_day(local)}, {clock(local)} {local.tzname()}"

    def cell(self, value: datetime | None) -> str:
        """The instant as every program reads it."""
        return in_zone(value, ZONE).isoformat() if value else ""


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
kind_of.register(EncryptedProse, lambda column: Kind("prose", TextAnswer))
kind_of.register(RowsField, lambda column: Kind("rows", RowsAnswer, column.shape))
kind_of.register(UtcDateTime, lambda column: MomentKind("moment", MomentAnswer))
kind_of.register(IntegerField, lambda column: Kind("number", NumberAnswer))
kind_of.register(DayField, lambda column: DayKind("day", DayAnswer))
kind_of.register(LinesField, lambda column: LinesKind("lines", LinesAnswer))
kind_of.register(ChoiceField, lambda column: ChoiceKind("choice", ChoiceAnswer, column.words))
kind_of.register(ChoicesField, lambda column: SeveralKind("choices", ChoicesAnswer, column.words))
kind_of.register(OneField, lambda column: Kind("one", OneAnswer))
kind_of.register(Links, lambda column: SeveralKind("link", LinksAnswer))
