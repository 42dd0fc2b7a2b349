"""The steps of a breach: those of its playbook, laid out when it is taken up and anew when its kind changes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.breach_step import BreachStep
from models.roles import Role
from models.vocabulary import BreachKind, BreachPart, BreachStage, JobRole
from registry.access import Deed, may
from registry.actor import Actor
from registry.breaches.playbooks import Step, contacts, playbook
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import store
from registry.rules.school_facts import SchoolFacts
from registry.trace.audit import Happened, Trace
from registry.trace.chain import gone_seal


def lay_out(trace: Trace, row: Breach, occasion: Occasion, held: Sequence[BreachStep] = ()) -> None:
    """Put the steps of the playbook that fits into a breach, after those held already, inside a recording that is open."""
    began = row.discovered_at or row.aware_at or occasion.at
    there, last = {step.words for step in held}, max((step.place for step in held), default=0)
    new = (each for each in proposed(row.kind, occasion.school) if each.words not in there)
    for place, each in enumerate(new, last + 1):
        step = BreachStep(
            id=new_id(), school=row.school_id, breach=row.id, place=place, part=each.part, words=each.words, contact=each.contact or "",
            post=each.post or "", due_at=None if each.within is None else began + each.within,
        )  # fmt: skip
        store(trace, Happened.BREACH_STEP, step, new=True)


def proposed(kind: BreachKind | None, school: SchoolFacts) -> tuple[Step, ...]:
    """What the playbook for a kind of breach proposes; the general one where nobody has said the kind."""
    found = playbook(kind or BreachKind.OTHER, school)
    return found.steps if found else ()


def lay_out_anew(trace: Trace, records: Sequence[UUID], occasion: Occasion) -> None:
    """What follows when breaches were changed: the steps of the kind that each now is, in the place of those that nobody has touched."""
    for row in Breach.select().where(Breach.id.in_(list(records)) & (Breach.stage == BreachStage.OPEN)):
        held, wanted = steps_of(row), {each.words for each in proposed(row.kind, occasion.school)}
        if not wanted or wanted <= {step.words for step in held}:
            continue
        untouched = [step for step in held if not _is_touched(step) and step.words not in wanted and step.words in _of_playbooks(occasion.school)]
        for step in untouched:
            step.delete_instance()
            table = BreachStep._meta.table_name
            trace.note(Happened.BREACH_STEP, table, step.id, seal=gone_seal(table, step.id.bytes))
        lay_out(trace, row, occasion, [step for step in held if step not in untouched])


def steps_of(row: Breach) -> list[Any]:
    """The steps in their order."""
    return [*BreachStep.select().where(BreachStep.breach == row.id).order_by(BreachStep.place)]


def told_so_far(row: Breach, school: SchoolFacts, but: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Who has been told of a breach, by post or office, the first first, but those with these codes; none by name."""
    known = {contact.id: contact.name for contact in contacts(school)}
    is_told = (BreachStep.breach == row.id) & (BreachStep.part == BreachPart.TELL) & BreachStep.done_at.is_null(False)
    told = BreachStep.select(BreachStep.id, BreachStep.contact, BreachStep.words).where(is_told).order_by(BreachStep.done_at, BreachStep.place)
    return tuple(known.get(step.contact) or step.words.removeprefix("Tell ").removesuffix(".") for step in told if step.contact not in but)


def steps_for(row: Breach, by: Actor) -> list[Any]:
    """The steps that somebody may read: all of them for whoever handles it; for an IT provider what is theirs or was given to them."""
    found = steps_of(row)
    if may(by, Deed.CHANGE, BREACHES):
        return found
    return [step for step in found if by.role is Role.IT_PROVIDER and (step.post == JobRole.IT_PROVIDER or step.assigned_to_id == by.user)]


def _is_touched(step: BreachStep) -> bool:
    """Whether somebody has done something about a step."""
    return bool(step.done_at or step.left_out_at or step.assigned_to_id)


def _of_playbooks(school: SchoolFacts) -> frozenset[str]:
    """The words of every step that some playbook proposes; others are the school's own."""
    return frozenset(each.words for kind in BreachKind for each in proposed(kind, school))
