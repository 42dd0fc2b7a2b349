"""Where the school keeps information: systems, folders, cabinets, and who answers for each."""

from peewee import CharField, IntegerField, TextField

from models.fields import BlindIndex, ChoiceField, ChoicesField, DayField, EncryptedText, LinesField
from models.record import Record
from models.vocabulary import (
    AssetFormat,
    AssetType,
    BusinessFunction,
    Certainty,
    Classification,
    DisposalMethod,
    ExpectedControl,
    Individuals,
    JobRole,
    Level,
    VolumeBand,
    YesNo,
    YesNoUnknown,
)


class Asset(Record):
    """An information asset: a thing that holds information and has one owner."""

    PREFIX = "IA"

    name = CharField(max_length=200)
    description = TextField(null=True)
    asset_type = ChoiceField(AssetType, null=True)
    business_function = ChoiceField(BusinessFunction, null=True)

    owner_role = ChoiceField(JobRole, null=True)
    owner = EncryptedText(null=True)
    owner_index = BlindIndex(owner)
    manager = EncryptedText(null=True)
    manager_index = BlindIndex(manager)
    custodian = EncryptedText(null=True)
    custodian_index = BlindIndex(custodian)
    technical_contact = EncryptedText(null=True)
    technical_contact_index = BlindIndex(technical_contact)

    format = ChoiceField(AssetFormat, null=True)
    location = TextField(null=True)

    contains_personal = ChoiceField(YesNo, null=True)
    contains_special = ChoiceField(YesNo, null=True)
    contains_criminal = ChoiceField(YesNo, null=True)
    contains_children = ChoiceField(YesNo, null=True)
    individuals = ChoicesField(Individuals)
    data_categories = LinesField()
    volume_records = ChoiceField(VolumeBand, null=True)
    volume_subjects = ChoiceField(VolumeBand, null=True)

    classification = ChoiceField(Classification, null=True)
    access_groups = LinesField()
    source = LinesField()
    shared_with = LinesField()

    encrypted_at_rest = ChoiceField(YesNoUnknown, null=True)
    encrypted_in_transit = ChoiceField(YesNoUnknown, null=True)
    backed_up = ChoiceField(YesNoUnknown, null=True)
    expected_controls = ChoicesField(ExpectedControl)

    confidentiality = ChoiceField(Level, null=True)
    integrity = ChoiceField(Level, null=True)
    availability = ChoiceField(Level, null=True)
    recover_within_hours = IntegerField(null=True)
    lose_at_most_hours = IntegerField(null=True)
    risks = LinesField()

    retention = TextField(null=True)
    disposal_method = ChoiceField(DisposalMethod, null=True)

    last_verified_on = DayField(null=True)
    next_review_on = DayField(null=True)
    accuracy_check = TextField(null=True)
    accuracy_checked_on = DayField(null=True)
    notes = TextField(null=True)

    starter_id = TextField(null=True)
    starter_source = TextField(null=True)
    starter_certainty = ChoiceField(Certainty, null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
