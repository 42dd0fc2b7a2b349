"""Tests for how long a series is kept, in words."""

import pytest

from models.vocabulary import RetentionRounding, RetentionTrigger, YesNo
from registry.rules.retention_dates import RetentionRule
from registry.rules.retention_words import HAPPENS, period_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RetentionRule(trigger=RetentionTrigger.DATE_OF_BIRTH, years=25), "25 years after they were born"),
        (RetentionRule(trigger=RetentionTrigger.DATED, years=6, rounding=RetentionRounding.FINANCIAL_YEAR),
         "6 years after the end of the financial year in which it is dated"),
        (RetentionRule(trigger=RetentionTrigger.ISSUED, years=1, months=6, days=1), "1 year, 6 months, 1 day after it was issued"),
        (RetentionRule(trigger=RetentionTrigger.LEAVES_SCHOOL, days=0), "Until they leave the school"),
        (RetentionRule(permanent=YesNo.YES), "For good"),
        (RetentionRule(trigger=RetentionTrigger.NONE, days=0), "No day: a person decides"),
        (RetentionRule(trigger=RetentionTrigger.NONE), "No day: a person decides"),
        (RetentionRule(trigger=RetentionTrigger.ISSUED), "Not said"),
        (RetentionRule(trigger=RetentionTrigger.ISSUED, years=-1), "Not said"),
        (RetentionRule(years=6), "Not said"),
        (RetentionRule(trigger="whatever", days=90), "90 days after the event happened"),
    ],
)  # fmt: skip
def test_the_period_is_said_in_words(rule: RetentionRule, words: str) -> None:
    assert period_words(rule) == words


def test_every_event_has_words_that_fit_a_sentence() -> None:
    assert set(HAPPENS) == set(RetentionTrigger) - {RetentionTrigger.NONE}
