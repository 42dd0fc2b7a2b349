"""What a reader of the whole history may not even know of: everything about registers that they may not see, and about what belongs to those."""

from collections.abc import Collection, Iterator
from functools import reduce
from operator import and_
from typing import Any

from peewee import fn

from models.audit import AuditEntry
from models.base import Traced
from models.batch import Batch
from models.record import Record
from models.tables import TABLES
from models.upload import Upload
from registry import catalogue
from registry.access import Deed, may
from registry.actor import Actor
from registry.definition import Register

BESIDE: tuple[Any, ...] = tuple(
    table for table in TABLES if issubclass(table, Traced) and not issubclass(table, Record) and "register" in table._meta.fields
)
"""The tables whose rows belong to a register and are sealed on their own: files, comments, versions, views, batches."""


def veiled(by: Actor) -> tuple[Register, ...]:
    """The registers of which this person sees nothing."""
    return tuple(register for register in catalogue.REGISTERS if not may(by, Deed.SEE, register))


def unveiled(query: Any, by: Actor) -> Any:
    """A query over entries of the trace without those that the reader may not know of, so that none is listed, counted or said to be hidden."""
    registers = veiled(by)
    return query.where(reduce(and_, _conditions(registers))) if registers else query


def _conditions(registers: Collection[Register]) -> Iterator[Any]:
    slugs = [register.slug for register in registers]
    yield AuditEntry.subject.not_in([register.table._meta.table_name for register in registers])
    for table in BESIDE:
        of_another = AuditEntry.subject != table._meta.table_name
        if "record" in table._meta.fields:  # of what was erased with its record nobody can tell any more whose it was
            yield of_another | AuditEntry.record.in_(table.select(table.id).where(table.register.not_in(slugs)))
        else:
            yield of_another | AuditEntry.record.not_in(table.select(table.id).where(table.register.in_(slugs)))
    brought = Batch.register.in_(slugs) & (Batch.first <= AuditEntry.number) & (Batch.last >= AuditEntry.number)
    yield (AuditEntry.subject != Upload._meta.table_name) | ~fn.EXISTS(Batch.select(Batch.id).where(brought))
