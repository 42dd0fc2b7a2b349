"""Many stored rows of one register changed at once: what `records.amend` does for one, reading and sealing each row as it is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from models.statements import Rows, plain, rows_of
from registry.checks import count_findings
from registry.consequences import follow
from registry.definition import Register
from registry.many.bulk import chunks
from registry.records import Conflict, Occasion
from registry.trace.audit import Changes, Happened, Trace
from registry.trace.chain import row_seal
from registry.trace.seals import links_in_view


class Rewrite(NamedTuple):
    """What becomes of one row: as it is stored, its new answers by column, and what the trace says of it."""

    stored: Sequence[Any]
    answers: Mapping[str, Any]
    happened: Happened
    told: Changes | None = None


def rewrite_all(trace: Trace, register: Register, rewrites: Iterable[Rewrite], occasion: Occasion) -> None:
    """Store changed rows inside a recording that is open, each with its own entry and seal; answers that are links are not taken.

    The rows must have been read inside the same recording. Raises Conflict when one of them is not there as it was read.
    """
    whole, place = rows_of(register.table), _place(rows_of(register.table), "id")
    wanted = list(rewrites)
    for part in chunks(wanted):
        links = links_in_view(UUID(bytes=bytes(each.stored[place])) for each in part)
        updates: dict[tuple[str, ...], list[Sequence[Any]]] = defaultdict(list)
        for each in part:
            key = bytes(each.stored[place])
            moved = _moved(register, each, occasion)
            updates[tuple(moved)].append((*moved.values(), key, each.stored[_place(whole, "version")]))
            values = [moved.get(column, value) for column, value in zip(whole.columns, each.stored, strict=True)]
            seal = row_seal(whole.name, whole.columns, values, links.get(key, ()))
            trace.note(each.happened, whole.name, UUID(bytes=key), changes=each.told, seal=seal)
        _update(register, whole, updates)
    follow(trace, register, [UUID(bytes=bytes(each.stored[place])) for each in wanted], occasion)


def _update(register: Register, whole: Rows, updates: Mapping[tuple[str, ...], Sequence[Sequence[Any]]]) -> None:
    for columns, rows in updates.items():
        if whole.update_all(columns, rows) != len(rows):
            raise Conflict(register.table())


def _moved(register: Register, rewrite: Rewrite, occasion: Occasion) -> dict[str, Any]:
    """The columns that change, with their new stored values."""
    whole = rows_of(register.table)
    row = whole.row(rewrite.stored)
    for name, answer in rewrite.answers.items():
        setattr(row, name, answer)
    if row.is_as_approved and rewrite.answers.keys() == {"archived_at"}:  # it still is: no answer changes
        row.approved_version = row.version + 1
    row.errors, row.warnings = count_findings(register, row, occasion.school)
    row.version, row.changed_at = row.version + 1, occasion.at
    stored = register.table._meta.fields
    names = {*rewrite.answers, "version", "changed_at", "errors", "warnings", "approved_version"}
    names |= {index.name for name in rewrite.answers for index in getattr(stored[name], "indexes", ())}
    return {field.column_name: _as_stored(field, row.__data__.get(field.name)) for field in whole.fields if field.name in names}


def _as_stored(field: Any, value: Any) -> Any:
    return None if value is None else plain(field.db_value(value))


def _place(whole: Rows, column: str) -> int:
    return whole.columns.index(column)
