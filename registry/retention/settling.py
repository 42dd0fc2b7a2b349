"""What follows a disposal of records having been proposed: who did and when, from which day on it is allowed, and who is asked to approve it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.base import new_id
from models.message import News
from models.records_disposal import RecordsDisposal
from models.retention_rule import RetentionRule
from models.vocabulary import RecordsDisposalStage, RecordsKind
from registry.access import POLICY, Permission, school_of
from registry.accounts.colleagues import working_in
from registry.amending import put
from registry.definition import Register
from registry.occasion import Occasion
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.rules.retention_dates import explain
from registry.talk import outbox
from registry.trace.audit import Trace

REGISTER: Register = RECORDS_DISPOSALS


def settle(trace: Trace, records: Sequence[UUID], occasion: Occasion) -> None:
    """What follows a proposal having been written: who proposed it and when, and from which day on it is allowed."""
    for row in RecordsDisposal.select().where(RecordsDisposal.id.in_([*records]) & (RecordsDisposal.stage == RecordsDisposalStage.PROPOSED)):
        on, steps = allowed_from(row, occasion)
        said: dict[str, Any] = {"due_on": on, "worked_out": "\n".join(steps) or None}
        if row.proposed_at is None:
            said |= {"proposed_at": occasion.at, "proposed_by": occasion.by.user}
        changes = changed(row, said)
        for name, (_before, value) in changes.items():
            setattr(row, name, value)
        if changes:
            put(trace, REGISTER, row, occasion, changes=changes, names=tuple(changes), of_this_write=True)
        if "proposed_at" in changes:
            tell_approvers(trace, row, occasion)


def allowed_from(row: RecordsDisposal, occasion: Occasion) -> tuple[date | None, tuple[str, ...]]:
    """The first day on which a batch may go, with the steps that lead to it; what this program keeps has a day for each record instead."""
    rule = rule_of(row)
    if rule is None or row.records == RecordsKind.OWN:
        return None, ()
    due = explain(rule, row.trigger_on or row.until_on, occasion.school)
    return (due.on, due.because) if due else (None, ())


def rule_of(row: RecordsDisposal) -> RetentionRule | None:
    """The rule of the schedule that a disposal names."""
    return None if row.rule is None else RetentionRule.get_or_none(RetentionRule.id == row.rule)


_NAMED_BY_ID = frozenset({"proposed_by", "approved_by"})


def changed(row: RecordsDisposal, said: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Of what is to be said of a disposal, what differs from what stands there: old and new."""
    before = {name: getattr(row, f"{name}_id" if name in _NAMED_BY_ID else name) for name in said}
    return {name: (before[name], value) for name, value in said.items() if before[name] != value}


def tell_approvers(trace: Trace, row: RecordsDisposal, occasion: Occasion) -> None:
    """Tell those who may approve it, but for whoever proposes it."""
    approving = POLICY[Permission.APPROVE_RECORDS_DISPOSALS]
    able = {each.id for each in working_in(school_of(occasion.by)) if each.role in approving} - {occasion.by.user}
    tell(trace, row, News.APPROVAL_ASKED, able, occasion=occasion)


def tell(trace: Trace, row: RecordsDisposal, news: News, people: Collection[UUID | None], *, occasion: Occasion) -> None:
    """Tell those of them who still work here."""
    here = {each.id for each in working_in(school_of(occasion.by))}
    word = outbox.Word(news=news, register=REGISTER.slug, record=row.id, about=new_id())
    outbox.put(trace, occasion.by, word, here.intersection(people))
