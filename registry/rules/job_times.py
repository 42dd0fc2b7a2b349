"""When a job is due: every so many minutes, or once a day at a time by the school's clock, also when that clock changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Europe/London"
SLACK = timedelta(seconds=20)
"""Whoever looks every minute looks a little early or late."""


@dataclass(frozen=True)
class Every:
    """So many minutes apart."""

    minutes: int

    @property
    def words(self) -> str:
        """How a page says it."""
        return "Every minute" if self.minutes == 1 else f"Every {self.minutes} minutes"


@dataclass(frozen=True)
class Daily:
    """Once a day, at a time by London's clock."""

    at: time

    @property
    def words(self) -> str:
        """How a page says it."""
        return f"Every day at {self.at:%H:%M}"


Times = Every | Daily


@dataclass(frozen=True, kw_only=True)
class Past:
    """When a job was begun, done and failed last, and when somebody asked for it; all in UTC, none for never."""

    asked_at: datetime | None = None
    begun_at: datetime | None = None
    done_at: datetime | None = None
    failed_at: datetime | None = None


def is_due(times: Times, past: Past, now: datetime, again: timedelta) -> bool:
    """Whether a job is to be begun now; one that failed is tried again after so long, and then as often as it takes."""
    if past.asked_at is not None and (past.begun_at is None or past.begun_at < past.asked_at):
        return True
    if isinstance(times, Every):
        return past.begun_at is None or now - past.begun_at >= timedelta(minutes=times.minutes) - SLACK
    turn = last_turn(times, now)
    if past.done_at is not None and past.done_at >= turn:
        return False
    return past.failed_at is None or past.failed_at < turn or now - past.failed_at >= again


def last_turn(times: Daily, now: datetime) -> datetime:
    """The last instant, in UTC, at which a daily job was to be begun.

    A time that the clock jumps over comes at the instant at which it would have come; of one that comes twice, the first counts.
    """
    today = now.astimezone(ZoneInfo(ZONE)).date()
    turn = _instant(times, today.toordinal())
    return turn if turn <= now else _instant(times, today.toordinal() - 1)


def _instant(times: Daily, ordinal: int) -> datetime:
    day = datetime.fromordinal(ordinal).date()
    return datetime.combine(day, times.at, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
