"""What the school lets devices do, by whose they are: the matrix of its policy, as settings with the usual answers to begin with."""

from collections.abc import Iterable, Mapping

from models.base import new_id
from models.device_rule import DeviceRule
from models.personal_device import PersonalDevice
from models.vocabulary import DeviceOwnership, PersonalDeviceUse
from registry.access import Permission, require, school_of
from registry.occasion import Occasion
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, recording

USUAL: Mapping[DeviceOwnership, PersonalDeviceUse] = {
    DeviceOwnership.SCHOOL_INDIVIDUAL: PersonalDeviceUse.FULL_NETWORK,
    DeviceOwnership.SCHOOL_SHARED: PersonalDeviceUse.FULL_NETWORK,
    DeviceOwnership.AUTHORISED: PersonalDeviceUse.FULL_NETWORK,
    DeviceOwnership.STUDENT_OWNED: PersonalDeviceUse.NOT_ALLOWED,
    DeviceOwnership.STAFF_OWNED: PersonalDeviceUse.INTERNET_ONLY,
    DeviceOwnership.VISITOR_OWNED: PersonalDeviceUse.INTERNET_ONLY,
    DeviceOwnership.REMOVABLE: PersonalDeviceUse.NOT_ALLOWED,
}
"""As the acceptable-use policies of schools have it."""

FURTHER = tuple(PersonalDeviceUse)
"""From the narrowest to the widest."""


def matrix() -> dict[DeviceOwnership, PersonalDeviceUse]:
    """What counts in the school in view."""
    return {**USUAL, **{row.ownership: row.use for row in DeviceRule.select()}}


def change(wanted: Mapping[DeviceOwnership, PersonalDeviceUse], occasion: Occasion) -> int:
    """Keep other answers; how many are different now. Raises Forbidden, and CannotBeDone where somebody else has just kept the same."""
    require(occasion.by, Permission.CHANGE_SCHOOL)
    if not _different(wanted):
        return 0
    with recording(occasion.by, occasion.at) as trace:
        before, changed = matrix(), _different(wanted)
        if not changed:
            raise CannotBeDone("Somebody else has just kept the same answers.")
        rows = {row.ownership: row for row in DeviceRule.select()}
        for whose, use in changed.items():
            row = rows.get(whose) or DeviceRule(id=new_id(), school=school_of(occasion.by), ownership=whose)
            row.use = use
            store(trace, Happened.MATRIX_CHANGED, row, {whose.value: (before[whose], use)}, new=whose not in rows)
    return len(changed)


def beyond(things: Iterable[PersonalDevice]) -> list[PersonalDevice]:
    """Those of these things that are allowed more than the matrix says."""
    counts = matrix()
    return [each for each in things if each.ownership and each.use and FURTHER.index(each.use) > FURTHER.index(counts[each.ownership])]


def _different(wanted: Mapping[DeviceOwnership, PersonalDeviceUse]) -> dict[DeviceOwnership, PersonalDeviceUse]:
    before = matrix()
    return {whose: use for whose, use in wanted.items() if before[whose] is not use}
