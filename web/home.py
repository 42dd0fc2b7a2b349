"""Today: what needs somebody, register by register, and the first steps while there is nothing yet."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from registry import catalogue
from registry.access import Deed, Permission, may
from registry.actor import Actor
from registry.definition import Register
from registry.lists import query
from registry.rules.local_time import in_zone
from web.guard import current_actor, needs, now
from web.rendering import ZONE
from web.waiting import waiting_for

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True)
class TodayRow:
    """One register on the first page: how much there is, and what needs somebody."""

    register: Register
    records: int
    errors: int
    findings: int
    review: int
    starter: int
    may_add: bool
    may_change: bool

    @property
    def is_clear(self) -> bool:
        """Whether nothing here waits for anybody."""
        return not (self.findings or self.review or self.starter)


@blueprint.get("/")
@needs(Permission.OWN_ACCOUNT)
def today() -> ResponseReturnValue:
    """The page on which everybody's day starts."""
    actor, instant = current_actor(), now()
    local = in_zone(instant, ZONE)
    rows = today_rows(actor, instant)
    greeting = "Good morning" if local.hour < 12 else "Good afternoon" if local.hour < 18 else "Good evening"
    may_begin = {permission: may(actor, permission) for permission in (Permission.ADOPT_STARTER, Permission.IMPORT, Permission.MANAGE_PEOPLE)}
    waiting = waiting_for(actor, [(row.register, row.review, row.errors) for row in rows], local.date())
    shown = {"rows": rows, "waiting": waiting, "greeting": greeting, "moment_now": instant, "may_begin": may_begin}
    return render_template("home/today.html", first_name=next(iter(actor.name.split()), ""), **shown)


def today_rows(actor: Actor, instant: datetime) -> list[TodayRow]:
    """A row for each register that this role may see; one query each."""
    day = in_zone(instant, ZONE).date()
    return [_row(actor, register, query.chip_counts(register, actor, day)) for register in catalogue.REGISTERS if may(actor, Deed.SEE, register)]


def _row(actor: Actor, register: Register, counts: dict[str, int]) -> TodayRow:
    return TodayRow(
        register=register,
        records=counts.get("", 0),
        errors=counts.get("errors", 0),
        findings=counts.get("findings", 0),
        review=counts.get("review", 0),
        starter=counts.get("starter", 0),
        may_add=may(actor, Deed.ADD, register),
        may_change=may(actor, Deed.CHANGE, register),
    )
