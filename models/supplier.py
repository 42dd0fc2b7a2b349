"""Who works for the school with its data: the contract, the checks made before signing, and where the data goes."""

from peewee import CharField, IntegerField, TextField

from models.fields import BlindIndex, ChoiceField, ChoicesField, DayField, EncryptedText, LinesField
from models.record import Record
from models.vocabulary import (
    Art28Clause,
    BusinessFunction,
    Certainty,
    Certification,
    DueDiligence,
    Individuals,
    JobRole,
    SpecialCategory,
    SupplierRole,
    TransferMechanism,
    YesNo,
    YesNoUnknown,
)

ADDRESS = 500
"""The most letters of the address of a document elsewhere."""


class Supplier(Record):
    """A supplier: a company or body that the school buys from or works with."""

    PREFIX = "SU"

    name = CharField(max_length=200)
    service = TextField(null=True)
    business_function = ChoiceField(BusinessFunction, null=True)
    role = ChoiceField(SupplierRole, null=True)
    role_note = TextField(null=True)
    company_number = CharField(max_length=200, null=True)
    website = CharField(max_length=ADDRESS, null=True)
    address = TextField(null=True)

    contact_name = EncryptedText(null=True)
    contact_name_index = BlindIndex(contact_name)
    contact_email = EncryptedText(null=True)
    contact_email_index = BlindIndex(contact_email)
    contact_phone = EncryptedText(null=True)
    contact_phone_index = BlindIndex(contact_phone)
    dpo_contact = EncryptedText(null=True)

    handles_personal_data = ChoiceField(YesNo, null=True)
    individuals = ChoicesField(Individuals)
    data_categories = LinesField()
    special_categories = ChoicesField(SpecialCategory)
    own_purposes = ChoiceField(YesNoUnknown, null=True)
    own_purposes_note = TextField(null=True)

    contract_signed = ChoiceField(YesNo, null=True)
    contract_link = CharField(max_length=ADDRESS, null=True)
    details_described = ChoiceField(YesNo, null=True)
    clauses = ChoicesField(Art28Clause)
    contract_notes = TextField(null=True)

    sub_processors_known = ChoiceField(YesNo, null=True)
    sub_processors = LinesField()

    due_diligence_on = DayField(null=True)
    due_diligence = ChoicesField(DueDiligence)
    regulator_fee_number = CharField(max_length=200, null=True)
    certifications = ChoicesField(Certification)
    certificates_end_on = DayField(null=True)
    breach_history = TextField(null=True)
    childrens_code = TextField(null=True)
    hosting = TextField(null=True)
    retention = TextField(null=True)
    exit_plan = TextField(null=True)
    tells_breach_within_hours = IntegerField(null=True)
    security_measures = LinesField()
    questions_to_ask = LinesField()
    risks = LinesField()

    countries = LinesField()
    outside_uk = ChoiceField(YesNoUnknown, null=True)
    transfer_mechanism = ChoiceField(TransferMechanism, null=True)
    transfer_assessed_on = DayField(null=True)
    us_uk_extension = ChoiceField(YesNoUnknown, null=True)
    exceptional_safeguards = TextField(null=True)

    starts_on = DayField(null=True)
    ends_on = DayField(null=True)
    notice_days = IntegerField(null=True)
    renewal = TextField(null=True)
    contract_value = IntegerField(null=True)

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
