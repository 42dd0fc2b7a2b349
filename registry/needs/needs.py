"""What needs somebody today, what comes after, and what waits for others: one list of every register's deadlines and findings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from peewee import fn

from models.arrangement import Arrangement
from models.need import Need
from models.roles import Role
from models.statements import stored_rows
from models.vocabulary import JobRole
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import REGISTERS, find
from registry.deadlines import deadlines_for
from registry.definition import Deadline, Register
from registry.lists.views import sees_findings
from registry.naming import Named, named
from registry.needs.keeping import DEADLINE
from registry.needs.owners import roles_here, whose_move
from registry.rules.finding import Severity

SOON = timedelta(days=14)
"""What is due within so many days needs somebody now."""

IN_VIEW = timedelta(days=90)
"""What is due later than that is not looked at yet."""

_DAY = Need.due_on.python_value


class Key(NamedTuple):
    """One deadline or finding of one record."""

    register: str
    record: UUID
    code: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What needs somebody: one thing about one record, or the same about several."""

    register: Register
    severity: str
    many: int
    deadline: Deadline | None = None
    due: date | None = None
    record: Named | None = None  # the one record, where it is one
    question: str = ""
    owners: tuple[str, ...] = ()  # the posts that answer for it
    assigned_to: UUID | None = None
    snoozed_until: date | None = None
    rule: str = ""  # what found it, where it is about one record

    @property
    def code(self) -> str:
        """The code of a deadline; empty for findings, which stand together."""
        return self.deadline.code if self.deadline else ""

    @property
    def is_statutory(self) -> bool:
        """Whether the day follows from the law, so that it cannot be put off."""
        return self.deadline is not None and self.deadline.statutory

    def order(self, today: date) -> tuple[Any, ...]:
        """Worst and nearest first: what is late, then errors, then what is due by its day, then warnings."""
        rank = _WORST.get(self.severity, 4) if self.due is None else 0 if self.due < today else 2
        return (rank, self.due or date.max, not self.is_statutory, self.register.slug)


class Alone(NamedTuple):
    """What a line about one record says more than one about several."""

    record: Named | None = None
    question: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Today:
    """Everything that somebody is told of on a day."""

    mine: tuple[Line, ...]
    coming: tuple[Line, ...]
    others: tuple[Line, ...]
    snoozed: tuple[Line, ...]


_WORST = {Severity.ERROR.value: 1, Severity.WARNING.value: 3}


def today_of(by: Actor, today: date) -> Today:
    """What needs somebody in the school in view, as far as they may know of it; needs must have caught up."""
    seen = visible_to(by)
    if seen is None:
        return Today((), (), (), ())
    lines = [*_together(by, seen, today), *_arranged(by, seen, today)]
    lines.sort(key=lambda line: line.order(today))
    here = roles_here()
    places: dict[str, list[Line]] = {"mine": [], "coming": [], "others": [], "snoozed": []}
    for line in lines:
        places[_place_of(line, by, today, here)].append(line)
    return Today(*(tuple(_merged(places[name])) for name in ("mine", "coming", "others", "snoozed")))


def _merged(lines: Sequence[Line]) -> Iterable[Line]:
    """The same of records that different posts answer for in one line, for a place has one reader."""
    found: dict[tuple[Any, ...], Line] = {}
    for number, line in enumerate(lines):
        is_arranged = line.assigned_to is not None or line.snoozed_until is not None
        key = (number,) if is_arranged else (line.register.slug, line.severity, line.code, line.due)
        if key in found:
            first = found[key]
            found[key] = replace(first, many=first.many + line.many, record=None, rule="", owners=(*first.owners, *line.owners))
        else:
            found[key] = line
    return found.values()


def visible_to(by: Actor) -> Any:
    """The condition that somebody may know of a need; None where there is nothing that they may know of."""
    conditions = [condition for register in REGISTERS if may(by, Deed.SEE, register) and (condition := _visible(register, by)) is not None]
    return reduce(or_, conditions) if conditions else None


def is_active(today: date) -> Any:
    """The condition that something was agreed which still holds."""
    return Arrangement.assigned_to.is_null(False) | (Arrangement.snoozed_until > today) | (Arrangement.excused_until > today)


def is_of_one(arrangement: Any) -> Any:
    """The condition that an arrangement is about a need."""
    return (arrangement.school == Need.school) & (arrangement.record == Need.record) & (arrangement.code == Need.code)


def is_own(by: Actor) -> Any:
    """The condition that a need is somebody's own move: they were asked by name, or nobody was and it falls to their role."""
    here, asked = roles_here(), Arrangement.select(Arrangement.id).where(is_of_one(Arrangement) & Arrangement.assigned_to.is_null(False))
    falls_to_role = (
        (Need.register == register.slug) & Need.owner.in_([post for post in ("", *JobRole) if whose_move(register, post, here) == by.role])
        for register in REGISTERS
    )
    return fn.EXISTS(asked.where(Arrangement.assigned_to == by.user)) | (~fn.EXISTS(asked) & reduce(or_, falls_to_role))


