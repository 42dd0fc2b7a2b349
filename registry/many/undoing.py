"""A deed done to many records undone as a whole, while nobody has touched any of them since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import fn

from models.audit import AuditEntry
from models.batch import Batch, Together
from models.fields import EPOCH, MICROSECOND
from models.statements import rows_of, stored_rows
from registry.access import Deed, Permission, require, school_of
from registry.catalogue import find as register_of
from registry.consequences import concerned, follow_without
from registry.definition import Register
from registry.many import batches
from registry.many.bulk import chunks
from registry.many.recalling import UNDID, answer_kept, entries_between
from registry.many.rewriting import Rewrite, rewrite_all
from registry.many.taking_back import are_spoken_of, may_be_spoken_of_in_secret, take_back, with_something_beside
from registry.many.together import references
from registry.records import NotFound, Occasion, amend
from registry.rows import CannotBeDone, store
from registry.trace.audit import LEAVING_THE_VERSION, Happened, Trace, recording

PARTS: Mapping[str, Any] = {
    Happened.CHANGED: None,
    Happened.IMPORTED: None,
    Happened.SENT: None,
    Happened.CONFIRMED: {"starter": True},
    Happened.ARCHIVED: {"archived_at": None},
    Happened.RESTORED: None,
}
"""What a batch does to a record, and the columns that are the same for every record when it is undone."""

BRINGING: Mapping[Together, Happened] = {Together.IMPORT: Happened.IMPORTED, Together.SEND: Happened.SENT}
"""What makes new records beside changing those that are there, and the deed that it does to each."""

SPOKEN_OF = "Something was written down about some of them since, so nothing was undone. Archive those who should not be here one by one."


@dataclass(frozen=True)
class Done:
    """What a batch did to one record, with the old and new answers it told; none where they were erased since."""

    number: int
    deed: str
    record: UUID
    told: Mapping[str, Sequence[Any]] | None


def undo(register: Register, batch: UUID, occasion: Occasion) -> Batch:
    """Bring back what was there before a batch, or nothing at all; new records that it imported are taken away, or put away.

    What the same deed did to records of other registers is undone with it. Raises NotFound, Forbidden, and CannotBeDone with the
    references of the records that were touched since.
    """
    by = occasion.by
    with recording(by, occasion.at) as trace:
        found = batches.find(register, batch, by)
        if found is None:
            raise NotFound("There is no such batch here.")
        parts = [_part(kept_in, each, occasion) for kept_in, each in _whole(register, found)]
        for part in parts:
            _bring_back(trace, part.register, part.changed, occasion)
            people = concerned(part.register, sorted(part.new))
            if may_be_spoken_of_in_secret(part.register):
                _put_away(trace, part.register, part.new, occasion)
            else:
                take_back(trace, part.register, sorted(part.new))
            follow_without(trace, part.register, people, occasion)
            part.batch.undone_at = occasion.at
            store(trace, Happened.UNDONE, part.batch)
    return found


@dataclass(frozen=True)
class Part:
    """What one deed did to the records of one register, once it is sure that it can be undone."""

    register: Register
    batch: Batch
    changed: Sequence[Done]
    new: set[UUID]


def _whole(register: Register, batch: Batch) -> list[tuple[Register, Batch]]:
    """Everything that one deed did, by register: what came last is undone first."""
    parts = [(register, batch), *((register_of(each.register), each) for each in batches.beside(batch))]
    return sorted(parts, key=lambda part: -part[1].last)


def _part(register: Register, batch: Batch, occasion: Occasion) -> Part:
    _demand_rights(register, batch, occasion)
    if batch.undone_at is not None:
        raise CannotBeDone("This was undone already.")
    deeds = _deeds_of(register, batch)
    new = _new_among(batch, [deed.record for deed in deeds])
    _demand_untouched(register, batch, deeds, new)
    changed = [deed for deed in deeds if deed.record not in new]
    for name in {name for deed in changed for name, _answers in _turned_round(register, deed) if name in register.questions}:
        require(occasion.by, Deed.CHANGE, register, register.questions[name])
    return Part(register, batch, changed, new)


def touched(register: Register, batch: Batch) -> set[UUID]:
    """The records of a batch that somebody has touched since: they have a later version, or are new and have something beside them.

    What the same deed did to records of other registers counts as well, because it is undone together.
    """
    return {record for kept_in, each in _whole(register, batch) for record in _touched(kept_in, each)}


def _touched(register: Register, batch: Batch) -> set[UUID]:
    moved = _moved_since(register, batch)
    if batch.kind not in BRINGING or moved:
        return moved
    records = [UUID(bytes=bytes(key)) for (key,) in stored_rows(_entries(register, batch).select(AuditEntry.record))]
    new = _new_among(batch, records)
    return new if are_spoken_of(register, sorted(new)) else with_something_beside(register, sorted(new))


def _demand_rights(register: Register, batch: Batch, occasion: Occasion) -> None:
    by = occasion.by
    require(by, Deed.CHANGE, register)
    if batch.actor != by.signature:
        require(by, Permission.UNDO)
    if batch.kind is Together.CONFIRM:
        require(by, Permission.ADOPT_STARTER)
    if batch.kind is Together.IMPORT:
        require(by, Permission.IMPORT)
    if batch.kind in BRINGING:
        require(by, Deed.ADD, register)


def _deeds_of(register: Register, batch: Batch) -> list[Done]:
    """What the batch did to each of its records; other ends of links, which got an entry of their own, are none of them."""
    own = BRINGING.get(batch.kind)
    entries = entries_between(batch.chain, batch.first, batch.last, rows_of(register.table).name)
    return [Done(*entry) for entry in entries if entry[1] in PARTS and (own is None or entry[1] == own)]


def _entries(register: Register, batch: Batch) -> Any:
    """The entries about the records of a batch."""
    deeds = [BRINGING[batch.kind]] if batch.kind in BRINGING else list(PARTS)
    about = AuditEntry.number.between(batch.first, batch.last) & (AuditEntry.subject == rows_of(register.table).name)
    return AuditEntry.select().where((AuditEntry.chain == batch.chain) & about & AuditEntry.deed.in_([str(deed) for deed in deeds]))


def _moved_since(register: Register, batch: Batch) -> set[UUID]:
    """The records with a later entry that made a version of them."""
    later = AuditEntry.alias()
    made_a_version = later.deed.not_in([deed.value for deed in LEAVING_THE_VERSION])
    since = (later.record == AuditEntry.record) & (later.number > batch.last) & (later.chain == batch.chain) & (later.subject == AuditEntry.subject)
    query = _entries(register, batch).where(fn.EXISTS(later.select(later.number).where(since & made_a_version)))
    return {UUID(bytes=bytes(key)) for (key,) in stored_rows(query.select(AuditEntry.record))}


def _new_among(batch: Batch, records: Sequence[UUID]) -> set[UUID]:
    """The records of which nothing is told before this import."""
    if batch.kind not in BRINGING:
        return set()
    known: set[UUID] = set()
    for part in chunks(records):
        before = AuditEntry.record.in_(part) & (AuditEntry.chain == batch.chain) & (AuditEntry.number < batch.first)
        known |= {UUID(bytes=bytes(key)) for (key,) in stored_rows(AuditEntry.select(AuditEntry.record).where(before).distinct())}
    return set(records) - known


def _demand_untouched(register: Register, batch: Batch, deeds: Sequence[Done], new: set[UUID]) -> None:
    moved = _moved_since(register, batch) | with_something_beside(register, sorted(new))
    if moved:
        names = references(register, moved) or "Some of them were"
        raise CannotBeDone(f"{names} changed since, so nothing was undone. Open those records and change them one by one.")
    if are_spoken_of(register, sorted(new)):
        raise CannotBeDone(SPOKEN_OF)
    if any(deed.told is None for deed in deeds if deed.record not in new):
        raise CannotBeDone("The old answers were erased since, so nothing can be brought back.")


def _put_away(trace: Trace, register: Register, ids: Iterable[UUID], occasion: Occasion) -> None:
    rows = _stored(register, sorted(ids)).values()
    rewrite_all(trace, register, [Rewrite(row, {"archived_at": occasion.at}, Happened.ARCHIVED) for row in rows], occasion)


def _bring_back(trace: Trace, register: Register, deeds: Sequence[Done], occasion: Occasion) -> None:
    """Write the old answers anew; the few records whose links changed one by one, because their other ends change as well."""
    put_away = _put_away_at(occasion, [deed.record for deed in deeds if deed.deed == Happened.RESTORED])
    rows = _stored(register, [deed.record for deed in deeds])
    plain: list[Rewrite] = []
    for deed in deeds:
        changes = dict(_turned_round(register, deed))
        if not register.link_names.isdisjoint(changes):
            row = rows_of(register.table).row(rows[deed.record])
            amend(trace, register, row, changes, occasion=occasion, happened=Happened.UNDONE)
            continue
        answers = {name: new for name, (_old, new) in changes.items()} | (PARTS[deed.deed] or {})
        if deed.deed == Happened.RESTORED:
            answers |= {"archived_at": put_away.get(deed.record, occasion.at)}
        answers |= _as_approved_again(register, rows[deed.record])
        plain.append(Rewrite(rows[deed.record], answers, Happened.UNDONE, {**changes, UNDID: (None, deed.number)}))
    rewrite_all(trace, register, plain, occasion)


def _turned_round(register: Register, deed: Done) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The answers a deed told, new and old, and what the program keeps beside them."""
    columns = {question.name: question.column for question in register.questions.values()} | {each.name: each for each in register.kept}
    for name, (before, after) in (deed.told or {}).items():
        if name in columns:
            yield name, (answer_kept(columns[name], after), answer_kept(columns[name], before))


