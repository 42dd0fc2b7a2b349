"""Devices: what there is, who holds it, what was agreed, and how devices are mended, lost, checked and disposed of."""

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
    """Make the tables, empty, and the indexes that their lists are read from."""

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

    class DeviceModel(Table):
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
        name = CharField(max_length=120)
        make = CharField(max_length=80, null=True)
        kind = TextField(null=True)
        support_end_on = DateField(null=True)
        source = CharField(max_length=500, null=True)
        checked_on = DateField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class SupportEnd(Table):
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
        name = CharField(max_length=120)
        family = TextField(null=True)
        version_name = CharField(max_length=60, null=True)
        edition = CharField(max_length=120, null=True)
        recognise = CharField(max_length=60, null=True)
        ends_on = DateField(null=True)
        fix_released_on = DateField(null=True)
        source = CharField(max_length=500, null=True)
        checked_on = DateField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class Place(Table):
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
        name = CharField(max_length=120)
        kind = TextField()
        keeper = BlobField(null=True)
        keeper_index = BlobField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class Device(Table):
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
        name = CharField(max_length=120)
        asset_tag = CharField(max_length=60, null=True)
        tag_key = CharField(max_length=60, null=True)
        serial = CharField(max_length=80, null=True)
        serial_key = CharField(max_length=80, null=True)
        kind = TextField(null=True)
        make = CharField(max_length=80, null=True)
        model = CharField(max_length=120, null=True)
        device_model = BinaryUUIDField(null=True)
        status = TextField()
        condition = TextField(null=True)
        place = BinaryUUIDField(null=True)
        owner = TextField()
        funding = TextField(null=True)
        purchased_on = DateField(null=True)
        supplier = CharField(max_length=200, null=True)
        order_number = CharField(max_length=80, null=True)
        cost = IntegerField(null=True)
        warranty_end_on = DateField(null=True)
        insurance = CharField(max_length=200, null=True)
        os = CharField(max_length=60, null=True)
        os_version = CharField(max_length=80, null=True)
        support_end_on = DateField(null=True)
        fix_released_on = DateField(null=True)
        last_patched_on = DateField(null=True)
        holds_personal = TextField()
        encrypted = TextField()
        encryption_verified_on = DateField(null=True)
        anti_malware = TextField()
        shared_login = TextField()
        in_mdm = TextField()
        mdm_name = CharField(max_length=60, null=True)
        mdm_id = CharField(max_length=120, null=True)
        mdm_user = BlobField(null=True)
        mdm_user_index = BlobField(null=True)
        enrolled_on = DateField(null=True)
        compliant = TextField()
        supervised = TextField()
        last_seen_at = BigIntegerField(null=True)
        last_checked_on = DateField(null=True)
        notes = TextField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "serial_key"), True),
                (("school", "tag_key"), True),
                (("school", "place"), False),
            )

    class Agreement(Table):
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
        audience = TextField(null=True)
        text = TextField(null=True)
        signed_by = CharField(max_length=200, null=True)
        second_signature = CharField(max_length=200, null=True)
        sign_again_when = TextField(null=True)
        retention = TextField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "audience"), False),)

    class Acceptance(Table):
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
        holder = BlobField()
        holder_index = BlobField(null=True)
        holder_kind = TextField()
        person = BinaryUUIDField(null=True)
        agreement = BinaryUUIDField()
        edition = IntegerField(null=True)
        accepted_at = BigIntegerField(null=True)
        how = TextField()
        parent = BlobField(null=True)
        parent_index = BlobField(null=True)
        parent_accepted_at = BigIntegerField(null=True)
        parent_how = TextField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "holder_index"), False),
                (("school", "agreement", "edition"), False),
                (("school", "person"), False),
            )

    class Allocation(Table):
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
        holder = BlobField()
        holder_index = BlobField(null=True)
        holder_kind = TextField()
        person = BinaryUUIDField(null=True)
        place = BinaryUUIDField(null=True)
        post = CharField(max_length=120, null=True)
        device = BinaryUUIDField()
        open_device = BinaryUUIDField(null=True)
        bundle = BinaryUUIDField(null=True)
        user = BinaryUUIDField(null=True)
        acceptance = BinaryUUIDField(null=True)
        out_on = DateField(null=True)
        due_back_on = DateField(null=True)
        off_site = TextField()
        accessories = TextField(null=True)
        condition_out = TextField(null=True)
        encryption_confirmed = TextField()
        returned_on = DateField(null=True)
        condition_back = TextField(null=True)
        damage = TextField(null=True)
        damage_charge = IntegerField(null=True)
        holder_left = TextField(null=True)
        to_sign = CharField(max_length=300, null=True)
        wiped = TextField(null=True)

        class Meta:
            indexes = (
                (("school", "number"), True),
                (("school", "open_device"), True),
                (("school", "device"), False),
                (("school", "holder_index"), False),
                (("school", "person"), False),
                (("school", "bundle"), False),
                (("school", "user"), False),
            )

    class SignLink(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        version = IntegerField()
        acceptance = BinaryUUIDField(index=True)
        token = CharField(max_length=64, unique=True)
        made_at = BigIntegerField()
        ends_at = BigIntegerField()
        used_at = BigIntegerField(null=True)

    class Repair(Table):
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
        device = BinaryUUIDField()
        sent_on = DateField(null=True)
        repairer = CharField(max_length=200, null=True)
        data_on_it = TextField()
        due_back_on = DateField(null=True)
        back_on = DateField(null=True)
        outcome = TextField(null=True)
        cost = IntegerField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "device"), False),)

    class Loss(Table):
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
        device = BinaryUUIDField()
        kind = TextField()
        noticed_at = BigIntegerField(null=True)
        reported_at = BigIntegerField(null=True)
        holder = BlobField(null=True)
        holder_index = BlobField(null=True)
        happened = BlobField(null=True)
        police_reference = CharField(max_length=80, null=True)
        insurer_told_on = DateField(null=True)
        lock = TextField()
        lock_at = BigIntegerField(null=True)
        wipe = TextField()
        wipe_at = BigIntegerField(null=True)
        held = BlobField(null=True)
        encrypted = TextField()
        encryption_verified_on = DateField(null=True)
        strong_login = TextField()
        key_safe = TextField()
        last_seen_at = BigIntegerField(null=True)
        breach = BinaryUUIDField(null=True)
        found_on = DateField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "device"), False), (("school", "breach"), False),)

    class Disposal(Table):
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
        stage = TextField()
        method = TextField(null=True)
        standard = TextField(null=True)
        contractor = BinaryUUIDField(null=True)
        carrier_registration = CharField(max_length=80, null=True)
        waste_note = CharField(max_length=120, null=True)
        destination = TextField(null=True)
        recipient = CharField(max_length=200, null=True)
        licences_reclaimed = TextField(null=True)
        notes = TextField(null=True)
        proposed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        frozen_at = BigIntegerField(null=True)
        approved_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        approved_at = BigIntegerField(null=True)
        done_on = DateField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "stage"), False),)

    class DisposalLine(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        disposal = BinaryUUIDField()
        device = BinaryUUIDField()
        place = IntegerField()
        serial = CharField(max_length=80, null=True)
        holds_personal = TextField()
        certificate = CharField(max_length=120, null=True)
        certificate_serial = CharField(max_length=80, null=True)
        removed_from_mdm = TextField()
        lock_cleared = TextField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "disposal", "device"), True), (("school", "device"), False),)

    class StockTake(Table):
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
        place = BinaryUUIDField()
        stage = TextField()
        begun_at = BigIntegerField(null=True)
        begun_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", index=False)
        closed_at = BigIntegerField(null=True)
        seen = IntegerField(null=True)
        missing = IntegerField(null=True)
        unexpected = IntegerField(null=True)

        class Meta:
            indexes = ((("school", "number"), True), (("school", "place"), False),)

    class StockLine(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        stock_take = BinaryUUIDField()
        device = BinaryUUIDField(null=True)
        scanned = CharField(max_length=120)
        seen_at = BigIntegerField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "stock_take", "scanned"), True), (("school", "stock_take", "device"), False),)

    class PersonalDevice(Table):
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
        name = CharField(max_length=120)
        ownership = TextField(null=True)
        holder = BlobField(null=True)
        holder_index = BlobField(null=True)
        holder_kind = TextField(null=True)
        use = TextField(null=True)
        why = CharField(max_length=300, null=True)
        encrypted = TextField()
        allowed_on = DateField(null=True)
        until_on = DateField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class Licence(Table):
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
        supplier = BinaryUUIDField(null=True)
        seats = IntegerField(null=True)
        used = IntegerField(null=True)
        renews_on = DateField(null=True)
        notice_days = IntegerField(null=True)
        cost = IntegerField(null=True)
        kept_at = CharField(max_length=200, null=True)
        notes = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class DeviceRule(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        ownership = TextField()
        use = TextField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "ownership"), True),)

    class MdmConnection(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        source = TextField()
        credentials = BlobField()
        made_at = BigIntegerField()
        asked_at = BigIntegerField(null=True)
        finished_at = BigIntegerField(null=True)
        resume = TextField(null=True)
        trouble = TextField(null=True)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "source"), True),)

    class Sighting(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        source = TextField()
        serial_key = CharField(max_length=80)
        told = BlobField()
        user = BlobField(null=True)
        user_index = BlobField(null=True)
        told_mark = CharField(max_length=64)
        seen_at = BigIntegerField(null=True)
        read_at = BigIntegerField()
        version = IntegerField()

        class Meta:
            indexes = ((("school", "source", "serial_key"), True),)

    class MdmRuling(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        serial_key = CharField(max_length=80)
        difference = CharField(max_length=40)
        mark = CharField(max_length=64)
        ruling = TextField()
        device = BinaryUUIDField(null=True)
        decided_at = BigIntegerField()
        decided_by = ForeignKeyField(User, on_delete="RESTRICT", index=False)
        version = IntegerField()

        class Meta:
            indexes = ((("school", "serial_key", "difference", "mark"), True),)

    listed = [DeviceModel, SupportEnd, Place, Device, Agreement, PersonalDevice, Licence]
    others = [Acceptance, Allocation, SignLink, Repair, Loss, Disposal, DisposalLine, StockTake, StockLine]
    db.create_tables([*listed, *others, DeviceRule, MdmConnection, Sighting, MdmRuling])
    for table in listed:
        name = f"{table._meta.table_name}_by_name"
        db.execute(table.index(table.school, table.archived_at, fn.LOWER(table.name), table.id, name=name))
