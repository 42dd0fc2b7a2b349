"""Proposing that records of this program go: those that are due under the schedule and not held, listed by their references."""

from typing import Any

from models.base import new_id
from models.records_disposal import DisposalRecord, RecordsDisposal
from models.vocabulary import DestructionMethod, OwnRecords, RecordsKind
from registry import records
from registry.access import Deed, require, school_of
from registry.catalogue import find as register_of
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.retention import due, looking, own
from registry.rows import CannotBeDone, store
from registry.rules.plain_dates import plain_day
from registry.trace.audit import Happened, recording

MOST_AT_ONCE = 5_000
"""More are proposed in several disposals, so that whoever approves can look through one."""


def propose(covers: OwnRecords, occasion: Occasion) -> RecordsDisposal:
    """Propose every record of a kind whose day has come and that nothing holds. Raises Forbidden, and CannotBeDone where there is none."""
    require(occasion.by, Deed.ADD, RECORDS_DISPOSALS)
    found = next((each for each in due.kept(occasion.school) if each.covers == covers), None)
    listed = due.on_disposals()
    chosen = [each for each in (found.due if found else ()) if each.record not in listed][:MOST_AT_ONCE]
    if found is None or not chosen:
        raise CannotBeDone("Nothing of this kind is due, or all of it is on a disposal already.")
    answers: dict[str, Any] = {
        "name": f"{covers.label}, {plain_day(found.today)}",
        "rule": found.rules[0].id,
        "records": RecordsKind.OWN,
        "method": DestructionMethod.ERASED,
        "quantity": len(chosen),
        "unit": "records",
    }
    register = register_of(own.KINDS[covers].register)
    with recording(occasion.by, occasion.at) as trace:
        number = next_number(RECORDS_DISPOSALS, occasion.by)
        row = records.insert(trace, RECORDS_DISPOSALS, {**answers, "covers": covers}, occasion, number=number)
        for each in chosen:
            line = DisposalRecord(
                id=new_id(), school=school_of(occasion.by), disposal=row.id, register=register.slug, record=each.record, number=each.number,
                reference=f"{register.table.PREFIX}-{each.number:04d}", due_on=each.on,
            )  # fmt: skip
            store(trace, Happened.ADDED, line, new=True)
        looking.settle(trace, found, listed.keys() | {each.record for each in chosen}, occasion)
    return RecordsDisposal.get_by_id(row.id)
