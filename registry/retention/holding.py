"""What is held: which records have to stand for now, and because of which hold. A hold beats any date."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.hold import Hold
from models.image_answer import ImageAnswer
from models.link import Link
from models.vocabulary import OwnRecords, YesNo
from registry.amending import put
from registry.definition import Register
from registry.occasion import Occasion
from registry.registers.data_protection.holds import HOLDS
from registry.trace.audit import Trace

MOST_AT_ONCE = 500
Holds = tuple[Hold, ...]


def standing() -> Holds:
    """The holds of the schools in view that are not lifted; archiving one does not lift it."""
    return tuple(Hold.select().where(Hold.released_on.is_null()).order_by(Hold.number))


def holds_on_rule(rule: UUID) -> Holds:
    """The holds that cover every record of a series: all of the school’s, or this series."""
    named = _named("retention-rules")
    return tuple(hold for hold in standing() if hold.everything == YesNo.YES or rule in named.get(hold.id, ()))


def holds_on_assets(assets: Collection[UUID]) -> Holds:
    """The holds that cover what is in any of these information assets."""
    named = _named("assets")
    return tuple(hold for hold in standing() if not named.get(hold.id, set()).isdisjoint(assets))


def named_by_holds() -> set[UUID]:
    """Every record of whatever register that a standing hold names."""
    query = Link.select(Link.far).join(Hold, on=(Hold.id == Link.near)).where(Hold.released_on.is_null())
    return {far for (far,) in query.tuples()}


def held_among(covers: OwnRecords, records: Sequence[UUID]) -> dict[UUID, Holds]:
    """Which of these records of one kind are held one by one, and by what: themselves, or the pupil or device that they are about or had."""
    by_id = {hold.id: hold for hold in standing()}
    if not by_id:
        return {}
    found: dict[UUID, set[UUID]] = {}
    for register, about in ABOUT[covers]:
        holders = _holders(register, by_id)
        for record, subject in about(records, holders):
            found.setdefault(record, set()).update(holders[subject])
    return {record: tuple(by_id[key] for key in sorted(keys)) for record, keys in found.items()}


def settle(trace: Trace, holds: Sequence[UUID], occasion: Occasion) -> None:
    """What follows a hold having been written: who placed it, and when, if nobody said so."""
    register: Register = HOLDS
    for row in Hold.select().where(Hold.id.in_([*holds])):
        said = {"placed_on": row.placed_on or occasion.school.today, "placed_by": row.placed_by_id or occasion.by.user}
        before = {"placed_on": row.placed_on, "placed_by": row.placed_by_id}
        changes = {name: (before[name], value) for name, value in said.items() if before[name] != value}
        for name, (_old, value) in changes.items():
            setattr(row, name, value)
        if changes:
            put(trace, register, row, occasion, changes=changes, names=tuple(changes), of_this_write=True)


Pairs = Iterable[tuple[UUID, UUID]]


def _itself(records: Sequence[UUID], holders: Collection[UUID]) -> Pairs:
    return ((record, record) for record in records if record in holders)


def _told_by(record: Any, subject: Any) -> Any:
    """The records in one column of a table beside which somebody or something that is held stands in another."""
    table = record.model

    def about(records: Sequence[UUID], holders: Collection[UUID]) -> Pairs:
        if not holders:
            return
        for start in range(0, len(records), MOST_AT_ONCE):
            part = [*records[start : start + MOST_AT_ONCE]]
            yield from (pair for pair in table.select(record, subject).where(record.in_(part)).tuples() if pair[1] in holders)

    return about


ABOUT: Mapping[OwnRecords, tuple[tuple[str, Any], ...]] = {
    OwnRecords.PUPILS: (("pupils", _itself), ("devices", _told_by(Allocation.person, Allocation.device))),
    OwnRecords.IMAGE_DECISIONS: (("pupils", _told_by(ImageAnswer.id, ImageAnswer.person)),),
    OwnRecords.BREACHES: (("breaches", _itself),),
    OwnRecords.ALLOCATIONS: (
        ("pupils", _told_by(Allocation.id, Allocation.person)),
        ("devices", _told_by(Allocation.id, Allocation.device)),
    ),
    OwnRecords.DPIAS: (),
}
"""By kind of records: in which register a hold names what they are about, and how that is found."""


def _named(register: str) -> dict[UUID, set[UUID]]:
    """What the standing holds name in a register, by hold."""
    query = Link.select(Link.near, Link.far).join(Hold, on=(Hold.id == Link.near)).where((Link.far_register == register) & Hold.released_on.is_null())
    found: dict[UUID, set[UUID]] = {}
    for near, far in query.tuples():
        found.setdefault(near, set()).add(far)
    return found


def _holders(register: str, standing_holds: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """By what is named in a register: the standing holds that name it."""
    found: dict[UUID, set[UUID]] = {}
    for hold, subjects in _named(register).items():
        for subject in subjects if hold in standing_holds else ():
            found.setdefault(subject, set()).add(hold)
    return found
