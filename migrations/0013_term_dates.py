"""When a school is open, and how the day of a task was counted."""

from peewee import BigIntegerField, BinaryUUIDField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make the table with the index its list is read from; tasks of before were not counted day by day."""

    class School(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class TermDate(Model):
        id = BinaryUUIDField(primary_key=True)
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        number = IntegerField()
        version = IntegerField()
        created_at = BigIntegerField()
        changed_at = BigIntegerField()
        archived_at = BigIntegerField(null=True)
        starter = BooleanField()
        errors = IntegerField()
        warnings = IntegerField()
        approved_number = IntegerField(null=True)
        approved_version = IntegerField(null=True)
        name = CharField(max_length=200)
        kind = TextField()
        begins_on = DateField(null=True)
        ends_on = DateField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            indexes = ((("school", "number"), True),)

    db.create_tables([TermDate])
    db.execute(TermDate.index(TermDate.school, TermDate.archived_at, TermDate.begins_on, TermDate.id, name="term_date_by_begins_on"))
    migrator.migrate(migrator.add_column("take_down", "worked_out", TextField(null=True)))
