"""How fast a chain of entries verifies, beside only reading its rows: run `python -m benchmarks.verify_chain`."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from playhouse.migrations import Runner

from models import heads, vault
from models.audit import AuditEntry
from models.base import db, new_id
from models.database import database_at
from models.statements import stored_rows
from registry.actor import Actor
from registry.audit import Happened, recording
from registry.verification import BATCH, faults_of_entries

ENTRIES = 100_000
AT_ONCE = 1_000
PAIRS = 3
FLOOR = 250_000
CEILING = 3.0
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


@contextmanager
def house() -> Iterator[None]:
    """A fresh installation in a folder that goes with the block."""
    with tempfile.TemporaryDirectory(prefix="safehold-benchmark-", ignore_cleanup_errors=True) as folder:
        vault.unlock(vault.Vault({1: b"a secret of a benchmark, of enough bytes to be one"}))
        heads.open_folder(Path(folder) / "heads")
        db.initialize(database_at(f"sqlite:///{folder}/benchmark.db"))
        db.connect()
        try:
            Runner(db.obj, str(MIGRATIONS)).up()
            yield
        finally:
            db.close()


def fill(chain: UUID, entries: int) -> None:
    """Append entries as a lively school would: a person, a table, a record, two changed questions, a seal."""
    by, at, record = Actor("somebody", user=new_id()), datetime.now(UTC), new_id()
    changes = {"purpose": ("a", "b"), "next_review_on": (None, "2027-01-04")}
    for _ in range(entries // AT_ONCE):
        with recording(by, at, chain=chain) as trace:
            for _ in range(AT_ONCE):
                trace.note(Happened.CHANGED, "activity", record, changes=changes, seal=bytes(32))


def read(chain: UUID) -> float:
    """Seconds to fetch every row of a chain, batch by batch, and do nothing with it."""
    begun, last = time.perf_counter(), -1
    while rows := stored_rows(
        AuditEntry.select().where((AuditEntry.chain == chain) & (AuditEntry.number > last)).order_by(AuditEntry.number).limit(BATCH)
    ):
        last = rows[-1][1]
    return time.perf_counter() - begun


def verify(chain: UUID) -> float:
    """Seconds to verify every entry of a chain."""
    begun = time.perf_counter()
    assert not [*faults_of_entries(chain)]
    return time.perf_counter() - begun


def main() -> int:
    """Measure and print; non-zero when a goal is missed."""
    chain = new_id()
    with house():
        fill(chain, ENTRIES)
        read(chain), verify(chain)  # once for the caches
        pairs = [(read(chain), verify(chain)) for _ in range(PAIRS)]
    ratio = statistics.median(verified / fetched for fetched, verified in pairs)
    speed = ENTRIES / statistics.median(verified for _fetched, verified in pairs)
    print(f"{ENTRIES:,} entries: {speed:,.0f} verified a second (goal {FLOOR:,}), {ratio:.2f} times reading them (goal at most {CEILING:.1f})")
    return int(speed < FLOOR or ratio > CEILING)


if __name__ == "__main__":
    sys.exit(main())
