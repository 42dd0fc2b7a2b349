"""What was done to many records at once, kept so that it can be undone as a whole."""

from typing import cast
from uuid import UUID

from peewee import BigIntegerField, IntegerField, TextField

from models.fields import ChoiceField, UtcDateTime
from models.record import OfSchool
from models.vocabulary.words import Words


class Together(Words):
    """What can be done to many records at once; the label follows who did it."""

    OWNER = "owner", "assigned an owner to"
    REVIEW = "review", "set a review date for"
    CONFIRM = "confirm", "confirmed the starter entries among"
    ARCHIVE = "archive", "archived"
    RESTORE = "restore", "brought back"
    IMPORT = "import", "imported"
    SEND = "send", "sent from another school"


class Batch(OfSchool):
    """One deed done to many records: the entries of the trace between its first and its last say what it did to each."""

    kind = ChoiceField(Together)
    register = TextField()
    actor = TextField()  # as the trace names them
    at = UtcDateTime()
    first = BigIntegerField()
    last = BigIntegerField()
    many = IntegerField()
    file_digest = TextField(null=True)  # SHA-256 of the file that was imported
    undone_at = UtcDateTime(null=True)
    version = IntegerField(default=1)

    @property
    def chain(self) -> UUID:
        """The chain that holds its entries: that of its school."""
        return cast(UUID, self.__data__["school"])

    class Meta:
        indexes = ((("school", "register", "at"), False),)
