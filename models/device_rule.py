"""What the school lets devices do, by whose they are: the matrix of its policy, as settings."""

from peewee import IntegerField

from models.fields import ChoiceField
from models.record import OfSchool
from models.vocabulary import DeviceOwnership, PersonalDeviceUse


class DeviceRule(OfSchool):
    """One column of the matrix; where there is no row the usual answer counts."""

    ownership = ChoiceField(DeviceOwnership)
    use = ChoiceField(PersonalDeviceUse)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "ownership"), True),)
