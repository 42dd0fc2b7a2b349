"""Pupils, and the adults of the school whose pictures are used: no more of them than it takes to know whether a picture may be."""

from peewee import CharField

from models.fields import BlindIndex, ChoiceField, DayField, EncryptedText
from models.record import Record
from models.vocabulary import PictureSubject, RollStatus, YesNo


class Pupil(Record):
    """One person, by the name that they go by and the one on their papers."""

    PREFIX = "PU"
    LISTED_BY = "class_name"

    name = EncryptedText()
    name_index = BlindIndex(name)
    legal_name = EncryptedText(null=True)
    legal_name_index = BlindIndex(legal_name)
    kind = ChoiceField(PictureSubject, default=PictureSubject.PUPIL)
    year_group = CharField(max_length=40, null=True)
    class_name = CharField(max_length=60, null=True)
    may_decide = ChoiceField(YesNo, null=True)
    mis_number = EncryptedText(null=True)
    mis_number_index = BlindIndex(mis_number)
    status = ChoiceField(RollStatus, default=RollStatus.ON_ROLL)
    left_on = DayField(null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "name_index"), False),
            (("school", "legal_name_index"), False),
            (("school", "mis_number_index"), False),
        )
