"""Who or what a device can be handed to: people on the roll, colleagues, rooms and pools, and others by the name they give."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from peewee import fn

from models.allocation import Allocation
from models.names import fold
from models.place import Place
from models.pupil import Pupil
from models.roles import Role
from models.vocabulary import HolderKind, PictureSubject, RollStatus
from registry.access import Permission, require, school_of
from registry.accounts.colleagues import working_in
from registry.actor import Actor
from registry.records import NotFound

KINDS = {
    PictureSubject.PUPIL: HolderKind.PUPIL,
    PictureSubject.STAFF: HolderKind.STAFF,
    PictureSubject.GOVERNOR: HolderKind.GOVERNOR,
    PictureSubject.VISITOR: HolderKind.VISITOR,
}
OTHERS = (HolderKind.STAFF, HolderKind.GOVERNOR, HolderKind.VISITOR)
"""What somebody can be who is on no list here. A pupil is on the roll, or is put there first."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody, or a room: `key` finds them again, and says no name."""

    key: str
    name: str
    kind: HolderKind
    person: UUID | None = None
    place: UUID | None = None
    user: UUID | None = None
    group: str = ""
    year_group: str = ""
    is_here: bool = True

    @property
    def is_person(self) -> bool:
        """Whether somebody signs."""
        return self.kind.is_person

    @property
    def described(self) -> str:
        """Who that is, in a few words."""
        return ", ".join(filter(None, (self.kind.label.lower(), self.group, "" if self.is_here else "has left")))


def named(text: str, by: Actor) -> list[Holder]:
    """Everybody and every room of exactly this name, however it is spelled; raises Forbidden."""
    require(by, Permission.HAND_OVER_DEVICES)
    wanted = fold(text)
    if not wanted:
        return []
    people = Pupil.select().where(Pupil.archived_at.is_null() & ((Pupil.name_index == wanted) | (Pupil.legal_name_index == wanted)))
    places = Place.select().where(Place.archived_at.is_null() & (fn.LOWER(Place.name) == text.strip().lower()))
    on_roll = [_with_account(_of_roll(row), by) for row in people]
    known = {(fold(each.name), each.kind) for each in on_roll}
    staff = [each for each in _colleagues(by) if fold(each.name) == wanted and (wanted, each.kind) not in known]
    return [*on_roll, *staff, *map(_of_place, places)]


def suggestions(by: Actor) -> list[str]:
    """Names to choose from while typing: colleagues and rooms. Pupils are found by their full name alone."""
    require(by, Permission.HAND_OVER_DEVICES)
    places = Place.select(Place.name).where(Place.archived_at.is_null()).order_by(fn.LOWER(Place.name)).limit(200)
    return [*(each.name for each in _colleagues(by)), *(name for (name,) in places.tuples())]


def by_key(key: str, by: Actor, *, name: str = "") -> Holder:
    """The holder of a key; for somebody on no list the key says only what they are, and the name goes beside it. Raises NotFound and Forbidden."""
    require(by, Permission.HAND_OVER_DEVICES)
    kind, _, rest = key.partition(":")
    if kind == "other" and rest in OTHERS and name.strip():
        return Holder(key=key, name=" ".join(name.split()), kind=HolderKind(rest))
    found = next((each for each in _of_id(kind, rest, by) if each.key == key), None)
    if found is None:
        raise NotFound("There is nobody like that here.")
    return found


def held_by(holder: Holder) -> list[Allocation]:
    """What somebody, or a room, holds now."""
    query = Allocation.select().where(Allocation.open_device.is_null(False) & Allocation.archived_at.is_null())
    return [*query.where(_is(holder)).order_by(Allocation.number)]


def _is(holder: Holder) -> object:
    if holder.place:
        return Allocation.place == holder.place
    if holder.person:
        return Allocation.person == holder.person
    return Allocation.person.is_null() & (Allocation.holder_index == holder.name) & (Allocation.holder_kind == holder.kind)


def _of_id(kind: str, rest: str, by: Actor) -> Iterator[Holder]:
    try:
        wanted = UUID(rest)
    except ValueError:
        return
    if kind == "person":
        yield from (_with_account(_of_roll(row), by) for row in Pupil.select().where((Pupil.id == wanted) & Pupil.archived_at.is_null()))
    elif kind == "place":
        yield from map(_of_place, Place.select().where((Place.id == wanted) & Place.archived_at.is_null()))
    elif kind == "colleague":
        yield from (each for each in _colleagues(by) if each.user == wanted)


def _of_roll(row: Pupil) -> Holder:
    group = row.class_name or row.year_group or ""
    return Holder(
        key=f"person:{row.id}", name=row.name, kind=KINDS.get(row.kind, HolderKind.VISITOR), person=row.id,
        group=group, year_group=row.year_group or row.class_name or "", is_here=row.status == RollStatus.ON_ROLL,
    )  # fmt: skip


def _with_account(holder: Holder, by: Actor) -> Holder:
    """An adult on the roll, with the account of the one colleague of that name: there they find what they hold."""
    same = [each for each in _colleagues(by) if fold(each.name) == fold(holder.name)] if holder.kind is not HolderKind.PUPIL else []
    return replace(holder, user=same[0].user, group=holder.group or same[0].group) if len(same) == 1 else holder


def _of_place(row: Place) -> Holder:
    return Holder(key=f"place:{row.id}", name=row.name, kind=HolderKind.PLACE, place=row.id, group=row.kind.label if row.kind else "")


def _colleagues(by: Actor) -> list[Holder]:
    people = working_in(school_of(by))
    return [
        Holder(key=f"colleague:{each.id}", name=each.name, kind=HolderKind.GOVERNOR if each.role is Role.GOVERNOR else HolderKind.STAFF,
               user=each.id, group=each.role.label)
        for each in people
    ]  # fmt: skip
