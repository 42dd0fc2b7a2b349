"""Stored values as the cells of a file, in words that read back as the same answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from peewee import CharField, Field, TextField

from models.fields import ChoiceField, ChoicesField, EncryptedText, LinesField
from models.link import Link
from models.statements import stored_rows
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.kinds import kind_of

REFERENCE = "reference"
"""The name of the column that says which record a row speaks of."""

Cell = Callable[[bytes, Any], str]
"""From the id of a record and a stored value to the text of a cell."""

LinkCells = Mapping[bytes, Mapping[str, str]]
"""The cells of linked records, by the id of the record and the register of the others."""


def reference_of(register: Register, number: int) -> str:
    """What people call a record: "IA-0003"."""
    return f"{register.table.PREFIX}-{number:04d}"


def cell_of(column: Field) -> Cell:
    """What makes cells of a column; values that recur are worded once."""
    if isinstance(column, EncryptedText):
        return lambda record, stored: "" if stored is None else column.open(UUID(bytes=bytes(record)), stored)
    if isinstance(column, ChoiceField | ChoicesField):
        return _worded_once(column)
    if isinstance(column, CharField) or type(column) is TextField:
        return lambda _record, stored: stored or ""
    if isinstance(column, LinesField):
        return lambda _record, stored: _lines(stored) if stored else ""
    kind = kind_of(column)
    return lambda _record, stored: kind.cell(column.python_value(stored))


def _worded_once(column: Any) -> Cell:
    kind, known = kind_of(column), dict[Any, str]()

    def cell(_record: bytes, stored: Any) -> str:
        words = known.get(stored)
        if words is None:
            words = known[stored] = kind.cell(column.python_value(stored))
        return words

    return cell


def _lines(stored: str) -> str:
    """With semicolons; where a text has one of its own, one a line as on the form."""
    return stored if ";" in stored else stored.replace("\n", "; ")


def link_cells(questions: Sequence[Question], records: Sequence[UUID]) -> dict[bytes, dict[str, str]]:
    """What these records are linked to, as references with semicolons between them."""
    slugs = [question.name for question in questions]
    if not slugs or not records:
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
