"""When a school is open: its terms, the holidays within them, INSET days and other days on which it is shut."""

from peewee import CharField

from models.fields import ChoiceField, DayField
from models.record import Record
from models.vocabulary import TermDateKind


class TermDate(Record):
    """One day, or some days in a row."""

    PREFIX = "TE"
    LISTED_BY = "begins_on"

    name = CharField(max_length=200)
    kind = ChoiceField(TermDateKind, default=TermDateKind.TERM)
    begins_on = DayField(null=True)
    ends_on = DayField(null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
