"""Files that are kept with a record: what they are in the database, their bytes in the file store."""

from uuid import UUID

from peewee import BigIntegerField, BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.fields import ChoiceField, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.school import School
from models.vocabulary import FileCategory


class Attachment(OfSchool):
    """One file with one record. It is never overwritten: a newer one supersedes it, and its row stays when its bytes are deleted."""

    school_id: UUID  # the key of `school`
    register = TextField()
    record = BinaryUUIDField()
    name = EncryptedText()
    category = ChoiceField(FileCategory)
    note = EncryptedText(null=True)
    media_type = TextField()
    size = BigIntegerField()
    digest = EncryptedText()  # SHA-256 of the plain content; in the clear it would tell what a short one says
    content = BinaryUUIDField(null=True)  # the file whose bytes are these as well, where one was kept with several records at once
    key = EncryptedText(null=True)  # of its bytes, of nothing else; gone once it is removed
    superseded_by = BinaryUUIDField(null=True)
    added_by = BinaryUUIDField(null=True)
    added_at = UtcDateTime()
    removed_by = BinaryUUIDField(null=True)
    removed_at = UtcDateTime(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "record"), False), (("school", "content"), False))

    @property
    def held_as(self) -> UUID:
        """Under which file the store holds its bytes."""
        return self.content or self.id


class LooseFile(BaseModel):
    """Bytes in the store that no attachment answers for: on their way in, or on their way out. What stays here is swept up."""

    school = ForeignKeyField(School, on_delete="CASCADE", lazy_load=False, index=False)
    since = UtcDateTime()
