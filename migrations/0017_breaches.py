"""Breaches: what happened, the timeline, the steps, what was judged, the alerts, and who stands in when."""

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
)


def up(migrator, db):
    """Make the tables, empty."""

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

    class Breach(Table):
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
        narrative = BlobField(null=True)
        how_discovered = BlobField(null=True)
        occurred_at = BigIntegerField(null=True)
        discovered_at = BigIntegerField(null=True)
        aware_at = BigIntegerField(null=True)
        aware_because = BlobField(null=True)
        from_supplier = TextField(null=True)
        data_kinds = TextField()
        records_count = IntegerField(null=True)
        people_kinds = TextField()
        people_count = IntegerField(null=True)
        names = BlobField(null=True)
        effects = BlobField(null=True)
        harm = BlobField(null=True)
        likelihood = TextField(null=True)
        cyber = TextField(null=True)
        lost = TextField()
        impact = TextField(null=True)
        recovery = TextField(null=True)
        technical = BlobField(null=True)
        encrypted = TextField(null=True)
        encryption_verified = BlobField(null=True)
        staff_involved = TextField(null=True)
        staff_trained = TextField(null=True)
        measures_before = BlobField(null=True)
        measures_taken = BlobField(null=True)
        measures_planned = BlobField(null=True)
        causes = TextField()
        changes = BlobField(null=True)
        followed_up = TextField()
        next_review_on = DateField(null=True)
        stage = TextField()
        reported_at = BigIntegerField(null=True)
        reported_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        reporter = BlobField(null=True)
        in_charge = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        decision = TextField(null=True)
        told_at = BigIntegerField(null=True)
        regulator_reference = BlobField(null=True)
        delay_reason = BlobField(null=True)
        people_decision = TextField(null=True)
        people_told_at = BigIntegerField(null=True)
        closed_at = BigIntegerField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "stage", "aware_at"), False), (("school", "reported_by"), False),)

    class BreachEntry(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        kind = TextField()
        at = BigIntegerField()
        written_at = BigIntegerField()
        written_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        text = BlobField(null=True)
        corrects = BinaryUUIDField(null=True)
        technical = BooleanField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "at"), False),)

    class BreachStep(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        place = IntegerField()
        part = TextField()
        words = BlobField()
        contact = TextField()
        post = TextField()
        due_at = BigIntegerField(null=True)
        assigned_to = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        done_at = BigIntegerField(null=True)
        left_out_at = BigIntegerField(null=True)
        settled_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        said = BlobField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "place"), True),)

    class BreachJudgement(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        kind = TextField()
        at = BigIntegerField()
        judged_by = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        role = TextField()
        risk = TextField(null=True)
        high_risk = TextField(null=True)
        regulator = TextField(null=True)
        people = TextField(null=True)
        hundredths = IntegerField(null=True)
        reasons = BlobField()
        against = BlobField(null=True)
        workings = BlobField(null=True)
        facts = BlobField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "at"), False),)

    class BreachAlert(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        alert = TextField()
        given_at = BigIntegerField()
        times = IntegerField()
        acknowledged_at = BigIntegerField(null=True)
        acknowledged_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "alert"), True),)

    class BreachReport(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        phase = TextField()
        sent_at = BigIntegerField()
        kept_at = BigIntegerField()
        kept_by = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        reference = BlobField(null=True)
        answers = BlobField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "sent_at"), False),)

    class BreachPerson(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        place = IntegerField()
        name = BlobField()
        about = BlobField(null=True)
        email = BlobField(null=True)
        address = BlobField(null=True)
        way = TextField(null=True)
        posted_at = BigIntegerField(null=True)
        told_at = BigIntegerField(null=True)
        returned_at = BigIntegerField(null=True)
        left_out_at = BigIntegerField(null=True)
        settled_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        said = BlobField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach", "place"), True),)

    class BreachParty(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        breach = BinaryUUIDField()
        part = TextField()
        name = BlobField()
        reach = BlobField(null=True)
        aware_at = BigIntegerField(null=True)
        told_regulator_at = BigIntegerField(null=True)
        note = BlobField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "breach"), False),)

    class BreachDetail(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        code = TextField()
        words = BlobField()
        checked_on = DateField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "code"), True),)

    class Duty(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        person = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        stand_in = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        begins_on = DateField()
        ends_on = DateField()
        note = BlobField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "ends_on"), False),)

    db.create_tables([Breach, BreachEntry, BreachStep, BreachJudgement, BreachAlert, BreachReport, BreachPerson, BreachParty, BreachDetail, Duty])
