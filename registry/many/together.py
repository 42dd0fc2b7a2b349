"""One deed done to many records: what it would change in each and where it cannot, then all of it or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from models.audit import AuditEntry, AuditHead
from models.batch import Batch, Together
from models.statements import rows_of, stored_rows
from registry.access import Deed, Permission, may, require, school_of
from registry.actor import Actor
from registry.definition import Question, Register
from registry.kinds import title_of
from registry.lists.ordering import in_order
from registry.lists.query import select_matching
from registry.lists.views import View
from registry.many import batches
from registry.many.bulk import chunks
from registry.many.rewriting import Rewrite, rewrite_all
from registry.records import Occasion
from registry.rows import CannotBeDone
from registry.schema import questions_for
from registry.trace.audit import LEAVING_THE_VERSION, Happened, recording
from registry.trace.seals import links_in_view

MOST = 20_000
NAMED = 5
ASKED: Mapping[Together, tuple[str, ...]] = {Together.OWNER: ("owner_role", "owner"), Together.REVIEW: ("next_review_on",)}
"""The questions that a deed answers anew, in every register that asks them."""

HAPPENED = {Together.CONFIRM: Happened.CONFIRMED, Together.ARCHIVE: Happened.ARCHIVED, Together.RESTORE: Happened.RESTORED}


class NotAsShown(CannotBeDone):
    """Somebody changed one of the records since the preview was shown, or the list has others in it by now."""


class DoneAlready(CannotBeDone):
    """The same button was pressed before."""


@dataclass(frozen=True)
class Wish:
    """What is to be done, with the new answers where it gives any."""

    kind: Together
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """What the deed would do to one record, old and new by question; or why it cannot."""

    stored: Sequence[Any]
    id: UUID
    reference: str
    title: str
    version: int
    changes: Mapping[str, tuple[Any, Any]]
    why_not: str = ""


@dataclass(frozen=True)
class Plan:
    """What a deed would do to every record chosen, as things stand after an entry of the trace."""

    wish: Wish
    rows: tuple[Planned, ...]
    stands: int

    @cached_property
    def able(self) -> tuple[Planned, ...]:
        """The records that it changes."""
        return tuple(row for row in self.rows if not row.why_not)

    @cached_property
    def unable(self) -> tuple[Planned, ...]:
        """The records that stay as they are."""
        return tuple(row for row in self.rows if row.why_not)

    @property
    def mark(self) -> str:
        """The same for the same deed, on the same records, as they are now."""
        digest = hashlib.sha256(repr((self.wish.kind.value, sorted(self.wish.answers.items()))).encode())
        for row in sorted(self.rows, key=lambda each: each.id):
            digest.update(row.id.bytes + row.version.to_bytes(4, "big") + bytes([not row.why_not]))
        return digest.hexdigest()


def asked_for(kind: Together, register: Register, by: Actor) -> tuple[Question, ...]:
    """The questions that a deed would answer anew and this person may answer."""
    wanted = ASKED.get(kind, ())
    return tuple(question for question in questions_for(register, by, Deed.CHANGE) if question.name in wanted)


def offered(register: Register, by: Actor, archived: bool = False) -> tuple[Together, ...]:
    """What this person can do to many records of a register at once; of archived ones only to bring them back."""
    if not may(by, Deed.CHANGE, register):
        return ()
    if archived:
        return (Together.RESTORE,)
    deeds = [kind for kind in ASKED if asked_for(kind, register, by)]
    return (*deeds, *((Together.CONFIRM,) if may(by, Permission.ADOPT_STARTER) else ()), Together.ARCHIVE)


def demand(register: Register, wish: Wish, by: Actor) -> None:
    """Raise Forbidden unless this person may do this to records of this register."""
    require(by, Deed.CHANGE, register)
    if wish.kind is Together.CONFIRM:
        require(by, Permission.ADOPT_STARTER)
    for name in wish.answers:
        require(by, Deed.CHANGE, register, register.questions[name])


def plan(register: Register, view: View, wish: Wish, occasion: Occasion) -> Plan:
    """What the deed would do to the records that a view asks for, in the order of its list. Raises Forbidden, CannotBeDone for too many."""
    by, today = occasion.by, occasion.school.today
    demand(register, wish, by)
    if today is None:
        raise ValueError("A list needs to know which day it is.")
    whole, head = rows_of(register.table), AuditHead.get_or_none(AuditHead.id == school_of(by))
    query = in_order(select_matching(register, by, view.first_page(), today).select(*whole.fields), register, view, False)
    stored = stored_rows(query.limit(MOST + 1))
    if len(stored) > MOST:
        raise CannotBeDone(f"These are more than {MOST:,} records. Narrow the list, and do it in parts.")
    return Plan(wish, tuple(_planned(register, wish, values) for values in stored), 0 if head is None else int(head.number))


def do(register: Register, view: View, wish: Wish, occasion: Occasion, *, shown: str, stands: int) -> Batch:
    """Do to the records of a view what its plan showed (`shown` is Plan.mark, `stands` Plan.stands), in one transaction, or nothing.

    Raises DoneAlready, NotAsShown, CannotBeDone, Forbidden.
    """
    by = occasion.by
    demand(register, wish, by)
    with recording(by, occasion.at) as trace:
        now = plan(register, view, wish, occasion)
        if now.mark != shown:
            if batches.done_since(wish.kind, register, by, stands):
                raise DoneAlready("This was done already.")
            raise NotAsShown(_what_moved(register, now, view.only, stands, by=by))
        if not now.able:
            raise CannotBeDone("There is nothing to save: no record that was chosen would change.")
        first = trace.number + 1
        rewrite_all(trace, register, _rewrites(wish, now.able, occasion), occasion)
        return batches.keep(trace, wish.kind, register, by, first=first, many=len(now.able))


def linked_among(rows: Sequence[Planned]) -> int:
    """How many of these records are linked to others, which would go on pointing at them."""
    return sum(len(links_in_view([row.id for row in part])) for part in chunks(rows))


def _rewrites(wish: Wish, rows: Sequence[Planned], occasion: Occasion) -> Iterator[Rewrite]:
    happened = HAPPENED.get(wish.kind, Happened.CHANGED)
    fixed: dict[Together, dict[str, Any]] = {
        Together.CONFIRM: {"starter": False},
        Together.ARCHIVE: {"archived_at": occasion.at},
        Together.RESTORE: {"archived_at": None},
    }
    for row in rows:
        answers = fixed.get(wish.kind) or {name: after for name, (_before, after) in row.changes.items()}
        yield Rewrite(row.stored, answers, happened, row.changes or None)


def _planned(register: Register, wish: Wish, stored: Sequence[Any]) -> Planned:
    row = rows_of(register.table).row(stored)
    changes = {name: (before, after) for name, after in wish.answers.items() if (before := getattr(row, name)) != after}
    return Planned(stored, row.id, row.reference, title_of(register, row), row.version, changes, _why_not(register, wish, row, changes))


def _why_not(register: Register, wish: Wish, row: Any, changes: Mapping[str, Any]) -> str:
    if wish.kind is Together.RESTORE:
        return "" if row.archived_at else "Not archived."
    if row.archived_at:
        return "Archived already." if wish.kind is Together.ARCHIVE else "Archived. Bring it back first."
    if wish.kind is Together.CONFIRM:
        return "" if row.starter else "Confirmed already, or never a starter entry."
    if wish.kind is Together.ARCHIVE:
        return ""
    return "" if changes else "It says so already."


def _what_moved(register: Register, now: Plan, only: Sequence[UUID], stands: int, *, by: Actor) -> str:
    """Which records were changed since the preview, by reference, and that nothing was saved."""
    since = (AuditEntry.chain == school_of(by)) & (AuditEntry.number > stands) & (AuditEntry.subject == register.table._meta.table_name)
    entries = AuditEntry.select(AuditEntry.record).where(since & AuditEntry.deed.not_in([deed.value for deed in LEAVING_THE_VERSION])).distinct()
    moved = {UUID(bytes=bytes(key)) for (key,) in stored_rows(entries) if key is not None}
    if only:
        moved &= {row.id for row in now.rows}
    names = references(register, moved)
    if not names:
        return "The list is not what it was when you looked at it, so nothing was saved. Look at the rows again."
    return f"{names} changed since you looked at the rows, so nothing was saved. Look at them again."


def references(register: Register, ids: set[UUID]) -> str:
    """The first few of these records by reference and how many more, with "was" or "were"; empty when none of them is there."""
    table = register.table
    chosen = sorted(ids)[: MOST // 40]
    numbers = sorted(number for (number,) in stored_rows(table.select(table.number).where(table.id.in_(chosen)))) if ids else []
    if not numbers:
        return ""
    named = [f"{table.PREFIX}-{number:04d}" for number in numbers[:NAMED]]
    more = len(ids) - len(named)
    listed = ", ".join(named) + (f" and {more:,} more" if more > 0 else "")
    return f"{listed} {'was' if len(ids) == 1 else 'were'}"
