"""Every night: who holds a device and has left, and who has still to sign the version that counts now."""

from collections.abc import Sequence
from datetime import datetime

from models import doors
from models.allocation import Allocation
from models.pupil import Pupil
from models.school import School
from models.vocabulary import HolderKind, RollStatus, YesNo
from registry.actor import Actor
from registry.amending import put
from registry.devices import agreeing
from registry.devices.bundles import holder_of
from registry.occasion import Occasion
from registry.registers.devices.allocations import ALLOCATIONS
from registry.rules.custody import CustodyFacts
from registry.rules.holding_care import to_sign
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.trace.audit import recording

ROBOT = "look at who holds devices"
AT_ONCE = 500


def look_everywhere(now: datetime) -> str:
    """Look at every open hand-over of every school; how many say something else now. Doing it twice changes nothing twice."""
    changed = 0
    for school in list(School.select()):
        with doors.looking_at(school.id):
            today = in_zone(now, ZONE).date()
            changed += look(Occasion(Actor.robot(ROBOT, school.id), now, facts_of(school, today)))
    return f"{changed:,} hand-overs say something else now."


def look(occasion: Occasion) -> int:
    """The same for the school in view."""
    rows = [*Allocation.select().where(Allocation.open_device.is_null(False) & (Allocation.holder_kind != HolderKind.PLACE))]
    changed = 0
    for start in range(0, len(rows), AT_ONCE):
        changed += _settle(rows[start : start + AT_ONCE], occasion)
    return changed


def _settle(rows: Sequence[Allocation], occasion: Occasion) -> int:
    people = {each.id: each for each in Pupil.select().where(Pupil.id.in_([row.person for row in rows if row.person]))}
    found = [(row, *_found(row, people.get(row.person) if row.person else None, occasion)) for row in rows]
    different = [(row, left, sign) for row, left, sign in found if (row.holder_left, row.to_sign) != (left, sign)]
    if different:
        with recording(occasion.by, occasion.at) as trace:
            for row, left, sign in different:
                changes = {"holder_left": (row.holder_left, left), "to_sign": (row.to_sign, sign)}
                row.holder_left, row.to_sign = left, sign
                put(trace, ALLOCATIONS, row, occasion, changes=changes, names=tuple(changes))
    return len(different)


def _found(row: Allocation, person: Pupil | None, occasion: Occasion) -> tuple[YesNo | None, str | None]:
    left = None if person is None else YesNo.YES if person.archived_at or person.status == RollStatus.LEFT else YesNo.NO
    holder = holder_of(row, person.year_group or person.class_name or "" if person else "")
    agreement = agreeing.in_force(agreeing.audience(holder, occasion))
    facts = agreeing.custody_facts(holder, agreement, agreeing.accepted(holder, agreement))
    return left, to_sign(CustodyFacts(**facts)) or None
