"""Rooms, pools and stores: where devices stand, and who keeps them."""

from peewee import CharField

from models.fields import BlindIndex, ChoiceField, EncryptedText
from models.record import Record
from models.vocabulary import PlaceKind


class Place(Record):
    """One place; its keeper is not the one who checks it."""

    PREFIX = "PL"

    name = CharField(max_length=120)
    kind = ChoiceField(PlaceKind, default=PlaceKind.ROOM)
    keeper = EncryptedText(null=True)
    keeper_index = BlindIndex(keeper)

    class Meta:
        indexes = ((("school", "number"), True),)
