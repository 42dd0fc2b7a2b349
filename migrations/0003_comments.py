"""Comments on records, and the outbox that tells colleagues of them."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make both tables, and the indexes they are read from."""

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

    class Comment(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()
        text = BlobField(null=True)
        author = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        author_role = TextField()
        version = IntegerField()
        written_at = BigIntegerField()
        withdrawn_at = BigIntegerField(null=True)
        withdrawn_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)

        class Meta:
            indexes = ((("school", "record", "written_at"), False),)

    class Message(Table):
        school = ForeignKeyField(School, on_delete="CASCADE", index=False)
        person = ForeignKeyField(User, on_delete="CASCADE", index=False)
        key = TextField()
        news = TextField()
        sender = ForeignKeyField(User, null=True, on_delete="SET NULL", index=False)
        register = TextField()
        record = BinaryUUIDField()
        about = BinaryUUIDField(null=True)
        told_at = BigIntegerField()
        read_at = BigIntegerField(null=True)
        state = TextField()
        tries = IntegerField()
        next_try_at = BigIntegerField(null=True)

        class Meta:
            indexes = (
                (("school", "key", "person"), True),
                (("school", "person", "read_at"), False),
                (("school", "state", "next_try_at"), False),
            )

    db.create_tables([Comment, Message])
