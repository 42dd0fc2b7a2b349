"""What the tests of approved versions begin with: an activity in which nothing is missing, and the way to its approval."""

from dataclasses import replace
from typing import Any

from models.version import ApprovedVersion
from models.vocabulary.advice import Advice
from registry import records
from registry.approval import approving
from registry.approval.approving import Seen
from registry.definition import Register
from registry.records import Occasion
from registry.registers.data_protection.processing import PROCESSING
from tests.people import Person

COMPLETE: dict[str, Any] = {
    "name": "School trips",
    "role": "controller",
    "purpose": "To take pupils out safely",
    "individuals": ("pupils",),
    "data_categories": "Names and contacts",
    "art6": ("6.1.e",),
    "statute": "Education Act 2002, section 175",
    "is_core_task": "yes",
    "special_categories": (),
    "criminal_data": "no",
    "owner": "Ola Brandt",
}
"""Enough that no rule finds an error."""


def add_complete(by: Person, occasion: Occasion, **answers: Any) -> Any:
    """An activity that can be approved, written by this person."""
    return records.add(PROCESSING, {**COMPLETE, **answers}, replace(occasion, by=by.actor))


def seen(row: Any) -> Seen:
    """What somebody has before them who opened the record just now."""
    return Seen(row.id, row.version)


def fresh(register: Register, row: Any, occasion: Occasion) -> Any:
    """The record as it is stored by now."""
    return records.find(register, row.id, occasion.by)


def approve(row: Any, adviser: Person, approver: Person, occasion: Occasion) -> ApprovedVersion:
    """Advise on an activity and approve it as it is."""
    row = fresh(PROCESSING, row, occasion)
    approving.advise(PROCESSING, seen(row), Advice.AGREES, "Read with care", occasion=replace(occasion, by=adviser.actor))
    return approving.approve(PROCESSING, seen(row), "", replace(occasion, by=approver.actor))
