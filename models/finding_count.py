"""How much there was to mend on each day, for the picture of how a school gets on."""


from peewee import BigAutoField, ForeignKeyField, IntegerField, TextField

from models.base import Guarded, db
from models.fields import DayField
from models.school import School


class FindingCount(Guarded):
    """The findings of one kind in one register at the end of one day, and in how many records they were; counted once, never made again."""

    OF_SCHOOLS = True

    id = BigAutoField()
    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    day = DayField()
    register = TextField()
    severity = TextField()
    findings = IntegerField()
    records = IntegerField()

    class Meta:
        database = db
        legacy_table_names = False
        indexes = ((("school", "day", "register", "severity"), True),)
