"""Answers as other programs take and give them: codes instead of words, ISO 8601, lists, ids; and what each kind must look like."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import singledispatch
from typing import Any
from uuid import UUID

from marshmallow import Schema
from peewee import Field

from models.fields import ChoicesField, EncryptedText
from registry.rules.row_text import pattern as row_pattern
from registry.schema import Invalid, read_answers
from registry.typed import (
    LARGEST_NUMBER,
    NOT_TEXT,
    Answer,
    ChoiceAnswer,
    ChoicesAnswer,
    DayAnswer,
    LinesAnswer,
    LinksAnswer,
    MomentAnswer,
    NumberAnswer,
    OneAnswer,
    RowsAnswer,
    TextAnswer,
)

AN_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
A_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
AN_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})")
SOMETHING = r"[^\s\x00-\x1f\x7f\x85]"
"""The pattern of text in which something stands that can be read."""


@dataclass(frozen=True)
class Shape:
    """What one kind of answer looks like in JSON: for machines, in a sentence, and as a test of what was sent."""

    schema: Mapping[str, Any]
    sentence: str
    fits: Callable[[Any], bool]


@singledispatch
def shape_of(_answer: Answer) -> Shape:
    """The shape of a kind of answer, without `null`; a kind that nothing else is said of is text."""
    return Shape({"type": "string"}, "Send text.", lambda value: isinstance(value, str))


@shape_of.register
def _(answer: TextAnswer) -> Shape:
    schema = {"type": "string", "maxLength": answer.longest}
    return Shape(schema | ({"pattern": SOMETHING} if answer.required else {}), "Send text.", _text_of(answer.longest))


@shape_of.register
def _(answer: RowsAnswer) -> Shape:
    pattern = row_pattern(answer.shape)
    sentence = f"Send text with a line for each part of a {answer.shape.one}, and an empty line before the next."
    return Shape({"type": "string", "maxLength": answer.longest, "pattern": pattern}, sentence, _matches(re.compile(pattern)))


@shape_of.register
def _(_answer: LinesAnswer) -> Shape:
    line = {"type": "string", "pattern": r"^[^\n\r]*$"}
    return Shape({"type": "array", "items": line}, "Send a list of texts of one line each.", _are(lambda each: not re.search("[\n\r]", each)))


@shape_of.register
def _(_answer: NumberAnswer) -> Shape:
    whole = f"Send a whole number from 0 to {LARGEST_NUMBER:,}."
    return Shape({"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}, whole, _is_whole)


@shape_of.register
def _(_answer: DayAnswer) -> Shape:
    return Shape({"type": "string", "format": "date"}, "Send a day as text such as 2027-01-04.", _matches(A_DAY))


@shape_of.register
def _(_answer: MomentAnswer) -> Shape:
    sentence = "Send an instant as text such as 2027-01-04T14:35:00+00:00."
    return Shape({"type": "string", "format": "date-time"}, sentence, _matches(AN_INSTANT))


@shape_of.register
def _(answer: ChoiceAnswer) -> Shape:
    codes = [word.value for word in answer.words]
    return Shape({"type": "string", "enum": codes}, "Send one of the codes.", lambda value: isinstance(value, str) and value in codes)


@shape_of.register
def _(answer: ChoicesAnswer) -> Shape:
    codes = [word.value for word in answer.words]
    schema = {"type": "array", "items": {"type": "string", "enum": codes}, "uniqueItems": True}
    return Shape(schema, "Send a list of the codes, each once.", _are(codes.__contains__, once=True))


@shape_of.register
def _(_answer: LinksAnswer) -> Shape:
    schema = {"type": "array", "items": {"type": "string", "format": "uuid"}, "uniqueItems": True}
    return Shape(schema, "Send a list of ids of records, each once.", _are(_matches(AN_ID), once=True))


@shape_of.register
def _(_answer: OneAnswer) -> Shape:
    return Shape({"type": "string", "format": "uuid"}, "Send the id of a record.", _matches(AN_ID))


def may_be_null(answer: Answer) -> bool:
    """Whether an answer can be taken away, or be left to the usual one, with `null`; a list is taken away with an empty list."""
    return not answer.required and answer.blank != ()


def read(schema: Schema, given: Mapping[str, Any], partial: bool = False) -> dict[str, Any]:
    """The answers in a request as they will be stored, through the same gate as forms; raises Invalid with sentences by question."""
    wrong = {name: [complaint] for name, value in given.items() if (complaint := _complaint(schema, name, value))}
    try:
        answers = read_answers(schema, {name: value for name, value in given.items() if name not in wrong}, partial)
    except Invalid as problem:
        raise Invalid({**problem.messages, **wrong}) from None
    if wrong:
        raise Invalid(wrong)
    return answers


def plain(value: Any) -> Any:
    """An answer as JSON gives it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def plain_column(column: Field, stored: Sequence[Any], ids: Sequence[UUID]) -> Iterable[Any]:
    """The same for stored values of one column, row by row; a choice is stored as its code already."""
    if isinstance(column, EncryptedText):
        return [None if value is None else column.open(record, value) for record, value in zip(ids, stored, strict=True)]
    if isinstance(column, ChoicesField):
        return [(value or "").split() for value in stored]
    return [plain(column.python_value(value)) for value in stored]


def _complaint(schema: Schema, name: str, value: Any) -> str:
    """What is wrong with the shape of an answer; nothing about a question that may not be answered, of which the gate speaks."""
    answer: Any = schema.fields.get(name)
    if answer is None or (value is None and may_be_null(answer)):
        return ""
    shape = shape_of(answer)
    if shape.fits(value):
        return ""
    if value is None and answer.required:
        return str(answer.metadata["missing"])
    return shape.sentence.removesuffix(".") + (", or null for no answer." if may_be_null(answer) else ".")


def _text_of(longest: int) -> Callable[[Any], bool]:
    """The test of a text: one that is too long only by what is left out of it is refused here, and any other too long one with its length."""
    return lambda value: isinstance(value, str) and (len(value) <= longest or len(NOT_TEXT.sub("", value)) > longest)


def _is_whole(value: Any) -> bool:
    return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _are(fits: Callable[[Any], Any], once: bool = False) -> Callable[[Any], bool]:
    """The test of a list of texts."""

    def fit(value: Any) -> bool:
        is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return is_list and all(fits(each) for each in value) and not (once and len(set(value)) < len(value))

    return fit
