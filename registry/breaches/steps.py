"""The steps of a breach: those of its playbook when it is taken up, done or left out with a reason, and those that the school adds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import fn

from models.base import new_id
from models.breach import Breach
from models.breach_step import BreachStep
from models.vocabulary import BreachKind, BreachPart, EntryKind
from registry.access import Deed, require, school_of
from registry.breaches import timeline
from registry.breaches.playbooks import playbook
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording


def lay_out(trace: Trace, row: Breach, occasion: Occasion) -> int:
    """Put the steps of the playbook that fits into a breach that has none, inside a recording that is open; how many."""
    proposed = playbook(row.kind or BreachKind.OTHER, occasion.school)
    if proposed is None or BreachStep.select().where(BreachStep.breach == row.id).exists():
        return 0
    begins = row.discovered_at or row.aware_at or occasion.at
    for place, each in enumerate(proposed.steps, 1):
        step = BreachStep(
            id=new_id(), school=school_of(occasion.by), breach=row.id, place=place, part=each.part, words=each.words, contact=each.contact or "",
            post=each.post or "", due_at=begins + each.within if each.within else None,
        )  # fmt: skip
        store(trace, Happened.BREACH_STEP, step, new=True)
    return len(proposed.steps)


def change_kind(row: Breach, occasion: Occasion) -> None:
    """Lay out the steps of the kind that a breach now is, in the place of those that nobody has touched."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    with recording(occasion.by, occasion.at) as trace:
        untouched = BreachStep.done_at.is_null() & BreachStep.left_out_at.is_null() & BreachStep.assigned_to.is_null()
        touched = BreachStep.select().where((BreachStep.breach == row.id) & ~untouched).count()
        if touched:
            raise CannotBeDone("Steps have been taken already. Add what is missing by hand.")
        BreachStep.delete().where(BreachStep.breach == row.id).execute()
        trace.note(Happened.BREACH_STEP, Breach._meta.table_name, row.id)
        lay_out(trace, row, occasion)


def steps_of(row: Breach) -> list[Any]:
    """The steps in their order."""
    return [*BreachStep.select().where(BreachStep.breach == row.id).order_by(BreachStep.place)]


def find(row: Breach, step: UUID) -> BreachStep:
    """One step of a breach; raises NotFound."""
    found: BreachStep | None = BreachStep.get_or_none((BreachStep.id == step) & (BreachStep.breach == row.id))
    if found is None:
        raise NotFound("There is no such step here.")
    return found


def done(row: Breach, step: BreachStep, said: str, occasion: Occasion) -> None:
    """Note that a step was taken, with what came of it. Raises Forbidden, and CannotBeDone when somebody else was quicker."""
    _settle(row, step, said, occasion, done_at=occasion.at)


def leave_out(row: Breach, step: BreachStep, why: str, occasion: Occasion) -> None:
    """Note that a step is left out, and why. Raises Forbidden, Invalid without a reason, and CannotBeDone."""
    if not why.strip():
        raise Invalid({"said": ["Say why it is left out."]})
    _settle(row, step, why, occasion, left_out_at=occasion.at)


def add(row: Breach, part: BreachPart, words: str, occasion: Occasion, *, due_at: datetime | None = None) -> None:
    """Add a step of the school's own. Raises Forbidden and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    if not words.strip():
        raise Invalid({"words": ["Say what is to be done."]})
    with recording(occasion.by, occasion.at) as trace:
        last = BreachStep.select(fn.MAX(BreachStep.place)).where(BreachStep.breach == row.id).scalar() or 0
        step = BreachStep(id=new_id(), school=school_of(occasion.by), breach=row.id, place=last + 1, part=part, words=words.strip(), due_at=due_at)
        store(trace, Happened.BREACH_STEP, step, new=True)
        trace.note(Happened.BREACH_STEP, Breach._meta.table_name, row.id)


def _settle(row: Breach, step: BreachStep, said: str, occasion: Occasion, **when: datetime) -> None:
    require(occasion.by, Deed.CHANGE, BREACHES)
    if step.done_at or step.left_out_at:
        raise CannotBeDone("Somebody has settled this step already.")
    for name, at in when.items():
        setattr(step, name, at)
    step.settled_by, step.said = occasion.by.user, said.strip() or None  # type: ignore[assignment]
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.BREACH_STEP, step)
        word = "Done" if step.done_at else "Left out"
        timeline.write(trace, row, EntryKind.STEP, occasion, text="\n".join(filter(None, (f"{word}: {step.words}", said.strip()))))
        trace.note(Happened.BREACH_STEP, Breach._meta.table_name, row.id)
