"""What needs somebody: a copy of what the rules say of every record, to look at a whole school at once. No words, and nothing personal."""

from datetime import date
from uuid import UUID

from peewee import BigAutoField, BigIntegerField, BinaryUUIDField, BooleanField, ForeignKeyField, TextField

from models.base import Guarded, db
from models.fields import DayField
from models.school import School


class Need(Guarded):
    """One deadline or finding of one record. It is made again at will from the record, and so has no trace of its own."""

    OF_SCHOOLS = True

    id = BigAutoField()
    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    register = TextField()
    record = BinaryUUIDField()
    code = TextField()
    severity = TextField()  # of a finding; "deadline" for what is due on a day
    question = TextField()
    due_on = DayField(null=True)
    statutory = BooleanField(default=False)
    owner = TextField(default="")  # the post that answers for the record

    class Meta:
        database = db
        legacy_table_names = False
        indexes = ((("school", "record"), False), (("school", "register", "severity", "due_on"), False))


class NeedMark(Guarded):
    """Up to which entry of its trace, and on which day, the needs of a school were made."""

    school = BinaryUUIDField(primary_key=True)
    number = BigIntegerField(default=0)
    day = DayField(null=True)

    class Meta:
        database = db
        legacy_table_names = False


def mark_of(school: UUID) -> tuple[int, date | None]:
    """Up to where the needs of this school are known, and on which day they were made."""
    row = NeedMark.get_or_none(NeedMark.school == school)
    return (0, None) if row is None else (int(row.number), row.day)


def take_mark(school: UUID) -> tuple[int, date | None]:
    """The same; nobody else makes needs of this school until the transaction ends."""
    NeedMark.insert(school=school, number=0).on_conflict_ignore().execute()
    query = NeedMark.select().where(NeedMark.school == school)
    row = (query.for_update() if db.for_update else query).get()  # SQLite's BEGIN IMMEDIATE took the turn already
    return int(row.number), row.day


def move_mark(school: UUID, number: int, day: date) -> None:
    """Note that the needs of this school are known up to this entry, as they are on this day; a mark never goes back."""
    NeedMark.update(number=number, day=day).where((NeedMark.school == school) & (NeedMark.number <= number)).execute()
