"""How long a series of records is kept, in words that fit a sentence: "6 years after the end of the financial year in which it is dated"."""

from collections.abc import Mapping
from typing import Any

from models.vocabulary import RetentionRounding, RetentionTrigger
from registry.rules.retention_dates import length_words, period_of

HAPPENS: Mapping[str, str] = {
    RetentionTrigger.DATE_OF_BIRTH: "they were born",
    RetentionTrigger.LEAVES_FOR_NEXT_SCHOOL: "they leave for the next school",
    RetentionTrigger.LEAVES_SCHOOL: "they leave the school",
    RetentionTrigger.CREATED: "it was made",
    RetentionTrigger.ALLEGATION_MADE: "the allegation was made",
    RetentionTrigger.PENSION_AGE: "they reach normal pension age",
    RetentionTrigger.EMPLOYMENT_ENDS: "their employment or work ends",
    RetentionTrigger.ENTRY_MADE: "the entry was made",
    RetentionTrigger.DATED: "it is dated",
    RetentionTrigger.ADMITTED: "they are admitted",
    RetentionTrigger.CASE_RESOLVED: "the case is resolved",
    RetentionTrigger.ISSUED: "it was issued",
    RetentionTrigger.VISIT_ENDS: "the visit ends",
    RetentionTrigger.VISIT_DATE: "the visit took place",
    RetentionTrigger.MEDICINE_ENDS: "the course of medicine ends",
    RetentionTrigger.INCIDENT: "the incident happened",
    RetentionTrigger.RECORD_MADE: "the report was made",
    RetentionTrigger.LAST_ENTRY: "the last entry was made",
    RetentionTrigger.SUPERSEDED: "a newer one replaces it",
    RetentionTrigger.LEAVES_STOPS_OR_OBJECTS: "they leave, stop using it, or anybody objects",
    RetentionTrigger.TEMPLATE_DELETED: "the template was deleted",
    RetentionTrigger.LAST_RELIED_ON: "it was last relied on",
    RetentionTrigger.RECORDED: "it was recorded",
    RetentionTrigger.CASE_CLOSED: "the case is closed",
    RetentionTrigger.LOGGED: "it was logged",
    RetentionTrigger.DISPOSED: "they were disposed of",
    RetentionTrigger.RETURNED: "it is returned and settled",
    RetentionTrigger.TRANSFERRED: "it is handed over",
    RetentionTrigger.SENT_OR_RECEIVED: "it was sent or received",
    RetentionTrigger.APPOINTMENT_MADE: "the successful candidate is appointed",
    RetentionTrigger.DECISION_MADE: "the decision is made",
    RetentionTrigger.LAST_PAYMENT: "the last payment is made",
    RetentionTrigger.TRAINED: "the training took place",
    RetentionTrigger.CONTRACT_ENDS: "the contract ends",
    RetentionTrigger.MEETING: "the meeting took place",
    RetentionTrigger.TERM_ENDS: "the term of office ends",
    RetentionTrigger.CLOSED: "it is closed",
    RetentionTrigger.PROCESSING_ENDS: "the processing ends",
    RetentionTrigger.EVENT: "it happened",
}
"""What happens when the event does, after “after”, “until” or “in which”."""


def period_words(rule: Any) -> str:
    """How long a series is kept, in words."""
    period = period_of(rule)
    if period.is_permanent:
        return "For good"
    if period.trigger == RetentionTrigger.NONE:
        return "No day: a person decides"
    if not period.is_said or period.trigger is None:
        return "Not said"
    event = HAPPENS.get(period.trigger, "the event happened")
    if period.rounding != RetentionRounding.EXACT:
        year = RetentionRounding(period.rounding).label.removeprefix("The end of its ")
        event = f"the end of the {year} in which {event}"
    length = length_words(period)
    return f"{length} after {event}" if length else f"Until {event}"
