"""DPIAs, the retention schedule, holds, and disposals of records with the log of what was disposed of."""

from peewee import (
    BigIntegerField,
    BinaryUUIDField,
    BlobField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
    fn,
)


def up(migrator, db):
    """Make the tables, empty, and the index that the schedule is listed from."""

    class Plain(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Table(Plain):
        id = BinaryUUIDField(primary_key=True)

    class School(Table):
        pass

    class User(Table):
        class Meta:
            table_name = "person"

    class Dpia(Table):
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
        trigger = TextField()
        raised_on = DateField(null=True)
        article_35 = TextField()
        regulator_items = TextField()
        criteria = TextField()
        concerns_pupils = TextField(null=True)
        screened_on = DateField(null=True)
        outcome = TextField(null=True)
        screening_because = BlobField(null=True)
        need = BlobField(null=True)
        nature = BlobField(null=True)
        scope = BlobField(null=True)
        context = BlobField(null=True)
        purposes = BlobField(null=True)
        flows = BlobField(null=True)
        consultations = BlobField(null=True)
        not_consulted_because = BlobField(null=True)
        necessity = BlobField(null=True)
        proportionality = BlobField(null=True)
        minimisation = BlobField(null=True)
        told = BlobField(null=True)
        rights = BlobField(null=True)
        processors_held = BlobField(null=True)
        transfers_safe = BlobField(null=True)
        risks = BlobField(null=True)
        residual = TextField(null=True)
        regulator_asked_on = DateField(null=True)
        regulator_extended = TextField(null=True)
        regulator_paused_days = IntegerField(null=True)
        regulator_outcome = TextField(null=True)
        regulator_outcome_on = DateField(null=True)
        regulator_advice = BlobField(null=True)
        stage = TextField()
        kept_under_review_by = CharField(max_length=120, null=True)
        review_when = TextField(null=True)
        last_reviewed_on = DateField(null=True)
        next_review_on = DateField(null=True)
        live_on = DateField(null=True)
        ended_on = DateField(null=True)
        template = CharField(max_length=80, null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "stage"), False))

    class RetentionRule(Table):
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
        code = CharField(max_length=20, null=True)
        category = TextField(null=True)
        trigger = TextField(null=True)
        permanent = TextField()
        years = IntegerField(null=True)
        months = IntegerField(null=True)
        days = IntegerField(null=True)
        rounding = TextField()
        limit = TextField()
        action = TextField()
        evidence = TextField()
        basis = TextField(null=True)
        source = CharField(max_length=500, null=True)
        certainty = TextField(null=True)
        covers = TextField(null=True)
        notes = TextField(null=True)
        last_verified_on = DateField(null=True)
        next_review_on = DateField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "covers"), False))

    class Hold(Table):
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
        kind = TextField(null=True)
        because = BlobField(null=True)
        asked_by = BlobField(null=True)
        everything = TextField()
        placed_on = DateField(null=True)
        review_on = DateField(null=True)
        released_on = DateField(null=True)
        released_because = BlobField(null=True)
        placed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "released_on"), False))

    class RecordsDisposal(Table):
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
        rule = BinaryUUIDField(null=True)
        records = TextField()
        covers = TextField(null=True)
        kept_at = CharField(max_length=200, null=True)
        from_on = DateField(null=True)
        until_on = DateField(null=True)
        trigger_on = DateField(null=True)
        due_on = DateField(null=True)
        worked_out = TextField(null=True)
        quantity = IntegerField(null=True)
        unit = CharField(max_length=60, null=True)
        stage = TextField()
        method = TextField(null=True)
        contractor = BinaryUUIDField(null=True)
        certificate = CharField(max_length=120, null=True)
        witness = CharField(max_length=120, null=True)
        recipient = CharField(max_length=200, null=True)
        receipt = CharField(max_length=200, null=True)
        refused_because = TextField(null=True)
        proposed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        proposed_at = BigIntegerField(null=True)
        approved_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        approved_at = BigIntegerField(null=True)
        approved_on = DateField(null=True)
        done_on = DateField(null=True)
        erased_count = IntegerField(null=True)
        left_count = IntegerField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "stage"), False))

    class DisposalRecord(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        disposal = BinaryUUIDField()
        register = CharField(max_length=60)
        record = BinaryUUIDField()
        number = IntegerField()
        reference = CharField(max_length=20)
        due_on = DateField(null=True)
        fate = TextField()
        fate_at = BigIntegerField(null=True)
        version = IntegerField()

        class Meta:
            indexes = (
                (("school", "disposal", "fate"), False),
                (("school", "record"), False),
                (("school", "register", "number"), False),
                (("school", "disposal", "record"), True),
            )

    db.create_tables([Dpia, RetentionRule, Hold, RecordsDisposal, DisposalRecord])
    name = f"{RetentionRule._meta.table_name}_by_name"
    db.execute(RetentionRule.index(RetentionRule.school, RetentionRule.archived_at, fn.LOWER(RetentionRule.name), RetentionRule.id, name=name))
