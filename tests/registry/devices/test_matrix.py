"""What devices may do, by whose they are: the usual answers until the school gives its own."""

from typing import Any

import pytest

from models.device_rule import DeviceRule
from models.vocabulary import DeviceOwnership, PersonalDeviceUse
from registry import records
from registry.access import Forbidden
from registry.devices import matrix
from registry.registers.devices.personal import PERSONAL
from registry.trace.verification import verify_rows
from tests.registry.devices.conftest import AtWork

STAFF, FULL, NONE = DeviceOwnership.STAFF_OWNED, PersonalDeviceUse.FULL_NETWORK, PersonalDeviceUse.NOT_ALLOWED


def test_the_school_says_otherwise_and_what_goes_beyond_is_told(at_work: AtWork) -> None:
    def phone(**more: Any) -> Any:
        return records.add(PERSONAL, {"name": "Phone", **more}, at_work("ian"))

    things = [phone(ownership=STAFF, use=FULL), phone(ownership=STAFF, use=PersonalDeviceUse.INTERNET_ONLY), phone(), phone(ownership=STAFF)]
    assert [each.id for each in matrix.beyond(things)] == [things[0].id]
    assert matrix.change({STAFF: PersonalDeviceUse.INTERNET_ONLY}, at_work("hana")) == 0, "it says so already"
    assert matrix.change({STAFF: NONE}, at_work("hana")) == 1
    assert [each.id for each in matrix.beyond(things)] == [things[0].id, things[1].id]
    assert matrix.change({STAFF: FULL, DeviceOwnership.REMOVABLE: NONE}, at_work("dev")) == 1
    assert matrix.beyond(things) == []
    assert DeviceRule.select().count() == 1
    assert matrix.matrix()[STAFF] is FULL
    assert [*verify_rows()] == []
    for key in ("ian", "ola", "tess"):
        with pytest.raises(Forbidden):
            matrix.change({STAFF: NONE}, at_work(key))
