"""What people agreed about something that needs somebody: who sees to it, until when it may wait, or why it does not apply."""

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.fields import DayField, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.user import User


class Arrangement(OfSchool):
    """One deadline or finding of one record, by its code; everything is empty again when nothing is agreed any more."""

    register = TextField()
    record = BinaryUUIDField()
    code = TextField()
    assigned_to = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    snoozed_until = DayField(null=True)
    excused_until = DayField(null=True)
    reason = EncryptedText(null=True)  # for letting it wait, or for its not applying
    arranged_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    arranged_at = UtcDateTime()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "record", "code"), True),)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is agreed any more."""
        return self.assigned_to is None and self.snoozed_until is None and self.excused_until is None
