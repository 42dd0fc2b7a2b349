"""What kind of school it is, where it is, and what follows from that unless the school says otherwise."""

from models.vocabulary.words import Words


class Nation(Words):
    """The part of the United Kingdom whose law applies."""

    ENGLAND = "england", "England"
    WALES = "wales", "Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class SchoolType(Words):
    """How the school is constituted, which settles its controller and whether it is a public authority."""

    MAINTAINED = "maintained", "Maintained school (England or Wales)"
    ACADEMY = "academy", "Academy or free school (England)"
    INDEPENDENT = "independent", "Independent school"
    SCOTTISH_COUNCIL_SCHOOL = "scottish_council_school", "Council school (Scotland)"
    NI_GRANT_AIDED = "ni_grant_aided", "Grant-aided school (Northern Ireland)"


class Phase(Words):
    """The ages a school teaches, or that it is a special school."""

    EARLY_YEARS = "early_years", "Nursery and reception"
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    SIXTH_FORM = "sixth_form", "Sixth form"
    SPECIAL = "special", "Special school, alternative provision or resourced unit"


class Controller(Words):
    """Who decides why and how the school uses personal data."""

    GOVERNING_BODY = "governing_body", "Governing body"
    ACADEMY_TRUST = "academy_trust", "Academy trust, for all its schools"
    PROPRIETOR = "proprietor", "Proprietor"
    COUNCIL = "council", "Council"


class BankHolidays(Words):
    """Which calendar of bank holidays the working days are counted by."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class Term(Words):
    """A term of the school year, which starts in September in most of the country."""

    AUTUMN = "autumn", "Autumn term"
    SPRING = "spring", "Spring term"
    SUMMER = "summer", "Summer term"


class TermDateKind(Words):
    """What some days in the year of a school are."""

    TERM = "term", "Term, or half a term"
    HOLIDAY = "holiday", "Half term, or another holiday"
    INSET = "inset", "INSET day: staff only"
    CLOSURE = "closure", "Closed for another reason"
    BANK_HOLIDAY = "bank_holiday", "Bank holiday that is not known here yet"


PUBLIC_AUTHORITY = {
    SchoolType.MAINTAINED: True,
    SchoolType.ACADEMY: True,
    SchoolType.INDEPENDENT: False,
    SchoolType.SCOTTISH_COUNCIL_SCHOOL: True,
    SchoolType.NI_GRANT_AIDED: True,
}

NATIONS_OF = {
    SchoolType.MAINTAINED: (Nation.ENGLAND, Nation.WALES),
    SchoolType.ACADEMY: (Nation.ENGLAND,),
    SchoolType.INDEPENDENT: tuple(Nation),
    SchoolType.SCOTTISH_COUNCIL_SCHOOL: (Nation.SCOTLAND,),
    SchoolType.NI_GRANT_AIDED: (Nation.NORTHERN_IRELAND,),
}

CONTROLLER_OF = {
    SchoolType.MAINTAINED: Controller.GOVERNING_BODY,
    SchoolType.ACADEMY: Controller.ACADEMY_TRUST,
    SchoolType.INDEPENDENT: Controller.PROPRIETOR,
    SchoolType.SCOTTISH_COUNCIL_SCHOOL: Controller.COUNCIL,
    SchoolType.NI_GRANT_AIDED: Controller.GOVERNING_BODY,
}

FINANCIAL_YEAR_END = {
    SchoolType.MAINTAINED: (3, 31),
    SchoolType.ACADEMY: (8, 31),
    SchoolType.INDEPENDENT: (8, 31),
    SchoolType.SCOTTISH_COUNCIL_SCHOOL: (3, 31),
    SchoolType.NI_GRANT_AIDED: (3, 31),
}
"""Month and day on which the financial year usually ends."""

BANK_HOLIDAYS_OF = {
    Nation.ENGLAND: BankHolidays.ENGLAND_AND_WALES,
    Nation.WALES: BankHolidays.ENGLAND_AND_WALES,
    Nation.SCOTLAND: BankHolidays.SCOTLAND,
    Nation.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}
