"""Jobs, letters, how mail is sent, and the queue through which jobs are asked for."""

from peewee import (
    BigIntegerField,
    BinaryUUIDField,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator, db):
    """Make the tables. What colleagues were told so far stays at the bell: nobody gets a year of it by e-mail at once."""

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

    class Message(Table):
        pass

    class JobRun(Table):
        name = TextField(unique=True)
        asked_at = BigIntegerField(null=True)
        last_begun_at = BigIntegerField(null=True)
        last_done_at = BigIntegerField(null=True)
        last_failed_at = BigIntegerField(null=True)
        said = TextField()
        why = TextField()

    class MailSettings(Table):
        is_on = BooleanField()
        host = TextField()
        port = IntegerField()
        security = TextField()
        user = BlobField(null=True)
        password = BlobField(null=True)
        sender = TextField()
        base_address = TextField()
        version = IntegerField()
        changed_at = BigIntegerField()

    class Letter(Table):
        person = ForeignKeyField(User, on_delete="CASCADE", index=False)
        key = TextField()
        kind = TextField()
        school = ForeignKeyField(School, null=True, on_delete="CASCADE", index=False)
        message = ForeignKeyField(Message, null=True, on_delete="CASCADE")
        made_at = BigIntegerField(index=True)
        state = TextField()
        tries = IntegerField()
        next_try_at = BigIntegerField(null=True)
        claimed_at = BigIntegerField(null=True)
        sent_at = BigIntegerField(null=True)
        why = TextField()

        class Meta:
            indexes = ((("person", "key"), True), (("state", "next_try_at"), False))

    class PostChoice(Table):
        person = ForeignKeyField(User, unique=True, on_delete="CASCADE")
        digest = TextField()
        at_once = BooleanField()

    db.create_tables([JobRun, MailSettings, Letter, PostChoice])
    make_queue(db)
    db.execute_sql("UPDATE message SET state = 'bell'")
    migrator.migrate(
        migrator.drop_index("message", "message_school_id_state_next_try_at"),
        migrator.drop_column("message", "tries"),
        migrator.drop_column("message", "next_try_at"),
        migrator.add_index("message", ("state", "told_at")),
    )


def make_queue(db):
    """The four tables of huey, as it wants them, under names that say whose they are."""

    class Table(Model):
        queue = CharField()

        class Meta:
            database = db
            legacy_table_names = False

    class QueueValue(Table):
        key = CharField()
        value = BlobField()

        class Meta:
            primary_key = CompositeKey("queue", "key")

    class QueueLater(Table):
        data = BlobField()
        timestamp = BigIntegerField()

        class Meta:
            indexes = ((("queue", "timestamp"), False),)

    class QueueTask(Table):
        data = BlobField()
        priority = FloatField()

    class QueueCount(Table):
        key = CharField()
        value = IntegerField()

        class Meta:
            primary_key = CompositeKey("queue", "key")

    QueueTask.add_index(QueueTask.priority.desc(), QueueTask.id)
    db.create_tables([QueueValue, QueueLater, QueueTask, QueueCount])
