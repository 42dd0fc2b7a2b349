"""Putting a changed record back into its place, with its findings, its entry in the trace and its seal: the bottom of every way of changing one."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from models.fields import EncryptedText
from models.record import Record
from models.statements import rows_of
from registry.checks import count_findings
from registry.definition import Register
from registry.linking import far_ends
from registry.occasion import Occasion
from registry.trace.audit import Happened, Trace
from registry.trace.chain import row_seal


class Conflict(Exception):
    """Somebody else saved the record since it was opened; carries the record as it is now."""

    def __init__(self, row: Record) -> None:
        super().__init__("Somebody else has saved this record since it was opened.")
        self.row = row


@cache
def _sealed(register: Register) -> tuple[str, ...]:
    """The columns that may have been sealed anew since a row was read: they go back as they were read, for its seal speaks of them so."""
    return tuple(field.name for field in register.table._meta.sorted_fields if isinstance(field, EncryptedText))


def put(
    trace: Trace,
    register: Register,
    row: Record,
    occasion: Occasion,
    *,
    happened: Happened = Happened.CHANGED,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    names: Iterable[str],
    of_this_write: bool = False,
) -> None:
    """Store what stands on a row under these names, without what follows from it. Raises Conflict when it moved on since it was read.

    What is worked out of a write in its own transaction is `of_this_write`: whoever wrote knows the version, which stays, so that the trace tells
    it apart from what made one.
    """
    seen = row.version
    row.errors, row.warnings = count_findings(register, row, occasion.school)
    row.version, row.changed_at = seen if of_this_write else seen + 1, occasion.at
    whole = rows_of(register.table)
    values = whole.values(row)
    moved = {*names, "version", "changed_at", "errors", "warnings", *_sealed(register)}
    moved |= {index.name for name in names for index in getattr(register.table._meta.fields[name], "indexes", ())}
    held = {field.column_name: value for field, value in zip(whole.fields, values, strict=True) if field.name in moved}
    if not whole.update(tuple(held), tuple(held.values()), row.id.bytes, seen):
        raise Conflict(row)
    deed = Happened.SETTLED if of_this_write else happened
    trace.note(deed, whole.name, row.id, changes=changes, seal=row_seal(whole.name, whole.columns, values, far_ends(row.id)))
