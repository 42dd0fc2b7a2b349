"""Pictures of people: who they are, what pictures are used for, what was answered, checked and published."""

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
    """Make the tables, and the indexes their lists are read from."""

    class Table(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class School(Table):
        pass

    class Record(Table):
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

    class Pupil(Record):
        name = BlobField()
        name_index = BlobField(null=True)
        legal_name = BlobField(null=True)
        legal_name_index = BlobField(null=True)
        kind = TextField()
        year_group = CharField(max_length=40, null=True)
        class_name = CharField(max_length=60, null=True)
        may_decide = TextField(null=True)
        mis_number = BlobField(null=True)
        mis_number_index = BlobField(null=True)
        status = TextField()
        left_on = DateField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "name_index"), False),
                (("school", "legal_name_index"), False),
                (("school", "mis_number_index"), False),
            )

    class Carer(Record):
        name = BlobField()
        name_index = BlobField(null=True)
        relation = TextField(null=True)
        responsibility = TextField()
        source = TextField(null=True)
        restrictions = BlobField(null=True)
        email = BlobField(null=True)
        email_index = BlobField(null=True)
        mis_number = BlobField(null=True)
        mis_number_index = BlobField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "name_index"), False),
                (("school", "email_index"), False),
                (("school", "mis_number_index"), False),
            )

    class ImageUse(Record):
        name = CharField(max_length=200)
        covers = TextField(null=True)
        kind = TextField()
        leaves_school = TextField()
        most_name_shown = TextField()
        basis = TextField()
        no_answer = TextField()
        asked_on_form = TextField()
        form_sentence = TextField(null=True)
        valid_months = IntegerField(null=True)
        processing = BinaryUUIDField(null=True)
        storage = TextField(null=True)
        kept = TextField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
            )

    class ImageAnswer(Record):
        decision = TextField()
        person = BinaryUUIDField()
        use = BinaryUUIDField()
        decider = TextField()
        carer = BinaryUUIDField(null=True)
        decided_by = BlobField(null=True)
        authority = BlobField(null=True)
        method = TextField()
        decided_on = DateField(null=True)
        valid_until = DateField(null=True)
        conditions = BlobField(null=True)
        form_version = CharField(max_length=40, null=True)
        wording = TextField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "use", "person"), False),
                (("school", "person"), False),
                (("school", "carer"), False),
            )

    class PictureFlag(Record):
        level = TextField()
        person = BinaryUUIDField()
        cause = TextField()
        keeps_identification = TextField(null=True)
        reason = BlobField(null=True)
        next_review_on = DateField(null=True)
        cleared_on = DateField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "person"), False),
            )

    class ImageCheck(Record):
        name = CharField(max_length=200)
        use = BinaryUUIDField()
        publish_on = DateField(null=True)
        outcome = TextField(null=True)
        people = IntegerField()
        allowed = IntegerField()
        record = BlobField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "use"), False),
            )

    class Publication(Record):
        name = CharField(max_length=200)
        use = BinaryUUIDField()
        image = CharField(max_length=200, null=True)
        address = CharField(max_length=500, null=True)
        published_on = DateField(null=True)
        name_shown = TextField()
        image_check = BinaryUUIDField(null=True)
        status = TextField()
        ended_on = DateField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "use"), False),
            )

    class TakeDown(Record):
        name = CharField(max_length=200)
        publication = BinaryUUIDField()
        person = BinaryUUIDField()
        due_on = DateField(null=True)
        owner = TextField()
        done_on = DateField(null=True)
        outcome = TextField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "person"), False),
                (("school", "publication"), False),
            )

    class AnswerLink(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        version = IntegerField()
        carer = BinaryUUIDField(index=True)
        token = CharField(max_length=64, unique=True)
        made_at = BigIntegerField()
        ends_at = BigIntegerField()
        answered_at = BigIntegerField(null=True)
        ended_at = BigIntegerField(null=True)

    db.create_tables([Pupil, Carer, ImageUse, ImageAnswer, PictureFlag, ImageCheck, Publication, TakeDown, AnswerLink])
    for table, name in ((Pupil, "class_name"), (ImageUse, "name"), (Publication, "name")):
        by_name = table.index(
            table.school, table.archived_at, fn.LOWER(table._meta.fields[name]), table.id, name=f"{table._meta.table_name}_by_{name}"
        )
        db.execute(by_name)
    db.execute(TakeDown.index(TakeDown.school, TakeDown.archived_at, TakeDown.due_on, TakeDown.id, name="take_down_by_due_on"))
