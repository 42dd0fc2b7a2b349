"""What follows a write by itself, in the same transaction: the same whichever way it came, by form, program, file, grid or link."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

from models.allocation import Allocation
from models.loss import Loss
from models.repair import Repair
from registry.breaches import steps
from registry.definition import Register
from registry.devices import standing
from registry.dpias import working_out
from registry.images import take_downs
from registry.occasion import Occasion
from registry.retention import holding, settling
from registry.trace.audit import Trace

Ids = Sequence[UUID]


class Following(NamedTuple):
    """Whom the records of a register concern, and what is done about them once these are written."""

    whom: Callable[[Ids], Ids]
    then: Callable[[Trace, Ids, Occasion], object]
    of_itself: bool = False  # whether it writes to the very records that were written


FOLLOWING: Mapping[str, Following] = {
    "image-decisions": Following(take_downs.answered_about, take_downs.make_for),
    "image-flags": Following(take_downs.limited, take_downs.make_for),
    "pupils": Following(tuple, take_downs.make_for),
    "breaches": Following(tuple, steps.lay_out_anew),
    "allocations": Following(partial(standing.devices_of, Allocation), standing.settle),
    "repairs": Following(partial(standing.devices_of, Repair), standing.settle),
    "losses": Following(partial(standing.devices_of, Loss), standing.settle),
    "disposals": Following(standing.listed_on, standing.settle),
    "dpias": Following(tuple, working_out.settle, of_itself=True),
    "holds": Following(tuple, holding.settle, of_itself=True),
    "disposals-of-records": Following(tuple, settling.settle, of_itself=True),
    "publications": Following(take_downs.shown_in, take_downs.make_for),
}
"""By the slug of the register that is written; for every other nothing follows."""


def follow(trace: Trace, register: Register, records: Ids, occasion: Occasion) -> bool:
    """Do what follows these records having been written, inside the recording that is open; whether they may be others now than before."""
    if register.slug not in FOLLOWING:
        return False
    following = FOLLOWING[register.slug]
    following.then(trace, following.whom(records), occasion)
    return following.of_itself


def concerned(register: Register, records: Ids) -> Ids:
    """Whom these records concern, asked before they are taken away."""
    return FOLLOWING[register.slug].whom(records) if register.slug in FOLLOWING else ()


def follow_without(trace: Trace, register: Register, people: Ids, occasion: Occasion) -> None:
    """Do what follows records having been taken away that concerned these people."""
    if people:
        FOLLOWING[register.slug].then(trace, people, occasion)
