"""Every night: under each rule of the schedule, the day on which the next record may go, and how many have none that anybody knows."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from models import doors
from models.retention_rule import RetentionRule
from models.school import School
from registry.actor import Actor
from registry.amending import put
from registry.occasion import Occasion
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.retention import due
from registry.retention.due import Kept
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.trace.audit import NothingNoted, Trace, recording

ROBOT = "look at what may go"


def look_everywhere(now: datetime) -> str:
    """Look at every school; how many rules say something else now. Doing it twice changes nothing twice."""
    changed = 0
    for school in list(School.select()):
        with doors.looking_at(school.id):
            changed += look(Occasion(Actor.robot(ROBOT, school.id), now, facts_of(school, in_zone(now, ZONE).date())))
    return f"{changed:,} {'rule says' if changed == 1 else 'rules say'} another day now."


def look(occasion: Occasion) -> int:
    """The same for the school in view."""
    found, listed = due.kept(occasion.school), due.on_disposals()
    covering = {rule.id for each in found for rule in each.rules}
    looked_up = RetentionRule.next_due_on.is_null(False) | RetentionRule.unknown_days.is_null(False)
    others = [rule for rule in RetentionRule.select().where(looked_up) if rule.id not in covering]
    changed = 0
    with suppress(NothingNoted), recording(occasion.by, occasion.at) as trace:
        changed = sum(settle(trace, each, listed, occasion) for each in found)
        changed += sum(_say(trace, rule, None, None, occasion=occasion) for rule in others)
    return changed


def settle(trace: Trace, kept: Kept, listed: Collection[UUID], occasion: Occasion) -> int:
    """Keep it with the rules of one kind of records, of which those listed are proposed already; how many rules say something else now."""
    days = (each.on for each in kept.dated if each.on is not None and each.record not in listed and not kept.holds_of(each.record))
    next_due_on, unknown_days = min(days, default=None), len(kept.unknown)
    return sum(_say(trace, rule, next_due_on, unknown_days, occasion=occasion) for rule in kept.rules)


def _say(trace: Trace, rule: RetentionRule, next_due_on: date | None, unknown_days: int | None, *, occasion: Occasion) -> bool:
    changes = {
        name: (before, now)
        for name, now in (("next_due_on", next_due_on), ("unknown_days", unknown_days))
        if (before := getattr(rule, name)) != now
    }
    for name, (_before, now) in changes.items():
        setattr(rule, name, now)
    if changes:
        put(trace, RETENTION_RULES, rule, occasion, changes=changes, names=tuple(changes))
    return bool(changes)
