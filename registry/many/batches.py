"""What was done to many records at once, as one thing with a name: kept inside its recording, listed, and found again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from models.batch import Batch, Together
from registry import catalogue
from registry.access import Deed, Permission, may, school_of
from registry.actor import Actor
from registry.definition import Register
from registry.rows import store
from registry.trace.audit import Happened, Trace

SHOWN = 25


def keep(trace: Trace, kind: Together, register: Register, by: Actor, *, first: int, many: int, file_digest: str | None = None) -> Batch:
    """Note that everything written from entry `first` on was one deed; call it last inside the recording.

    `first` is `trace.number + 1` from before the first write, `many` the number of records, `file_digest` the SHA-256 of an imported file.
    """
    batch = Batch(kind=kind, school=school_of(by), register=register.slug, actor=by.signature, at=trace.at, first=first, last=trace.number)
    batch.many, batch.file_digest = many, file_digest
    store(trace, Happened.DONE_TOGETHER, batch, new=True)
    return batch


def recent(by: Actor, register: Register | None = None) -> Sequence[Batch]:
    """The latest batches in the school in view, of one register or of all that they may see: a leader sees everybody's, others their own."""
    slugs = [each.slug for each in catalogue.REGISTERS if register in (None, each) and may(by, Deed.SEE, each)]
    query = Batch.select().where(Batch.register.in_(slugs)).order_by(Batch.at.desc(), Batch.id.desc()).limit(SHOWN)
    return list(query if may(by, Permission.UNDO) else query.where(Batch.actor == by.signature))


def latest(kind: Together, register: Register, by: Actor) -> Batch:
    """What this person did to records of this register last, of this kind; raises peewee.DoesNotExist when they never did."""
    mine = (Batch.kind == kind) & (Batch.register == register.slug) & (Batch.actor == by.signature)
    found: Batch = Batch.select().where(mine).order_by(Batch.first.desc()).get()
    return found


def done_at(kind: Together, register: Register, by: Actor, at: datetime) -> Batch | None:
    """What this person did to records of this register at this very moment, of this kind; None where nothing had to be done."""
    mine = (Batch.kind == kind) & (Batch.register == register.slug) & (Batch.actor == by.signature) & (Batch.at == at)
    found: Batch | None = Batch.get_or_none(mine)
    return found


def done_since(kind: Together, register: Register, by: Actor, entry: int) -> bool:
    """Whether this person did this to records of this register after an entry of the trace, and it stands."""
    mine = (Batch.kind == kind) & (Batch.register == register.slug) & (Batch.actor == by.signature)
    return bool(Batch.select().where(mine & (Batch.first > entry) & Batch.undone_at.is_null()).exists())


def find(register: Register, batch: UUID, by: Actor) -> Batch | None:
    """A batch of this register in the school in view, if this person did it or may undo what others did; None otherwise."""
    found: Batch | None = Batch.get_or_none((Batch.id == batch) & (Batch.register == register.slug))
    return found if found is not None and (found.actor == by.signature or may(by, Permission.UNDO)) else None


def beside(batch: Batch) -> Sequence[Batch]:
    """What the same deed did to records of other registers, the last first: parts of one deed begin at one entry of the trace."""
    mine = (Batch.kind == batch.kind) & (Batch.first == batch.first) & (Batch.register != batch.register) & (Batch.actor == batch.actor)
    return list(Batch.select().where(mine).order_by(Batch.last.desc()))
