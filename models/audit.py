"""The trace: one chain of entries per school and one for the installation, with what was in them kept apart so that it can be erased."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, CompositeKey, IntegerField, TextField

from models.base import BaseModel, Guarded, db
from models.fields import UtcDateTime


class AuditHead(BaseModel):
    """Where a chain stands; its id is the school's, or the installation's (all zeros)."""

    number = IntegerField(default=0)
    digest = BlobField()


class AuditTable(Guarded):
    """Rows known by chain and number."""

    chain = BinaryUUIDField()
    number = BigIntegerField()

    class Meta:
        database = db
        legacy_table_names = False
        primary_key = CompositeKey("chain", "number")


class AuditEntry(AuditTable):
    """Who did what to which row, and when. No old or new value is in it, so it can be kept for good."""

    at = UtcDateTime()
    actor = TextField()  # a person's id, or a robot's name
    deed = TextField()
    subject = TextField()  # the table
    record = BinaryUUIDField(null=True)
    changed = TextField(default="")  # names of the questions, between spaces
    detail = BlobField(null=True)  # SHA-256 of the sealed values
    seal = BlobField(null=True)  # keyed digest of the row as it stood afterwards
    digest = BlobField()  # keyed digest of all this and of the entry before

    class Meta:
        indexes = ((("record", "number"), False), (("chain", "at"), False))


class AuditDetail(AuditTable):
    """The old and new values of one entry, sealed; deleted when the values are erased."""

    sealed = BlobField()
