"""A stock-take: somebody other than the keeper scans, and what is missing, unexpected and moved is told."""

from typing import Any

import pytest

from models.device import Device
from models.stock_take import StockLine, StockTake
from models.vocabulary import StockTakeStage
from registry import records
from registry.access import Forbidden
from registry.devices import stock_taking
from registry.devices.handing import hand_over
from registry.devices.stock_taking import Verdict
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
    found = stock_taking.picture(row)
    assert names(found.seen) == ["Tablet 2", "Tablet 1"] or set(names(found.seen)) == {"Tablet 1", "Tablet 2"}
    assert names(found.missing) == ["Tablet 3"], "what somebody holds is not missing"
    assert {(each.name, why) for each, why in found.unexpected} == {("Laptop 9", "kept in Hall"), ("Laptop 8", "held by Tess Quayle")}
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
    assert StockLine.select().count() == 5
    assert [*verify_rows()] == []


@pytest.mark.parametrize("key", ["tess", "gus", "dina"])
def test_nobody_else_checks_rooms(at_work: AtWork, room: Any, key: str) -> None:
    with pytest.raises(Forbidden):
        stock_taking.begin(room.id, at_work(key))
