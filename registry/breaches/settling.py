"""Settling the steps of a breach: who does one by when, that it was done, or why it was left out; and steps of the school's own."""

from datetime import datetime
from uuid import UUID

from peewee import fn

from models.base import new_id
from models.breach import Breach
from models.breach_step import BreachStep
from models.message import News
from models.roles import Role
from models.vocabulary import BreachPart, EntryKind, JobRole
from registry.access import Deed, Forbidden, may, require, school_of
from registry.accounts.colleagues import Colleague, working_in
from registry.actor import Actor
from registry.breaches import timeline
from registry.breaches.steps import steps_for
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.schema import Invalid
from registry.talk import outbox
from registry.trace.audit import Happened, Trace, recording
from registry.typed import LONGEST_TEXT

LONGEST = 500
SETTLED = "Somebody has settled this step already. Look at what they wrote before you change anything."


def may_settle(step: BreachStep, by: Actor) -> bool:
    """Whether somebody may settle a step: whoever handles breaches, whoever it was given to, and an IT provider what is theirs by their post."""
    if may(by, Deed.CHANGE, BREACHES):
        return True
    is_own = by.user is not None and step.assigned_to_id == by.user
    return may(by, Deed.SEE, BREACHES) and (is_own or (by.role is Role.IT_PROVIDER and step.post == JobRole.IT_PROVIDER))


def find(row: Breach, step: UUID, by: Actor) -> BreachStep:
    """One step of a breach, for somebody who may read it; raises NotFound."""
    found: dict[UUID, BreachStep] = {each.id: each for each in steps_for(row, by)}
    if step not in found:
        raise NotFound("There is no such step here.")
    return found[step]


def done(row: Breach, step: BreachStep, said: str, occasion: Occasion, *, at: datetime | None = None) -> None:
    """Note that a step was taken, when, and what came of it. Raises Forbidden, Invalid for a time to come, and CannotBeDone."""
    _demand_past(at, occasion)
    _demand_room(said)
    step.done_at = at or occasion.at
    _settle(row, step, said, occasion)


def leave_out(row: Breach, step: BreachStep, why: str, occasion: Occasion) -> None:
    """Note that a step is left out, and why. Raises Forbidden, Invalid without a reason, and CannotBeDone."""
    if not why.strip():
        raise Invalid({"said": ["Say why it is left out."]})
    _demand_room(why)
    step.left_out_at = occasion.at
    _settle(row, step, why, occasion)


def reopen(row: Breach, step: BreachStep, why: str, occasion: Occasion) -> None:
    """Note that a step was not taken after all; what was written stays in the timeline. Raises Forbidden, Invalid and CannotBeDone."""
    _demand_may(step, occasion.by)
    if not why.strip():
        raise Invalid({"said": ["Say why it is still to be done."]})
    _demand_room(why)
    if step.settled_by_id is None:
        raise CannotBeDone("This step is still to be done already.")
    step.done_at = step.left_out_at = step.settled_by = step.said = None
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.BREACH_STEP, step)
        _tell(trace, row, step, f"Still to be done: {step.words}\n{why.strip()}", occasion=occasion)


def those_who_may(school: UUID) -> list[Colleague]:
    """The colleagues to whom a step can be given: those who may see breaches. Of a school in view."""
    return [each for each in working_in(school) if each.may_see(BREACHES) and each.role not in (Role.GOVERNOR, Role.INSPECTOR)]


def assign(row: Breach, step: BreachStep, person: UUID | None, occasion: Occasion, *, due_at: datetime | None) -> None:
    """Give a step to somebody, or to nobody, with the time by which it is to be done; they are told. Raises Forbidden, Invalid and CannotBeDone."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    people = {each.id: each.name for each in those_who_may(row.school_id)}
    if person is not None and person not in people:
        raise Invalid({"assigned_to": ["Choose somebody who works here and may see breaches."]})
    if step.done_at or step.left_out_at:
        raise CannotBeDone(SETTLED)
    if (step.assigned_to_id, step.due_at) == (person, due_at):
        return
    is_new = person is not None and person != step.assigned_to_id
    step.assigned_to, step.due_at = person, due_at  # type: ignore[assignment]
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.BREACH_STEP, step)
        whom = f"Given to {people[person]}" if person else "Given to nobody"
        _tell(trace, row, step, f"{whom}: {step.words}", occasion=occasion)
        if is_new:
            word = outbox.Word(news=News.ASSIGNED, register=BREACHES.slug, record=row.id, about=new_id())
            outbox.put(trace, occasion.by, word, [person] if person else ())


def add(row: Breach, part: BreachPart, words: str, occasion: Occasion) -> BreachStep:
    """Add a step of the school's own. Raises Forbidden and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    words = _demand_words(words, "Say what is to be done.")
    with recording(occasion.by, occasion.at) as trace:
        step = _new(row, part, words)
        store(trace, Happened.BREACH_STEP, step, new=True)
        _tell(trace, row, step, f"To be done as well: {step.words}", occasion=occasion)
    return step


