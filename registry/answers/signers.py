"""Who may have signed for a pupil: the parents and carers on the list, and what follows from what they may decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.carer import Carer
from models.link import Link
from models.statements import stored_rows
from models.vocabulary import Decider, Relation, YesNoUnknown
from registry.images.statements import as_id
from registry.many.bulk import chunks
from registry.rules.image_answers import may_decide_as_parent

CARERS = "carers"
PUPILS = "pupils"

_KNOWN = "On our list of parents and carers, with parental responsibility."
_NOT_NOTED = "Signed the form. Parental responsibility is not on our list yet."
NOT_ON_LIST = "Signed the form. Not on our list of parents and carers."


@dataclass(frozen=True, slots=True)
class Signer:
    """One parent or carer of a pupil."""

    id: UUID
    sealed: bytes
    relation: Relation | str | None
    responsibility: str

    @property
    def name(self) -> str:
        """Their name, opened."""
        return Carer.name.open(self.id, self.sealed)

    @property
    def words(self) -> str:
        """Who they are to the pupil, in a word."""
        return self.relation.label if isinstance(self.relation, Relation) else "Parent or carer"

    @property
    def decider(self) -> Decider:
        """Whose answer theirs is; of who may not decide only the no counts."""
        return Decider.PARENT if may_decide_as_parent(self.relation, self.responsibility) else Decider.OTHER

    @property
    def authority(self) -> str | None:
        """How the school knows that they may decide."""
        known = {YesNoUnknown.YES.value: _KNOWN, YesNoUnknown.NO.value: None}
        return known.get(self.responsibility, _NOT_NOTED)


def signers_of(people: Iterable[UUID]) -> dict[UUID, tuple[Signer, ...]]:
    """The parents and carers of each of these pupils, as the list has them."""
    found: dict[UUID, list[Signer]] = {}
    for part in chunks([*people]):
        query = _linked(Link.select(Link.near, Carer.id, Carer.name, Carer.relation, Carer.responsibility), CARERS)
        for near, *carer in stored_rows(query.where(Link.near.in_(part)).order_by(Carer.number)):
            found.setdefault(as_id(near), []).append(_signer(carer))
    return {pupil: tuple(signers) for pupil, signers in found.items()}


def pupils_of(carers: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The pupils for whom each of these people may have signed."""
    found: dict[UUID, list[UUID]] = {}
    for part in chunks([*carers]):
        query = Link.select(Link.near, Link.far).where(Link.near.in_(part) & (Link.far_register == PUPILS))
        for near, far in stored_rows(query):
            found.setdefault(as_id(near), []).append(as_id(far))
    return {carer: tuple(pupils) for carer, pupils in found.items()}


def signers(carers: Iterable[UUID]) -> dict[UUID, Signer]:
    """These parents and carers, by id."""
    found: dict[UUID, Signer] = {}
    for part in chunks([*carers]):
        query = Carer.select(Carer.id, Carer.name, Carer.relation, Carer.responsibility).where(Carer.id.in_(part))
        found |= {signer.id: signer for signer in map(_signer, stored_rows(query))}
    return found


def _linked(query: Any, register: str) -> Any:
    return query.join(Carer, on=Link.far == Carer.id).where((Link.far_register == register) & Carer.archived_at.is_null())


def _signer(row: Any) -> Signer:
    key, sealed, relation, responsibility = row
    return Signer(as_id(key), bytes(sealed), Carer.relation.python_value(relation), responsibility)
