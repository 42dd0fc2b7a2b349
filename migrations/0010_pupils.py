"""People whose pictures are used."""

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
    """Make the table, and the index its list is read from."""

    class School(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class Pupil(Model):
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
            database = db
            legacy_table_names = False
            indexes = (
                (("school", "number"), True),
                (("school", "name_index"), False),
                (("school", "legal_name_index"), False),
                (("school", "mis_number_index"), False),
            )

    db.create_tables([Pupil])
    db.execute(Pupil.index(Pupil.school, Pupil.archived_at, fn.LOWER(Pupil.class_name), Pupil.id, name="pupil_by_class_name"))