def _as_approved_again(register: Register, stored: Sequence[Any]) -> dict[str, Any]:
    """What says that a record is as it was approved, where the batch was all that had changed since."""
    row = rows_of(register.table).row(stored)
    return {"approved_version": row.version + 1} if row.approved_version == row.version - 1 else {}


def _stored(register: Register, ids: Sequence[UUID]) -> dict[UUID, Sequence[Any]]:
    """Whole rows as they are stored."""
    whole, table = rows_of(register.table), register.table
    key = whole.columns.index("id")
    rows = (row for part in chunks(ids) for row in stored_rows(table.select(*whole.fields).where(table.id.in_(part))))
    return {UUID(bytes=bytes(row[key])): row for row in rows}


def _put_away_at(occasion: Occasion, ids: Sequence[UUID]) -> dict[UUID, Any]:
    """When each of these records was archived last."""
    at: dict[UUID, Any] = {}
    for part in chunks(ids):
        of = (AuditEntry.chain == school_of(occasion.by)) & AuditEntry.record.in_(part) & (AuditEntry.deed == Happened.ARCHIVED.value)
        found = stored_rows(AuditEntry.select(AuditEntry.record, fn.MAX(AuditEntry.at)).where(of).group_by(AuditEntry.record))
        at |= {UUID(bytes=bytes(key)): EPOCH + stamp * MICROSECOND for key, stamp in found}
    return at
