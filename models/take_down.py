"""What has to disappear because somebody in the picture may no longer be shown there."""

from peewee import CharField, TextField

from models.fields import ChoiceField, DayField, OneField
from models.record import Record
from models.vocabulary import JobRole


class TakeDown(Record):
    """One task: one person out of one publication, by a day."""

    PREFIX = "TD"
    LISTED_BY = "due_on"

    name = CharField(max_length=200)
    publication = OneField("publications")
    person = OneField("pupils")
    due_on = DayField(null=True)
    owner = ChoiceField(JobRole, default=JobRole.OFFICE_MANAGER)
    done_on = DayField(null=True)
    outcome = TextField(null=True)
    worked_out = TextField(null=True)  # how the day was counted, as registry.rules.working_days stores it

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "person"), False),
            (("school", "publication"), False),
        )
