"""Saved views of lists, and what was done to many records at once."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make the three tables, and the indexes they are read from."""

    class Table(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class School(Table):
        pass

    class User(Table):
        class Meta:
            table_name = "person"

    class SavedView(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        name = BlobField()
        asked = BlobField(null=True)
        owner = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        version = IntegerField()
        made_at = BigIntegerField()

        class Meta:
            indexes = ((("school", "register"), False),)

    class UsualView(Table):
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        school = ForeignKeyField(School, on_delete="CASCADE", index=False)
        register = TextField()
        view = BinaryUUIDField(index=True)

        class Meta:
            indexes = ((("user", "school", "register"), True),)

    class Batch(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        kind = TextField()
        register = TextField()
        actor = TextField()
        at = BigIntegerField()
        first = BigIntegerField()
        last = BigIntegerField()
        many = IntegerField()
        file_digest = TextField(null=True)
        undone_at = BigIntegerField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "register", "at"), False),)

    db.create_tables([SavedView, UsualView, Batch])
