"""Checks that somebody made before using a picture: what they asked, what the answer was, and the state that it rested on."""

from peewee import CharField, IntegerField

from models.fields import ChoiceField, DayField, EncryptedText, OneField
from models.record import Record
from models.vocabulary import Outcome


class ImageCheck(Record):
    """One check, as it was answered then."""

    PREFIX = "IC"
    LISTED_BY = "number"

    name = CharField(max_length=200)
    use = OneField("image-uses")
    publish_on = DayField(null=True)
    outcome = ChoiceField(Outcome, null=True)
    people = IntegerField(default=0)
    allowed = IntegerField(default=0)
    record = EncryptedText(null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "use"), False),
        )
