"""Tasks that appear by themselves: one for each person who may no longer be shown in a picture that can still be seen."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from peewee import fn

from models.base import new_id
from models.fields import EPOCH, MICROSECOND
from models.image_answer import ImageAnswer
from models.image_flag import PictureFlag
from models.link import Link
from models.statements import stored_rows
from models.take_down import TakeDown
from models.vocabulary import ImageDecision, JobRole
from registry.access import school_of
from registry.actor import Actor
from registry.images.statements import NOTHING, as_id, in_pieces, school_in_view
from registry.images.where_used import PUPILS, Place, Shown, names_of_uses, parts, shown_now
from registry.occasion import Occasion
from registry.placing import next_number, place
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.rules.working_days import stored, working_days_after
from registry.school.calendars import calendar_here
from registry.trace.audit import Happened, Trace

ROBOT = "re-check of pictures"
"""Who makes the tasks, whatever came before: that somebody acted on a person is not said by who made one."""

DUE_IN = 2  # working days
LONGEST = 200


def answered_about(answers: Sequence[UUID]) -> tuple[UUID, ...]:
    """The people whom these answers are about."""
    return _people(_answered_about, answers)


def limited(flags: Sequence[UUID]) -> tuple[UUID, ...]:
    """The people whom these flags are about."""
    return _people(_limited, flags)


def shown_in(publications: Sequence[UUID]) -> tuple[UUID, ...]:
    """The people in these publications."""
    keys = [publication.bytes for publication in publications]
    return tuple(dict.fromkeys(as_id(person) for (person,) in in_pieces(_shown, (school_in_view(), PUPILS), keys)))


def make_for(trace: Trace, people: Collection[UUID] | None, occasion: Occasion) -> int:
    """Make the tasks that are missing about these people, or about everybody, inside a recording that is open; how many."""
    if people is not None and not people:
        return 0
    return make(trace, shown_now(people, today_of(occasion)), occasion)


def make(trace: Trace, shown: Iterable[Shown], occasion: Occasion) -> int:
    """Make a task for whoever must go and has none open for the same publication, inside a recording that is open; how many."""
    missing = missing_among(shown)
    if not missing:
        return 0
    robot = Occasion(Actor.robot(ROBOT, school_of(occasion.by)), occasion.at, occasion.school)
    uses, number = names_of_uses(each.place.use for each in missing), next_number(TAKE_DOWNS, robot.by)
    due = working_days_after(today_of(occasion), DUE_IN, calendar_here(occasion.school.bank_holidays))
    counted = {"due_on": due.due_on, "worked_out": stored(due), "owner": JobRole.OFFICE_MANAGER}
    for offset, each in enumerate(missing):
        name = f"{each.place.name}, {uses.get(each.place.use, '')}".removesuffix(", ")[:LONGEST]
        answers = {"name": name, "publication": each.place.id, "person": each.person, **counted}
        place(trace, TAKE_DOWNS, answers, robot, record=new_id(), number=number + offset, happened=Happened.ADDED)
    return len(missing)


def missing_among(shown: Iterable[Shown]) -> list[Shown]:
    """Those who must go, are not gone, and for whom no task is open yet."""
    going = [each for each in unsettled(shown) if each.must_go]
    held = open_among({each.person for each in going})
    return [each for each in going if (each.place.id, each.person) not in held]


def unsettled(shown: Iterable[Shown]) -> list[Shown]:
    """All but those who had to go and are gone."""
    found = [*shown]
    gone = gone_among([(each.place, each.person) for each in found if each.must_go])
    return [each for each in found if (each.place.id, each.person) not in gone]


def gone_among(pairs: Sequence[tuple[Place, UUID]]) -> set[tuple[UUID, UUID]]:
    """Publication and person of those whose task is done, and for whom nobody has said yes since."""
    done = _done({person for _place, person in pairs})
    yeses = _last_yeses({person for _publication, person in done}) if done else {}
    taken_down = ((place, person) for place, person in pairs if (place.id, person) in done)
    return {(place.id, person) for place, person in taken_down if yeses.get((person, place.use), 0) <= done[place.id, person]}


def today_of(occasion: Occasion) -> date:
    """The day on which something is written."""
    return occasion.school.today or occasion.at.date()


def open_among(people: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Publication and person of every task about these people that is not done."""
    found: set[tuple[UUID, UUID]] = set()
    for part in parts([*people]):
        open_now = TakeDown.person.in_(part) & TakeDown.done_on.is_null() & TakeDown.archived_at.is_null()
        rows = stored_rows(TakeDown.select(TakeDown.publication, TakeDown.person).where(open_now))
        found |= {(as_id(publication), as_id(person)) for publication, person in rows}
    return found


def _done(people: Collection[UUID]) -> dict[tuple[UUID, UUID], int]:
    """When a task about a publication and a person was last done, as it is stored: not after its day, whatever was written on it since."""
    found: dict[tuple[UUID, UUID], int] = {}
    columns = (TakeDown.publication, TakeDown.person, TakeDown.done_on, TakeDown.changed_at)
    for part in parts([*people]):
        query = TakeDown.select(*columns).where(TakeDown.person.in_(part))
        for publication, person, day, at in stored_rows(query.where(TakeDown.done_on.is_null(False) & TakeDown.archived_at.is_null())):
            key = (as_id(publication), as_id(person))
            found[key] = max(min(at, _end_of(day)), found.get(key, 0))
    return found


def _end_of(stored: Any) -> int:
    """The last instant of a day, both as they are stored."""
    day: Any = TakeDown.done_on.python_value(stored)
    return (datetime.combine(day, time.max, UTC) - EPOCH) // MICROSECOND


def _last_yeses(people: Collection[UUID]) -> dict[tuple[UUID, UUID], int]:
    """When somebody last wrote down a yes, by person and use, as it is stored."""
    found: dict[tuple[UUID, UUID], int] = {}
    for part in parts([*people]):
        query = ImageAnswer.select(ImageAnswer.person, ImageAnswer.use, fn.MAX(ImageAnswer.created_at)).where(ImageAnswer.person.in_(part))
        rows = stored_rows(query.where(ImageAnswer.decision == ImageDecision.GIVEN).group_by(ImageAnswer.person, ImageAnswer.use))
        found |= {(as_id(person), as_id(use)): int(at) for person, use, at in rows}
    return found


def _people(about: Callable[[int], Any], records: Sequence[UUID]) -> tuple[UUID, ...]:
    rows = in_pieces(about, (school_in_view(),), [record.bytes for record in records])
    return tuple(dict.fromkeys(as_id(person) for (person,) in rows))


def _answered_about(size: int) -> Any:
    return ImageAnswer.select(ImageAnswer.person).where(ImageAnswer.id.in_([NOTHING] * size))


def _limited(size: int) -> Any:
    return PictureFlag.select(PictureFlag.person).where(PictureFlag.id.in_([NOTHING] * size))


def _shown(size: int) -> Any:
    return Link.select(Link.far).where((Link.far_register == "") & Link.near.in_([NOTHING] * size))
