"""People who left and still stand here: pupils, contacts who answer for nobody any more, and holders who never gave back what they hold."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from peewee import JOIN, fn

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
    for key, number, made, pupils, dated, last in _without_pupil_here():
        day = Pupil.left_on.python_value(last)
        if pupils == dated and contact_left_behind(day, today):
            behind.append((day, number, key))
        elif not pupils and (today - _day(made)).days > GRACE_DAYS:
            alone.append(Example(key, number))
    behind.sort()
    every = [Example(key, number) for _day_of, number, key in behind]
    says = contact_left_behind(behind[0][0], today) if behind else ""
    of_nobody = _of_carers("Contacts of nobody at the school", every, _of_the_first(says, len(every)))
    return of_nobody, _of_carers("Contacts without any pupil", alone, NOBODYS)


def _of_carers(words: str, rows: list[Example], says: str) -> Surplus:
    return Surplus(CARERS, words, len(rows), says, tuple(rows[:EXAMPLES]), these(rows, View(sort="changed")))


def _without_pupil_here() -> Iterable[Any]:
    """Every contact of no pupil on roll: id, number, when they were entered, how many pupils, of how many the last day is known, and the latest."""
    is_here = (Pupil.status == RollStatus.ON_ROLL) & Pupil.archived_at.is_null()
    here = Link.select(Link.near).join(Pupil, on=(Pupil.id == Link.far)).where((Link.far_register == PUPILS.slug) & is_here)
    query = Carer.select(Carer.id, Carer.number, Carer.created_at, *_leavers())
    to_pupils = (Link.near == Carer.id) & (Link.school == Carer.school) & (Link.far_register == PUPILS.slug)
    query = query.join(Link, JOIN.LEFT_OUTER, on=to_pupils).join(Pupil, JOIN.LEFT_OUTER, on=(Pupil.id == Link.far))
    return query.where(Carer.id.not_in(here)).group_by(Carer.id, Carer.number, Carer.created_at).order_by(Carer.number).tuples()  # type: ignore[no-any-return]


def _leavers() -> tuple[Any, ...]:
    """Counts and a day as the database has them, which peewee would take for ids."""
    return fn.COUNT(Pupil.id).coerce(False), fn.COUNT(Pupil.left_on).coerce(False), fn.MAX(Pupil.left_on).coerce(False)


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


def _day(made: datetime) -> date:
    return in_zone(made, ZONE).date()
