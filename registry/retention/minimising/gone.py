"""People who left and still stand here: pupils, contacts who answer for nobody any more, and holders who never gave back what they hold."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.carer import Carer
from models.link import Link
from models.pupil import Pupil
from models.vocabulary import RollStatus, YesNo
from registry.lists.views import View
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.retention.minimising.surplus import EXAMPLES, Example, Surplus, counted, these
from registry.rules.local_time import in_zone
from registry.rules.minimise import GRACE_DAYS, contact_left_behind, left_behind
from registry.rules.school_facts import SchoolFacts
from registry.typed import ZONE

NO_DAY = "Nobody entered the day on which they left, so the time after which they go never begins. Enter it."
NOBODYS = "No pupil here is named with them, so they answer for nobody. Name the pupil, or let their entry go."
STILL_OUT = "They are marked as gone, and a device is still out in their name. Take it back, so that their entry can go in its time."
OF_ALL = "Whoever left longest ago: "
LEFT = View(filters=(("status", (RollStatus.LEFT.value,)),))


def gone(school: SchoolFacts) -> tuple[Surplus, ...]:
    """Everybody who left and stands here longer than the days of grace."""
    today = school.today
    if today is None:
        return ()
    return counted([_pupils(today), _undated(), *_contacts(today), _holders()])


def _pupils(today: date) -> Surplus:
    has_left = (Pupil.status == RollStatus.LEFT) & (Pupil.left_on < today - timedelta(days=GRACE_DAYS))
    rows = [*Pupil.select(Pupil.id, Pupil.number, Pupil.left_on).where(has_left).order_by(Pupil.left_on, Pupil.number).limit(EXAMPLES).tuples()]
    many = Pupil.select(Pupil.id).where(has_left).count() if rows else 0
    says = left_behind(rows[0][2], today) if rows else ""
    return Surplus(PUPILS, f"Left more than {GRACE_DAYS} days ago", many, _of_the_first(says, many), _examples(rows), LEFT)


def _undated() -> Surplus:
    has_left = (Pupil.status == RollStatus.LEFT) & Pupil.left_on.is_null()
    rows = [Example(*row) for row in Pupil.select(Pupil.id, Pupil.number).where(has_left).order_by(Pupil.number).tuples()]
    return Surplus(PUPILS, "Left, and nobody knows when", len(rows), NO_DAY, tuple(rows[:EXAMPLES]), these(rows, LEFT))


def _contacts(today: date) -> tuple[Surplus, Surplus]:
    """Those all of whose pupils left, and those who have none: while the day of one is not known, nobody is told to let them go."""
    behind, alone = [], []
    left_on, pupils_of = _days_of_leaving(), _pupils_of()
    for key, number, entered in Carer.select(Carer.id, Carer.number, Carer.created_at).order_by(Carer.number).tuples():
        days = [left_on.get(pupil, date.max) for pupil in pupils_of.get(key, ())]
        if days and contact_left_behind(max(days), today):
            behind.append((max(days), number, key))
        elif not days and (today - in_zone(entered, ZONE).date()).days > GRACE_DAYS:
            alone.append(Example(key, number))
    behind.sort()
    every = [Example(key, number) for _day, number, key in behind]
    says = contact_left_behind(behind[0][0], today) if behind else ""
    of_nobody = _of_carers("Contacts of nobody at the school", every, _of_the_first(says, len(every)))
    return of_nobody, _of_carers("Contacts without any pupil", alone, NOBODYS)


def _of_carers(words: str, rows: list[Example], says: str) -> Surplus:
    return Surplus(CARERS, words, len(rows), says, tuple(rows[:EXAMPLES]), these(rows, View(sort="changed")))


def _days_of_leaving() -> dict[UUID, date]:
    """The day of each pupil who left, by id; of who is here, or left on a day that nobody knows, there is none."""
    return dict(Pupil.select(Pupil.id, Pupil.left_on).where((Pupil.status == RollStatus.LEFT) & Pupil.left_on.is_null(False)).tuples())


def _pupils_of() -> dict[UUID, list[UUID]]:
    """Whose contact each is: from the pupils' end, so that no other link has to be read."""
    found: dict[UUID, list[UUID]] = {}
    for pupil, contact in Link.select(Link.near, Link.far).where(Link.far_register == CARERS.slug).tuples():
        found.setdefault(contact, []).append(pupil)
    return found


def _holders() -> Surplus:
    """As every night looks up."""
    is_out = (Allocation.holder_left == YesNo.YES) & Allocation.open_device.is_null(False)
    rows = [Example(*row) for row in Allocation.select(Allocation.id, Allocation.number).where(is_out).order_by(Allocation.number).tuples()]
    view = these(rows, View(filters=(("holder_left", (YesNo.YES.value,)),)))
    return Surplus(ALLOCATIONS, "Devices still with people who left", len(rows), STILL_OUT, tuple(rows[:EXAMPLES]), view)


def _examples(rows: Iterable[Any]) -> tuple[Example, ...]:
    return tuple(Example(key, number) for key, number, _left in rows)


def _of_the_first(says: str, many: int) -> str:
    return says if many < 2 else f"{OF_ALL}{says[:1].lower()}{says[1:]}"
