"""Who is asked about whom: each parent or carer with their own pupils at the school, and the pupils for whom there is nobody to ask."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.carer import Carer
from models.link import Link
from models.names import fold
from models.pupil import Pupil
from models.vocabulary import PictureSubject, Relation, ResponsibilitySource, RollStatus, YesNo, YesNoUnknown
from registry.images.people import in_order
from registry.many.bulk import chunks
from registry.rules.image_answers import may_decide_as_parent

CARERS, PUPILS = "carers", "pupils"
NO_RESPONSIBILITY = "Has no parental responsibility, so a yes from them would not count."
IN_CARE = "Ask the local authority who may answer for a child in its care, and note it on the list: until then a yes from them does not count."
RESTRICTED = "A court order or an agreement limits them. Read it before you ask."


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil, as far as a form speaks of them."""

    id: UUID
    name: str
    class_name: str
    may_decide: bool
    has_left: bool

    @property
    def first_name(self) -> str:
        """What they are called at home."""
        return self.name.split(" ", 1)[0]

    @property
    def listed_by(self) -> tuple[Any, ...]:
        """What sorts children as a class list does."""
        folded = fold(self.name)
        return in_order(self.class_name), folded.rpartition(" ")[2], folded


@dataclass(frozen=True, slots=True)
class Family:
    """One parent or carer, with the pupils for whom they may be asked."""

    carer: UUID
    name: str
    relation: Relation | str | None
    responsibility: YesNoUnknown | str
    source: ResponsibilitySource | str | None
    is_limited: bool
    has_address: bool
    children: tuple[Child, ...]

    @property
    def may_decide(self) -> bool:
        """Whether a yes from them can count."""
        return may_decide_as_parent(self.relation, self.responsibility)

    @property
    def why_not(self) -> str:
        """Why they are not asked unless somebody chooses to; empty for those who are."""
        if not self.may_decide:
            return NO_RESPONSIBILITY if self.responsibility == YesNoUnknown.NO else IN_CARE
        return RESTRICTED if self.is_limited else ""

    @property
    def names(self) -> tuple[str, ...]:
        """What the form calls the children: by their first names, unless two of them share one."""
        firsts = [child.first_name for child in self.children]
        return tuple(child.name if firsts.count(first) > 1 else first for child, first in zip(self.children, firsts, strict=True))


@dataclass(frozen=True, slots=True)
class Families:
    """Those who can be asked, by their first child, and the pupils for whom nobody has an address."""

    families: tuple[Family, ...]
    nobody: tuple[Child, ...]


def of_class(class_name: str) -> Families:
    """The families of a class."""
    return _around(list(Pupil.select().where(_is_here() & (Pupil.class_name == class_name))))


def of_school() -> Families:
    """The families of every pupil at the school."""
    return _around(list(Pupil.select().where(_is_here())))


def of_pupils(pupils: Iterable[UUID]) -> Families:
    """The families of these pupils, as far as they are at the school."""
    return _around([row for part in _parts(pupils) for row in Pupil.select().where(_is_here() & Pupil.id.in_(part))])


def of_carers(carers: Iterable[UUID], *, with_leavers: bool = False) -> dict[UUID, Family]:
    """These parents and carers with their pupils; those are left out who were put away, or have no pupil here."""
    rows = [row for part in _parts(carers) for row in Carer.select().where(Carer.id.in_(part) & Carer.archived_at.is_null())]
    linked = _linked([row.id for row in rows], PUPILS)
    who = (Pupil.kind == PictureSubject.PUPIL) & Pupil.archived_at.is_null() if with_leavers else _is_here()
    ids = {pupil for far in linked.values() for pupil in far}
    children = {row.id: _child(row) for part in _parts(ids) for row in Pupil.select().where(who & Pupil.id.in_(part))}
    found = {row.id: _family(row, [children[pupil] for pupil in linked[row.id] if pupil in children]) for row in rows}
    return {carer: family for carer, family in found.items() if family.children}


def class_sizes() -> dict[str, int]:
    """How many pupils are in each class, 3B before 10A; those of no class stand under an empty name."""
    sizes: dict[str, int] = defaultdict(int)
    for (name,) in Pupil.select(Pupil.class_name).where(_is_here()).tuples():
        sizes[name or ""] += 1
    return dict(sorted(sizes.items(), key=lambda each: in_order(each[0])))


def _around(pupils: Sequence[Any]) -> Families:
    """Everybody who belongs to these pupils, with all of their own; a child with nobody who has an address is listed by themself."""
    linked = _linked([row.id for row in pupils], CARERS)
    families = of_carers({carer for far in linked.values() for carer in far})
    reached = {child.id for family in families.values() if family.has_address for child in family.children}
    children = sorted((_child(row) for row in pupils), key=lambda child: child.listed_by)
    place = {child.id: number for number, child in enumerate(children)}
    first = {carer: min(place[child.id] for child in family.children if child.id in place) for carer, family in families.items()}
    listed = sorted(families.values(), key=lambda family: (first[family.carer], fold(family.name)))
    return Families(tuple(listed), tuple(child for child in children if child.id not in reached))


def _linked(ids: Sequence[UUID], register: str) -> dict[UUID, list[UUID]]:
    """What each of these is linked to in a register."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for part in _parts(ids):
        for near, far in Link.select(Link.near, Link.far).where((Link.far_register == register) & Link.near.in_(part)).tuples():
            found[near].append(far)
    return found


def _is_here() -> Any:
    return (Pupil.kind == PictureSubject.PUPIL) & (Pupil.status == RollStatus.ON_ROLL) & Pupil.archived_at.is_null()


def _family(row: Any, children: Iterable[Child]) -> Family:
    return Family(
        carer=row.id,
        name=row.name,
        relation=row.relation,
        responsibility=row.responsibility,
        source=row.source,
        is_limited=bool((row.restrictions or "").strip()),
        has_address=bool((row.email or "").strip()),
        children=tuple(sorted(children, key=lambda child: child.listed_by)),
    )


def _child(row: Any) -> Child:
    return Child(row.id, row.name, row.class_name or "", row.may_decide == YesNo.YES, row.status != RollStatus.ON_ROLL or row.archived_at is not None)


def _parts(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    return chunks(list(dict.fromkeys(ids)))