def _visible(register: Register, by: Actor) -> Any:
    codes = [each.code for each in deadlines_for(register, by)]
    own, dated = Need.register == register.slug, Need.severity == DEADLINE
    if sees_findings(register, by):
        return own & (~dated | Need.code.in_(codes)) if codes else own & ~dated
    return own & dated & Need.code.in_(codes) if codes else None


def _together(by: Actor, seen: Any, today: date) -> Iterable[Line]:
    """What nobody has agreed anything about, the same of several records in one line: deadlines by their day, findings by how bad they are."""
    agreed = Arrangement.select(Arrangement.id).where(is_of_one(Arrangement) & is_active(today))
    dated = Need.severity == DEADLINE
    yield from _counted((Need.code, Need.due_on), seen & ~fn.EXISTS(agreed) & dated & (Need.due_on <= today + IN_VIEW), by)
    yield from _counted((), seen & ~fn.EXISTS(agreed) & ~dated & (Need.severity != Severity.NOTE.value), by)


def _counted(alike: tuple[Any, ...], condition: Any, by: Actor) -> Iterable[Line]:
    """A line for all that is alike in the register, how bad it is, the owner and these."""
    group = (Need.register, Need.severity, Need.owner, *alike)
    query = Need.select(*group, fn.COUNT(fn.DISTINCT(Need.record)), fn.MIN(Need.id)).where(condition)
    rows = stored_rows(query.group_by(*group))
    ones = _alone({row[-1] for row in rows if row[-2] == 1}, by)
    for slug, severity, owner, *day, many, first in rows:
        register, alone = find(slug), ones.get(first, Alone())
        code, due = day or ("", None)
        yield Line(
            register=register, severity=severity, many=many, deadline=_deadline(register, code), due=_DAY(due), owners=(owner,) * bool(owner),
            **alone._asdict(),
        )  # fmt: skip


def _alone(needs: Collection[int], by: Actor) -> dict[int, Alone]:
    """Each of these needs by itself."""
    rows = [*Need.select().where(Need.id.in_([*needs]))] if needs else []
    names = names_of_records(((row.register, row.record) for row in rows), by)
    return {row.id: Alone(names.get(row.record), row.question, row.code) for row in rows}


def names_of_records(records: Iterable[tuple[str, UUID]], by: Actor) -> dict[UUID, Named]:
    """Records of several registers by name, as far as somebody may know of them; one query a register."""
    return {each.id: each for register, ids in by_register(records) for each in named(register, by, ids)}


def by_register(records: Iterable[tuple[str, UUID]]) -> Iterable[tuple[Register, list[UUID]]]:
    """Records that are named by the slug of their register and their id, each register with its own."""
    wanted: dict[str, list[UUID]] = {}
    for slug, record in records:
        wanted.setdefault(slug, []).append(record)
    return ((find(slug), ids) for slug, ids in wanted.items())


def _arranged(by: Actor, seen: Any, today: date) -> Sequence[Line]:
    """What somebody is to see to, or what may wait, each by itself; what does not apply is left out."""
    still = Arrangement.excused_until.is_null() | (Arrangement.excused_until <= today)
    near = Need.due_on.is_null() | (Need.due_on <= today + IN_VIEW)
    query = Need.select(Need, Arrangement.assigned_to, Arrangement.snoozed_until).join(Arrangement, on=is_of_one(Arrangement))
    rows = [*query.where(seen & is_active(today) & still & near).objects()]
    names = names_of_records(((row.register, row.record) for row in rows), by)
    return [
        Line(
            register=find(row.register), severity=row.severity, many=1, deadline=_deadline(find(row.register), row.code), due=row.due_on,
            owners=(row.owner,) * bool(row.owner), assigned_to=row.assigned_to, snoozed_until=row.snoozed_until,
            record=names.get(row.record), question=row.question, rule=row.code,
        )
        for row in rows
    ]


def _deadline(register: Register, code: str) -> Deadline | None:
    return next((each for each in register.deadlines if each.code == code), None)


def _is_put_off(line: Line, today: date) -> bool:
    """Whether it was agreed that it may wait; no longer when the law's day has moved before the end of that wait."""
    if line.snoozed_until is None or line.snoozed_until <= today:
        return False
    return not (line.is_statutory and line.due is not None and line.due < line.snoozed_until)


def _place_of(line: Line, by: Actor, today: date, here: frozenset[Role]) -> str:
    if _is_put_off(line, today):
        return "snoozed"
    is_now = line.due <= today + SOON if line.due else line.severity == Severity.ERROR.value or line.assigned_to is not None
    if not is_now:
        return "coming"
    if line.assigned_to is not None:
        return "mine" if line.assigned_to == by.user else "others"
    return "mine" if by.role is not None and by.role == whose_move(line.register, next(iter(line.owners), ""), here) else "others"
