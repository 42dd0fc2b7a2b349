"""What the school does with personal data, and why it may: the record that UK GDPR Article 30 asks for."""

from peewee import CharField, IntegerField, TextField

from models.fields import BlindIndex, ChoiceField, ChoicesField, DayField, EncryptedText, LinesField
from models.record import Record
from models.vocabulary import (
    ActivityRole,
    Art6,
    Art9,
    AuthorityForCriminalData,
    BusinessFunction,
    Certainty,
    DpiaLikely,
    Individuals,
    JobRole,
    KeptPerPolicy,
    RecognisedInterest,
    Right,
    Schedule1,
    SensitiveKind,
    SpecialCategory,
    TransferMechanism,
    YesNo,
    YesNoUnknown,
)

ADDRESS = 500
"""The most letters of the address of a document elsewhere."""


class Activity(Record):
    """A processing activity: one purpose, the people and data it needs, and what makes it lawful."""

    PREFIX = "PA"

    name = CharField(max_length=200)
    role = ChoiceField(ActivityRole, null=True)
    business_function = ChoiceField(BusinessFunction, null=True)
    purpose = TextField(null=True)
    is_core_task = ChoiceField(YesNo, null=True)
    started_on = DayField(null=True)
    joint_controller = TextField(null=True)
    joint_controller_contact = EncryptedText(null=True)

    art6 = ChoicesField(Art6)
    statute = TextField(null=True)
    contract_with_subject = TextField(null=True)
    vital_why = TextField(null=True)
    rli_condition = ChoiceField(RecognisedInterest, null=True)
    rli_necessity = TextField(null=True)
    rli_request = TextField(null=True)
    lia_interest = TextField(null=True)
    lia_necessity = TextField(null=True)
    lia_balance = TextField(null=True)
    lia_assessed_on = DayField(null=True)
    lia_assessed_by = EncryptedText(null=True)
    lia_assessed_by_index = BlindIndex(lia_assessed_by)
    lia_link = CharField(max_length=ADDRESS, null=True)

    consent_mechanism = TextField(null=True)
    consent_withdrawal = TextField(null=True)
    consent_who = TextField(null=True)
    consent_can_refuse = ChoiceField(YesNo, null=True)
    consent_link = CharField(max_length=ADDRESS, null=True)

    individuals = ChoicesField(Individuals)
    number_of_people = IntegerField(null=True)
    data_categories = LinesField()
    source_of_data = LinesField()

    special_categories = ChoicesField(SpecialCategory)
    treated_as_sensitive = ChoicesField(SensitiveKind)
    art9 = ChoicesField(Art9)
    explicit_consent = TextField(null=True)
    criminal_data = ChoiceField(YesNo, null=True)
    criminal_authority = ChoiceField(AuthorityForCriminalData, null=True)
    sch1 = ChoicesField(Schedule1)
    apd_reference = TextField(null=True)
    apd_review_on = DayField(null=True)
    apd_withdrawn = ChoiceField(YesNo, null=True)
    apd_only_for_authority = ChoiceField(YesNo, null=True)
    kept_per_policy = ChoiceField(KeptPerPolicy, null=True)
    kept_not_reason = TextField(null=True)

    biometric_recognition = ChoiceField(YesNo, null=True)
    biometric_parents_told = ChoiceField(YesNo, null=True)
    biometric_written_consent = ChoiceField(YesNo, null=True)
    biometric_no_objection = ChoiceField(YesNo, null=True)
    biometric_alternative = ChoiceField(YesNo, null=True)

    recipients = LinesField()
    processor_contract_link = CharField(max_length=ADDRESS, null=True)

    transfers_outside_uk = ChoiceField(YesNoUnknown, null=True)
    third_countries = LinesField()
    transfer_mechanism = ChoicesField(TransferMechanism)
    exceptional_safeguards = TextField(null=True)

    retention = TextField(null=True)
    retention_policy_link = CharField(max_length=ADDRESS, null=True)
    location = TextField(null=True)
    security_measures = LinesField()

    rights = ChoicesField(Right)
    automated_significant = ChoiceField(YesNo, null=True)
    automated_information = ChoiceField(YesNo, null=True)
    automated_representations = ChoiceField(YesNo, null=True)
    automated_human = ChoiceField(YesNo, null=True)
    automated_contest = ChoiceField(YesNo, null=True)
    automated_note = TextField(null=True)
    profiling = ChoiceField(YesNo, null=True)

    dpia_required = ChoiceField(DpiaLikely, null=True)
    dpia_progress = TextField(null=True)
    dpia_link = CharField(max_length=ADDRESS, null=True)
    breach_occurred = ChoiceField(YesNo, null=True)
    breach_link = CharField(max_length=ADDRESS, null=True)

    controller_acted_for = TextField(null=True)
    controller_contact = EncryptedText(null=True)
    controller_representative = TextField(null=True)
    processing_categories = LinesField()

    owner_role = ChoiceField(JobRole, null=True)
    owner = EncryptedText(null=True)
    owner_index = BlindIndex(owner)
    last_verified_on = DayField(null=True)
    next_review_on = DayField(null=True)
    notes = TextField(null=True)

    starter_id = TextField(null=True)
    starter_source = TextField(null=True)
    starter_certainty = ChoiceField(Certainty, null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
