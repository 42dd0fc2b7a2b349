"""Carrying out the disposal of records of this program: each is looked at once more, erased for real, and its fate kept on the list.

Some at a time, each part whole or not at all, so that work cut short goes on where it stopped: the list knows what is still waiting.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models import doors
from models.records_disposal import DisposalRecord, RecordsDisposal
from models.school import School
from models.vocabulary import DisposalFate, RecordsDisposalStage, RecordsKind
from registry.access import Deed, require
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.erasing import afterwards
from registry.erasing.erasing import erase
from registry.erasing.picture_checks import NamedInChecks
from registry.occasion import Occasion
from registry.retention import disposing, due, former_values, own
from registry.retention.settling import REGISTER
from registry.rows import CannotBeDone, store
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.trace.audit import Happened, NothingNoted, Trace, recording

AT_ONCE = 50
"""Records in one transaction; whoever saves meanwhile waits for so many at most."""

ROBOT = "erase what is to go"
LOOKED_BACK = timedelta(days=2)
"""As far back as the night looks for an erasure that was cut short before the disk was tidied."""


@dataclass(frozen=True)
class Outcome:
    """How far an erasure came: how many records went and how many stayed, in all."""

    erased: int
    left: int


def listed(row: RecordsDisposal) -> list[DisposalRecord]:
    """The records on the list of a disposal, by their references."""
    return [*DisposalRecord.select().where(DisposalRecord.disposal == row.id).order_by(DisposalRecord.reference)]


def carry_out(row: RecordsDisposal, occasion: Occasion) -> Outcome:
    """Erase what is on the list and may go. Raises Forbidden, and CannotBeDone with what stands in the way.

    What is held by now, or no longer due, is left standing, and the list says so.
    """
    require(occasion.by, Deed.CHANGE, REGISTER)
    disposing.demand_stage(row, RecordsDisposalStage.APPROVED, RecordsDisposalStage.UNDER_WAY)
    if row.records != RecordsKind.OWN or row.covers is None:
        raise CannotBeDone("This program erases only what it keeps itself.")
    disposing.demand_allowed(row, occasion)
    disposing.demand_as_approved(row)
    if row.stage == RecordsDisposalStage.APPROVED:
        former_values.demand_due(row, occasion)
        with recording(occasion.by, occasion.at) as trace:
            disposing.move(trace, row, {"stage": RecordsDisposalStage.UNDER_WAY}, occasion)
    if row.covers == former_values.COVERS:
        former_values.erase(row, occasion)
    named = NamedInChecks()
    while disposing.is_under_way(row) and _waiting(row):
        with suppress(NothingNoted), recording(occasion.by, occasion.at) as trace:
            _erase_some(trace, row, occasion, named)
    came_to = outcome(row, occasion)
    _finish(row, came_to, occasion)
    afterwards.finish()
    return came_to


def go_on_everywhere(now: datetime) -> str:
    """Finish what was cut short in any school, and lose what is left of erased rows on the disk; what came of it, in a sentence."""
    done = 0
    for school in list(School.select()):
        with doors.looking_at(school.id):
            occasion = Occasion(Actor.robot(ROBOT, school.id), now, facts_of(school, in_zone(now, ZONE).date()))
            for row in RecordsDisposal.select().where(RecordsDisposal.stage == RecordsDisposalStage.UNDER_WAY):
                with suppress(CannotBeDone):  # a hold came in between: it says so to whoever opens it
                    carry_out(row, occasion)
                    done += 1
    if afterwards.was_anything_erased_since(now - LOOKED_BACK):
        afterwards.finish()
    return f"{done:,} {'disposal' if done == 1 else 'disposals'} went on where they had stopped."


def outcome(row: RecordsDisposal, occasion: Occasion) -> Outcome:
    """How far the erasing of a disposal has come."""
    if row.covers == former_values.COVERS:
        return Outcome(RecordsDisposal.get_by_id(row.id).erased_count or 0, former_values.left_standing(row, occasion))
    fates = [line.fate for line in listed(row)]
    erased = sum(fate in (DisposalFate.ERASED, DisposalFate.GONE) for fate in fates)
    waiting = fates.count(DisposalFate.WAITING)
    return Outcome(erased, len(fates) - erased - waiting)


def _waiting(row: RecordsDisposal) -> list[DisposalRecord]:
    of_it = (DisposalRecord.disposal == row.id) & (DisposalRecord.fate == DisposalFate.WAITING)
    return [*DisposalRecord.select().where(of_it).order_by(DisposalRecord.reference).limit(AT_ONCE)]


def _erase_some(trace: Trace, row: RecordsDisposal, occasion: Occasion, named: NamedInChecks) -> None:
    """Look at some that wait, now that nobody else writes, erase those that may go, and keep the fate of each."""
    lines = _waiting(row) if disposing.is_under_way(row) else []
    fates = _fates(row, [line.record for line in lines], occasion)
    going = [key for key, fate in fates.items() if fate == DisposalFate.ERASED]
    register = register_of(own.KINDS[row.covers].register)
    gone = set(erase(trace, register, going, occasion, under=row.reference, named=named)) if going else set()
    for line in lines:
        fate = fates.get(line.record, DisposalFate.GONE)
        _settle(trace, line, DisposalFate.GONE if fate == DisposalFate.ERASED and line.record not in gone else fate, occasion.at)


def _fates(row: RecordsDisposal, keys: Sequence[UUID], occasion: Occasion) -> Mapping[UUID, DisposalFate]:
    found = due.kept_under(row.covers, due.rules_covering(row.covers), occasion.school, keys)
    fates = {each.record: DisposalFate.NOT_DUE for each in own.KINDS[row.covers].read(keys)}  # also where no rule covers it any more
    fates |= {each.record: DisposalFate.HELD for each in found.held}
    return fates | {each.record: DisposalFate.ERASED for each in found.due}


def _settle(trace: Trace, line: DisposalRecord, fate: DisposalFate, at: datetime) -> None:
    before, line.fate, line.fate_at = line.fate, fate, at
    store(trace, Happened.CHANGED, line, {"fate": (before, fate)})


def _finish(row: RecordsDisposal, came_to: Outcome, occasion: Occasion) -> None:
    """Say that a disposal is done once nothing waits, unless somebody stopped it."""
    if not disposing.is_under_way(row):
        return
    said = {
        "stage": RecordsDisposalStage.DONE, "done_on": occasion.school.today, "erased_count": came_to.erased, "left_count": came_to.left,
    }  # fmt: skip
    with recording(occasion.by, occasion.at) as trace:
        disposing.move(trace, RecordsDisposal.get_by_id(row.id), said, occasion)
