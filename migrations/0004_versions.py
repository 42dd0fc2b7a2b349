"""Approved versions of records, what leads to them, and on each record which of its versions was approved last."""

from peewee import BigIntegerField, BinaryUUIDField, BlobField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    """Make both tables, and two columns on every register that there is."""

    class School(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class Table(Model):
        id = BinaryUUIDField(primary_key=True)
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()

        class Meta:
            database = db
            legacy_table_names = False

    class ApprovedVersion(Table):
        number = IntegerField()
        froze = IntegerField()
        answers = BlobField()
        digest = TextField()
        error_count = IntegerField()
        warning_count = IntegerField()
        note_count = IntegerField()
        advised_by = BinaryUUIDField(null=True)
        advised_at = BigIntegerField(null=True)
        verdict = TextField(null=True)
        advice = BlobField(null=True)
        approved_by = BinaryUUIDField()
        approved_at = BigIntegerField()
        reasons = BlobField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "register", "record", "number"), True),)

    class ApprovalStep(Table):
        about = IntegerField()
        verdict = TextField(null=True)
        words = BlobField(null=True)
        by = BinaryUUIDField()
        at = BigIntegerField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "register", "record", "at"), False),)

    db.create_tables([ApprovedVersion, ApprovalStep])
    for table in ("asset", "supplier", "activity"):
        for column in ("approved_number", "approved_version"):
            migrator.migrate(migrator.add_column(table, column, IntegerField(null=True)))
