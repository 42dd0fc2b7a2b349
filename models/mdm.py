"""What device-management programs say: the connections to them, each time they were asked or a list was read, and what was ruled."""

from uuid import UUID

from peewee import BinaryUUIDField, CharField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.fields import BlindIndex, ChoiceField, EncryptedProse, EncryptedText, UtcDateTime
from models.record import OfSchool, RecordSelect
from models.school import School
from models.user import User
from models.vocabulary import DeviceSource, Ruling
from models.vocabulary.device_programs import DeviceProgram


class MdmConnection(OfSchool):
    """Access to one program, read-only; what opens it is sealed and never shown again."""

    source = ChoiceField(DeviceProgram)
    credentials = EncryptedText()
    made_at = UtcDateTime()
    asked_at = UtcDateTime(null=True)
    finished_at = UtcDateTime(null=True)
    resume = TextField(null=True)  # where to go on after an interruption
    trouble = TextField(null=True)  # the sentence that says what to do
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "source"), True),)


class Sighting(BaseModel):
    """What a source last said of one device. Custody never follows from it.

    The next reading makes it anew, every night where a program is asked, and so it has no trace of its own: the reading has.
    """

    OF_SCHOOLS = True
    QUERY = RecordSelect

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    source = ChoiceField(DeviceSource)
    serial_key = CharField(max_length=80)
    told = EncryptedProse()  # the row as the source told it, for its user's name is personal
    user = EncryptedText(null=True)
    user_index = BlindIndex(user)
    told_mark = CharField(max_length=64)  # changes when what is told changes in what matters
    seen_at = UtcDateTime(null=True)
    read_at = UtcDateTime()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "source", "serial_key"), True),)


class MdmRuling(OfSchool):
    """What somebody decided about a difference: it does not come up again until something else is said."""

    decided_by_id: UUID

    serial_key = CharField(max_length=80)
    difference = CharField(max_length=40)
    mark = CharField(max_length=64)
    ruling = ChoiceField(Ruling)
    device = BinaryUUIDField(null=True)
    decided_at = UtcDateTime()
    decided_by = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "serial_key", "difference", "mark"), True),)
