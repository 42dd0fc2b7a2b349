"""Lists of devices saved: all of a list or none of it, with an entry for each device, and undone as a whole. Nobody's custody changes by it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any
from uuid import UUID

from models.audit import AuditEntry
from models.base import new_id
from models.batch import Together
from models.device import Device
from models.mdm import MdmRuling
from models.statements import rows_of, stored_rows
from models.upload import Upload
from models.vocabulary import DeviceSource, Ruling
from registry.access import Deed, Permission, require, school_of
from registry.actor import Actor
from registry.devices import sightings
from registry.devices.comparing import Judged, Verdict, compare
from registry.devices.known import devices_here
from registry.devices.sightings import Reading
from registry.importing import uploads
from registry.many import batches
from registry.many.bulk import chunks, insert_many
from registry.many.rewriting import Rewrite, rewrite_all
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.devices.devices import DEVICES
from registry.rows import CannotBeDone
from registry.rules.device_row import DeviceRow
from registry.trace.audit import Happened, Trace, changes_of, recording, where_it_stands

SUBJECT = Upload._meta.table_name
"""Under what the trace names the bringing itself."""


class NotAsShown(CannotBeDone):
    """Somebody changed a device since the preview was shown, so that other things would be saved than were looked at."""


class GoneAlready(CannotBeDone):
    """The list is no longer there: it was saved by another press of the button, or given up."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list as it was read: who wrote it, its devices, and the serial numbers that it names twice."""

    source: DeviceSource
    rows: Sequence[DeviceRow]
    digest: str = ""
    twice: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Preview:
    """What would become of every device of a list."""

    listed: Listed
    judged: Sequence[Judged]

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows there are of each verdict."""
        found = Counter(each.verdict for each in self.judged)
        return {verdict: found[verdict] for verdict in Verdict}

    @cached_property
    def clashes(self) -> int:
        """How many rows have a tag that was not taken."""
        return sum(bool(each.clash) for each in self.judged)

    @cached_property
    def mark(self) -> str:
        """A digest of everything shown, which tells whether what is saved is still that."""
        digest = hashlib.sha256(self.listed.digest.encode())
        for each in self.judged:
            seen = (each.device.id, each.device.version) if each.device else None
            digest.update(f"{each.verdict} {seen} {each.changes} {each.sentence} {each.clash}\n".encode())
        return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What bringing a list did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    left_open: int = 0
    clashing: int = 0

    @property
    def sentence(self) -> str:
        """The outcome in words: "12 added, 3 changed"."""
        said = (
            (self.added, "added"),
            (self.changed, "changed"),
            (self.unchanged, "as they were"),
            (self.left_open, "new and left open"),
            (self.refused, "not taken"),
            (self.clashing, "without the tag of another device"),
        )
        return ", ".join(f"{count:,} {word}" for count, word in said if count) or "The list was empty"


def require_right(by: Actor) -> None:
    """Raise Forbidden unless this person may bring lists of devices."""
    require(by, Permission.READ_DEVICE_LISTS)
    require(by, Deed.ADD, DEVICES)
    require(by, Deed.CHANGE, DEVICES)


def judge(listed: Listed, occasion: Occasion) -> Preview:
    """What would become of every device of a list, writing nothing."""
    read_on = occasion.school.today or occasion.at.date()
    return Preview(listed, compare(listed.source, listed.rows, devices_here(), read_on, not_ours=put_aside()))


def put_aside() -> frozenset[str]:
    """The serial numbers of which somebody said that they are not ours."""
    return frozenset(serial for (serial,) in MdmRuling.select(MdmRuling.serial_key).where(MdmRuling.ruling == Ruling.NOT_OURS).tuples())


def save(
    listed: Listed, occasion: Occasion, *, upload: UUID | None = None, shown: str | None = None, with_new: bool = True
) -> tuple[Preview, Outcome]:
    """Save a list as its preview showed it (`shown` is Preview.mark), or nothing at all; without `upload` it was never shown to anybody.

    Without `with_new` devices that are not known yet are left open: they are among what differs, for somebody to decide.
    Raises GoneAlready, NotAsShown, Forbidden.
    """
    require_right(occasion.by)
    head, preview = where_it_stands(school_of(occasion.by))[0], judge(listed, occasion)
    with recording(occasion.by, occasion.at) as trace:
        if upload is not None and not uploads.take(upload):
            raise GoneAlready("This list was saved already, or given up.")
        if trace.number != head:
            preview = judge(listed, occasion)
        if shown is not None and preview.mark != shown:
            raise NotAsShown("A device was changed since this page was opened, so nothing was saved. Look at the list again.")
        first = trace.number + 1
        outcome, many = _store(trace, preview, occasion, with_new=with_new)
        told = {"register": DEVICES.slug, "file": listed.digest, **{each.name: getattr(outcome, each.name) for each in fields(outcome)}}
        trace.note(Happened.IMPORTED, SUBJECT, upload or new_id(), changes={name: (None, value) for name, value in told.items()})
        if many:
            batches.keep(trace, Together.IMPORT, DEVICES, occasion.by, first=first, many=many, file_digest=listed.digest or None)
    return preview, outcome


def outcome_of(upload: UUID, by: Actor) -> Outcome | None:
    """What became of a list that this person brought, if it was saved."""
    entry = AuditEntry.get_or_none(
        (AuditEntry.record == upload) & (AuditEntry.chain == by.school) & (AuditEntry.subject == SUBJECT) & (AuditEntry.actor == by.signature)
    )
    changes = None if entry is None else changes_of(entry)
    return None if changes is None else Outcome(**{each.name: int(changes[each.name][1]) for each in fields(Outcome)})


def write_down(trace: Trace, changed: Mapping[UUID, Mapping[str, tuple[Any, Any]]], occasion: Occasion, happened: Happened) -> None:
    """Store changed answers (old, new) of many devices, each with its own entry."""
    whole = rows_of(Device)
    key = whole.columns.index("id")
    stored: dict[UUID, Sequence[Any]] = {}
    for part in chunks([*changed]):
        stored |= {UUID(bytes=bytes(row[key])): row for row in stored_rows(Device.select(*whole.fields).where(Device.id.in_(part)))}
    rewrites = (Rewrite(stored[each], {name: new for name, (_old, new) in told.items()}, happened, told) for each, told in changed.items())
    rewrite_all(trace, DEVICES, rewrites, occasion)


def sighted(judged: Iterable[Judged]) -> Iterable[tuple[str, DeviceRow]]:
    """The rows that tell of a device, by its serial number."""
    for each in judged:
        serial = (each.device.serial_key if each.device else None) or each.row.serial
        if serial:
            yield serial, each.row


def _store(trace: Trace, preview: Preview, occasion: Occasion, *, with_new: bool) -> tuple[Outcome, int]:
    new = [each for each in preview.judged if each.verdict is Verdict.NEW]
    added = new if with_new else []
    answers = ({name: after for name, (_before, after) in each.changes.items()} for each in added)
    insert_many(trace, DEVICES, answers, occasion, number=next_number(DEVICES, occasion.by), happened=Happened.IMPORTED)
    changed = {each.device.id: each.changes for each in preview.judged if each.device and each.changes}
    write_down(trace, changed, occasion, Happened.IMPORTED)
    told = sighted(each for each in preview.judged if each.verdict is not Verdict.REFUSED or (each.device and each.device.is_archived))
    listed = preview.listed
    sightings.keep(Reading(school=school_of(occasion.by), source=listed.source, read_at=occasion.at, twice=listed.twice), told)
    counts = preview.counts
    outcome = Outcome(
        added=len(added), changed=counts[Verdict.CHANGED], unchanged=counts[Verdict.UNCHANGED], refused=counts[Verdict.REFUSED],
        left_open=len(new) - len(added), clashing=preview.clashes,
    )  # fmt: skip
    return outcome, len(added) + len(changed)
