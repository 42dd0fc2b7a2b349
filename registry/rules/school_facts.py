"""What the rules need to know about the school."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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
    support_table: Callable[[], Sequence[Any]] = field(default=tuple, compare=False, repr=False)  # its own ends of support, read when asked for
