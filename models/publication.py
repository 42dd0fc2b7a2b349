"""Where pictures were used, so that they can be found again when somebody takes a yes back."""

from peewee import CharField

from models.fields import ChoiceField, DayField, OneField
from models.record import Record
from models.vocabulary import NameShown, PublicationStatus


class Publication(Record):
    """One picture, or one set of pictures, in one place."""

    PREFIX = "PB"

    name = CharField(max_length=200)
    use = OneField("image-uses")
    image = CharField(max_length=200, null=True)
    address = CharField(max_length=500, null=True)
    published_on = DayField(null=True)
    name_shown = ChoiceField(NameShown, default=NameShown.NONE)
    image_check = OneField("image-checks", null=True)
    status = ChoiceField(PublicationStatus, default=PublicationStatus.LIVE)
    ended_on = DayField(null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "use"), False),
        )
