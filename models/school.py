"""The school: the unit of everything that is kept."""

from peewee import BooleanField, IntegerField, TextField

from models.base import BaseModel, Traced
from models.fields import ChoiceField, ChoicesField, LinesField, UtcDateTime
from models.vocabulary import BankHolidays, Controller, Nation, Phase, SchoolType


class Installation(BaseModel):
    """One row about the program itself: which key opens the database, whether it is a whole demonstration, when pictures were looked at last."""

    key_check = TextField()
    created_at = UtcDateTime()
    demonstration = BooleanField(default=False)
    pictures_checked_at = UtcDateTime(null=True)


class School(Traced):
    """A school with the facts that every rule asks for."""

    name = TextField()
    urn = TextField(null=True)
    nation = ChoiceField(Nation)
    school_type = ChoiceField(SchoolType)
    phases = ChoicesField(Phase)
    controller = ChoiceField(Controller)
    public_authority = BooleanField()
    financial_year_end_month = IntegerField()
    financial_year_end_day = IntegerField()
    term_dates = LinesField()
    bank_holidays = ChoiceField(BankHolidays)
    regulator_name = TextField(default="ICO")
    version = IntegerField(default=1)
    created_at = UtcDateTime()
