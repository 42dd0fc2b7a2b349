"""Other organisations in a breach, with clocks of their own."""

from peewee import BinaryUUIDField, IntegerField

from models.fields import ChoiceField, EncryptedProse, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.vocabulary import PartInIt


class BreachParty(OfSchool):
    """Another controller, or a processor: when it became aware, and whether it has told its regulator."""

    breach = BinaryUUIDField()
    part = ChoiceField(PartInIt)
    name = EncryptedText()
    reach = EncryptedText(null=True)  # whom to call there
    aware_at = UtcDateTime(null=True)
    told_regulator_at = UtcDateTime(null=True)
    note = EncryptedProse(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "breach"), False),)
