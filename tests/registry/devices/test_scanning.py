"""A scanned code stands for one device, whatever is printed on it, or says why it does not."""

from typing import Any

from models import doors
from models.base import db
from registry import records
from registry.devices.scanning import found
from registry.registers.devices.devices import DEVICES
from tests.registry.devices.conftest import AtWork


def test_a_code_is_an_address_a_tag_a_serial_number_or_a_name(at_work: AtWork, device: Any) -> None:
    one = device("Laptop 1", asset_tag="LT-0041", serial="5CG 01 234x")
    two = device("Été 2", asset_tag="SAB9C", serial="XX1")
    three = device("Tablet 3", asset_tag="T3", serial="AB9C")
    away = device("Old 4")
    twins = [device("Twin", asset_tag=f"TW-{number}", serial=f"TW{number}S") for number in (1, 2)]
    records.archive(DEVICES, away, at_work("ian"))
    codes = {
        f"https://register.quillbrook.example/registers/devices/{one.id}": one,
        f"HTTPS://REGISTER/REGISTERS/DEVICES/{str(one.id).upper()}?x=1": one,
        " lt-0041 ": one,
        "5cg01234X": one,
        "S5CG01234X": one,  # a scanner put the S before it
        "sab9c": two,  # a tag before a serial number without its S
        "AB9C": three,
        "Été 2": two,
        "TABLET  3": three,
        "tw-2": twins[1],
    }
    assert {code: getattr(found(code).device, "name", None) for code in codes} == {code: each.name for code, each in codes.items()}
    assert {each.id for each in found("twin").others} == {each.id for each in twins}
    assert found("twin").problem == "2 devices are called twin. Type the tag or the serial number instead."
    for code in ("Old 4", "S", "", "XX-99", "/devices/00000000-0000-4000-8000-000000000001", "x" * 5000):
        assert found(code).device is None
    assert found("XX-99").problem.startswith("Nothing here has the tag, serial number or name XX-99.")
    assert found("5CG01234X").problem == ""


def test_a_device_of_another_school_is_not_found(at_work: AtWork, device: Any, people: Any) -> None:
    one = device("Laptop 1")
    with doors.looking_at(people["otto"].actor.school):
        assert [found(code).device for code in (one.asset_tag, one.serial, f"/devices/{one.id}", one.name)] == [None] * 4


def test_a_scan_asks_two_queries_at_most(device: Any) -> None:
    device("Laptop 1")
    asked: list[str] = []
    db.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        for code in ("Laptop-1", "SNLaptop1", "nothing"):
            asked.clear()
            found(code)
            assert 1 <= len(asked) <= 2
    finally:
        db.query_hooks.pop()
