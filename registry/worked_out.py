"""Days that were frozen as they were counted: they stay so when the calendar changes, and are worked out anew only by a deed of its own."""

from typing import Any

from models.record import Record
from registry.access import Deed, Forbidden, require
from registry.definition import Deadline, Register
from registry.occasion import Occasion
from registry.records import Conflict, amend
from registry.rows import CannotBeDone
from registry.rules.working_days import Counted, anew, read, stored
from registry.schema import names_for
from registry.school.calendars import calendar_here
from registry.trace.audit import Happened, recording

REASON = "counted_because"


def frozen_count(deadline: Deadline, row: Any) -> Counted | None:
    """How the day of a deadline was counted when it was written down; None for a day that is worked out whenever somebody asks."""
    text = getattr(row, deadline.frozen[1]) if deadline.frozen else None
    return read(text) if text else None


def is_by_hand(deadline: Deadline, row: Any, counted: Counted) -> bool:
    """Whether somebody entered another day since than the one that was counted."""
    return deadline.frozen is not None and getattr(row, deadline.frozen[0]) != counted.due_on


def counted_now(counted: Counted, occasion: Occasion) -> Counted:
    """The same count by what is known of the days at this moment, in the school in view."""
    return anew(counted, calendar_here(occasion.school.bank_holidays))


def may_work_out(register: Register, deadline: Deadline, occasion: Occasion) -> bool:
    """Whether this person may change the day of a deadline."""
    return deadline.frozen is not None and deadline.frozen[0] in names_for(register, occasion.by, Deed.CHANGE)


def work_out_anew(register: Register, deadline: Deadline, row: Record, occasion: Occasion, *, version: int, why: str) -> Counted:
    """Count a frozen day again, keep the new count in the place of the old, and both in the history with the reason.

    `version` is that of the record which was looked at. Raises Forbidden, Conflict, and CannotBeDone with a sentence.
    """
    require(occasion.by, Deed.CHANGE, register)
    if not may_work_out(register, deadline, occasion):
        raise Forbidden("This role may not change this day.")
    if row.version != version:
        raise Conflict(row)
    counted = frozen_count(deadline, row)
    if counted is None or deadline.frozen is None:
        raise CannotBeDone("This day was not counted, so there is nothing to work out anew.")
    now = counted_now(counted, occasion)
    values = (now.due_on, stored(now))
    changes = {name: (before, after) for name, after in zip(deadline.frozen, values, strict=True) if (before := getattr(row, name)) != after}
    if not changes:
        raise CannotBeDone("It comes out as it stands, day by day, so nothing was changed.")
    with recording(occasion.by, occasion.at) as trace:
        amend(trace, register, row, changes, occasion=occasion, happened=Happened.WORKED_OUT, told={REASON: (None, why)})
    return now
