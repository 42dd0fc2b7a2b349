"""What a school uses pictures for, each use with its own basis and its own question (UK GDPR Articles 6 and 7)."""

from peewee import CharField, IntegerField, TextField

from models.fields import ChoiceField, OneField
from models.record import Record
from models.vocabulary import Certainty, ImageBasis, ImageUseKind, NameShown, NoAnswer, YesNo


class ImageUse(Record):
    """One use, as the form tells families of it."""

    PREFIX = "IU"

    name = CharField(max_length=200)
    covers = TextField(null=True)
    kind = ChoiceField(ImageUseKind, default=ImageUseKind.OTHER)
    leaves_school = ChoiceField(YesNo, default=YesNo.YES)
    most_name_shown = ChoiceField(NameShown, default=NameShown.FIRST)
    basis = ChoiceField(ImageBasis, default=ImageBasis.CONSENT)
    no_answer = ChoiceField(NoAnswer, default=NoAnswer.BLOCK)
    asked_on_form = ChoiceField(YesNo, default=YesNo.YES)
    form_sentence = TextField(null=True)
    valid_months = IntegerField(null=True)
    processing = OneField("processing", null=True)
    storage = TextField(null=True)
    kept = TextField(null=True)

    starter_id = TextField(null=True)
    starter_source = TextField(null=True)
    starter_certainty = ChoiceField(Certainty, null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
