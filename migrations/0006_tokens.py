"""Personal tokens, with which other programs use the API."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, DateField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make the tables of tokens and of the days on which they were last used."""

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

    class ApiToken(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT")
        user = ForeignKeyField(User, on_delete="RESTRICT")
        digest = TextField(unique=True)
        name = BlobField()
        role = TextField()
        version = IntegerField()
        made_at = BigIntegerField()
        expires_on = DateField()
        ended_at = BigIntegerField(null=True)

    class ApiTokenUse(Table):
        token = ForeignKeyField(ApiToken, unique=True, on_delete="CASCADE")
        used_on = DateField()

    db.create_tables([ApiToken, ApiTokenUse])
