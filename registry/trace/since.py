"""Whether answers of a record were changed after something that the trace tells of, such as its approval."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from peewee import fn

from models.audit import AuditEntry
from models.record import Record
from registry.actor import Actor


def changed_since(row: Record, mark: str, names: Iterable[str], *, by: Actor | None = None) -> bool:
    """Whether any of these answers was changed, by anybody or by one person, after the last entry that changed the answer `mark`."""
    about = (AuditEntry.chain == row.school) & (AuditEntry.subject == row._meta.table_name) & (AuditEntry.record == row.id)
    marked = AuditEntry.select(fn.MAX(AuditEntry.number)).where(about & AuditEntry.changed.contains(f" {mark} "))
    any_of = reduce(or_, (AuditEntry.changed.contains(f" {name} ") for name in names))
    later = about & any_of & (AuditEntry.number > marked)
    return bool(AuditEntry.select(AuditEntry.number).where(later if by is None else later & (AuditEntry.actor == by.signature)).exists())
