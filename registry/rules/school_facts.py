"""What the rules need to know about the school."""

from dataclasses import dataclass
from datetime import date

from models.vocabulary import BankHolidays, Controller, Nation, SchoolType


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFacts:
    """The school as the law sees it, on a certain day; when the day is not told, rules about dates are silent."""

    nation: str = Nation.ENGLAND
    school_type: str = SchoolType.MAINTAINED
    controller: str = Controller.GOVERNING_BODY
    phases: tuple[str, ...] = ()  # the ages it teaches; none means that nobody has said
    public_authority: bool = True
    financial_year_end: tuple[int, int] = (3, 31)
    bank_holidays: str = BankHolidays.ENGLAND_AND_WALES
    regulator_name: str = "ICO"
    today: date | None = None
    review_months: int = 12
