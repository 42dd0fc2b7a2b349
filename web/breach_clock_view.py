"""The clock of a breach as pages show it: what is left, the last moment with its day and zone, and how far the 72 hours are gone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.rules import breach_clock
from registry.rules.breach_clock import SETTLED, BreachState, TimeLeft
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, full_day
from web.rendering import ZONE

SOON = 24
"""With so many hours left or fewer the clock is red."""


@dataclass(frozen=True)
class BreachClock:
    """The clock of one breach at an instant."""

    row: Any
    now: datetime

    @property
    def state(self) -> BreachState:
        """How the breach stands towards the regulator."""
        return breach_clock.state(self.row.aware_at, self.now, self.row.told_at, self.row.decision)

    @property
    def is_running(self) -> bool:
        """Whether the hours still count."""
        return self.state not in SETTLED

    @property
    def left(self) -> TimeLeft:
        """What is left, or how much too late it is."""
        return breach_clock.time_left(self.row.aware_at, self.now)

    @property
    def look(self) -> str:
        """How the clock is drawn: told, over, soon, or plain."""
        if not self.is_running:
            return "told"
        return "over" if self.left.is_over else "soon" if self.left.hours < SOON else ""

    @property
    def deadline(self) -> datetime:
        """The last instant, for the script that ticks."""
        return breach_clock.deadline(self.row.aware_at)

    @property
    def last_moment(self) -> str:
        """The last moment in words, with its zone."""
        return moment_with_zone(self.deadline)

    @property
    def decide_by(self) -> str:
        """By when it is to be decided, in words."""
        return moment_with_zone(breach_clock.decide_by(self.row.aware_at))

    @property
    def began(self) -> str:
        """When it started, in words."""
        return moment_with_zone(self.row.aware_at)

    @property
    def percent(self) -> int:
        """How much of the 72 hours is gone, from 0 to 100."""
        return round(100 * breach_clock.share_gone(self.row.aware_at, self.now))


def moment_with_zone(instant: datetime) -> str:
    """An instant as the law counts it: the day, the time, and whether it is summer time."""
    local = in_zone(instant, ZONE)
    return f"{clock(local)} on {full_day(local)} ({local.tzname()})"
