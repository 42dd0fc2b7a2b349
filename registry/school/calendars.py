"""The calendar by which days are counted in the school in view: bank holidays as GOV.UK lists them, and the school's own term dates."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from models.term_date import TermDate
from models.vocabulary import BankHolidays as Division
from models.vocabulary import TermDateKind
from registry.rules.working_days import Calendar, Span

PROCLAIMED_SINCE: Mapping[str, Mapping[date, str]] = {Division.SCOTLAND: {date(2026, 6, 15): "World Cup bank holiday"}}
"""Bank holidays that were proclaimed after the list which came with the program was made."""

SUBSTITUTE = "{}, substitute day"


def calendar_here(bank_holidays: str) -> Calendar:
    """Everything that is known of the days of the school in view. Nothing is asked of another computer."""
    known, until = _bank_holidays(str(bank_holidays))
    rows = list(TermDate.select().where(TermDate.archived_at.is_null() & TermDate.begins_on.is_null(False)).order_by(TermDate.begins_on, TermDate.id))
    own = {day: span.name for span in _spans(rows, TermDateKind.BANK_HOLIDAY) for day in (span.begins_on,)}
    return Calendar(
        bank_holidays={**own, **known},
        known_until=until,
        terms=_spans(rows, TermDateKind.TERM),
        closed=_spans(rows, TermDateKind.HOLIDAY, TermDateKind.INSET, TermDateKind.CLOSURE),
    )


def _spans(rows: Iterable[TermDate], *kinds: TermDateKind) -> tuple[Span, ...]:
    """The entries of these kinds by which days can be counted; one whose last day comes before its first is left out."""
    ends = ((row, row.ends_on or row.begins_on) for row in rows if row.kind in kinds)
    return tuple(Span(row.begins_on, last, row.name) for row, last in ends if last >= row.begins_on)


@cache
def _bank_holidays(division: str) -> tuple[dict[date, str], date | None]:
    """The bank holidays that came with the program, by day, and until when they are known; nothing for a calendar that it does not know."""
    listed = BankHolidays(use_cached_holidays=True)
    if division not in listed.ALL_DIVISIONS:
        return {}, None
    found = {each["date"]: SUBSTITUTE.format(each["title"]) if each["notes"] else each["title"] for each in listed.get_holidays(division=division)}
    return {**found, **PROCLAIMED_SINCE.get(division, {})}, date(max(found).year, 12, 31)
