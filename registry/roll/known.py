"""Everybody on the roll with their parents and carers, read once and opened for one comparison."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from models.carer import Carer
from models.link import Link
from models.pupil import Pupil
from models.statements import stored_rows
from models.vocabulary import PictureSubject, Relation, RollStatus, YesNoUnknown
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.rules.roll_carers import Known, PupilKey
from registry.rules.roll_people import Here

_OF_PEOPLE = (
    Pupil.id, Pupil.number, Pupil.version, Pupil.name, Pupil.mis_number, Pupil.legal_name, Pupil.kind, Pupil.class_name, Pupil.year_group,
    Pupil.status, Pupil.left_on, Pupil.archived_at,
)  # fmt: skip
_OF_CARERS = (
    Carer.id, Carer.number, Carer.version, Carer.name, Carer.mis_number, Carer.email, Carer.relation, Carer.responsibility, Carer.restrictions,
)  # fmt: skip


def everybody_here() -> list[Here]:
    """Everybody on the roll of the school in view, those who left and those put away as well."""
    return [_here(*values) for values in stored_rows(Pupil.select(*_OF_PEOPLE))]


def carers_here() -> list[Known]:
    """Every parent and carer in the list of the school in view, with the pupils of whom their entry speaks."""
    pupils: dict[bytes, set[PupilKey]] = defaultdict(set)
    for near, far in stored_rows(Link.select(Link.near, Link.far).where(Link.far_register == CARERS.slug)):
        pupils[bytes(far)].add(UUID(bytes=bytes(near)))
    kept = Carer.select(*_OF_CARERS).where(Carer.archived_at.is_null())
    return [_carer(values, frozenset(pupils.get(bytes(values[0]), ()))) for values in stored_rows(kept)]


def _here(*stored: Any) -> Here:
    raw, count, version, name, mis_number, legal_name, kind, class_name, year_group, status, left_on, archived_at = stored
    key = bytes(raw)
    return Here(
        UUID(bytes=key), f"{PUPILS.table.PREFIX}-{count:04d}", version, _open(Pupil.name, key, name),
        number=_open(Pupil.mis_number, key, mis_number), legal_name=_open(Pupil.legal_name, key, legal_name), kind=PictureSubject(kind),
        class_name=class_name or "", year_group=year_group or "", is_left=status == RollStatus.LEFT,
        left_on=Pupil.left_on.python_value(left_on), is_archived=archived_at is not None,
    )  # fmt: skip


def _carer(stored: tuple[Any, ...], pupils: frozenset[PupilKey]) -> Known:
    raw, count, version, name, mis_number, email, relation, responsibility, restrictions = stored
    key = bytes(raw)
    return Known(
        UUID(bytes=key), f"{CARERS.table.PREFIX}-{count:04d}", version, _open(Carer.name, key, name), number=_open(Carer.mis_number, key, mis_number),
        email=_open(Carer.email, key, email), relation=Relation(relation) if relation else None,
        responsibility=YesNoUnknown(responsibility), restrictions=_open(Carer.restrictions, key, restrictions), pupils=pupils,
    )  # fmt: skip


def _open(column: Any, key: bytes, sealed: Any) -> str:
    return column.open_stored(key, sealed) if sealed is not None else ""
