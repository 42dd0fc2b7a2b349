"""A stock-take: somebody other than the keeper scans, and what is missing, unexpected and moved is told."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from models.base import new_id
from models.device import Device
from models.stock_take import StockLine, StockTake
from models.vocabulary import HolderKind, LossKind, StockTakeStage, YesNo
from registry import records
from registry.access import Forbidden
from registry.devices import losing, stock_taking
from registry.devices.handing import HandOver, Out, hand_over
from registry.devices.holders import Holder
from registry.devices.losing import Lost
from registry.devices.stock_picture import picture
from registry.devices.stock_taking import Verdict
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.places import PLACES
from registry.rows import CannotBeDone
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.devices.conftest import AtWork


def names(devices: Any) -> list[str]:
    return [each.name for each in devices]


def test_a_room_is_scanned_by_somebody_else_than_its_keeper(at_work: AtWork, room: Any, device: Any, agreed: Any, to_tess: Any) -> None:
    with pytest.raises(Forbidden, match="other than the keeper"):
        stock_taking.begin(room.id, at_work("ola"))
    hall = records.add(PLACES, {"name": "Hall"}, at_work("ian"))
    here = [device(f"Tablet {number}", place=room.id) for number in (1, 2, 3)]
    astray, held = device("Laptop 9", place=hall.id), device("Laptop 8", place=room.id)
    agreed()
    hand_over(to_tess(held), at_work("ian"), paper=None)
    row = stock_taking.begin(room.id, at_work("hana"))
    assert stock_taking.begin(room.id, at_work("ian")).id == row.id, "several people scan one room"
    codes = ("tablet-1", "SNTablet1", "Laptop-9", "laptop-8", "QQ-1", "qq-1", "Tablet 2")
    told = [stock_taking.scan(row, code, at_work("hana")).verdict for code in codes]
    assert told == [Verdict.HERE, Verdict.AGAIN, Verdict.ELSEWHERE, Verdict.HELD, Verdict.UNKNOWN, Verdict.AGAIN, Verdict.HERE]
    found = picture(row, at_work("hana").by)
    assert names(found.seen) == ["Tablet 2", "Tablet 1"] or set(names(found.seen)) == {"Tablet 1", "Tablet 2"}
    assert names(found.missing) == ["Tablet 3"], "what somebody holds is not missing"
    assert {(each.name, why.words) for each, why in found.unexpected} == {("Laptop 9", "kept in Hall"), ("Laptop 8", "held by Tess Quayle")}
    assert [line.scanned for line in found.unknown] == ["QQ-1"]
    stock_taking.move_here(row, astray.id, at_work("hana"))
    assert Device.get_by_id(astray.id).place == room.id
    with pytest.raises(CannotBeDone):
        stock_taking.move_here(row, here[2].id, at_work("hana"))
    stock_taking.close(StockTake.get_by_id(row.id), at_work("hana"))
    closed = StockTake.get_by_id(row.id)
    assert (closed.stage, closed.seen, closed.missing, closed.unexpected) == (StockTakeStage.DONE, 3, 1, 2)
    assert Device.get_by_id(here[0].id).last_checked_on == NOW.date()
    assert Device.get_by_id(here[2].id).last_checked_on is None
    with pytest.raises(CannotBeDone, match="closed"):
        stock_taking.scan(closed, "Tablet 3", at_work("hana"))
    assert StockLine.select().count() == 6
    assert [*verify_rows()] == []


@pytest.mark.parametrize("key", ["tess", "gus", "dina"])
def test_nobody_else_checks_rooms(at_work: AtWork, room: Any, key: str) -> None:
    with pytest.raises(Forbidden):
        stock_taking.begin(room.id, at_work(key))


def test_what_was_reported_as_lost_is_told_of_where_it_is_found(at_work: AtWork, room: Any, device: Any) -> None:
    lost, lent = device("Tablet 1", place=room.id), device("Tablet 2")
    losing.lose(lost, Lost(loss=new_id(), kind=LossKind.LOST, noticed_at=NOW, what="Gone"), at_work("ian"))
    place = Holder(key=f"place:{room.id}", name=room.name, kind=HolderKind.PLACE, place=room.id)
    hand_over(HandOver(bundle=new_id(), holder=place, devices=(Out(device=lent.id),), off_site=YesNo.NO), at_work("ian"), paper=None)
    row = stock_taking.begin(room.id, at_work("hana"))
    assert names(picture(row, at_work("hana").by).missing) == ["Tablet 2"], "lent to the room, wherever it belongs"
    told = [stock_taking.scan(row, code, at_work("hana")) for code in ("Tablet 1", "Tablet 2")]
    assert [each.verdict for each in told] == [Verdict.ELSEWHERE, Verdict.HERE]
    assert told[0].sentence == "Tablet 1 is reported as lost."
    with pytest.raises(CannotBeDone, match="reported as lost"):
        stock_taking.move_here(row, lost.id, at_work("hana"))
    with pytest.raises(CannotBeDone, match="belongs here already"):
        stock_taking.move_here(row, lent.id, at_work("hana"))


def test_a_closed_check_stays_as_it_was(at_work: AtWork, room: Any, device: Any) -> None:
    seen, missing = device("Tablet 1", place=room.id), device("Tablet 2", place=room.id)
    row = stock_taking.begin(room.id, at_work("hana"))
    stock_taking.scan(row, "Tablet 1", at_work("hana"))
    stock_taking.scan(row, "XX-1", at_work("hana"))
    stock_taking.close(row, at_work("hana", timedelta(days=3)))
    for each in (seen, missing):
        records.change(DEVICES, Device.get_by_id(each.id), {"place": None}, at_work("ian", timedelta(days=4)))
    later = picture(StockTake.get_by_id(row.id), at_work("dev").by)
    assert (names(later.seen), names(later.missing), [line.scanned for line in later.unknown]) == (["Tablet 1"], ["Tablet 2"], ["XX-1"])
    assert Device.get_by_id(seen.id).last_checked_on == NOW.date(), "the day it was seen"
    for deed in (stock_taking.close, partial(stock_taking.move_here, device=missing.id)):
        with pytest.raises(CannotBeDone, match="closed"):
            deed(row, occasion=at_work("hana"))
    assert stock_taking.begin(room.id, at_work("hana")).id != row.id


def test_the_keeper_takes_no_part_in_what_others_began(at_work: AtWork, room: Any) -> None:
    row = stock_taking.begin(room.id, at_work("hana"))
    ola = at_work("ola")
    for deed in (stock_taking.close, partial(stock_taking.scan, code="x"), partial(stock_taking.move_here, device=row.id)):
        with pytest.raises(Forbidden, match="other than the keeper"):
            deed(row, occasion=ola)
    with pytest.raises(records.NotFound):
        stock_taking.begin(row.id, at_work("hana"))
