"""A1: walking a chain of a hundred thousand entries, beside only reading its rows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from benchmarks.house import house
from benchmarks.pairs import WORK, Result, seconds
from models.audit import AuditEntry
from models.base import new_id
from models.statements import stored_rows
from registry.actor import Actor
from registry.trace.audit import Happened, recording
from registry.trace.verification import BATCH, faults_of_entries

ENTRIES = 100_000
AT_ONCE = 1_000
PAIRS = 5


def measure() -> Iterator[Result]:
    """Entries a second, and as multiples of reading them."""
    chain = new_id()
    with house():
        fill(chain, ENTRIES)
        read(chain), verify(chain)  # once for the caches
        pairs = [(seconds(partial(read, chain), clock=WORK), seconds(partial(verify, chain), clock=WORK)) for _ in range(PAIRS)]
    yield Result("A1", f"verifying {ENTRIES:,} entries ÷ reading them (CPU)", [verified / fetched for fetched, verified in pairs], 3)
    yield Result("A1", "entries verified in a second (CPU)", [ENTRIES / verified for _fetched, verified in pairs], 250_000, "a second", is_floor=True)


def fill(chain: UUID, entries: int) -> None:
    """Append entries as a lively school would: a person, a table, a record, two changed questions, a seal."""
    by, at, record = Actor("somebody", user=new_id()), datetime.now(UTC), new_id()
    changes = {"purpose": ("a", "b"), "next_review_on": (None, "2027-01-04")}
    for _ in range(entries // AT_ONCE):
        with recording(by, at, chain=chain) as trace:
            for _ in range(AT_ONCE):
                trace.note(Happened.CHANGED, "activity", record, changes=changes, seal=bytes(32))


def read(chain: UUID) -> None:
    """Fetch every row of a chain, batch by batch, and do nothing with it."""
    last = -1
    while rows := stored_rows(
        AuditEntry.select().where((AuditEntry.chain == chain) & (AuditEntry.number > last)).order_by(AuditEntry.number).limit(BATCH)
    ):
        last = rows[-1][1]


def verify(chain: UUID) -> None:
    """Verify every entry of a chain."""
    assert not [*faults_of_entries(chain)]
