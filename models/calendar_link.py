"""Calendars: the secret address at which one person's calendar reads what is due, and what calendars of a school were fed so far."""

from datetime import date
from uuid import UUID

from peewee import BigIntegerField, BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, Guarded, Traced, db
from models.fields import DayField, UtcDateTime
from models.school import School
from models.user import User


class CalendarLink(Traced):
    """One person's address for all their schools. The secret itself is only with whoever copied it; the row is found by its digest."""

    user_id: UUID

    user = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False)
    digest = TextField(unique=True)
    version = IntegerField(default=1)
    made_at = UtcDateTime()
    ended_at = UtcDateTime(null=True)


class CalendarUse(BaseModel):
    """The day on which a calendar last read; apart from the link, whose row changes only with an entry in the trace."""

    link = ForeignKeyField(CalendarLink, unique=True, on_delete="CASCADE", lazy_load=False)
    used_on = DayField()


class FedEvent(BaseModel):
    """One event as calendars know it, so that one that moves or goes away is told as such. No words, and nothing personal."""

    OF_SCHOOLS = True

    school_id: UUID

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    register = TextField()
    record = BinaryUUIDField()  # of several records that are alike: a key made from what they share
    code = TextField()
    number = IntegerField()  # of the record
    many = IntegerField(default=1)
    due_on = DayField()
    sequence = IntegerField(default=0)
    changed_at = UtcDateTime()
    gone_on = DayField(null=True)

    class Meta:
        indexes = ((("school", "record", "code"), True), (("school", "due_on"), False))


class FedMark(Guarded):
    """Up to which state of its needs the events of a school were kept, and how often they changed since they were first."""

    school = BinaryUUIDField(primary_key=True)
    number = BigIntegerField(default=-1)
    day = DayField(null=True)
    revision = IntegerField(default=0)

    class Meta:
        database = db
        legacy_table_names = False


def fed_mark(school: UUID) -> tuple[int, date | None, int]:
    """The state of the needs at which the events of this school were kept, and their revision."""
    row = FedMark.get_or_none(FedMark.school == school)
    return (-1, None, 0) if row is None else (int(row.number), row.day, int(row.revision))


def take_fed_mark(school: UUID) -> tuple[int, date | None, int]:
    """The same; nobody else keeps events of this school until the transaction ends."""
    FedMark.insert(school=school).on_conflict_ignore().execute()
    query = FedMark.select().where(FedMark.school == school)
    row = (query.for_update() if db.for_update else query).get()  # SQLite's BEGIN IMMEDIATE took the turn already
    return int(row.number), row.day, int(row.revision)


def move_fed_mark(school: UUID, number: int, day: date | None, revision: int) -> None:
    """Note up to where the events are kept by now."""
    FedMark.update(number=number, day=day, revision=revision).where(FedMark.school == school).execute()
