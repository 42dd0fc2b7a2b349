"""Stored values as the cells of a file, in words that read back as the same answer."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from peewee import CharField, Field, TextField

from models.fields import ChoiceField, ChoicesField, DayField, EncryptedText, LinesField
from models.link import Link
from models.statements import stored_rows
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.kinds import kind_of, lines_cell

REFERENCE = "reference"
"""The name of the column that says which record a row speaks of."""

Cell = Callable[[bytes, Any], str]
"""From the id of a record and a stored value to the text of a cell."""

Cells = Callable[[Sequence[bytes], Sequence[Any]], Iterable[str]]
"""From the ids of records and their stored values to the texts of a column."""


def reference_of(register: Register, number: int) -> str:
    """What people call a record: "IA-0003"."""
    return f"{register.table.PREFIX}-{number:04d}"


class Worded(dict[Any, str]):
    """The cells of a column whose answers recur, by what is stored; each is worded once."""

    def __init__(self, column: Any) -> None:
        super().__init__()
        self._words, self._from_store = kind_of(column).cell, column.python_value

    def __missing__(self, stored: Any) -> str:
        words = self[stored] = self._words(self._from_store(stored))
        return words


def cell_of(column: Field) -> Cell:
    """What makes the cells of a column one by one."""
    if isinstance(column, EncryptedText):
        return lambda record, stored: "" if stored is None else column.open_stored(bytes(record), stored)
    if isinstance(column, ChoiceField | ChoicesField | DayField):
        known = Worded(column)
        return lambda _record, stored: known[stored]
    if isinstance(column, CharField) or type(column) is TextField:
        return lambda _record, stored: stored or ""
    if isinstance(column, LinesField):
        return lambda _record, stored: _lines(stored) if stored else ""
    kind = kind_of(column)
    return lambda _record, stored: kind.cell(column.python_value(stored))


def cells_of(column: Field) -> Cells:
    """What makes the cells of a whole column at once, for files of many rows: the same as `cell_of`, a third of the cost."""
    if isinstance(column, ChoiceField | ChoicesField | DayField):
        known = Worded(column)
        return lambda _records, stored: map(known.__getitem__, stored)
    if isinstance(column, CharField) or type(column) is TextField:
        return lambda _records, stored: [text or "" for text in stored]
    cell = cell_of(column)
    return lambda records, stored: map(cell, records, stored)


def _lines(stored: str) -> str:
    return lines_cell(stored.split("\n")) if ";" in stored else stored.replace("\n", "; ")


def far_cells(register: Register, questions: Sequence[Question], records: Sequence[UUID]) -> dict[bytes, dict[str, str]]:
    """The records of other registers that these name, as references, by question; several with semicolons between them."""
    if not records:
        return {}
    cells = _link_cells([question.name for question in questions if question in register.links], records)
    for question in questions:
        if question in register.ones:
            column: Any = question.column
            held = {bytes(near): bytes(far) for near, far in _held(register.table, column, records)}
            names = _references(question.to, set(held.values()))
            for near, far in held.items():
                cells.setdefault(near, {})[question.name] = names.get(far, "")
    return cells


def _held(table: Any, column: Any, records: Sequence[UUID]) -> Iterable[Sequence[Any]]:
    """The ids of records, and of what they name in one column."""
    return stored_rows(table.select(table.id, column).where(table.id.in_(list(records)) & column.is_null(False)))


def _link_cells(slugs: Sequence[str], records: Sequence[UUID]) -> dict[bytes, dict[str, str]]:
    """What these records are linked to."""
    if not slugs:
        return {}
    pairs = stored_rows(
        Link.select(Link.near, Link.far_register, Link.far).where(Link.near.in_(list(records)) & Link.far_register.in_(slugs)).order_by(Link.far)
    )
    names = {slug: _references(slug, {bytes(far) for _near, named, far in pairs if named == slug}) for slug in slugs}
    cells: dict[bytes, dict[str, list[str]]] = {}
    for near, slug, far in pairs:
        if reference := names[slug].get(bytes(far)):
            cells.setdefault(bytes(near), {}).setdefault(slug, []).append(reference)
    return {near: {slug: "; ".join(references) for slug, references in by_slug.items()} for near, by_slug in cells.items()}


def _references(slug: str, ids: Iterable[bytes]) -> dict[bytes, str]:
    register = register_of(slug)
    table, wanted, found = register.table, [UUID(bytes=each) for each in ids], dict[bytes, str]()
    for start in range(0, len(wanted), 500):
        rows = stored_rows(table.select(table.id, table.number).where(table.id.in_(wanted[start : start + 500])))
        found |= {bytes(record): reference_of(register, number) for record, number in rows}
    return found
