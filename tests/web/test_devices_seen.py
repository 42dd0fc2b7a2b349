"""Pages about all devices at once: labels, the fleet by support, a provider's schools in one list, and what devices may do."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.roles import Role
from models.school import School
from models.user import Membership
from registry import records
from registry.actor import Actor
from registry.records import Occasion
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.personal import PERSONAL
from registry.rows import store
from registry.trace.audit import Happened, recording
from tests.browsing import send, sign_in, text_of, visit
from tests.least import add_least
from tests.people import NOW, Person
from tests.registry.devices.conftest import agreed, at_work, device, room  # noqa: F401 - fixtures


@pytest.fixture
def it(client: FlaskClient, ian: Person) -> FlaskClient:
    """The IT provider, signed in."""
    sign_in(client, ian)
    return client


def test_the_fleet_is_counted_by_support_and_not_known_is_no_support(it: FlaskClient, device: Any) -> None:  # noqa: F811
    device("Laptop 1", os="Windows 10", os_version="22H2")
    device("Laptop 2", os="Windows 11", os_version="25H2 Education")
    device("Laptop 3")
    device("Screen 1", kind="display")
    page = text_of(it, "/devices/fleet")
    assert "3 devices." in page
    assert "No longer supported: 1" in page
    assert "Not known: 1" in page


def test_a_provider_sees_the_devices_of_all_their_schools_and_nobody_else_does(
    app: Flask, it: FlaskClient, ian: Person, ola: Person, device: Any, elsewhere: Occasion, other_school: School  # noqa: F811
) -> None:
    device("Laptop 1")
    with doors.looking_at(other_school.id):
        theirs = add_least(DEVICES, "Saltmere laptop", elsewhere)
    assert "Saltmere laptop" not in text_of(it, "/devices/everywhere")
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        store(trace, Happened.ACCESS_CHANGED, Membership(school=other_school.id, user=ian.user, role=Role.IT_PROVIDER, created_at=NOW), {}, new=True)
    page = visit(it, "/devices/everywhere").text
    assert "Saltmere laptop" in page
    assert "Laptop 1" in page
    assert "Laptop 1" not in text_of(it, "/devices/everywhere?q=salt")
    assert "No device fits." in text_of(it, "/devices/everywhere?status=lost")
    opened = send(it, "/switch-school", "/devices/everywhere", school=str(other_school.id), device=str(theirs.id))
    assert "Saltmere laptop" in text_of(it, opened.location)
    office = app.test_client()
    sign_in(office, ola)
    assert "Saltmere" not in text_of(office, "/devices/everywhere")


def test_the_matrix_is_a_setting(app: Flask, it: FlaskClient, hana: Person, at_work: Any) -> None:  # noqa: F811
    phone = records.add(PERSONAL, {"name": "Phone", "ownership": "staff_owned", "use": "full_network", "until_on": date(2027, 7, 1)}, at_work("ian"))
    page = text_of(it, "/settings/devices")
    assert "Staff’s own Allowed, internet only" in page
    assert "Phone: allowed, the school’s network" in page
    assert "It is allowed more than usual here. For such devices the school says: allowed, internet only. Nobody has said why" in text_of(
        it, f"/registers/personal-devices/{phone.id}")  # fmt: skip
    assert it.post("/settings/devices", data={"csrf_token": "x"}).status_code in (400, 403)
    head = app.test_client()
    sign_in(head, hana)
    send(head, "/settings/devices", staff_owned="full_network", student_owned="nonsense")
    page = text_of(it, "/settings/devices")
    assert "usually: allowed, internet only" in page
    assert "Allowed more than that" not in page
    assert "more than usual" not in text_of(it, f"/registers/personal-devices/{phone.id}")


def test_teachers_see_none_of_it(client: FlaskClient, tess: Person) -> None:
    sign_in(client, tess)
    for address in ("/devices/labels", "/devices/fleet", "/devices/everywhere", "/devices/check"):
        assert client.get(address).status_code == 403
    assert "A pupil’s own Not allowed" in text_of(client, "/settings/devices")
