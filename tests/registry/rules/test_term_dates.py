"""An entry by which days cannot be counted, or may be counted wrongly, is found."""

from datetime import date

import pytest

from models.vocabulary import TermDateKind
from registry.rules.school_facts import SchoolFacts
from registry.rules.term_dates import TermDateFacts, term_date_findings

FIRST = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (TermDateFacts(begins_on=FIRST, ends_on=date(2026, 12, 18)), []),
        (TermDateFacts(begins_on=FIRST), []),
        (TermDateFacts(), ["TE01"]),
        (TermDateFacts(ends_on=FIRST), ["TE01"]),
        (TermDateFacts(begins_on=FIRST, ends_on=date(2026, 8, 31)), ["TE02"]),
        (TermDateFacts(begins_on=FIRST, ends_on=date(2027, 9, 1)), ["TE03"]),
        (TermDateFacts(kind=TermDateKind.TERM, begins_on=date(2026, 1, 5), ends_on=date(2026, 5, 24)), []),
        (TermDateFacts(kind=TermDateKind.TERM, begins_on=date(2026, 1, 5), ends_on=date(2026, 5, 25)), ["TE03"]),
        (TermDateFacts(kind=TermDateKind.HOLIDAY, begins_on=FIRST, ends_on=date(2026, 11, 9)), []),
        (TermDateFacts(kind=TermDateKind.HOLIDAY, begins_on=FIRST, ends_on=date(2026, 11, 10)), ["TE03"]),
        (TermDateFacts(kind=TermDateKind.INSET, begins_on=FIRST, ends_on=date(2026, 9, 8)), ["TE03"]),
        (TermDateFacts(kind=TermDateKind.BANK_HOLIDAY, begins_on=FIRST), []),
        (TermDateFacts(kind=TermDateKind.BANK_HOLIDAY, begins_on=FIRST, ends_on=date(2026, 9, 2)), ["TE03"]),
        (TermDateFacts(kind=TermDateKind.CLOSURE, begins_on=FIRST, ends_on=date(2027, 9, 1)), ["TE03"]),
    ],
)
def test_the_days_are_looked_at(facts: TermDateFacts, codes: list[str]) -> None:
    assert [finding.code for finding in term_date_findings(facts, SchoolFacts())] == codes


def test_a_stretch_that_is_too_long_says_how_long_it_is() -> None:
    (finding,) = term_date_findings(TermDateFacts(begins_on=FIRST, ends_on=date(2027, 9, 1)), SchoolFacts())
    assert "These are 366 days in a row" in finding.message
