"""What colleagues say to each other about a record: sealed, beside its answers and never among them."""

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.fields import ChoiceField, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.roles import Role
from models.user import User


class Comment(OfSchool):
    """One comment: never edited; once withdrawn its text is gone, and who wrote and withdrew it stays."""

    register = TextField()
    record = BinaryUUIDField()
    section = TextField(null=True)  # the part of the record that it is about, by its slug; none for the whole
    text = EncryptedText(null=True)
    author = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    author_role = ChoiceField(Role)  # as it was when they wrote
    version = IntegerField(default=1)
    written_at = UtcDateTime()
    withdrawn_at = UtcDateTime(null=True)
    withdrawn_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)

    class Meta:
        indexes = ((("school", "record", "written_at"), False),)
