"""The first tables: schools, people, the trace, and the three data protection registers."""

from peewee import (
    BigIntegerField,
    BinaryUUIDField,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
    fn,
)


def up(migrator, db):
    """Make every table of the first version, and the triggers that keep the trace as it was written."""

    class Table(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class Installation(Table):
        key_check = TextField()
        created_at = BigIntegerField()
        demonstration = BooleanField()

    class School(Table):
        name = TextField()
        urn = TextField(null=True)
        nation = TextField()
        school_type = TextField()
        phases = TextField()
        controller = TextField()
        public_authority = BooleanField()
        financial_year_end_month = IntegerField()
        financial_year_end_day = IntegerField()
        term_dates = TextField()
        bank_holidays = TextField()
        regulator_name = TextField()
        version = IntegerField()
        created_at = BigIntegerField()

    class User(Table):
        name = BlobField()
        email = BlobField()
        email_index = BlobField(null=True, unique=True)
        password = TextField(null=True)
        version = IntegerField()
        created_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            table_name = "person"

    class Membership(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        user = ForeignKeyField(User, on_delete="RESTRICT")
        role = TextField()
        version = IntegerField()
        created_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            indexes = ((("school", "user"), True),)

    class OneUseLink(Table):
        token = TextField(unique=True)
        purpose = TextField()
        user = ForeignKeyField(User, on_delete="CASCADE", null=True)
        made_at = BigIntegerField()
        ends_at = BigIntegerField()
        used_at = BigIntegerField(null=True)

    class Session(Table):
        token = TextField(unique=True)
        user = ForeignKeyField(User, on_delete="CASCADE")
        school = ForeignKeyField(School, on_delete="CASCADE", null=True)
        device = TextField()
        started_at = BigIntegerField()
        seen_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

    class FailedSignIn(Table):
        account = TextField()
        address = TextField()
        at = BigIntegerField(index=True)

        class Meta:
            indexes = ((("account", "at"), False),)

    class KnownAddress(Table):
        account = TextField()
        address = TextField()
        at = BigIntegerField()

        class Meta:
            indexes = ((("account", "address"), True),)

    class Draft(Table):
        user = ForeignKeyField(User, on_delete="CASCADE")
        place = TextField()
        typed = BlobField()
        saved_at = BigIntegerField()

        class Meta:
            indexes = ((("user", "place"), True),)

    class Upload(Table):
        school = ForeignKeyField(School, on_delete="CASCADE", index=False)
        user = ForeignKeyField(User, on_delete="CASCADE")
        register = TextField()
        sheet = BlobField()
        decided = BlobField(null=True)
        uploaded_at = BigIntegerField(index=True)

    class AuditHead(Table):
        number = IntegerField()
        digest = BlobField()

    class AuditEntry(Model):
        chain = BinaryUUIDField()
        number = BigIntegerField()
        at = BigIntegerField()
        actor = TextField()
        deed = TextField()
        subject = TextField()
        record = BinaryUUIDField(null=True)
        changed = TextField()
        detail = BlobField(null=True)
        seal = BlobField(null=True)
        digest = BlobField()

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("chain", "number")
            without_rowid = isinstance(db, SqliteDatabase)
            indexes = (
                (("record", "number"), False),
                (("chain", "at"), False),
            )

    class AuditDetail(Model):
        chain = BinaryUUIDField()
        number = BigIntegerField()
        sealed = BlobField()

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("chain", "number")
            without_rowid = isinstance(db, SqliteDatabase)

    class Link(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        near = BinaryUUIDField()
        far_register = TextField()
        far = BinaryUUIDField()

        class Meta:
            indexes = ((("school", "near", "far_register", "far"), True),)

    class Asset(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        number = IntegerField()
        version = IntegerField()
        created_at = BigIntegerField()
        changed_at = BigIntegerField()
        archived_at = BigIntegerField(null=True)
        starter = BooleanField()
        errors = IntegerField()
        warnings = IntegerField()
        name = CharField(max_length=200)
        description = TextField(null=True)
        asset_type = TextField(null=True)
        business_function = TextField(null=True)
        owner_role = TextField(null=True)
        owner = BlobField(null=True)
        owner_index = BlobField(null=True)
        manager = BlobField(null=True)
        manager_index = BlobField(null=True)
        custodian = BlobField(null=True)
        custodian_index = BlobField(null=True)
        technical_contact = BlobField(null=True)
        technical_contact_index = BlobField(null=True)
        format = TextField(null=True)
        location = TextField(null=True)
        contains_personal = TextField(null=True)
        contains_special = TextField(null=True)
        contains_criminal = TextField(null=True)
        contains_children = TextField(null=True)
        individuals = TextField()
        data_categories = TextField()
        volume_records = TextField(null=True)
        volume_subjects = TextField(null=True)
        classification = TextField(null=True)
        access_groups = TextField()
        source = TextField()
        shared_with = TextField()
        encrypted_at_rest = TextField(null=True)
        encrypted_in_transit = TextField(null=True)
        backed_up = TextField(null=True)
        expected_controls = TextField()
        confidentiality = TextField(null=True)
        integrity = TextField(null=True)
        availability = TextField(null=True)
        recover_within_hours = IntegerField(null=True)
        lose_at_most_hours = IntegerField(null=True)
        risks = TextField()
        retention = TextField(null=True)
        disposal_method = TextField(null=True)
        last_verified_on = DateField(null=True)
        next_review_on = DateField(null=True)
        accuracy_check = TextField(null=True)
        accuracy_checked_on = DateField(null=True)
        notes = TextField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class Supplier(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        number = IntegerField()
        version = IntegerField()
        created_at = BigIntegerField()
        changed_at = BigIntegerField()
        archived_at = BigIntegerField(null=True)
        starter = BooleanField()
        errors = IntegerField()
        warnings = IntegerField()
        name = CharField(max_length=200)
        service = TextField(null=True)
        business_function = TextField(null=True)
        role = TextField(null=True)
        role_note = TextField(null=True)
        company_number = CharField(max_length=200, null=True)
        website = CharField(max_length=500, null=True)
        address = TextField(null=True)
        contact_name = BlobField(null=True)
        contact_name_index = BlobField(null=True)
        contact_email = BlobField(null=True)
        contact_email_index = BlobField(null=True)
        contact_phone = BlobField(null=True)
        contact_phone_index = BlobField(null=True)
        dpo_contact = BlobField(null=True)
        handles_personal_data = TextField(null=True)
        individuals = TextField()
        data_categories = TextField()
        special_categories = TextField()
        own_purposes = TextField(null=True)
        own_purposes_note = TextField(null=True)
        contract_signed = TextField(null=True)
        contract_link = CharField(max_length=500, null=True)
        details_described = TextField(null=True)
        clauses = TextField()
        contract_notes = TextField(null=True)
        sub_processors_known = TextField(null=True)
        sub_processors = TextField()
        due_diligence_on = DateField(null=True)
        due_diligence = TextField()
        regulator_fee_number = CharField(max_length=200, null=True)
        certifications = TextField()
        certificates_end_on = DateField(null=True)
        breach_history = TextField(null=True)
        childrens_code = TextField(null=True)
        hosting = TextField(null=True)
        retention = TextField(null=True)
        exit_plan = TextField(null=True)
        tells_breach_within_hours = IntegerField(null=True)
        security_measures = TextField()
        questions_to_ask = TextField()
        risks = TextField()
        countries = TextField()
        outside_uk = TextField(null=True)
        transfer_mechanism = TextField(null=True)
        transfer_assessed_on = DateField(null=True)
        us_uk_extension = TextField(null=True)
        exceptional_safeguards = TextField(null=True)
        starts_on = DateField(null=True)
        ends_on = DateField(null=True)
        notice_days = IntegerField(null=True)
        renewal = TextField(null=True)
        contract_value = IntegerField(null=True)
        owner_role = TextField(null=True)
        owner = BlobField(null=True)
        owner_index = BlobField(null=True)
        last_verified_on = DateField(null=True)
        next_review_on = DateField(null=True)
        notes = TextField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    class Activity(Table):
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        number = IntegerField()
        version = IntegerField()
        created_at = BigIntegerField()
        changed_at = BigIntegerField()
        archived_at = BigIntegerField(null=True)
        starter = BooleanField()
        errors = IntegerField()
        warnings = IntegerField()
        name = CharField(max_length=200)
        role = TextField(null=True)
        business_function = TextField(null=True)
        purpose = TextField(null=True)
        is_core_task = TextField(null=True)
        started_on = DateField(null=True)
        joint_controller = TextField(null=True)
        joint_controller_contact = BlobField(null=True)
        art6 = TextField()
        statute = TextField(null=True)
        contract_with_subject = TextField(null=True)
        vital_why = TextField(null=True)
        rli_condition = TextField(null=True)
        rli_necessity = TextField(null=True)
        rli_request = TextField(null=True)
        lia_interest = TextField(null=True)
        lia_necessity = TextField(null=True)
        lia_balance = TextField(null=True)
        lia_assessed_on = DateField(null=True)
        lia_assessed_by = BlobField(null=True)
        lia_assessed_by_index = BlobField(null=True)
        lia_link = CharField(max_length=500, null=True)
        consent_mechanism = TextField(null=True)
        consent_withdrawal = TextField(null=True)
        consent_who = TextField(null=True)
        consent_can_refuse = TextField(null=True)
        consent_link = CharField(max_length=500, null=True)
        individuals = TextField()
        number_of_people = IntegerField(null=True)
        data_categories = TextField()
        source_of_data = TextField()
        special_categories = TextField()
        treated_as_sensitive = TextField()
        art9 = TextField()
        explicit_consent = TextField(null=True)
        criminal_data = TextField(null=True)
        criminal_authority = TextField(null=True)
        sch1 = TextField()
        apd_reference = TextField(null=True)
        apd_review_on = DateField(null=True)
        apd_withdrawn = TextField(null=True)
        apd_only_for_authority = TextField(null=True)
        kept_per_policy = TextField(null=True)
        kept_not_reason = TextField(null=True)
        biometric_recognition = TextField(null=True)
        biometric_parents_told = TextField(null=True)
        biometric_written_consent = TextField(null=True)
        biometric_no_objection = TextField(null=True)
        biometric_alternative = TextField(null=True)
        recipients = TextField()
        processor_contract_link = CharField(max_length=500, null=True)
        transfers_outside_uk = TextField(null=True)
        third_countries = TextField()
        transfer_mechanism = TextField()
        exceptional_safeguards = TextField(null=True)
        retention = TextField(null=True)
        retention_policy_link = CharField(max_length=500, null=True)
        location = TextField(null=True)
        security_measures = TextField()
        rights = TextField()
        automated_significant = TextField(null=True)
        automated_information = TextField(null=True)
        automated_representations = TextField(null=True)
        automated_human = TextField(null=True)
        automated_contest = TextField(null=True)
        automated_note = TextField(null=True)
        profiling = TextField(null=True)
        dpia_required = TextField(null=True)
        dpia_progress = TextField(null=True)
        dpia_link = CharField(max_length=500, null=True)
        breach_occurred = TextField(null=True)
        breach_link = CharField(max_length=500, null=True)
        controller_acted_for = TextField(null=True)
        controller_contact = BlobField(null=True)
        controller_representative = TextField(null=True)
        processing_categories = TextField()
        owner_role = TextField(null=True)
        owner = BlobField(null=True)
        owner_index = BlobField(null=True)
        last_verified_on = DateField(null=True)
        next_review_on = DateField(null=True)
        notes = TextField(null=True)
        starter_id = TextField(null=True)
        starter_source = TextField(null=True)
        starter_certainty = TextField(null=True)

        class Meta:
            indexes = ((("school", "number"), True),)

    db.create_tables(
        [
            Installation,
            School,
            User,
            Membership,
            OneUseLink,
            Session,
            FailedSignIn,
            KnownAddress,
            Draft,
            Upload,
            AuditHead,
            AuditEntry,
            AuditDetail,
            Link,
            Asset,
            Supplier,
            Activity,
        ]
    )
    for register in (Asset, Supplier, Activity):
        name = f"{register._meta.table_name}_by_name"
        by_name = register.index(register.school, register.archived_at, fn.LOWER(register.name), register.id, name=name)
        db.execute(by_name)
    for statement in SQLITE_TRIGGERS if isinstance(db, SqliteDatabase) else POSTGRESQL_TRIGGERS:
        db.execute_sql(statement)


SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER audit_entry_stays_{deed} BEFORE {deed} ON audit_entry BEGIN SELECT RAISE(ABORT, 'The trace is never changed.'); END"
    for deed in ("update", "delete")
)

POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The trace is never changed.'; END $$",
    "CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()",
)
