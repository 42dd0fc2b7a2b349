"""Records as they were approved, and the steps on the way there; written once, and never changed."""

from peewee import BinaryUUIDField, IntegerField, TextField

from models.fields import ChoiceField, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.vocabulary.advice import Advice


class ApprovedVersion(OfSchool):
    """One record with its links as somebody approved it, and the advice they had."""

    register = TextField()
    record = BinaryUUIDField()
    number = IntegerField()  # 1, 2 and so on for each record
    froze = IntegerField()  # the version of the record that was looked at
    answers = EncryptedText()  # JSON, as registry/approval/freezing.py writes it
    digest = TextField()  # keyed digest of that JSON, for paper; the row's seal is in the trace
    error_count = IntegerField(default=0)
    warning_count = IntegerField(default=0)
    note_count = IntegerField(default=0)
    advised_by = BinaryUUIDField(null=True)
    advised_at = UtcDateTime(null=True)
    verdict = ChoiceField(Advice, null=True)
    advice = EncryptedText(null=True)
    approved_by = BinaryUUIDField()
    approved_at = UtcDateTime()
    reasons = EncryptedText(null=True)  # why it was approved although the advice was not simply yes
    version = IntegerField(default=1)  # stays 1: only a new key seals it again

    class Meta:
        indexes = ((("school", "register", "record", "number"), True),)


class ApprovalStep(OfSchool):
    """What comes before an approval: somebody asks for it, somebody advises. It is about one version of one record."""

    register = TextField()
    record = BinaryUUIDField()
    about = IntegerField()  # the version of the record that was looked at
    verdict = ChoiceField(Advice, null=True)  # none where somebody only asks
    words = EncryptedText(null=True)
    by = BinaryUUIDField()
    at = UtcDateTime()
    version = IntegerField(default=1)  # stays 1, as above

    class Meta:
        indexes = ((("school", "register", "record", "at"), False),)
