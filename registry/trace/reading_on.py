"""Which records the trace has named since somebody last read it: for whatever is kept beside the records and made again from them."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from models.audit import AuditEntry
from models.statements import stored_rows
from registry.trace.audit import Happened


def named_between(chain: UUID, begun: int, end: int, *, leaving_out: Collection[Happened]) -> dict[str, list[bytes]]:
    """The records, by table, that these entries name, but for deeds that change nothing for whoever asks."""
    numbers = (AuditEntry.number > begun) & (AuditEntry.number <= end)
    meant = AuditEntry.record.is_null(False) & AuditEntry.deed.not_in(list(leaving_out))
    named = AuditEntry.select(AuditEntry.subject, AuditEntry.record).where((AuditEntry.chain == chain) & numbers & meant).distinct()
    touched: dict[str, list[bytes]] = defaultdict(list)
    for subject, record in stored_rows(named):
        touched[subject].append(bytes(record))
    return touched
