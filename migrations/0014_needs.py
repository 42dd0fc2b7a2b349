"""What needs somebody, what was agreed about it, and how much of it there was on each day."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BinaryUUIDField,
    BlobField,
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator, db):
    """Make the tables, empty: needs are made when somebody first looks."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class School(Table):
        id = BinaryUUIDField(primary_key=True)

    class User(Table):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            table_name = "person"

    class Need(Table):
        id = BigAutoField()
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()
        code = TextField()
        severity = TextField()
        question = TextField()
        due_on = DateField(null=True)
        statutory = BooleanField()
        owner = TextField()

        class Meta:
            indexes = ((("school", "record"), False), (("school", "register", "severity", "due_on"), False))

    class NeedMark(Table):
        school = BinaryUUIDField(primary_key=True)
        number = BigIntegerField()
        day = DateField(null=True)

    class Arrangement(Table):
        id = BinaryUUIDField(primary_key=True)
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()
        code = TextField()
        assigned_to = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        snoozed_until = DateField(null=True)
        excused_until = DateField(null=True)
        reason = BlobField(null=True)
        arranged_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        arranged_at = BigIntegerField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "record", "code"), True),)

    class FindingCount(Table):
        id = BigAutoField()
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        day = DateField()
        register = TextField()
        severity = TextField()
        findings = IntegerField()
        records = IntegerField()

        class Meta:
            indexes = ((("school", "day", "register", "severity"), True),)

    db.create_tables([Need, NeedMark, Arrangement, FindingCount])
