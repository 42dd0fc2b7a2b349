"""What people agree to before they use technology or take a device; the version that counts is the one approved last."""

from peewee import CharField, TextField

from models.fields import ChoiceField
from models.record import Record
from models.vocabulary import AgreementAudience, Certainty


class Agreement(Record):
    """One agreement for one audience. A change counts from when it is approved, as the next version."""

    PREFIX = "AG"

    name = CharField(max_length=200)
    audience = ChoiceField(AgreementAudience, null=True)
    text = TextField(null=True)
    signed_by = CharField(max_length=200, null=True)
    second_signature = CharField(max_length=200, null=True)
    sign_again_when = TextField(null=True)
    retention = TextField(null=True)
    starter_id = TextField(null=True)
    starter_source = TextField(null=True)
    starter_certainty = ChoiceField(Certainty, null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "audience"), False))
