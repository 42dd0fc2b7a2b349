"""What records said before they were changed: until which day that may go by the schedule, proposed as one disposal, and erased from the trace."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from models.fields import OneField
from models.link import Link
from models.records_disposal import RecordsDisposal
from models.retention_rule import RetentionRule
from models.vocabulary import DestructionMethod, OwnRecords, RecordsDisposalStage, RecordsKind, RetentionTrigger
from registry import records
from registry.access import Deed, require
from registry.definition import Register
from registry.erasing import old_values
from registry.many.bulk import chunks
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.retention import disposing, due, own
from registry.retention.holding import held_among, holds_on_rule, named_by_holds
from registry.rows import CannotBeDone
from registry.rules.local_time import to_utc
from registry.rules.plain_dates import plain_day
from registry.rules.retention_dates import latest_event, period_of
from registry.trace.audit import Trace, recording
from registry.typed import ZONE

COVERS = OwnRecords.AUDIT_DETAILS
KNOWS = frozenset({RetentionTrigger.EVENT, RetentionTrigger.CREATED, RetentionTrigger.RECORDED, RetentionTrigger.SUPERSEDED})
"""The events that stand for the day of an entry of the trace."""


@dataclass(frozen=True)
class Found:
    """The records of one register that said something else until that day: those that may forget it, and how many are held."""

    register: Register
    due: tuple[UUID, ...]
    held: int


@dataclass(frozen=True)
class FormerValues:
    """The rules that cover what records said before, and the last day of which it may go; none where no day can be counted."""

    rules: tuple[RetentionRule, ...]
    until: date | None
    occasion: Occasion

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """By register, what the trace still keeps from that day or before."""
        if self.until is None:
            return ()
        before = _end_of(self.until)
        registers = old_values.registers_with(before, self.occasion)
        return tuple(_part(register, old_values.having_any(register, before, self.occasion)) for register in registers)

    @property
    def many(self) -> int:
        """How many records may forget something."""
        return sum(len(each.due) for each in self.found)


def former_values(occasion: Occasion) -> FormerValues | None:
    """What the schedule says of it in the school in view; none where no rule covers it. Where several do, the one that keeps longest counts."""
    rules = due.rules_covering(COVERS)
    if not rules:
        return None
    days = [_until(rule, occasion) for rule in rules]
    return FormerValues(tuple(rules), None if None in days else min(day for day in days if day), occasion)


def propose(occasion: Occasion) -> RecordsDisposal:
    """Propose that it goes up to that day. Raises Forbidden, and CannotBeDone where there is nothing, or it is proposed already."""
    require(occasion.by, Deed.ADD, RECORDS_DISPOSALS)
    kept = former_values(occasion)
    if kept is None or kept.until is None or not kept.many:
        raise CannotBeDone("Nothing that records said before is due.")
    if waiting() is not None:
        raise CannotBeDone("This is proposed already. Decide about that disposal first.")
    answers: dict[str, Any] = {
        "name": f"{COVERS.label}, until {plain_day(kept.until)}",
        "rule": kept.rules[0].id,
        "records": RecordsKind.OWN,
        "covers": COVERS,
        "method": DestructionMethod.ERASED,
        "until_on": kept.until,
        "quantity": kept.many,
        "unit": "records",
    }
    with recording(occasion.by, occasion.at) as trace:
        row = records.insert(trace, RECORDS_DISPOSALS, answers, occasion, number=next_number(RECORDS_DISPOSALS, occasion.by))
    return RecordsDisposal.get_by_id(row.id)


def waiting() -> RecordsDisposal | None:
    """The disposal of such values that is not over."""
    is_open = RecordsDisposal.stage.not_in((RecordsDisposalStage.DONE, RecordsDisposalStage.REFUSED)) & RecordsDisposal.archived_at.is_null()
    return RecordsDisposal.get_or_none((RecordsDisposal.covers == COVERS) & is_open)


def demand_due(row: RecordsDisposal, occasion: Occasion) -> None:
    """Raise CannotBeDone where a disposal is about such values, and the schedule of today keeps them for longer."""
    if row.covers == COVERS and not _is_due(row, occasion):
        raise CannotBeDone("By the schedule of today this would go too early. Take the approval back, and propose it anew.")


def erase(row: RecordsDisposal, occasion: Occasion) -> None:
    """Erase what an approved disposal is about, but for what is held, and count it on the disposal, some records at a time.

    What was cut short goes on where it stopped: the trace itself says what is left. What has become too early meanwhile is left standing.
    """
    for each in _approved(row, occasion).found if _is_due(row, occasion) else ():
        old_values.erase_all(
            each.register, each.due, _end_of(row.until_on), occasion, under=row.reference,
            choosing=partial(_free_now, row, each.register), beside=lambda trace, part: _count(trace, row.id, len(part), occasion),
        )  # fmt: skip


def left_standing(row: RecordsDisposal, occasion: Occasion) -> int:
    """Of how many records it was left standing: held, or too early by a schedule that was changed meanwhile."""
    return sum(len(each.due) + each.held for each in _approved(row, occasion).found)


def _approved(row: RecordsDisposal, occasion: Occasion) -> FormerValues:
    return FormerValues((), row.until_on, occasion)


def _is_due(row: RecordsDisposal, occasion: Occasion) -> bool:
    kept = former_values(occasion)
    return kept is not None and kept.until is not None and row.until_on is not None and row.until_on <= kept.until


def _until(rule: RetentionRule, occasion: Occasion) -> date | None:
    period, today = period_of(rule), occasion.school.today
    return latest_event(period, today, occasion.school) if today and period.trigger in KNOWS else None


def _end_of(day: date) -> datetime:
    """The moment at which a day is over by the clocks in the school: they never change at midnight."""
    return to_utc(datetime.combine(day + timedelta(days=1), time()), ZONE)


def _count(trace: Trace, disposal: UUID, many: int, occasion: Occasion) -> None:
    row = RecordsDisposal.get_by_id(disposal)
    disposing.move(trace, row, {"erased_count": (row.erased_count or 0) + many}, occasion)


def _part(register: Register, ids: Sequence[UUID]) -> Found:
    free = _free(register, ids)
    return Found(register, free, len(ids) - len(free))


def _free_now(row: RecordsDisposal, register: Register, ids: Sequence[UUID]) -> tuple[UUID, ...]:
    return _free(register, ids) if disposing.is_under_way(row) else ()


def _free(register: Register, ids: Sequence[UUID]) -> tuple[UUID, ...]:
    held = _held(register, ids)
    return tuple(each for each in ids if each not in held)


def _held(register: Register, ids: Sequence[UUID]) -> Collection[UUID]:
    """Which of these a hold keeps: named by it, of a series that it covers, or joined to a record that it names, by a link or in an answer."""
    named = named_by_holds()
    for covers, kind in own.KINDS.items():
        if kind.register == register.slug:
            if any(holds_on_rule(rule.id) for rule in due.rules_covering(covers)):
                return frozenset(ids)
            named |= held_among(covers, ids).keys()
    naming = [Link.select(Link.near).where(Link.far.in_(part)) for part in chunks([*named])]
    table = register.table
    for column in table._meta.sorted_fields:
        if isinstance(column, OneField):
            naming += [table.select(table.id).where(column.in_(part)) for part in chunks([*named])]
    return named.union(key for query in naming for (key,) in query.tuples()).intersection(ids)
