"""Personal tokens: what lets another program act for a person in one school, and never further than that person."""

from peewee import ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, Traced
from models.fields import ChoiceField, DayField, EncryptedText, UtcDateTime
from models.roles import Role
from models.school import School
from models.user import User


class ApiToken(Traced):
    """One token of one person in one school. Like a membership it is read before any school is in view: it says which one will be."""

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False)
    user = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False)
    digest = TextField(unique=True)  # keyed; the token itself is only with whoever copied it
    name = EncryptedText()
    role = ChoiceField(Role)
    version = IntegerField(default=1)
    made_at = UtcDateTime()
    expires_on = DayField()  # the last day on which it works
    ended_at = UtcDateTime(null=True)


class ApiTokenUse(BaseModel):
    """The day on which a token was last used; apart from the token, whose row is sealed into the trace and so changes only with an entry."""

    token = ForeignKeyField(ApiToken, unique=True, on_delete="CASCADE", lazy_load=False)
    used_on = DayField()