def told(row: Breach, who: str, said: str, occasion: Occasion, *, at: datetime | None = None) -> None:
    """Note that somebody was told who is not among the steps. Raises Forbidden and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    who = _demand_words(who, "Say who was told: an office or a post, such as the chair of governors.", "who")
    _demand_past(at, occasion)
    _demand_room(said)
    with recording(occasion.by, occasion.at) as trace:
        step = _new(row, BreachPart.TELL, f"Tell {who}.")
        step.done_at, step.settled_by, step.said = at or occasion.at, occasion.by.user, said.strip() or None  # type: ignore[assignment]
        store(trace, Happened.BREACH_STEP, step, new=True)
        text = "\n".join(filter(None, (f"Told: {who}.", said.strip())))
        timeline.write(trace, row, EntryKind.TOLD, occasion, text=text, at=at)
        trace.note(Happened.BREACH_STEP, Breach._meta.table_name, row.id)


def note_told(trace: Trace, row: Breach, contact: str, occasion: Occasion, *, at: datetime | None = None) -> None:
    """Settle the step that tells somebody, by the code of the contact, once they know; inside a recording that is open."""
    step = BreachStep.get_or_none((BreachStep.breach == row.id) & (BreachStep.contact == contact) & BreachStep.settled_by.is_null())
    if step is not None:
        step.done_at, step.settled_by = at or occasion.at, occasion.by.user  # type: ignore[assignment]
        store(trace, Happened.BREACH_STEP, step)


def said_to(step: BreachStep, by: Actor) -> str:
    """What was written when a step was settled, for those who handle breaches and whoever wrote it: it may name people."""
    may_read = may(by, Deed.CHANGE, BREACHES) or (by.user is not None and step.settled_by_id == by.user)
    return (step.said or "") if may_read else ""


def _new(row: Breach, part: BreachPart, words: str) -> BreachStep:
    """A step after the last, inside a recording: nobody else adds one meanwhile."""
    last = BreachStep.select(fn.MAX(BreachStep.place)).where(BreachStep.breach == row.id).scalar() or 0
    return BreachStep(id=new_id(), school=row.school_id, breach=row.id, place=last + 1, part=part, words=words)


def _settle(row: Breach, step: BreachStep, said: str, occasion: Occasion) -> None:
    _demand_may(step, occasion.by)
    if step.settled_by_id:
        raise CannotBeDone(SETTLED)
    step.settled_by, step.said = occasion.by.user, said.strip() or None  # type: ignore[assignment]
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.BREACH_STEP, step)
        word = "Done" if step.done_at else "Left out"
        _tell(trace, row, step, "\n".join(filter(None, (f"{word}: {step.words}", said.strip()))), occasion=occasion)


def _tell(trace: Trace, row: Breach, step: BreachStep, text: str, *, occasion: Occasion) -> None:
    is_told = step.part is BreachPart.TELL and step.done_at is not None
    kind, at = (EntryKind.TOLD, step.done_at) if is_told else (EntryKind.STEP, None)
    timeline.write(trace, row, kind, occasion, text=text, at=at, technical=occasion.by.role is Role.IT_PROVIDER)
    trace.note(Happened.BREACH_STEP, Breach._meta.table_name, row.id)


def _demand_may(step: BreachStep, by: Actor) -> None:
    school_of(by)
    if not may_settle(step, by):
        raise Forbidden("This step is for those who handle the breach, or whoever it was given to.")


def _demand_past(at: datetime | None, occasion: Occasion) -> None:
    if at is not None and at > occasion.at + timeline.A_LITTLE:
        raise Invalid({"at": ["That time is still to come."]})


def _demand_room(said: str) -> None:
    if len(said) > LONGEST_TEXT:
        raise Invalid({"said": [f"Shorten it to {LONGEST_TEXT:,} characters."]})


def _demand_words(words: str, sentence: str, name: str = "words") -> str:
    if not words.strip():
        raise Invalid({name: [sentence]})
    if len(words) > LONGEST:
        raise Invalid({name: [f"Shorten it to {LONGEST} characters. The rest goes into a note."]})
    return words.strip()
