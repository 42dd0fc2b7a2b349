"""Sending a DPIA to other schools: each gets one of its own that follows it, keeps its own differences when it is sent again, and can undo it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from models import doors
from models.audit import AuditEntry
from models.base import new_id
from models.batch import Batch, Together
from models.dpia import Dpia
from models.message import News
from models.roles import Role
from models.school import School
from models.vocabulary import DpiaTrigger
from registry import records
from registry.access import LEADERS, Deed, may, require
from registry.accounts.colleagues import working_in
from registry.actor import Actor
from registry.dpias import following
from registry.dpias.beginning import OPEN
from registry.many import batches, undoing
from registry.occasion import Occasion
from registry.placing import next_number
from registry.records import Conflict
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.school.schools import facts_of
from registry.talk import outbox
from registry.trace.audit import Happened, Trace, recording

WorksIn = Sequence[tuple[School, Role]]
NOTHING_NEW = "There is nothing new."
MANY = 3
"""How many answers are named in a sentence."""


@dataclass(frozen=True)
class There:
    """How a DPIA stands in another school: what follows it there, what sending it now would do, and why it cannot be sent."""

    school: School
    copy: Dpia | None
    says: str
    why_not: str = ""
    last: Batch | None = None

    @property
    def may_send(self) -> bool:
        """Whether sending it would do anything."""
        return not self.why_not


@dataclass(frozen=True)
class Came:
    """What came of a deed in one school, in a sentence."""

    school: School
    is_done: bool
    says: str


def may_send(row: Dpia, works_in: WorksIn, by: Actor) -> bool:
    """Whether somebody may send a DPIA anywhere: they lead here, may take it away, and lead another school."""
    return may(by, Deed.EXPORT, DPIAS) and not row.archived_at and bool(_others(row, works_in, by))


def everywhere(row: Dpia, works_in: WorksIn, occasion: Occasion) -> list[There]:
    """How it stands in every other school that somebody leads. Raises Forbidden for who may not take it away."""
    require(occasion.by, Deed.EXPORT, DPIAS)
    answers, found = following.answers_of(row), []
    for school, role in _others(row, works_in, occasion.by):
        with _in(school, role, occasion):
            found.append(_there(school, row, answers))
    return found


def send(row: Dpia, schools: Collection[UUID], works_in: WorksIn, occasion: Occasion, *, seen: int) -> list[Came]:
    """Send it to these schools, each whole or not at all; what came of it in each. `seen` is the version that was looked at.

    Raises Forbidden, and CannotBeDone for what is archived, or is other than it was.
    """
    require(occasion.by, Deed.EXPORT, DPIAS)
    if row.archived_at:
        raise CannotBeDone("This is archived. Bring it back first.")
    if row.version != seen:
        raise CannotBeDone("This was changed since you opened the page. Look at what would be sent, then send it.")
    answers, came = following.answers_of(row), []
    for school, role in _others(row, works_in, occasion.by):
        if school.id in schools:
            with _in(school, role, occasion) as there:
                came.append(_came(school, lambda: _send(row, answers, there, occasion.by.school)))
    if any(each.is_done for each in came):
        with recording(occasion.by, occasion.at) as trace:  # as when it is taken away as a file
            trace.note(Happened.EXPORTED, row._meta.table_name, row.id)
    return came


def undo(row: Dpia, school: UUID | None, works_in: WorksIn, occasion: Occasion) -> list[Came]:
    """Undo what was sent last to one school, or in every school to which it went last; what came of it in each. Raises Forbidden."""
    found = [each for each in everywhere(row, works_in, occasion) if each.last is not None]
    latest = max((each.last.at for each in found if each.last), default=None)
    roles = {each.id: role for each, role in works_in}
    came = []
    for each in found:
        if each.last is not None and (each.school.id == school if school else each.last.at == latest):
            with _in(each.school, roles[each.school.id], occasion) as there:
                came.append(_came(each.school, lambda: _undo(each.last, there)))  # noqa: B023 - called at once
    return came


def keep_apart(row: Dpia, occasion: Occasion, *, seen: int) -> None:
    """Let a DPIA follow no other any more: what is sent from there passes it by. Raises Forbidden, and CannotBeDone where it follows none."""
    require(occasion.by, Deed.CHANGE, DPIAS)
    if row.sent is None or row.version != seen:
        raise CannotBeDone("This was changed since you opened the page. Read it again, then decide.")
    with recording(occasion.by, occasion.at) as trace:
        records.amend(trace, DPIAS, row, {"sent": (row.sent, None)}, occasion=occasion)


def _others(row: Dpia, works_in: WorksIn, by: Actor) -> list[tuple[School, Role]]:
    """Where it may go: not back to where it came from."""
    return [(school, role) for school, role in works_in if school.id not in (by.school, row.sent_from_school) and role in LEADERS]


@contextmanager
def _in(school: School, role: Role, occasion: Occasion) -> Iterator[Occasion]:
    """The same person at work in another school, in their role there."""
    with doors.looking_at(school.id):
        today = occasion.school.today or occasion.at.date()
        yield Occasion(replace(occasion.by, role=role, school=school.id), occasion.at, facts_of(school, today))


def _copy(source: UUID) -> Dpia | None:
    found: Dpia | None = Dpia.select().where(Dpia.sent_from == source).order_by(Dpia.number.desc()).first()
    return found


def _there(school: School, row: Dpia, answers: following.Answers) -> There:
    copy = _copy(row.id)
    if copy is None:
        return There(school, None, "Not sent yet.")
    last = _last_sent(copy)
    if why_not := _shut(copy):
        return There(school, copy, why_not, why_not, last)
    changes = following.changes(copy, answers, row.reference)
    says = " ".join((*_own([each.name for each in following.own_answers(copy)]), *_new(_names(changes))))
    return There(school, copy, says or "As it was sent.", "" if changes else NOTHING_NEW, last)


def _shut(copy: Dpia) -> str:
    """Why nothing can be sent to a DPIA that follows this one."""
    if copy.sent is None:
        return "The school keeps it apart."
    if copy.archived_at:
        return "It is archived there. It has to be brought back first."
    if copy.stage not in OPEN or copy.is_as_approved:
        return "It is decided there. It has to be assessed again first."
    return ""


def _names(changes: Iterable[str]) -> list[str]:
    return [name for name in changes if name != "sent"]


def _own(names: Collection[str]) -> list[str]:
    return [f"Own words in: {_said(names)}."] if names else []


def _new(names: Collection[str]) -> list[str]:
    return [f"New: {_said(names)}."] if names else []


def _said(names: Collection[str]) -> str:
    said = following.labels(names)
    return ", ".join(said[:MANY]) + (f" and {len(said) - MANY} more" if len(said) > MANY else "")


def _came(school: School, deed: Callable[[], str]) -> Came:
    try:
        return Came(school, True, deed())
    except CannotBeDone as problem:
        return Came(school, False, str(problem))
    except (Conflict, Invalid):
        return Came(school, False, "It could not be sent as it stands there. Look at it in that school, then send it again.")


def _send(row: Dpia, answers: following.Answers, there: Occasion, from_school: UUID | None) -> str:
    require(there.by, Deed.ADD, DPIAS)
    require(there.by, Deed.CHANGE, DPIAS)
    with recording(there.by, there.at) as trace:  # before anything is looked up: two presses of the button come one after the other
        first, copy = trace.number + 1, _copy(row.id)
        if copy is None:
            whence = {"sent_from_school": from_school, "sent_from": row.id, "sent": following.as_text(answers, row.reference)}
            begun = {**answers, **whence, "trigger": DpiaTrigger.PLANNED}
            copy = records.insert(trace, DPIAS, begun, there, number=next_number(DPIAS, there.by), happened=Happened.SENT)
            says = f"Sent as {copy.reference}."
        else:
            says = _send_anew(trace, copy, following.changes(copy, answers, row.reference), there)
        batches.keep(trace, Together.SEND, DPIAS, there.by, first=first, many=1)
        _tell(trace, copy, there)
    return says


def _send_anew(trace: Trace, copy: Dpia, changes: Mapping[str, tuple[Any, Any]], there: Occasion) -> str:
    if why_not := _shut(copy) or ("" if changes else NOTHING_NEW):
        raise CannotBeDone(why_not)
    records.amend(trace, DPIAS, copy, changes, occasion=there, happened=Happened.SENT)
    return " ".join((f"{copy.reference}.", *_new(_names(changes))))


def _undo(batch: Batch | None, there: Occasion) -> str:
    if batch is not None:
        undoing.undo(DPIAS, batch.id, there)
    return "As it was before."


def _last_sent(copy: Dpia) -> Batch | None:
    """The deed by which it was sent last, while that stands."""
    entries = AuditEntry.select(AuditEntry.number).where((AuditEntry.chain == copy.school) & (AuditEntry.subject == copy._meta.table_name))
    newest: Any = entries.where((AuditEntry.record == copy.id) & (AuditEntry.deed == Happened.SENT.value)).order_by(AuditEntry.number.desc()).first()
    if newest is None:
        return None
    around = (Batch.kind == Together.SEND) & (Batch.first <= newest.number) & (Batch.last >= newest.number) & Batch.undone_at.is_null()
    found: Batch | None = Batch.get_or_none(around)
    return found


def _tell(trace: Trace, copy: Any, there: Occasion) -> None:
    """Tell those who lead the school, but for whoever sent it."""
    leading = {each.id for each in working_in(there.by.school) if each.role in LEADERS} if there.by.school else set()
    outbox.put(trace, there.by, outbox.Word(news=News.ASSIGNED, register=DPIAS.slug, record=copy.id, about=new_id()), leading)
