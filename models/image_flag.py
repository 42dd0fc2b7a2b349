"""Limits on pictures of somebody that beat every answer, for reasons that stay with the safeguarding lead and the headteacher."""

from models.fields import ChoiceField, DayField, EncryptedText, OneField
from models.record import Record
from models.vocabulary import FlagCause, ImageFlag, YesNo


class PictureFlag(Record):
    """One limit on pictures of one person, until it is cleared."""

    PREFIX = "PF"
    LISTED_BY = "number"

    level = ChoiceField(ImageFlag)
    person = OneField("pupils")
    cause = ChoiceField(FlagCause, default=FlagCause.SAFEGUARDING)
    keeps_identification = ChoiceField(YesNo, null=True)
    reason = EncryptedText(null=True)
    next_review_on = DayField(null=True)
    cleared_on = DayField(null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "person"), False),
        )
