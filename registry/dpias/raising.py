"""Every night: a screening is begun by itself for what is new or was changed, so that nobody has to think of it (UK GDPR Article 35(1) and (11)).

What came from starter content or a file was there before and is left alone, and so is what a DPIA looks at already.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from models import doors
from models.activity import Activity
from models.asset import Asset
from models.audit import AuditEntry
from models.dpia import Dpia
from models.link import Link
from models.record import Record
from models.school import School
from models.supplier import Supplier
from models.vocabulary import AssetFormat, DpiaStage, DpiaTrigger, YesNo
from registry import records
from registry.access import school_of
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.trace.audit import Happened, changes_of, recording

ROBOT = "screenings of DPIAs"
LOOKED_BACK = timedelta(days=8)
"""A night that was missed loses nothing, and a school that begins with the program is not flooded with what it had for years."""

UNDER_WAY = (DpiaStage.SCREENING, DpiaStage.ASSESSING)


class Told(NamedTuple):
    """The last that the trace tells of a record: on which day, and whether another answer stood there before."""

    on: date
    is_change: bool


@dataclass(frozen=True)
class Cause:
    """Something that calls for a screening: which answers tell of it, and whether they do now."""

    trigger: DpiaTrigger
    words: str
    register: str
    asked: tuple[str, ...]
    applies: Callable[[Any], bool]
    of_new: bool = True
    """Whether a record that was just added tells of it too, and not only one that was answered differently."""


def _handles_personal_data(row: Supplier) -> bool:
    return bool(row.handles_personal_data == YesNo.YES)


def _online_with_personal_data(row: Asset) -> bool:
    return bool(row.format == AssetFormat.CLOUD and row.contains_personal == YesNo.YES)


def _decides_or_recognises(row: Activity) -> bool:
    return YesNo.YES in (row.biometric_recognition, row.automated_significant, row.profiling)


def _always(_row: Activity) -> bool:
    return True


CAUSES: tuple[Cause, ...] = (
    Cause(DpiaTrigger.NEW_SUPPLIER, "New supplier", "suppliers", ("handles_personal_data",), _handles_personal_data),
    Cause(DpiaTrigger.REMOTE_ACCESS, "Reached from outside", "assets", ("format", "contains_personal"), _online_with_personal_data),
    Cause(DpiaTrigger.NEW_TECHNOLOGY, "New technology", "processing",
          ("biometric_recognition", "automated_significant", "profiling"), _decides_or_recognises),
    Cause(DpiaTrigger.CHANGED_PURPOSE, "Changed purpose", "processing", ("purpose",), _always, of_new=False),
)  # fmt: skip
"""What begins a screening by itself. Which technology is new only people know, except where a computer decides, profiles or recognises."""


def raise_everywhere(now: datetime) -> str:
    """Begin what is missing in every school; doing it twice begins nothing twice."""
    begun = 0
    for school in list(School.select()):
        with doors.looking_at(school.id):
            begun += raise_here(Occasion(Actor.robot(ROBOT, school.id), now, facts_of(school, in_zone(now, ZONE).date())))
    return f"{begun:,} screenings begun."


def raise_here(occasion: Occasion) -> int:
    """The same for the school in view; how many were begun."""
    return sum(_begun(cause, row, occasion) for cause in CAUSES for row in _concerned(cause, occasion))


def _concerned(cause: Cause, occasion: Occasion) -> list[Record]:
    """The records to which it happened lately, as far as nothing is begun about them yet."""
    last = _told_of(cause, occasion)
    table = register_of(cause.register).table
    rows = table.select().where(table.id.in_([*last]) & table.archived_at.is_null() & (table.starter == False)).order_by(table.number)  # noqa: E712
    known = _looked_at(last)
    return [row for row in rows if cause.applies(row) and not _is_known(last[row.id], known.get(row.id, ()))]


def _told_of(cause: Cause, occasion: Occasion) -> dict[UUID, Told]:
    """Which records the trace tells of, and the last entry about each."""
    deeds = [Happened.CHANGED.value, *([Happened.ADDED.value] if cause.of_new else [])]
    of_table = (AuditEntry.chain == school_of(occasion.by)) & (AuditEntry.subject == register_of(cause.register).table._meta.table_name)
    lately = AuditEntry.select().where(of_table & AuditEntry.deed.in_(deeds) & (AuditEntry.at >= occasion.at - LOOKED_BACK))
    entries = (entry for entry in lately.order_by(AuditEntry.number) if any(f" {name} " in entry.changed for name in cause.asked))
    told = ((entry.record, Told(in_zone(entry.at, ZONE).date(), _was_answered(cause, entry))) for entry in entries)
    return {record: each for record, each in told if cause.of_new or each.is_change}


def _was_answered(cause: Cause, entry: AuditEntry) -> bool:
    """Whether there was an answer before: the first one is no change of it."""
    changes: Mapping[str, list[Any]] = changes_of(entry) or {}
    return any(changes[name][0] for name in cause.asked if name in changes)


def _looked_at(about: Iterable[UUID]) -> dict[UUID, list[Dpia]]:
    """The DPIAs about each of these records."""
    ends = [(link.near, link.far) for link in Link.select().where(Link.near.in_([*about]) & (Link.far_register == DPIAS.slug))]
    by_id = {row.id: row for row in Dpia.select().where(Dpia.id.in_([far for _near, far in ends]))}
    found: dict[UUID, list[Dpia]] = {}
    for near, far in ends:
        found.setdefault(near, []).append(by_id[far])
    return found


def _is_known(told: Told, dpias: Iterable[Dpia]) -> bool:
    """Whether a DPIA looks at it already; one that was finished before an answer changed did not know of the change."""
    return any(not told.is_change or _is_under_way(row) or (row.raised_on or told.on) >= told.on for row in dpias)


def _is_under_way(row: Dpia) -> bool:
    """Whether somebody still writes it: what was put away unfinished looks at nothing."""
    return row.stage in UNDER_WAY and row.archived_at is None


def _begun(cause: Cause, row: Any, occasion: Occasion) -> bool:
    """Begin one, unless an earlier cause of the same night did."""
    if any(map(_is_under_way, _looked_at([row.id]).get(row.id, ()))):
        return False
    longest = Dpia.name.max_length
    answers = {"name": f"{cause.words}: {row.name}"[:longest], "trigger": cause.trigger, cause.register: (row.id,)}
    with recording(occasion.by, occasion.at) as trace:
        records.insert(trace, DPIAS, answers, occasion, number=next_number(DPIAS, occasion.by))
    return True
