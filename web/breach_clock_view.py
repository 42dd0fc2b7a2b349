"""The clock of a breach as pages show it: what is left, the last moment with its day and zone, and how far the 72 hours are gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from flask import url_for

from registry.actor import Actor
from registry.breaches.reporting import receipt_of
from registry.breaches.steps import told_so_far
from registry.breaches.whose_move import Move, Page, is_for, move_in
from registry.rules import breach_clock
from registry.rules.breach_clock import LIMIT, SETTLED, TO_SPARE, BreachState, TimeLeft
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, full_day
from web.guard import school_facts
from web.rendering import ZONE, plural

SOON = 24
"""With so many hours left or fewer the clock is red."""

ENDPOINTS = {
    Page.NOW: "breaches.of_record",
    Page.ASSESS: "breach_assess.of_record",
    Page.DECIDE: "breach_decide.of_record",
    Page.REPORT: "breach_report.of_record",
    Page.PEOPLE: "breach_people.of_record",
    Page.CLOSE: "breach_closing.of_record",
}


@dataclass(frozen=True)
class Mark:
    """A line across the track of the clock, with its words."""

    at: float
    words: str


@dataclass(frozen=True)
class BreachClock:
    """The clock of one breach at an instant."""

    row: Any
    now: datetime

    @property
    def receipt(self) -> str:
        """What whoever reported it calls it."""
        return receipt_of(self.row.id)

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
    def in_words(self) -> str:
        """How long that is: "7 hours 43 minutes"."""
        return f"{plural(self.left.hours, 'hour')} {plural(self.left.minutes, 'minute')}"

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
        return moment_near(self.deadline, self.now)

    @property
    def decide_by(self) -> str:
        """By when it is to be decided, in words."""
        return moment_near(breach_clock.decide_by(self.row.aware_at), self.now)

    @property
    def told_at(self) -> str:
        """When the regulator was told, in words."""
        return moment_with_zone(self.row.told_at)

    @property
    def began(self) -> str:
        """When it started, in words."""
        return moment_near(self.row.aware_at, self.now)

    @property
    def percent(self) -> float:
        """How much of the 72 hours is gone, from 0 to 100."""
        return round(100 * breach_clock.share_gone(self.row.aware_at, self.now), 1)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What stands below the track: its ends by the clock, and each day that has gone by."""
        ends = (short_moment(self.row.aware_at), short_moment(self.deadline))
        return (Mark(0, ends[0]), Mark(100 / 3, "24 hours"), Mark(200 / 3, "48 hours"), Mark(100, ends[1]))

    @property
    def decides_at(self) -> float:
        """Where on the track it is to be decided."""
        return round(100 * (1 - TO_SPARE / LIMIT), 1)

    @cached_property
    def told_so_far(self) -> tuple[str, ...]:
        """Who has been told, by post or office."""
        return told_so_far(self.row, school_facts())

    @cached_property
    def move(self) -> Move | None:
        """The next step."""
        return move_in(self.row)

    def is_for(self, by: Actor) -> bool:
        """Whether the next step is for somebody."""
        return is_for(self.move, by, in_zone(self.now, ZONE).date())

    @property
    def move_href(self) -> str:
        """Where the next step is done."""
        return url_for(ENDPOINTS[self.move.page], record=self.row.id) if self.move else ""


def moment_with_zone(instant: datetime) -> str:
    """An instant as the law counts it: the day, the time, and whether it is summer time."""
    local = in_zone(instant, ZONE)
    return f"{clock(local)} on {full_day(local)} ({local.tzname()})"


def moment_near(instant: datetime, now: datetime) -> str:
    """The same with "today", "tomorrow" or "yesterday" where that is so."""
    local, days = in_zone(instant, ZONE), (in_zone(instant, ZONE).date() - in_zone(now, ZONE).date()) // timedelta(days=1)
    near = {0: " today,", 1: " tomorrow,", -1: " yesterday,"}.get(days, " on")
    return f"{clock(local)}{near} {full_day(local)} ({local.tzname()})"


def short_moment(instant: datetime) -> str:
    """The day of the week with the time, "Fri 16:35"."""
    local = in_zone(instant, ZONE)
    return f"{local:%a} {clock(local)}"
