"""The picture on a school's papers."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, ForeignKeyField, IntegerField, Model


def up(migrator, db):
    """Make the table."""

    class Table(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class School(Table):
        pass

    class Logo(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        image = BlobField(null=True)
        version = IntegerField()
        changed_at = BigIntegerField()

        class Meta:
            indexes = ((("school",), True),)

    db.create_tables([Logo])
