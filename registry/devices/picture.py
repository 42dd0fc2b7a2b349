"""Everything that has to be known to say where the register and the programs differ, read at once in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.allocation import Allocation
from models.loss import Loss
from models.mdm import MdmRuling
from models.names import fold
from models.pupil import Pupil
from models.statements import stored_rows
from models.user import Membership, User
from models.vocabulary import HolderKind, RollStatus, Ruling
from registry.access import school_of
from registry.devices.known import Known, devices_here
from registry.devices.sightings import Told, everything_told
from registry.occasion import Occasion
from registry.rules.same_person import account_of, accounts

SETTLED_BY = (Ruling.REGISTER_IS_RIGHT, Ruling.NOT_OURS)
"""What keeps a difference from coming up again; after the others it is gone by itself."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Who signed for a device that is out."""

    name: str
    is_person: bool
    person: UUID | None


@dataclass(frozen=True)
class People:
    """Who is at the school and who has left, by their names and by the accounts that schools make of these."""

    left: frozenset[UUID] = frozenset()
    names_here: frozenset[str] = frozenset()
    names_left: frozenset[str] = frozenset()
    emails: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has_left(self, told: str) -> bool:
        """Whether an account can only be of somebody who has left."""
        found = {fold(told), account_of(told)} - {""}
        return bool(found & self.names_left) and not found & self.names_here


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The register and what every source told, side by side."""

    at: datetime
    devices: list[Known]
    told: Mapping[str, list[Told]]
    holdings: Mapping[UUID, Holding]
    people: People
    missed_at: Mapping[UUID, datetime | None]
    settled: frozenset[tuple[str, str, str]]


def picture(occasion: Occasion) -> Picture:
    """The school in view as it stands now; what is sealed is opened once."""
    told: dict[str, list[Told]] = defaultdict(list)
    for each in everything_told():
        told[each.serial_key].append(each)
    missing = Loss.select(Loss.device, Loss.noticed_at, Loss.reported_at).where(Loss.found_on.is_null() & Loss.archived_at.is_null())
    ruled = MdmRuling.select(MdmRuling.serial_key, MdmRuling.difference, MdmRuling.mark).where(MdmRuling.ruling.in_(SETTLED_BY))
    return Picture(
        at=occasion.at, devices=devices_here(), told=told, holdings=_holdings(), people=_people(occasion),
        missed_at={device: noticed or reported for device, noticed, reported in missing.tuples()}, settled=frozenset(ruled.tuples()),
    )  # fmt: skip


def _holdings() -> dict[UUID, Holding]:
    columns = (Allocation.id, Allocation.open_device, Allocation.holder, Allocation.holder_kind, Allocation.person)
    found = {}
    for key, device, holder, kind, person in stored_rows(Allocation.select(*columns).where(Allocation.open_device.is_null(False))):
        name = Allocation.holder.open_stored(bytes(key), holder)
        found[UUID(bytes=bytes(device))] = Holding(name, HolderKind(kind).is_person, UUID(bytes=bytes(person)) if person else None)
    return found


def _people(occasion: Occasion) -> People:
    left, here, gone = set(), [], []
    for key, sealed, status in stored_rows(Pupil.select(Pupil.id, Pupil.name, Pupil.status).where(Pupil.name.is_null(False))):
        name = Pupil.name.open_stored(bytes(key), sealed)
        if status == RollStatus.LEFT:
            left.add(UUID(bytes=bytes(key)))
            gone.append(name)
        else:
            here.append(name)
    emails = _colleagues(occasion)
    names_here = _known_as([*here, *emails]) | {account_of(each) for several in emails.values() for each in several}
    return People(frozenset(left), names_here, _known_as(gone), emails)


def _colleagues(occasion: Occasion) -> dict[str, tuple[str, ...]]:
    """The addresses of everybody who works here, by their names as these are compared."""
    works_here = (Membership.school == school_of(occasion.by)) & Membership.ended_at.is_null() & User.ended_at.is_null()
    query = Membership.select(User.id, User.name, User.email).join(User, on=Membership.user == User.id).where(works_here)
    found: dict[str, tuple[str, ...]] = {}
    for key, name, email in stored_rows(query):
        called = fold(User.name.open_stored(bytes(key), name))
        found[called] = (*found.get(called, ()), User.email.open_stored(bytes(key), email))
    return found


def _known_as(names: Iterable[str]) -> frozenset[str]:
    return frozenset(each for name in names for each in (fold(name), *accounts(name)))
