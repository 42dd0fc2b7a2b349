"""Days on which the office is open: neither weekends nor bank holidays, as GOV.UK lists them, so far as they are known."""

from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

SATURDAY = 5


def working_days_after(day: date, count: int, calendar: str) -> date:
    """The day that is so many working days after another, by the bank holidays of a part of the country. Nothing is asked of another computer."""
    closed = _closed(str(calendar))
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY and day not in closed
    return day


@cache
def _closed(calendar: str) -> frozenset[date]:
    """The bank holidays that came with the program; none for a calendar that it does not know."""
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(each["date"] for each in known.get_holidays(division=calendar)) if calendar in known.ALL_DIVISIONS else frozenset()
