"""A list of things with parts on a form: a card for each, the last one empty, and a button for one more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from werkzeug.datastructures import MultiDict

from models.fields import RowsField
from models.vocabulary.shapes import Part, Shape
from registry.definition import Question
from registry.rules.row_text import rows_in

MOST_ROWS = 200
LONGEST_PART = 20_000
LONGEST_CHOICE = 22
"""Longer words of a choice are cut off where three parts stand side by side."""


@dataclass(frozen=True)
class PartField:
    """One part of a row, with what stands in it."""

    part: Part
    id: str
    value: str

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """The choices, none where it is a text."""
        return [(word.value, word.label) for word in self.part.words or ()]

    @property
    def is_wide(self) -> bool:
        """Whether it takes a line of its own: a long text, and a choice whose words would be cut off."""
        return self.part.is_long or any(len(label) > LONGEST_CHOICE for _value, label in self.options)


@dataclass(frozen=True)
class RowField:
    """One row of a form; the last one is there to be filled in."""

    heading: str
    id: str
    parts: tuple[PartField, ...]
    is_new: bool


@dataclass(frozen=True)
class RowsOnForm:
    """All rows of a question."""

    one: str
    rows: tuple[RowField, ...]


def typed_rows(form: "MultiDict[str, str]", name: str) -> list[dict[str, str]]:
    """What stands in a form that was sent, row by row; those to be taken away and those left empty are not among them."""
    count = form.get(f"{name}-rows", "0")
    places = range(1, min(int(count) if count.isdecimal() and len(count) < 5 else 0, MOST_ROWS) + 1)
    rows = (_typed_row(form, f"{name}-{place}-") for place in places if not form.get(f"{name}-{place}-away"))
    return [row for row in rows if row]


def _typed_row(form: "MultiDict[str, str]", prefix: str) -> dict[str, str]:
    named = (key for key in form if key.startswith(prefix))
    return {key.removeprefix(prefix): form[key][:LONGEST_PART] for key in named if form[key].strip()}


def stored_rows(question: Question, text: Any) -> list[dict[str, str]]:
    """The rows of a stored answer."""
    return [dict(row) for row in rows_in(cast(RowsField, question.column).shape, text)]


def laid_out(shape: Shape, typed: Any) -> RowsOnForm:
    """The rows as the form lays them out, with an empty one after them."""
    rows = [row for row in typed if isinstance(row, Mapping)] if isinstance(typed, list) else []
    return RowsOnForm(shape.one, tuple(_rows(shape, rows[:MOST_ROWS])))


def _rows(shape: Shape, rows: Sequence[Mapping[str, str]]) -> Iterator[RowField]:
    for place, row in enumerate((*rows, {}), 1):
        is_new = place > len(rows)
        parts = tuple(PartField(part, f"{place}-{part.name}", str(row.get(part.name, ""))) for part in shape.parts)
        heading = f"Another {shape.one}" if is_new and rows else f"{shape.one.capitalize()} {place}"
        yield RowField(heading, str(place), parts, is_new)
