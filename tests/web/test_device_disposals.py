"""A disposal in the browser's terms: scanned onto a list, frozen, approved by the headteacher, carried out and proved; and who is kept out."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models import doors
from models.device import Device
from models.disposal import Disposal, DisposalLine
from models.school import School
from registry import records
from registry.registers.devices.disposals import DISPOSALS
from tests.browsing import plain, sign_in, text_of, token, visit
from tests.people import Person
from tests.registry.devices.conftest import at_work, device  # noqa: F401 - fixtures

Desks = dict[str, FlaskClient]
GONE_ON = {"done_on-day": "23", "done_on-month": "11", "done_on-year": "2026"}


@pytest.fixture
def batch(at_work: Any) -> UUID:  # noqa: F811
    """A batch of which is said how the data goes."""
    answers = {"name": "Winter", "method": "physical", "standard": "nist_800_88", "destination": "recycled", "carrier_registration": "CBDU1"}
    return records.add(DISPOSALS, answers, at_work("ian")).id  # type: ignore[no-any-return]


@pytest.fixture
def desks(client: FlaskClient, people: dict[str, Person]) -> Desks:
    """The IT provider, the headteacher, the office, the DPO, a teacher and somebody of another school, each at a computer."""
    found = {key: client.application.test_client() for key in ("ian", "hana", "ola", "dev", "tess", "otto")}
    for key, browser in found.items():
        sign_in(browser, people[key])
    return found


def here(batch: UUID) -> str:
    return f"/registers/disposals/{batch}/list"


def press(browser: FlaskClient, batch: UUID, do: str, status: int = 303, **answers: Any) -> str:
    """Press a button of the page; what the page says then."""
    response = browser.post(here(batch), data={"csrf_token": token(browser, "/account"), "do": do, **answers})
    assert response.status_code == status, plain(response.text)
    return text_of(browser, here(batch)) if status == 303 else plain(response.text)


def stands(school: School, batch: UUID) -> Any:
    with doors.looking_at(school.id):
        return Disposal.get_by_id(batch)


def lines(school: School) -> dict[str, DisposalLine]:
    with doors.looking_at(school.id):
        names = {row.id: row.name for row in Device.select()}
        return {names[line.device]: line for line in DisposalLine.select().order_by(DisposalLine.place)}


def test_a_list_is_made_frozen_and_sent_back(desks: Desks, batch: UUID, device: Any, school: School) -> None:  # noqa: F811
    ian, hana = desks["ian"], desks["hana"]
    three = [device(f"Laptop {number}") for number in (1, 2, 3)][-1]
    assert "Its devices" in text_of(ian, f"/registers/disposals/{batch}")
    said = press(ian, batch, "add", 422, codes="laptop-1\r\nSNLaptop2\r\nQQ-1\x00")
    assert "Nothing here has the tag, serial number or name QQ-1." in said
    assert "Listed: 2 devices." in said
    assert "3 devices" in press(ian, batch, "add", device=[str(three.id), "nonsense"]), "chosen from the stock"
    assert "2 devices" in press(ian, batch, f"drop:{lines(school)['Laptop 3'].id}")
    assert "not on the list any more" in press(ian, batch, f"drop:{UUID(int=7)}", 409)
    for nonsense in ("drop:x", "burn", ""):
        assert ian.post(here(batch), data={"csrf_token": token(ian, "/account"), "do": nonsense}).status_code == 404
    assert "The headteacher approves it next" in press(ian, batch, "freeze")
    assert "The list is frozen" in press(ian, batch, "add", 409, codes="Laptop 3")
    notices = visit(hana, "/notices").text
    assert "asked for approval of DS-0001" in plain(notices)
    found = re.search(r'action="(/notices/[0-9a-f-]{36})"', notices)
    assert found
    assert hana.post(found[1], data={"csrf_token": token(hana, "/account")}).location == here(batch), "the notice leads to the list"
    assert "may leave for good" in text_of(hana, here(batch))
    assert "Say why the list is opened again." in press(hana, batch, "back", 422, because=" ")
    assert "changed since you opened the page" in press(hana, batch, "approve", 409, seen=stands(school, batch).version - 1)
    press(hana, batch, "back", because="Laptop 2 is nearly new")
    assert "The list was opened again: Laptop 2 is nearly new" in text_of(ian, here(batch))


@pytest.fixture
def gone(desks: Desks, batch: UUID, device: Any, school: School) -> UUID:  # noqa: F811
    """The batch with two laptops that are gone, and nothing proved yet."""
    ian, rows = desks["ian"], [device(f"Laptop {number}", holds_personal="yes") for number in (1, 2)]
    press(ian, batch, "add", device=[str(row.id) for row in rows])
    press(ian, batch, "freeze")
    press(desks["hana"], batch, "approve", seen=stands(school, batch).version)
    assert "Enter the day" in press(ian, batch, "done", 422)
    assert "still to come" in press(ian, batch, "done", 422, **{**GONE_ON, "done_on-month": "12"})
    assert "Carried out. Each device says so now." in press(ian, batch, "done", **GONE_ON)
    return batch


def test_each_serial_has_its_own_certificate(desks: Desks, gone: UUID, school: School) -> None:
    ian = desks["ian"]
    assert text_of(ian, here(gone)).count("There is no certificate for this serial number.") == 2
    for browser, page in ((ian, "/findings/?register=disposals"), (desks["hana"], f"/registers/disposals/{gone}")):
        assert "There is no certificate for 2 devices." in text_of(browser, page)
    said = press(ian, gone, "paste", 422, certificates="SN Laptop1; C-1\r\nSNLaptop9; C-9\r\nSNLaptop2")
    for words in ("Kept: 1 certificate.", "has the serial number in: SNLaptop9; C-9", "after the serial number in: SNLaptop2"):
        assert words in said
    line = lines(school)["Laptop 2"]
    form = {f"seen-{line.id}": line.version, f"certificate-{line.id}": "C-2", f"lock_cleared-{line.id}": "no"}
    assert "at most 120 letters" in press(ian, gone, "prove", 422, **{**form, f"certificate-{line.id}": "x" * 121})
    assert "It is not said which serial number the certificate names." in press(ian, gone, "prove", **form), "nobody said so"
    assert "was changed by somebody else" in press(ian, gone, "prove", 422, **{**form, f"certificate-{line.id}": ""}), "by a page opened before"
    press(ian, gone, "prove:serials", **{**form, f"seen-{line.id}": lines(school)["Laptop 2"].version})
    assert lines(school)["Laptop 2"].certificate_serial == "SNLaptop2"
    every = {f"{name}-{each.id}": "unknown" for each in lines(school).values() for name in ("removed_from_mdm", "lock_cleared")}
    seen = {f"seen-{each.id}": each.version for each in lines(school).values()}
    press(ian, gone, "prove:free", **{**every, **seen, f"lock_cleared-{line.id}": "no"})
    assert (lines(school)["Laptop 2"].lock_cleared, lines(school)["Laptop 1"].lock_cleared) == ("no", "yes"), "a no stays one"
    assert (stands(school, gone).certificates_missing, stands(school, gone).releases_missing) == (0, 1)
    assert ian.post(f"{here(gone)}/list.pdf", data={"csrf_token": token(ian, "/account")}).data.startswith(b"%PDF")


def test_each_role_does_its_own_part_and_no_other(desks: Desks, batch: UUID, device: Any, school: School) -> None:  # noqa: F811
    device("Laptop 1")
    for key in ("hana", "ola", "dev"):
        assert "The IT provider is putting the list together" in text_of(desks[key], here(batch))
        press(desks[key], batch, "add", 403, codes="Laptop 1")
    press(desks["ian"], batch, "add", codes="Laptop 1")
    press(desks["ian"], batch, "freeze")
    for key in ("ian", "ola", "dev"):
        assert "Approve that they leave" not in text_of(desks[key], here(batch))
        press(desks[key], batch, "approve", 403, seen=stands(school, batch).version)
    for key in ("ola", "dev"):
        press(desks[key], batch, "back", 403, because="No")
    press(desks["hana"], batch, "approve", seen=stands(school, batch).version)
    for key in ("hana", "ola", "dev"):
        press(desks[key], batch, "done", 403, **GONE_ON)
        press(desks[key], batch, "prove", 403)
    for key, status in (("tess", 403), ("otto", 404)):
        assert desks[key].get(here(batch)).status_code == status
        assert desks[key].post(here(batch), data={"csrf_token": token(desks[key], "/account"), "do": "freeze"}).status_code == status
        assert desks[key].post(f"{here(batch)}/list.pdf", data={"csrf_token": token(desks[key], "/account")}).status_code == status
