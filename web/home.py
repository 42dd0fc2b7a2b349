"""Today: what needs whoever signs in, what comes after, what waits for others, and what happened since they were last here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from registry import catalogue
from registry.access import Deed, Permission, may
from registry.actor import Actor
from registry.breaches import alerts
from registry.definition import Register
from registry.jobs import runs
from registry.lists import query
from registry.needs import history, keeping, since
from registry.needs.needs import Today, today_of
from registry.registers.data_protection.breaches import BREACHES
from registry.rules.local_time import in_zone
from web.breach_clock_view import BreachClock
from web.chart import Chart
from web.chrome import MOST_CLOCKS
from web.guard import current_actor, needs, now, school_facts
from web.guard import visitor as visitor_here
from web.rendering import ZONE
from web.today_view import Shown, shown

SHOWN = 12
"""Lines of each list; the page of everything that is open has the rest."""

OF_MINE = 30
"""Lines of what needs the reader: nobody else sees to it, so hardly anything of it is left out."""

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True)
class TodayRow:
    """One register on the first page: how much there is."""

    register: Register
    records: int
    may_add: bool


@dataclass(frozen=True)
class Lists:
    """The lists of the first page, as far as they are shown, and how long each is."""

    mine: list[Shown]
    coming: list[Shown]
    others: list[Shown]
    snoozed: list[Shown]
    of_mine: int
    of_coming: int
    of_others: int

    @classmethod
    def of(cls, found: Today, by: Actor, today: date) -> "Lists":
        """The first lines of each."""
        coming, others, snoozed = (shown(part[:SHOWN], by, today) for part in (found.coming, found.others, found.snoozed))
        mine = shown(found.mine[:OF_MINE], by, today)
        return cls(mine, coming, others, snoozed, len(found.mine), len(found.coming), len(found.others))


@blueprint.get("/")
@needs(Permission.OWN_ACCOUNT)
def today() -> ResponseReturnValue:
    """The page on which everybody's day starts."""
    actor, instant, visitor = current_actor(), now(), visitor_here()
    local = in_zone(instant, ZONE)
    greeting = "Good morning" if local.hour < 12 else "Good afternoon" if local.hour < 18 else "Good evening"
    if visitor and visitor.school:
        keeping.catch_up(visitor.school, local.date())
    may_begin = {permission: may(actor, permission) for permission in (Permission.ADOPT_STARTER, Permission.IMPORT_ROLL, Permission.MANAGE_PEOPLE)}
    told: dict[str, Any] = {"rows": today_rows(actor, instant), "greeting": greeting, "moment_now": instant, "may_begin": may_begin}
    told |= {"late": (), "checked": None, "clocks": (clocks := _clocks(actor, instant)), "regulator": school_facts().regulator_name if clocks else ""}
    told["reader"] = actor
    told["lists"] = Lists.of(today_of(actor, local.date()), actor, local.date())
    told["chart"] = Chart.of(history.weeks(actor, local.date())) if history.seen_slugs(actor) else None
    told["last"] = since.last_visit(actor, visitor.session) if visitor else None
    told["done"] = since.done_since(actor, told["last"]) if told["last"] and actor.school else []
    if may(actor, Permission.SEE_JOBS):
        told |= {"late": runs.late(instant), "checked": runs.known().get("verify-audit")}
    return render_template("home/today.html", first_name=next(iter(actor.name.split()), ""), **told)


def _clocks(actor: Actor, instant: datetime) -> list[BreachClock]:
    """The clocks of the breaches that run, for those who handle them."""
    return [BreachClock(row, instant) for row in alerts.running(MOST_CLOCKS)] if actor.school and may(actor, Deed.CHANGE, BREACHES) else []


def today_rows(actor: Actor, instant: datetime) -> list[TodayRow]:
    """A row for each register that this role may see; one query each."""
    day = in_zone(instant, ZONE).date()
    seen = [register for register in catalogue.REGISTERS if may(actor, Deed.SEE, register)]
    return [TodayRow(register, query.chip_counts(register, actor, day).get("", 0), may(actor, Deed.ADD, register)) for register in seen]
