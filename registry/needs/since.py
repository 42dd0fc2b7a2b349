"""What others have done since somebody was last here, a sentence each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.audit import AuditEntry
from models.statements import stored_rows
from models.user import Session
from registry.access import Deed, may, school_of
from registry.accounts.colleagues import FORMER, names_of
from registry.actor import Actor
from registry.catalogue import by_table
from registry.trace.audit import Happened

MOST = 2_000
"""Entries that are looked through: after a whole summer the newest tell enough."""

SHOWN = 6
DEEDS = {
    Happened.ADDED.value: "added",
    Happened.IMPORTED.value: "imported",
    Happened.SENT.value: "sent",
    Happened.ADOPTED.value: "adopted",
    Happened.CHANGED.value: "changed",
    Happened.CONFIRMED.value: "confirmed",
    Happened.APPROVED.value: "approved",
    Happened.ARCHIVED.value: "archived",
}


def last_visit(by: Actor, this: UUID) -> datetime | None:
    """When somebody was last seen before the visit that this session is; None for a first one."""
    query = Session.select(Session.seen_at).where((Session.user == by.user) & (Session.id != this)).order_by(Session.seen_at.desc())
    earlier = query.first()
    return earlier.seen_at if earlier is not None else None


@dataclass(frozen=True)
class Done:
    """What one person did to so many records of a register."""

    who: str
    did: str
    many: int
    what: str


def done_since(by: Actor, since: datetime) -> list[Done]:
    """What others did most, of what the reader may see."""
    found = _counted(by, since)
    names = names_of(_id(actor) for actor, _deed, _subject in found)
    lines = []
    for (actor, deed, subject), many in found.most_common():
        register = by_table(subject)
        if register is not None and may(by, Deed.SEE, register):
            who = names.get(_id(actor)) or ("Safehold" if _id(actor) is None else FORMER.capitalize())
            lines.append(Done(who, DEEDS[deed], many, register.one if many == 1 else register.many))
    return lines[:SHOWN]


def _counted(by: Actor, since: datetime) -> Counter[tuple[str, str, str]]:
    """Who did what to how many records of which table."""
    here = (AuditEntry.chain == school_of(by)) & (AuditEntry.at > since) & AuditEntry.deed.in_([*DEEDS]) & AuditEntry.record.is_null(False)
    columns = (AuditEntry.actor, AuditEntry.deed, AuditEntry.subject, AuditEntry.record)
    rows = stored_rows(AuditEntry.select(*columns).where(here).order_by(AuditEntry.number.desc()).limit(MOST))
    touched = {(actor, deed, subject, bytes(record)) for actor, deed, subject, record in rows if actor != by.signature}
    return Counter((actor, deed, subject) for actor, deed, subject, _record in touched)


def _id(actor: str) -> UUID | None:
    try:
        return UUID(actor)
    except ValueError:
        return None
