"""The hours in which the regulator is told of a breach: 72 elapsed ones from becoming aware (UK GDPR Article 33(1)), on no calendar.

Nights, weekends and holidays count, and no clock change moves the instant: everything here is in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from models.vocabulary import RegulatorDecision, Words

LIMIT = timedelta(hours=72)
RULE = "72 elapsed hours, version 1"
"""Kept with what was worked out by it."""

TO_SPARE = timedelta(hours=2)
"""Whoever decides so long before the end still has time to fill in the regulator's form, which cannot be saved half-way."""


class BreachState(Words):
    """How a breach stands towards the regulator."""

    ASSESSING = "assessing", "Being assessed"
    NOT_REPORTABLE_REASONED = "not_reportable_reasoned", "Not to be reported, with reasons"
    DUE = "due", "To be reported"
    SUBMITTED_IN_TIME = "submitted_in_time", "Reported in time"
    SUBMITTED_LATE = "submitted_late", "Reported late"
    OVERDUE = "overdue", "Overdue"


SETTLED = frozenset({BreachState.NOT_REPORTABLE_REASONED, BreachState.SUBMITTED_IN_TIME, BreachState.SUBMITTED_LATE})
"""Nothing runs any more."""


class Alert(Words):
    """When whoever is responsible is told how much time has gone by."""

    START = "start", "The clock has started"
    AFTER_24 = "24", "24 hours have gone by"
    AFTER_48 = "48", "48 hours have gone by"
    AFTER_60 = "60", "60 hours have gone by"
    AFTER_71 = "71", "71 hours have gone by: one is left"
    OVERDUE = "overdue", "The 72 hours are over"


_AFTER = {
    Alert.START: timedelta(0),
    Alert.AFTER_24: timedelta(hours=24),
    Alert.AFTER_48: timedelta(hours=48),
    Alert.AFTER_60: timedelta(hours=60),
    Alert.AFTER_71: timedelta(hours=71),
    Alert.OVERDUE: LIMIT + timedelta(microseconds=1),
}


def deadline(aware_at: datetime) -> datetime:
    """The last instant, in UTC, at which the regulator is told in time. Raises ValueError for a time without its zone."""
    return _instant(aware_at) + LIMIT


def decide_by(aware_at: datetime) -> datetime:
    """The instant by which it is to be decided, in UTC, so that there is time to report."""
    return deadline(aware_at) - TO_SPARE


def state(
    aware_at: datetime, now: datetime, told_at: datetime | None = None, decision: RegulatorDecision | str | None = None
) -> BreachState:
    """How a breach stands at an instant: when the regulator was told, if they were, and what was decided, if it was.

    Exactly 72 hours after becoming aware is in time. Raises ValueError for a time without its zone.
    """
    last = deadline(aware_at)
    if told_at is not None:
        return BreachState.SUBMITTED_IN_TIME if _instant(told_at) <= last else BreachState.SUBMITTED_LATE
    if decision == RegulatorDecision.NOT_REPORTABLE:
        return BreachState.NOT_REPORTABLE_REASONED
    if _instant(now) > last:
        return BreachState.OVERDUE
    return BreachState.DUE if decision == RegulatorDecision.REPORT else BreachState.ASSESSING


def needs_reason_for_delay(aware_at: datetime, told_at: datetime) -> bool:
    """Whether the regulator is told too late to be told without a reason (UK GDPR Article 33(1))."""
    return _instant(told_at) > deadline(aware_at)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How much time is left, in whole minutes rounded down, or how much too late it is."""

    hours: int
    minutes: int
    is_over: bool


def time_left(aware_at: datetime, now: datetime) -> TimeLeft:
    """The time until the deadline, or since."""
    left = deadline(aware_at) - _instant(now)
    minutes = abs(left) // timedelta(minutes=1)
    return TimeLeft(minutes // 60, minutes % 60, left < timedelta(0))


def share_gone(aware_at: datetime, now: datetime) -> float:
    """How much of the 72 hours is gone, from 0 to 1."""
    return min(1.0, max(0.0, (_instant(now) - _instant(aware_at)) / LIMIT))


def alerts_by(aware_at: datetime, now: datetime) -> tuple[Alert, ...]:
    """Every alert whose moment has come, the earliest first."""
    gone = _instant(now) - _instant(aware_at)
    return tuple(alert for alert, after in _AFTER.items() if gone >= after)


def alert_at(aware_at: datetime, alert: Alert) -> datetime:
    """The instant, in UTC, of an alert."""
    return _instant(aware_at) + _AFTER[alert]


def _instant(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("An instant needs its zone: 72 hours are counted in UTC.")
    return moment.astimezone(UTC)
