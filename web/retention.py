"""The retention schedule in words, what of this register is due under it, and the way from there to a disposal."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.records_disposal import RecordsDisposal
from models.retention_rule import RetentionRule
from models.vocabulary import OwnRecords, RetentionCategory
from registry.access import Deed, Permission, may
from registry.catalogue import find as register_of
from registry.records import NotFound
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.retention import due, former_values, own, proposing
from registry.retention.due import Dated, Kept
from registry.retention.holding import Holds, standing
from registry.rows import CannotBeDone
from registry.rules.due import Due
from registry.rules.retention_dates import explain
from registry.rules.retention_year import year_ahead
from web.bar_chart import BarChart
from web.chrome import tell
from web.guard import current_actor, needs, school_facts
from web.pages import occasion

blueprint = Blueprint("retention", __name__, url_prefix="/retention")
LISTED_AT_MOST = 500


@dataclass(frozen=True)
class Listed:
    """One record on the list of what is due, with what leads to its day."""

    reference: str
    record: UUID
    on: date | None
    holds: Holds
    disposal: UUID | None


@blueprint.get("")
@needs(Permission.SEE_DUE)
def show() -> ResponseReturnValue:
    """The schedule, and what is due."""
    kept = due.kept(school_facts())
    rules = list(RetentionRule.select().where(RetentionRule.archived_at.is_null()).order_by(RetentionRule.code, RetentionRule.name))
    parts = [(category, found) for category in (*RetentionCategory, None) if (found := [rule for rule in rules if rule.category == category])]
    return render_template("retention/schedule.html", kept=kept, parts=parts, chart=_chart(kept), holds=len(standing()),
                           may_see_holds=may(current_actor(), Deed.SEE, HOLDS),
                           before=former_values.former_values(occasion()))  # fmt: skip


@blueprint.get(f"/{former_values.COVERS.value}")
@needs(Permission.SEE_DUE)
def of_former_values() -> ResponseReturnValue:
    """What records said before they were changed, and until which day that may go."""
    kept = former_values.former_values(occasion())
    if kept is None:
        raise NotFound("No rule of the schedule covers what records said before.")
    may_propose = may(current_actor(), Deed.ADD, RECORDS_DISPOSALS)
    return render_template("retention/former_values.html", kept=kept, waiting=former_values.waiting(), may_propose=may_propose)


@blueprint.post(f"/{former_values.COVERS.value}")
@needs(Permission.SEE_DUE)
def propose_former_values() -> ResponseReturnValue:
    """Propose that what is due of it goes."""
    return _propose(lambda: former_values.propose(occasion()))


@blueprint.get("/<code>")
@needs(Permission.SEE_DUE)
def of_kind(code: str) -> ResponseReturnValue:
    """What is due of one kind of records, held, or without a known day, by reference."""
    kept = _kept(code)
    lists = [("Due", kept.due), ("Held", kept.held), ("No day is known", kept.unknown)]
    waiting = due.on_disposals()
    shown = [(words, len(rows), _listed(kept, rows, waiting)) for words, rows in lists if rows]
    register = own.KINDS[kept.covers].register
    may_open = bool(register) and may(current_actor(), Deed.SEE, register_of(register))
    return render_template("retention/kind.html", kept=kept, shown=shown, slug=register, may_open=may_open, examples=_examples(kept),
                           may_propose=may(current_actor(), Deed.ADD, RECORDS_DISPOSALS), may_see_holds=may(current_actor(), Deed.SEE, HOLDS),
                           left=sum(each.record not in waiting for each in kept.due))  # fmt: skip


@blueprint.post("/<code>")
@needs(Permission.SEE_DUE)
def propose(code: str) -> ResponseReturnValue:
    """Propose that what is due goes."""
    kept = _kept(code)
    return _propose(lambda: proposing.propose(kept.covers, occasion()))


def _propose(deed: Callable[[], RecordsDisposal]) -> ResponseReturnValue:
    try:
        row = deed()
    except CannotBeDone as problem:
        tell("error", str(problem))
        return redirect(request.path, 303)
    tell("success", f"Proposed as {row.reference}. Somebody else approves it next.")
    return redirect(url_for("records_disposals.show", record=row.id), 303)


def _kept(code: str) -> Kept:
    covers = next((each for each in OwnRecords if each == code), None)
    rules = due.rules_covering(covers) if covers and covers in own.KINDS else []
    if covers is None or not rules:
        raise NotFound("No rule of the schedule covers such records.")
    return due.kept_under(covers, rules, school_facts())


def _listed(kept: Kept, rows: tuple[Dated, ...], waiting: Mapping[UUID, UUID]) -> list[Listed]:
    prefix = register_of(own.KINDS[kept.covers].register).table.PREFIX
    return [
        Listed(f"{prefix}-{each.number:04d}", each.record, each.on, kept.holds_of(each.record), waiting.get(each.record))
        for each in sorted(rows, key=lambda each: (each.on or date.min, each.number))[:LISTED_AT_MOST]
    ]


def _examples(kept: Kept) -> list[tuple[RetentionRule, Due]]:
    """How the day of an event of today would be counted, by each rule."""
    worked = ((rule, explain(rule, kept.today, school_facts())) for rule in kept.rules)
    return [(rule, found) for rule, found in worked if found]


def _chart(kept: tuple[Kept, ...]) -> BarChart | None:
    """What is due and comes due within a year; none where there is nothing."""
    days: Counter[date] = Counter()
    for each in kept:
        days.update(each.by_day())
    today = school_facts().today
    over = sum(len(each.due) for each in kept)
    bars = year_ahead(over, days, today) if today else ()
    many = sum(bar.many for bar in bars)
    return BarChart("retention-year", "A year ahead", "Month", bars, many, one="record", over="due already") if many else None
