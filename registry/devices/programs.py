"""Connections to device-management programs: opened with what is sealed at once, asked page by page, gone on with after a break, and closed."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from models import doors
from models.base import new_id
from models.mdm import MdmConnection
from models.school import School
from models.vocabulary.device_programs import DeviceProgram
from registry.access import Permission, require, school_of
from registry.actor import Actor
from registry.connectors import programs
from registry.connectors.credentials import Credentials, Unusable
from registry.connectors.manner import Manner
from registry.connectors.pages import Page
from registry.connectors.troubles import NotAnswered, Remedy
from registry.devices import sightings
from registry.devices.comparing import QUIET, Judged, Verdict, compare
from registry.devices.importing import sighted, write_down
from registry.devices.known import devices_here
from registry.devices.sightings import Reading
from registry.occasion import Occasion
from registry.records import NotFound
from registry.rows import CannotBeDone, store
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.trace.audit import Happened, recording
from registry.trace.chain import gone_seal
from registry.typed import ZONE

ROBOT = "device-programs"
NIGHT = time(1)
AGAIN = timedelta(minutes=30)
A_WEEK = timedelta(days=7)
"""How much later a device must have been seen for that alone to be written on it: a list of what was seen is kept every night."""
NEVER_LISTED = "What was entered can no longer be used. Enter it again."


@dataclass(frozen=True)
class Progress:
    """How far the asking has come: the place where it goes on, what has come so far, when it was tried last, and whether somebody must act first."""

    place: str | None = None
    many: int = 0
    new: int = 0
    tried_at: str = ""
    is_stopped: bool = False


def connections(by: Actor) -> dict[DeviceProgram, MdmConnection]:
    """The connections of the school in view. Raises Forbidden."""
    require(by, Permission.READ_DEVICE_LISTS)
    return {row.source: row for row in MdmConnection.select()}


def connect(program: DeviceProgram, credentials: Credentials, occasion: Occasion) -> None:
    """Keep what lets us into a program, in the place of what was kept before. Raises Forbidden."""
    require(occasion.by, Permission.READ_DEVICE_LISTS)
    with recording(occasion.by, occasion.at) as trace:
        row = _find(program) or MdmConnection(id=new_id(), school=school_of(occasion.by), source=program, made_at=occasion.at)
        is_new = not row.__data__.get("credentials")
        row.credentials, row.trouble, row.resume = credentials.to_json(), None, None
        row.asked_at, row.made_at = row.finished_at, occasion.at
        store(trace, Happened.PROGRAM_OPENED, row, new=is_new)


def disconnect(program: DeviceProgram, occasion: Occasion) -> None:
    """Forget what lets us into a program; what it told stays. Raises Forbidden and NotFound."""
    with recording(occasion.by, occasion.at) as trace:
        row, table = _of(program, occasion.by), MdmConnection._meta.table_name
        MdmConnection.delete().where(MdmConnection.id == row.id).execute()
        trace.note(Happened.PROGRAM_CLOSED, table, row.id, seal=gone_seal(table, row.id.bytes))


def ask(program: DeviceProgram, occasion: Occasion) -> None:
    """Have a program asked as soon as may be; one that broke off goes on where it stopped. Raises Forbidden and NotFound."""
    with recording(occasion.by, occasion.at) as trace:
        row = _of(program, occasion.by)
        so_far = progress_of(row)
        if is_unfinished(row) and so_far.place:
            row.resume = _written(replace(so_far, tried_at="", is_stopped=False))
        else:
            row.asked_at, row.resume = occasion.at, None
        row.trouble = None
        store(trace, Happened.PROGRAM_ASKED, row)


def progress_of(row: MdmConnection) -> Progress:
    """How far a connection has come."""
    with suppress(ValueError, TypeError):
        return Progress(**json.loads(row.resume or "{}"))
    return Progress()


def is_unfinished(row: MdmConnection) -> bool:
    """Whether it was asked and has not told everything yet."""
    return row.asked_at is not None and (row.finished_at is None or row.finished_at < row.asked_at)


def ask_everywhere(now: datetime, manner: Manner | None = None) -> str:
    """Read every connection of every school that is due; what came of it in words. Safe to do at any time, and twice."""
    done = [_read_on(row, school, now, manner) for school in list(School.select()) for row in _due(school, now)]
    return f"{len(done):,} programs asked, {sum(done):,} read to the end."


def _due(school: School, now: datetime) -> list[MdmConnection]:
    with doors.looking_at(school.id):
        rows = list(MdmConnection.select())
    return [row for row in rows if _is_due(row, now)]


def _is_due(row: MdmConnection, now: datetime) -> bool:
    """Asked for by somebody, broken off a while ago, or not asked since last night."""
    so_far = progress_of(row)
    if is_unfinished(row) and not so_far.is_stopped:
        return not so_far.tried_at or now - datetime.fromisoformat(so_far.tried_at) >= AGAIN
    here = in_zone(now, ZONE)
    last = in_zone(row.asked_at or row.made_at, ZONE)
    return here.date() > last.date() and here.time() >= NIGHT


def _read_on(row: MdmConnection, school: School, now: datetime, manner: Manner | None) -> bool:
    """Read one connection from where it stopped, or from the beginning; whether it told everything."""
    with doors.looking_at(school.id), suppress(CannotBeDone):  # somebody changed the connection meanwhile: the next minute finds it as it is
        occasion = Occasion(Actor.robot(ROBOT, school.id), now, facts_of(school, in_zone(now, ZONE).date()))
        if not is_unfinished(row) or progress_of(row).is_stopped:
            row.asked_at, row.resume = now, None
        try:
            for page in _pages(row, manner):
                _take(row, page, occasion)
        except Unusable:
            _stop(row, NotAnswered(NEVER_LISTED, Remedy.MEND), occasion)
        except NotAnswered as trouble:
            _stop(row, trouble, occasion)
        return not is_unfinished(row)
    return False


def _pages(row: MdmConnection, manner: Manner | None) -> Iterator[Page]:
    more: dict[str, Any] = {"manner": manner} if manner else {}
    return programs.fetch(row.source, row.credentials, resume=progress_of(row).place, **more)


def _take(row: MdmConnection, page: Page, occasion: Occasion) -> None:
    """Keep one page: what is told of known devices is written on them, what is told of others waits for somebody."""
    with recording(occasion.by, occasion.at) as trace:
        judged = compare(page.source, page.rows, devices_here(), occasion.school.today or occasion.at.date())
        changed = {each.device.id: each.changes for each in judged if each.device and each.changes and _matters(each)}
        write_down(trace, changed, occasion, Happened.CHANGED)
        reading = Reading(school=school_of(occasion.by), source=page.source, read_at=row.asked_at)
        sightings.keep(reading, sighted(each for each in judged if each.device or each.verdict is Verdict.NEW))
        so_far = progress_of(row)
        new = so_far.new + sum(each.verdict is Verdict.NEW for each in judged)
        now_at = Progress(place=page.resume_at, many=so_far.many + len(page.rows), new=new)
        row.resume, row.trouble = _written(now_at), None
        if page.resume_at is None:
            row.finished_at = occasion.at
        store(trace, Happened.PROGRAM_ASKED, row)


def _matters(judged: Judged) -> bool:
    if judged.changes.keys() - QUIET:
        return True
    before, after = judged.changes.get("last_seen_at", (None, None))
    return before is None or after is None or after - before >= A_WEEK


def _stop(row: MdmConnection, trouble: NotAnswered, occasion: Occasion) -> None:
    """Keep why it broke off, in the sentence for whoever looks, and where it goes on."""
    so_far = progress_of(row)
    if trouble.remedy is Remedy.RESTART:
        so_far = Progress()
    row.resume = _written(replace(so_far, tried_at=occasion.at.isoformat(), is_stopped=trouble.remedy is Remedy.MEND))
    row.trouble = str(trouble)
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.PROGRAM_ASKED, row)


def _find(program: DeviceProgram) -> MdmConnection | None:
    found: MdmConnection | None = MdmConnection.get_or_none(MdmConnection.source == program)
    return found


def _of(program: DeviceProgram, by: Actor) -> MdmConnection:
    require(by, Permission.READ_DEVICE_LISTS)
    row = _find(program)
    if row is None:
        raise NotFound("There is no such connection here.")
    return row


def _written(progress: Progress) -> str:
    return json.dumps(asdict(progress))
