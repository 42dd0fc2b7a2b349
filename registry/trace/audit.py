"""The transaction that leaves a trace: everything that is written is written inside `recording`."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from models import doors, heads, vault
from models.audit import AuditDetail, AuditEntry, AuditHead
from models.base import db
from models.fields import EPOCH, MICROSECOND
from models.statements import Kept, rows_of
from registry.actor import Actor
from registry.trace.chain import INSTALLATION, beginning, detail_place, link


class Happened(StrEnum):
    """The closed vocabulary of the trace."""

    ADDED = "added"
    CHANGED = "changed"
    ARCHIVED = "archived"
    RESTORED = "restored"
    IMPORTED = "imported"
    ADOPTED = "adopted"
    SENT = "sent"
    CONFIRMED = "confirmed"
    EXPORTED = "exported"
    ERASED_VALUES = "erased_values"
    ERASED = "erased"
    RESEALED = "resealed"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    REFUSED = "refused"
    INVITED = "invited"
    JOINED = "joined"
    ACCESS_CHANGED = "access_changed"
    ACCESS_ENDED = "access_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a word, not a secret
    RESET_LINK_MADE = "reset_link_made"
    SESSION_ENDED = "session_ended"
    TOKEN_MADE = "token_made"  # noqa: S105 - a word, not a secret
    TOKEN_ENDED = "token_ended"  # noqa: S105 - a word, not a secret
    SCHOOL_SET_UP = "school_set_up"
    SCHOOL_CHANGED = "school_changed"
    CORRECTED = "corrected"
    WORKED_OUT = "worked_out"
    SETTLED = "settled"
    FINDINGS_COUNTED = "findings_counted"
    APPROVAL_ASKED = "approval_asked"
    ADVISED = "advised"
    APPROVED = "approved"
    DONE_TOGETHER = "done_together"
    UNDONE = "undone"
    TAKEN_BACK = "taken_back"
    VIEW_SAVED = "view_saved"
    VIEW_REMOVED = "view_removed"
    COMMENTED = "commented"
    COMMENT_WITHDRAWN = "comment_withdrawn"
    FILE_ADDED = "file_added"
    FILE_REPLACED = "file_replaced"
    FILE_REMOVED = "file_removed"
    FILE_OPENED = "file_opened"
    FILE_REFUSED = "file_refused"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    EXCUSED = "excused"
    ANSWER_LINK_MADE = "answer_link_made"
    ANSWER_LINK_USED = "answer_link_used"
    ANSWER_LINK_ENDED = "answer_link_ended"
    MAIL_CHANGED = "mail_changed"
    CALENDAR_MADE = "calendar_made"
    CALENDAR_ENDED = "calendar_ended"
    HOOK_ADDED = "hook_added"
    HOOK_CHANGED = "hook_changed"
    HOOK_REMOVED = "hook_removed"
    BREACH_REPORTED = "breach_reported"
    BREACH_MOVED = "breach_moved"
    BREACH_TIMED = "breach_timed"
    BREACH_JUDGED = "breach_judged"
    BREACH_SUBMITTED = "breach_submitted"
    BREACH_NOTED = "breach_noted"
    BREACH_STEP = "breach_step"
    BREACH_ALERTED = "breach_alerted"
    BREACH_ACKNOWLEDGED = "breach_acknowledged"
    BREACH_PEOPLE = "breach_people"
    BREACH_PARTY = "breach_party"
    BREACH_PREPARED = "breach_prepared"
    DUTY_CHANGED = "duty_changed"
    DISPOSAL_CHANGED = "disposal_changed"
    STOCK_TAKEN = "stock_taken"
    MATRIX_CHANGED = "matrix_changed"
    DIFFERENCE_SETTLED = "difference_settled"
    PROGRAM_OPENED = "program_opened"
    PROGRAM_CLOSED = "program_closed"
    PROGRAM_ASKED = "program_asked"


LEAVING_THE_VERSION = (
    Happened.ERASED_VALUES,
    Happened.RESEALED,
    Happened.COMMENTED,
    Happened.COMMENT_WITHDRAWN,
    Happened.FILE_ADDED,
    Happened.FILE_REPLACED,
    Happened.FILE_REMOVED,
    Happened.FILE_OPENED,
    Happened.FILE_REFUSED,
    Happened.ASSIGNED,
    Happened.SNOOZED,
    Happened.EXCUSED,
    Happened.APPROVAL_ASKED,
    Happened.ADVISED,
    Happened.CORRECTED,
    Happened.SETTLED,
    Happened.EXPORTED,
    Happened.BREACH_NOTED,
    Happened.BREACH_STEP,
    Happened.BREACH_ALERTED,
    Happened.BREACH_ACKNOWLEDGED,
    Happened.BREACH_PEOPLE,
    Happened.BREACH_PARTY,
)
"""What changes how a record is kept and nothing that anybody answered; every other entry about a record made a version of it."""


ERASING = (Happened.ERASED_VALUES.value, Happened.ERASED.value)
"""The deeds after which the values of every earlier entry about a row are rightly gone."""

UNDER = "erased_under"
"""Under what the trace keeps the reference of the disposal under which a record was erased."""


class NothingNoted(RuntimeError):
    """A recorded transaction ended without saying what it did; it was rolled back."""


Changes = Mapping[str, Sequence[Any]]
"""Old and new answer by the name of the question."""


def _taking_head() -> Any:
    """Reads a head and holds it: SQLite's BEGIN IMMEDIATE took the turn already, PostgreSQL locks the row."""
    query = AuditHead.select(AuditHead.number, AuditHead.digest).where(AuditHead.id == INSTALLATION)
    return query.for_update() if db.for_update else query


