"""What is around a record: what it is linked to, in lines by register, and what those are linked to in turn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from peewee import Field

from models.link import Link
from models.statements import stored_rows
from registry import records
from registry.access import Deed, Forbidden, may
from registry.actor import Actor
from registry.catalogue import REGISTERS
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.linking import linked_ids
from registry.lists.lines import Row, engine_columns, lines_of
from registry.lists.views import View, columns_of
from registry.naming import Named, named
from registry.records import Occasion
from registry.rows import CannotBeDone
from registry.schema import names_for

SHOWN_COLUMNS = 3
Ids = tuple[UUID, ...]


class End(NamedTuple):
    """One of two records that a link joins."""

    register: Register
    record: UUID


@dataclass(frozen=True)
class Table:
    """The records of one register that a record is linked to, as their own list would show them."""

    register: Register
    columns: tuple[Question, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Neighbour:
    """A record near another; `through` are the ids of those that lie between, none for one that is linked to it itself."""

    register: Register
    named: Named
    through: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Neighbourhood:
    """What is one step and what is two steps away, in the order of the menu and of names."""

    first: tuple[Neighbour, ...]
    second: tuple[Neighbour, ...]


def partners(register: Register, by: Actor) -> tuple[Register, ...]:
    """The registers whose records can be linked with this one's, asked for on either side, as far as the reader may know of such links."""
    return tuple(other for other in REGISTERS if may_know(register, other, by))


def may_know(register: Register, other: Register, by: Actor) -> bool:
    """Whether somebody may know which records of two registers are linked: they see the other, and the question on one of the sides."""
    return may(by, Deed.SEE, other) and (other.slug in names_for(register, by) or register.slug in names_for(other, by))


def may_link(register: Register, other: Register, by: Actor) -> bool:
    """Whether somebody may link records of the two: they answer the question that links them, on the side where it is asked."""
    asking = _asking(register, other)
    return asking is not None and (other if asking is register else register).slug in names_for(asking, by, Deed.CHANGE)


def count(end: End, by: Actor) -> int:
    """How many records touch this one, as far as the reader may know."""
    return sum(map(len, _known(end, by).values()))


def tables(end: End, by: Actor) -> tuple[Table, ...]:
    """Everything that touches a record, whichever side asked, by register in the order of the menu; two queries a register at most."""
    linked = _known(end, by)
    return tuple(_table(register, linked[register.slug], by) for register in REGISTERS if register.slug in linked)


def around(end: End, by: Actor) -> Neighbourhood:
    """The records one and two steps away; links that the reader may not know of, and what lies behind them only, are left out."""
    first = _named(_known(end, by), by)
    close = {each.named.id: each.register for each in first} | {end.record: end.register}
    through: dict[UUID, list[UUID]] = {}
    beyond: dict[str, list[UUID]] = {}
    for between, slug, far in _links_of([each.named.id for each in first]):
        if far not in close and may_know(close[between], register_of(slug), by):
            through.setdefault(far, []).append(between)
            beyond.setdefault(slug, []).append(far)
    return Neighbourhood(first, _named(beyond, by, through))


def link(near: End, far: End, occasion: Occasion) -> None:
    """Link two records, whichever of them the question stands at. Raises Forbidden, NotFound, Conflict, and CannotBeDone for an archived one."""
    rows = [records.find(end.register, end.record, occasion.by) for end in (near, far)]
    if any(row.archived_at for row in rows):
        raise CannotBeDone("An archived record is not linked to others. Bring it back first.")
    _answer(near, far, occasion, lambda held, added: held if added in held else (*held, added))


def unlink(near: End, far: End, occasion: Occasion) -> None:
    """Take the link between two records away. Raises Forbidden, NotFound and Conflict."""
    _answer(near, far, occasion, lambda held, taken: tuple(each for each in held if each != taken))


def _asking(register: Register, other: Register) -> Register | None:
    """The register whose form asks for the link between two; the first of them when both do, None when neither does."""
    if other.slug in register.link_names:
        return register
    return other if register.slug in other.link_names else None


def _answer(near: End, far: End, occasion: Occasion, wanted: Callable[[Ids, UUID], Ids]) -> None:
    """Answer the question that links two registers anew, on the side where it stands."""
    asking = _asking(near.register, far.register)
    if asking is None:
        raise Forbidden(f"{near.register.many} and {far.register.many} are not linked with each other.")
    own, other = (near, far) if asking is near.register else (far, near)
    records.find(other.register, other.record, occasion.by)
    row = records.find(asking, own.record, occasion.by)
    held = linked_ids(row.id).get(other.register.slug, ())
    records.change(asking, row, {other.register.slug: wanted(held, other.record)}, occasion)


def _known(end: End, by: Actor) -> dict[str, Ids]:
    """What a record is linked to by links that the reader may know of, by register."""
    return {slug: ids for slug, ids in linked_ids(end.record).items() if may_know(end.register, register_of(slug), by)}


def _table(register: Register, ids: Sequence[UUID], by: Actor) -> Table:
    table = register.table
    columns = columns_of(register, by, View())[:SHOWN_COLUMNS]
    own = (question.column for question in columns if isinstance(question.column, Field))
    query = table.select(*engine_columns(register), *own).where(table.id.in_(list(ids)))
    lines = lines_of(register, by, columns, stored_rows(query))
    return Table(register, columns, tuple(sorted(lines, key=lambda line: line.title.casefold())))


def _named(ids: Mapping[str, Iterable[UUID]], by: Actor, through: Mapping[UUID, Sequence[UUID]] | None = None) -> tuple[Neighbour, ...]:
    between = through or {}
    return tuple(
        Neighbour(register, each, tuple(between.get(each.id, ())))
        for register in REGISTERS
        if register.slug in ids
        for each in named(register, by, dict.fromkeys(ids[register.slug]))
    )


def _links_of(near: Sequence[UUID]) -> list[tuple[UUID, str, UUID]]:
    """Every link of some records: which of them, and what it leads to."""
    if not near:
        return []
    query = Link.select(Link.near, Link.far_register, Link.far).where(Link.near.in_(list(near))).order_by(Link.far_register, Link.far, Link.near)
    return [(UUID(bytes=bytes(between)), slug, UUID(bytes=bytes(far))) for between, slug, far in stored_rows(query)]
