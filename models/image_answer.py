"""What somebody answered about pictures of a person for one use. Never changed: whoever answers anew gives another answer."""

from peewee import CharField, TextField

from models.fields import ChoiceField, DayField, EncryptedText, OneField
from models.record import Record
from models.vocabulary import AnswerMethod, Decider, ImageDecision


class ImageAnswer(Record):
    """One answer: about whom, for what, by whom and with what authority, how it came, and how long it counts."""

    PREFIX = "ID"
    LISTED_BY = "number"

    decision = ChoiceField(ImageDecision)
    person = OneField("pupils")
    use = OneField("image-uses")
    decider = ChoiceField(Decider, default=Decider.PARENT)
    carer = OneField("carers", null=True)
    decided_by = EncryptedText(null=True)
    authority = EncryptedText(null=True)
    method = ChoiceField(AnswerMethod, default=AnswerMethod.PAPER)
    decided_on = DayField(null=True)
    valid_until = DayField(null=True)
    conditions = EncryptedText(null=True)
    form_version = CharField(max_length=40, null=True)
    wording = TextField(null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "use", "person"), False),
            (("school", "person"), False),
            (("school", "carer"), False),
        )
