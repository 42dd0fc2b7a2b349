"""What people are told about a breach that concerns them: the text, kept each time it is changed, and each e-mail that goes out with it."""

from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField

from models.fields import EncryptedProse, UtcDateTime
from models.outgoing import Outgoing
from models.record import OfSchool
from models.school import School
from models.user import User


class BreachLetter(OfSchool):
    """The text of the letter as somebody kept it. It is never changed: the newest counts, and what went out stays as it was sent."""

    written_by_id: UUID

    breach = BinaryUUIDField()
    text = EncryptedProse()
    written_at = UtcDateTime()
    written_by = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    version = IntegerField(default=1)  # grows when it is sealed with another key

    class Meta:
        indexes = ((("school", "breach", "written_at"), False),)


class BreachMail(Outgoing):
    """One e-mail to somebody whose data it is, who has no account. Whom it reaches and what it says stays sealed in their own rows."""

    school_id: UUID

    school = ForeignKeyField(School, on_delete="CASCADE", lazy_load=False, index=False)
    breach = BinaryUUIDField()
    person = BinaryUUIDField()
    letter = BinaryUUIDField()

    class Meta:
        indexes = ((("person", "key"), True), (("state", "next_try_at"), False), (("breach",), False))
