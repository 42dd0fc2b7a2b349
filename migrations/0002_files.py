"""Files that are kept with a record."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make the table of files, and that of bytes on their way in or out."""

    class Table(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class School(Table):
        pass

    class Attachment(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()
        name = BlobField()
        category = TextField()
        note = BlobField(null=True)
        media_type = TextField()
        size = BigIntegerField()
        digest = BlobField()
        key = BlobField(null=True)
        superseded_by = BinaryUUIDField(null=True)
        added_by = BinaryUUIDField(null=True)
        added_at = BigIntegerField()
        removed_by = BinaryUUIDField(null=True)
        removed_at = BigIntegerField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "record"), False),)

    class LooseFile(Table):
        school = ForeignKeyField(School, on_delete="CASCADE", index=False)
        since = BigIntegerField()

    db.create_tables([Attachment, LooseFile])
