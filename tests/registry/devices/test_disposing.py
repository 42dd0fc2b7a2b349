"""A disposal: listed, frozen, approved by the headteacher, carried out, and wrong or missing certificates said."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.device import Device
from models.disposal import Disposal, DisposalLine
from models.vocabulary import DeviceStatus, DisposalStage, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.devices import disposing, holders
from registry.devices.handing import HandOver, Out, hand_over
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.trace.verification import verify_rows
from tests.registry.devices.conftest import AtWork


@pytest.fixture
def batch(at_work: AtWork) -> Any:
    """A batch that is to be crushed."""
    return records.add(DISPOSALS, {"name": "Winter", "method": "physical", "standard": "nist_800_88", "destination": "sold"}, at_work("ian"))


def again(row: Any) -> Any:
    return Disposal.get_by_id(row.id)


def codes(row: Any, at_work: AtWork) -> list[str]:
    return [f"{name} {found.code}".strip() for name, found in disposing.care(again(row), at_work("ian"))]


def test_from_the_list_to_the_certificates(at_work: AtWork, batch: Any, device: Any, room: Any) -> None:
    one, two, out = device("Laptop 1", holds_personal="yes"), device("Laptop 2", holds_personal="yes"), device("Laptop 3")
    (trolley,) = holders.named("Trolley B", at_work("ian").by)
    hand_over(HandOver(bundle=one.id, holder=trolley, devices=(Out(device=out.id),)), at_work("ian"), paper=None)
    many, problems = disposing.add(batch, "laptop-1\nSNLaptop2\nlaptop-3\nLaptop 1\nXX", at_work("ian"))
    assert many == 2
    assert problems == ["Nothing here has the tag, serial number or name XX. Check the code, or add the device first.",
                        "Laptop 3 is still out: take it back first."]  # fmt: skip
    assert Device.get_by_id(one.id).status is DeviceStatus.RETIRED
    disposing.freeze(again(batch), at_work("ian"))
    with pytest.raises(CannotBeDone, match="The list is frozen"):
        disposing.add(again(batch), "laptop-3", at_work("ian"))
    with pytest.raises(CannotBeDone, match="changed since you opened"):
        disposing.approve(again(batch), at_work("hana"), seen=again(batch).version - 1)
    for key in ("ian", "dev", "ola"):
        with pytest.raises(Forbidden):
            disposing.approve(again(batch), at_work(key), seen=again(batch).version)
    disposing.approve(again(batch), at_work("hana"), seen=again(batch).version)
    with pytest.raises(Invalid):
        disposing.carry_out(again(batch), date(2026, 12, 24), at_work("ian"))
    disposing.carry_out(again(batch), date(2026, 11, 23), at_work("ian", timedelta(hours=1)))
    assert again(batch).stage is DisposalStage.DONE
    assert {Device.get_by_id(each.id).status for each in (one, two)} == {DeviceStatus.DISPOSED}
    assert codes(batch, at_work)[:1] == ["Laptop 1 DS01"]
    found, unknown = disposing.pasted(again(batch), "SN Laptop1; C-1\nWRONG;C-2\nSNLaptop2\tC-9")
    assert unknown == ["WRONG;C-2"]
    assert disposing.prove(again(batch), found, at_work("ian")) == 2
    lines = {each.name: each.line for each in disposing.listed(again(batch))}
    wrong = {lines["Laptop 2"].id: {"certificate_serial": "SNLaptop1"}}
    rest = {line.id: {"removed_from_mdm": YesNoUnknown.YES, "lock_cleared": YesNoUnknown.YES} for line in lines.values()}
    disposing.prove(again(batch), rest, at_work("ian"))
    assert codes(batch, at_work) == []
    disposing.prove(again(batch), wrong, at_work("ian"))
    assert codes(batch, at_work) == ["Laptop 2 DS02"], "the certificate of another device proves nothing"
    assert [*verify_rows()] == []


def test_what_is_taken_off_or_sent_back_stands_where_it_stood(at_work: AtWork, batch: Any, device: Any) -> None:
    row = device("Laptop 1")
    with pytest.raises(CannotBeDone, match="Nothing is on the list"):
        disposing.freeze(again(batch), at_work("ian"))
    disposing.add(batch, "Laptop 1", at_work("ian"))
    assert disposing.add(batch, "Laptop 1", at_work("ian")) == (0, ["Laptop 1 is on this list already."])
    disposing.drop(again(batch), DisposalLine.get().id, at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_STOCK
    disposing.add(again(batch), "Laptop 1", at_work("ian"))
    disposing.freeze(again(batch), at_work("ian"))
    disposing.send_back(again(batch), at_work("hana"))
    assert (again(batch).stage, again(batch).proposed_by_id, again(batch).frozen_at) == (DisposalStage.LISTING, None, None)
    with pytest.raises(CannotBeDone):
        disposing.prove(again(batch), {}, at_work("ian"))
    records.change(DISPOSALS, again(batch), {"method": None}, at_work("ian"))
    with pytest.raises(Invalid):
        disposing.freeze(again(batch), at_work("ian"))
    assert [*verify_rows()] == []
