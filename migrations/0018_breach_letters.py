"""Letters about breaches: their texts, and the e-mails that go out with them."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make the tables, empty."""

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

    class BreachLetter(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        text = BlobField()
        written_at = BigIntegerField()
        written_by = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "written_at"), False),)

    class BreachMail(Table):
        key = TextField()
        made_at = BigIntegerField()
        state = TextField()
        tries = IntegerField()
        next_try_at = BigIntegerField(null=True)
        claimed_at = BigIntegerField(null=True)
        sent_at = BigIntegerField(null=True)
        why = TextField()
        school = ForeignKeyField(School, on_delete="CASCADE", index=False)
        breach = BinaryUUIDField()
        person = BinaryUUIDField()
        letter = BinaryUUIDField()

        class Meta:
            indexes = ((("person", "key"), True), (("state", "next_try_at"), False), (("breach",), False))

    db.create_tables([BreachLetter, BreachMail])