_take_head = Kept(_taking_head)
_move_head = Kept(lambda: AuditHead.update(number=0, digest=b"").where(AuditHead.id == INSTALLATION))
_entries = rows_of(AuditEntry)
_details = rows_of(AuditDetail)


class Trace:
    """What a recorded transaction did so far; its entries are appended in one go when the block ends."""

    def __init__(self, by: Actor, at: datetime, chain: UUID, head: tuple[int, bytes]) -> None:
        self.at = at
        self._by = by
        self._beside: dict[UUID, Trace] = {}
        self._stamp = (at - EPOCH) // MICROSECOND
        self._signature = by.signature
        self._chain = chain.bytes
        self.number, self.digest = head
        self._rows: list[tuple[Any, ...]] = []
        self._sealed: list[tuple[bytes, int, bytes]] = []

    def beside(self, chain: UUID) -> "Trace":
        """The trace of another chain in the same transaction. Ask in ascending order, so that no two transactions wait for each other."""
        if chain.bytes == self._chain:
            return self
        if chain not in self._beside:
            self._beside[chain] = Trace(self._by, self.at, chain, _head_of(chain))
        return self._beside[chain]

    def chains(self) -> "dict[UUID, Trace]":
        """Every chain that this transaction wrote to, with its trace."""
        return {UUID(bytes=self._chain): self, **self._beside}

    def note(
        self,
        deed: Happened,
        subject: str,
        record: UUID | None = None,
        *,
        changes: Changes | None = None,
        seal: bytes | None = None,
        by: Actor | None = None,
    ) -> int:
        """Note one deed: the table, the row, the old and new answers, and the row's seal. Returns the entry's number.

        `by` is for what the program itself adds to somebody's deed: it is not theirs.
        """
        self.number += 1
        detail = self._seal_changes(changes) if changes else None
        named = f" {' '.join(changes)} " if changes else ""
        key = record.bytes if record else None
        entry = (self._chain, self.number, self._stamp, by.signature if by else self._signature, deed.value, subject, key, named, detail, seal)
        self.digest = link(self.digest, entry)
        self._rows.append((*entry, self.digest))
        return self.number

    def _seal_changes(self, changes: Changes) -> bytes:
        text = _as_text(changes)
        sealed = vault.current().seal(text, detail_place(self._chain, self.number))
        self._sealed.append((self._chain, self.number, sealed))
        return hashlib.sha256(sealed).digest()

    def append(self) -> None:
        """Write the entries and move the head; called once, by `recording`."""
        if not self._rows:
            raise NothingNoted("A recorded transaction must note what it did.")
        if len(self._rows) == 1:
            _entries.insert(self._rows[0])
        else:
            _entries.insert_all(self._rows)
        if len(self._sealed) == 1:
            _details.insert(self._sealed[0])
        elif self._sealed:
            _details.insert_all(self._sealed)
        _move_head(self.number, self.digest, self._chain)


@contextmanager
def recording(by: Actor, at: datetime, chain: UUID | None = None) -> Iterator[Trace]:
    """One transaction with its trace, in the chain of the actor's school (or of `chain`; INSTALLATION for accounts).

    The head is taken first: on both databases that is the write lock, so that no two entries claim one number. A block that
    raises, or ends without a note, leaves nothing behind.
    """
    if db.in_transaction():
        raise RuntimeError("One transaction per deed: recordings do not nest.")
    where = chain or by.school or INSTALLATION
    with db.atomic():
        trace = Trace(by, at, where, _head_of(where))
        with doors.writing_is_recorded():
            yield trace
        for each in trace.chains().values():
            each.append()
    for written, each in trace.chains().items():
        heads.keep(written, each.number, each.digest)


def _head_of(chain: UUID) -> tuple[int, bytes]:
    row = _take_head(chain.bytes).fetchone()
    if row is None:
        first = beginning(chain)
        AuditHead.insert(id=chain, number=0, digest=first).on_conflict_ignore().execute()
        row = _take_head(chain.bytes).fetchone()
    return int(row[0]), bytes(row[1])


def where_it_stands(chain: UUID) -> tuple[int, bytes]:
    """The number and the digest of the last entry of a chain."""
    row = AuditHead.get_or_none(AuditHead.id == chain)
    return (row.number, bytes(row.digest)) if row else (0, beginning(chain))


def erase_values(trace: Trace, chain: UUID, subject: str, record: UUID, *, seal: bytes | None = None) -> int:
    """Delete for good the old and new values kept about one row, and note that; who and when stay. Returns how many entries lost theirs."""
    numbers = AuditEntry.select(AuditEntry.number).where((AuditEntry.record == record) & (AuditEntry.chain == chain))
    erased = AuditDetail.delete().where((AuditDetail.chain == chain) & AuditDetail.number.in_(numbers)).execute()
    trace.note(Happened.ERASED_VALUES, subject, record, seal=seal)
    return int(erased)


def changes_of(entry: AuditEntry) -> dict[str, list[Any]] | None:
    """The old and new answers of an entry; None when it has none, or they were erased."""
    detail = AuditDetail.get_or_none((AuditDetail.chain == entry.chain) & (AuditDetail.number == entry.number))
    if detail is None:
        return None
    opened: dict[str, list[Any]] = json.loads(vault.current().open(bytes(detail.sealed), detail_place(entry.chain.bytes, entry.number)))
    return opened


def as_json(value: Any) -> Any:
    """An answer in the form in which it is kept; raises TypeError for what is no answer."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in the trace.")


_as_text = json.JSONEncoder(default=as_json, ensure_ascii=False, separators=(",", ":")).encode
