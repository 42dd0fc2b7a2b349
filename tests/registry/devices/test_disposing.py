"""A disposal: listed, frozen, approved by the headteacher, carried out, and wrong or missing certificates said."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.base import new_id
from models.device import Device
from models.disposal import Disposal, DisposalLine
from models.message import Message
from models.need import Need
from models.user import User
from models.vocabulary import DeviceStatus, DisposalStage, LossKind, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.devices import disposal_lists, disposing, holders, losing, proving
from registry.devices.handing import HandOver, Out, hand_over
from registry.devices.losing import Lost
from registry.needs import keeping
from registry.registers.devices.disposals import DISPOSALS
from registry.registers.devices.repairs import REPAIRS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.devices.conftest import AtWork


@pytest.fixture
def batch(at_work: AtWork) -> Any:
    """A batch that is to be crushed."""
    return records.add(DISPOSALS, {"name": "Winter", "method": "physical", "standard": "nist_800_88", "destination": "sold"}, at_work("ian"))


def again(row: Any) -> Any:
    return Disposal.get_by_id(row.id)


def told() -> set[tuple[str, str]]:
    """Who was told what, by the words of the account."""
    names = {row.id: row.email.partition("@")[0] for row in User.select()}
    return {(names[row.person_id], row.news.value) for row in Message.select()}


def codes(row: Any, at_work: AtWork) -> list[str]:
    return [f"{name} {found.code}".strip() for name, found in proving.care(again(row), at_work("ian"))]


def wanting(row: Any) -> tuple[int, int, int]:
    """How many certificates are missing and wrong, and how many devices are not let go, as it stands on the batch."""
    found = again(row)
    return found.certificates_missing, found.certificates_wrong, found.releases_missing


def wanted_of(row: Any, school: Any) -> set[str]:
    """The findings of the school about it, as Today lists them."""
    keeping.catch_up(school, NOW.date())
    return {need.code for need in Need.select().where(Need.record == row.id)}


def prove(batch: Any, at_work: AtWork, school: Any) -> None:
    """Paste the certificates, with one that is of another device in the end."""
    found, unknown = proving.pasted(again(batch), "SN Laptop1; C-1\nWRONG;C-2\nSNLaptop2\tC-9")
    assert unknown == ["No device of this list has the serial number in: WRONG;C-2"]
    assert proving.prove(again(batch), found, at_work("ian")) == (2, [])
    lines = {each.name: each.line for each in disposal_lists.listed(again(batch))}
    wrong = {lines["Laptop 2"].id: {"certificate_serial": "SNLaptop1"}}
    rest = {line.id: {"removed_from_mdm": YesNoUnknown.YES, "lock_cleared": YesNoUnknown.YES} for line in lines.values()}
    proving.prove(again(batch), rest, at_work("ian"))
    assert codes(batch, at_work) == []
    assert (wanting(batch), wanted_of(batch, school)) == ((0, 0, 0), set())
    stale = {line.id: 1 for line in lines.values()}
    late = proving.prove(again(batch), {lines["Laptop 1"].id: {"certificate": None}}, at_work("ian"), stale)
    assert late == (0, ["Laptop 1 was changed by somebody else in the meantime: look at it again."]), "an old page takes nothing back"
    proving.prove(again(batch), wrong, at_work("ian"))
    assert codes(batch, at_work) == ["Laptop 2 DS02"], "the certificate of another device proves nothing"
    assert (wanting(batch), wanted_of(batch, school)) == ((0, 1, 0), {"DS02"})


def test_from_the_list_to_the_certificates(at_work: AtWork, batch: Any, device: Any, room: Any, school: Any) -> None:
    one, two, out = device("Laptop 1", holds_personal="yes"), device("Laptop 2", holds_personal="yes"), device("Laptop 3")
    (trolley,) = holders.named("Trolley B", at_work("ian").by)
    hand_over(HandOver(bundle=one.id, holder=trolley, devices=(Out(device=out.id),)), at_work("ian"), paper=None)
    many, problems = disposal_lists.add(batch, "laptop-1\nSNLaptop2\nlaptop-3\nLaptop 1\nXX", at_work("ian"))
    assert many == 2
    assert problems == ["Nothing here has the tag, serial number or name XX. Check the code, or add the device first.",
                        "Laptop 3 is still out: take it back first."]  # fmt: skip
    assert Device.get_by_id(one.id).status is DeviceStatus.RETIRED
    disposing.freeze(again(batch), at_work("ian"))
    assert told() == {("hana", "approval_asked")}
    with pytest.raises(CannotBeDone, match="The list is frozen"):
        disposal_lists.add(again(batch), "laptop-3", at_work("ian"))
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
    assert told() == {("hana", "approval_asked"), ("ian", "approved")}
    assert wanting(batch) == (2, 0, 2)
    assert wanted_of(batch, school) == {"DS01", "DS05"}, "Today says so too"
    assert {Device.get_by_id(each.id).status for each in (one, two)} == {DeviceStatus.DISPOSED}
    assert codes(batch, at_work)[:1] == ["Laptop 1 DS01"]
    prove(batch, at_work, school)
    records.archive(DISPOSALS, again(batch), at_work("ian"))
    assert Device.get_by_id(one.id).status is DeviceStatus.DISPOSED, "what is gone comes back by no archiving"
    assert [*verify_rows()] == []


def test_what_is_taken_off_or_sent_back_stands_where_it_stood(at_work: AtWork, batch: Any, device: Any) -> None:
    row = device("Laptop 1")
    with pytest.raises(CannotBeDone, match="Nothing is on the list"):
        disposing.freeze(again(batch), at_work("ian"))
    disposal_lists.add(batch, "Laptop 1", at_work("ian"))
    assert disposal_lists.add(batch, "Laptop 1", at_work("ian")) == (0, ["Laptop 1 is on this list already."])
    disposal_lists.drop(again(batch), DisposalLine.get().id, at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_STOCK
    disposal_lists.add(again(batch), "Laptop 1", at_work("ian"))
    disposing.freeze(again(batch), at_work("ian"))
    with pytest.raises(Invalid):
        disposing.send_back(again(batch), " ", at_work("hana"))
    disposing.send_back(again(batch), "Laptop 1 is still good", at_work("hana"))
    assert (again(batch).stage, again(batch).proposed_by_id, again(batch).frozen_at) == (DisposalStage.LISTING, None, None)
    assert again(batch).sent_back_because == "Laptop 1 is still good"
    assert ("ian", "assigned") in told()
    with pytest.raises(CannotBeDone):
        proving.prove(again(batch), {}, at_work("ian"))
    for name in ("method", "standard"):
        before = getattr(again(batch), name)
        records.change(DISPOSALS, again(batch), {name: None}, at_work("ian"))
        with pytest.raises(Invalid):
            disposing.freeze(again(batch), at_work("ian"))
        records.change(DISPOSALS, again(batch), {name: before}, at_work("ian"))
    assert [*verify_rows()] == []


def test_a_device_leaves_once_and_not_while_it_is_missing(at_work: AtWork, batch: Any, device: Any) -> None:
    one, two, away = device("Laptop 1"), device("Laptop 2", purchased_on=date(2015, 9, 1)), device("Laptop 3")
    records.add(REPAIRS, {"name": "Screen", "device": away.id}, at_work("ian"))
    assert [each.name for each in disposal_lists.spare()] == ["Laptop 2", "Laptop 1"], "the oldest first"
    other = records.add(DISPOSALS, {"name": "Other", "method": "physical", "standard": "ncsc"}, at_work("ian"))
    assert disposal_lists.add(other, "", at_work("ian"), [two.id]) == (1, [])
    assert disposal_lists.add(batch, "Laptop 1\nLaptop 2\nLaptop 3", at_work("ian")) == (
        1, ["Laptop 2 is on the list of another disposal.", "Laptop 3 is in repair: say first that it is back."])  # fmt: skip
    old = again(batch)
    records.archive(DISPOSALS, again(other), at_work("ian"))
    assert Device.get_by_id(two.id).status is DeviceStatus.IN_STOCK, "a list that is put away keeps nothing back"
    disposal_lists.add(batch, "Laptop 2", at_work("ian"))
    lost = losing.lose(one, Lost(loss=new_id(), kind=LossKind.STOLEN, noticed_at=NOW, what="Gone from the store."), at_work("ola"))
    with pytest.raises(CannotBeDone, match=r"Laptop 1 is stolen. Take it off the list first"):
        disposing.freeze(again(batch), at_work("ian"))
    losing.find_again(lost, NOW.date(), at_work("ola"))
    disposing.freeze(again(batch), at_work("ian"))
    with pytest.raises(CannotBeDone, match="Somebody else has changed this batch"):
        disposal_lists.drop(old, DisposalLine.get().id, at_work("ian"))
    disposing.approve(again(batch), at_work("hana"), seen=again(batch).version)
    losing.lose(two, Lost(loss=new_id(), kind=LossKind.LOST, noticed_at=NOW, what="Gone from the store."), at_work("ola"))
    with pytest.raises(CannotBeDone, match="Laptop 2 is lost"):
        disposing.carry_out(again(batch), NOW.date(), at_work("ian"))
    assert Device.get_by_id(two.id).status is DeviceStatus.LOST
    disposing.send_back(again(batch), "One went missing", at_work("ian"))
    assert disposal_lists.add(again(batch), "\n".join(["x"] * 3), at_work("ian"))[0] == 0
    with pytest.raises(CannotBeDone, match="At most"):
        disposal_lists.add(again(batch), "x\n" * 1_001, at_work("ian"))
    assert [*verify_rows()] == []


def test_it_is_carried_out_as_it_was_approved(at_work: AtWork, batch: Any, device: Any) -> None:
    disposal_lists.add(batch, "", at_work("ian"), [device("Laptop 1").id])
    for _ in range(2):
        disposing.freeze(again(batch), at_work("ian"))
        disposing.approve(again(batch), at_work("hana"), seen=again(batch).version)
        records.change(DISPOSALS, again(batch), {"waste_note": "WTN 1"}, at_work("ian"))
        method = "factory_reset_mdm_release" if again(batch).method == "physical" else "physical"
        records.change(DISPOSALS, again(batch), {"method": method}, at_work("ian"))
        with pytest.raises(CannotBeDone, match="was changed since the headteacher approved"):
            disposing.carry_out(again(batch), NOW.date(), at_work("ian"))
        disposing.send_back(again(batch), "It is done otherwise", at_work("ian"))
    disposing.freeze(again(batch), at_work("ian"))
    disposing.approve(again(batch), at_work("hana"), seen=again(batch).version)
    records.change(DISPOSALS, again(batch), {"waste_note": "WTN 2"}, at_work("ian"))
    disposing.carry_out(again(batch), NOW.date(), at_work("ian"))
    assert again(batch).stage is DisposalStage.DONE, "a note that came later changes nothing that was approved"
