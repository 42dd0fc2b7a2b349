"""Parents and carers of pupils: who may answer for a pupil, and how they are asked."""

from models.fields import BlindIndex, ChoiceField, EncryptedText
from models.record import Record
from models.vocabulary import Relation, ResponsibilitySource, YesNoUnknown


class Carer(Record):
    """One adult, for all the pupils for whom the same is true of them."""

    PREFIX = "PC"
    LISTED_BY = "number"

    name = EncryptedText()
    name_index = BlindIndex(name)
    relation = ChoiceField(Relation, null=True)
    responsibility = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    source = ChoiceField(ResponsibilitySource, null=True)
    restrictions = EncryptedText(null=True)
    email = EncryptedText(null=True)
    email_index = BlindIndex(email)
    mis_number = EncryptedText(null=True)
    mis_number_index = BlindIndex(mis_number)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "name_index"), False),
            (("school", "email_index"), False),
            (("school", "mis_number_index"), False),
        )
