"""Addresses that calendars read, what they were fed, and channels that are told what is due."""

from peewee import (
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
    """Make the tables, empty: events are kept when a calendar first reads, and no channel is told anything until somebody adds one."""

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

    class CalendarLink(Table):
        user = ForeignKeyField(User, on_delete="RESTRICT")
        digest = TextField(unique=True)
        version = IntegerField()
        made_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

    class CalendarUse(Table):
        link = ForeignKeyField(CalendarLink, unique=True, on_delete="CASCADE")
        used_on = DateField()

    class FedEvent(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()
        code = TextField()
        number = IntegerField()
        many = IntegerField()
        due_on = DateField()
        sequence = IntegerField()
        changed_at = BigIntegerField()
        gone_on = DateField(null=True)

        class Meta:
            indexes = ((("school", "record", "code"), True), (("school", "due_on"), False))

    class FedMark(Plain):
        school = BinaryUUIDField(primary_key=True)
        number = BigIntegerField()
        day = DateField(null=True)
        revision = IntegerField()

    class Webhook(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        name = BlobField()
        address = BlobField()
        kind = TextField()
        secret = BlobField()
        base_address = TextField()
        is_on = BooleanField()
        on_since = BigIntegerField(null=True)
        version = IntegerField()
        made_at = BigIntegerField()

        class Meta:
            indexes = ((("school",), False),)

    class HookCall(Table):
        hook = ForeignKeyField(Webhook, on_delete="CASCADE", index=False)
        key = TextField()
        register = TextField()
        record = BinaryUUIDField(null=True)
        due_day = DateField(null=True)
        made_at = BigIntegerField()
        state = TextField()
        tries = IntegerField()
        next_try_at = BigIntegerField(null=True)
        claimed_at = BigIntegerField(null=True)
        sent_at = BigIntegerField(null=True)
        why = TextField()

        class Meta:
            indexes = ((("hook", "key"), True), (("state", "next_try_at"), False))

    db.create_tables([CalendarLink, CalendarUse, FedEvent, FedMark, Webhook, HookCall])
