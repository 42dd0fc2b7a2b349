"""Telling at once whose move it is that a day which follows from the law is near, and again when it has passed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from models import doors
from models.arrangement import Arrangement
from models.base import db
from models.message import News
from models.need import Need
from models.roles import Role
from models.school import School
from registry.accounts.colleagues import Colleague, working_in
from registry.actor import Actor
from registry.catalogue import find
from registry.needs import keeping
from registry.needs.needs import is_of_one
from registry.needs.owners import roles_here, whose_move
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.talk import outbox

NEAR = timedelta(days=2)
LONG_AGO = timedelta(days=30)
"""What has been late for so long stands on the first page, and is no news."""


def remind_everywhere(now: datetime) -> str:
    """Tell everybody whose move it is, once for each day; the count in words."""
    told = 0
    for school in list(School.select()):
        keeping.catch_up(school, in_zone(now, ZONE).date())
        with db.atomic(), doors.looking_at(school.id):
            told += _remind(school.id, now)
    return f"Told that a day set by law is near, or over: {told:,}."


def _remind(school: UUID, now: datetime) -> int:
    today = in_zone(now, ZONE).date()
    is_near = Need.statutory & Need.due_on.between(today - LONG_AGO, today + NEAR)
    query = Need.select(Need, Arrangement.assigned_to).left_outer_join(Arrangement, on=is_of_one(Arrangement))
    rows = [*query.where(is_near).objects()]
    here, people, told = roles_here(), working_in(school) if rows else [], 0
    for row in rows:
        news = News.OVERDUE if row.due_on < today else News.DUE
        about = uuid5(row.record, f"{row.code}:{row.due_on}")
        word = outbox.Word(news=news, register=row.register, record=row.record, about=about)
        told += outbox.remind(Actor.robot("reminders", school), word, _asked(row, people, here), now)
    return told


def _asked(row: Any, people: Iterable[Colleague], here: frozenset[Role]) -> list[UUID]:
    """Whoever was asked to see to it, or else everybody of the role whose move it is."""
    role = whose_move(find(row.register), row.owner, here)
    return [row.assigned_to] if row.assigned_to else [each.id for each in people if each.role == role]
