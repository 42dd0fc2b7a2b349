"""Answers as the trace keeps them, turned back into the answers they were."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import JOIN, BinaryUUIDField, Field

from models import vault
from models.audit import AuditDetail, AuditEntry
from models.fields import ChoicesField, EncryptedText, LinesField, OneField, UtcDateTime
from models.statements import stored_rows
from registry.definition import Links
from registry.trace.chain import detail_place

UNDID = "undid_entry"
"""Under what the trace keeps the number of the entry that was undone, beside the answers."""


def answer_kept(column: Field | Links, kept: Any) -> Any:
    """What a column or a question about links holds that the trace keeps as this, as it was before it was kept."""
    if isinstance(column, Links):
        return tuple(UUID(each) for each in kept or ())
    if isinstance(column, OneField | BinaryUUIDField):
        return kept and UUID(kept)
    if isinstance(column, ChoicesField):
        return column.python_value(" ".join(kept or ()))
    if isinstance(column, LinesField):
        return tuple(kept or ())
    if isinstance(column, UtcDateTime):
        return kept and datetime.fromisoformat(kept)
    return kept if kept is None or isinstance(column, EncryptedText) else column.python_value(kept)


def entries_between(chain: UUID, first: int, last: int, subject: str) -> Iterator[tuple[int, str, UUID, Mapping[str, Sequence[Any]] | None]]:
    """The number, deed, row and values of every entry about a row of one table, in their order; no values where they were erased."""
    beside = (AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number)
    columns = (AuditEntry.number, AuditEntry.deed, AuditEntry.record, AuditEntry.detail, AuditDetail.sealed)
    query = AuditEntry.select(*columns).join(AuditDetail, JOIN.LEFT_OUTER, on=beside)
    query = query.where((AuditEntry.chain == chain) & AuditEntry.number.between(first, last) & (AuditEntry.subject == subject))
    for number, deed, record, detail, sealed in stored_rows(query.order_by(AuditEntry.number)):
        if record is not None:
            yield number, deed, UUID(bytes=bytes(record)), _opened(chain, number, detail, sealed)


def _opened(chain: UUID, number: int, detail: Any, sealed: Any) -> Mapping[str, Sequence[Any]] | None:
    if detail is None:
        return {}
    if sealed is None:
        return None
    opened: dict[str, Sequence[Any]] = json.loads(vault.current().open(bytes(sealed), detail_place(chain.bytes, number)))
    return opened
