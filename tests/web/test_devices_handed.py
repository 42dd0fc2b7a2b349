"""Handing over and taking back in the browser's terms: one form, one press, a receipt; and who is kept out."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.allocation import Allocation
from models.school import School
from models.vocabulary import AgreementAudience
from tests.browsing import plain, sign_in, text_of, token, visit
from tests.people import Person
from tests.registry.devices.conftest import agreed, at_work, device, pupil, room  # noqa: F401 - fixtures
from tests.registry.rules.drawn import picture, strokes, url

HERE = "/devices/hand-over"


def press(browser: FlaskClient, path: str, answers: dict[str, Any], status: int = 200) -> Any:
    """Send the form on a page, several values under one name where they are a list."""
    place = path if path.startswith((HERE, "/devices/take-back")) and path.count("/") == 2 else HERE
    response = browser.post(path, data={"csrf_token": token(browser, place), **answers})
    assert response.status_code == status, plain(response.text)
    return response


def bundle(text: str) -> str:
    return text.partition('name="bundle" value="')[2].partition('"')[0]


@pytest.fixture
def office(client: FlaskClient, people: dict[str, Person]) -> FlaskClient:
    """The office, signed in."""
    sign_in(client, people["ola"])
    return client


def test_from_a_name_to_the_receipt(office: FlaskClient, agreed: Any, device: Any, people: dict[str, Person], school: School) -> None:  # noqa: F811
    agreed(text="1. I keep it locked.")
    one, two = device("Laptop 1"), device("Laptop 2")
    begun = {"bundle": bundle(visit(office, HERE).text)}
    found = press(office, HERE, {**begun, "do": "find", "who": "quayle, tess"}).text
    assert "Tess Quayle" in found
    key = found.partition('name="key" value="')[2].partition('"')[0]
    chosen = {**begun, "key": key, "name": "Tess Quayle"}
    listed = press(office, HERE, {**chosen, "do": "add", "scan": "laptop-1"}).text
    assert "Hand over 1 device" in plain(listed)
    assert "1. I keep it locked." in plain(listed)
    both = {**chosen, "device": [str(one.id), str(two.id)], f"with-{one.id}": ["Charger"]}
    unsigned = press(office, HERE, {**both, "do": "hand-over"}, status=422).text
    assert "Tess Quayle signs version 1 first" in plain(unsigned)
    bad = press(office, HERE, {**both, "do": "hand-over", "signature_drawn": "data:image/png;base64,AAAA"}, status=422).text
    assert "signature did not arrive whole" in plain(bad)
    drawn = url(picture(strokes()))
    done = press(office, HERE, {**both, "do": "hand-over", "signature_drawn": drawn, "off_site": "yes"}, status=303)
    receipt = visit(office, done.location).text
    assert "Handed over: 2 devices" in plain(receipt)
    paper = press(office, f"{done.location}/receipt.pdf", {}, status=200)
    assert paper.data.startswith(b"%PDF")
    again = press(office, HERE, {**both, "do": "hand-over", "signature_drawn": drawn}, status=303)
    assert again.location == done.location
    tess, otto, gus = (office.application.test_client() for _ in range(3))
    sign_in(tess, people["tess"])
    assert "Laptop 1" in visit(tess, "/devices/with-me").text
    assert "Laptop 2" in visit(tess, done.location).text
    for browser, key in ((otto, "otto"), (gus, "gus")):  # another school, and no holder and no keeper
        sign_in(browser, people[key])
        assert browser.get(done.location).status_code == 404


def test_a_scan_that_is_nothing_says_so_and_loses_nothing(office: FlaskClient, device: Any) -> None:  # noqa: F811
    kept = device("Laptop 1")
    page = press(office, HERE, {"bundle": bundle(visit(office, HERE).text), "do": "add", "scan": "XX-99", "device": [str(kept.id)]}, status=422).text
    assert "Nothing here has the tag, serial number or name XX-99." in plain(page)
    assert f'name="device" value="{kept.id}"' in page


def test_a_return_session_says_once_where_and_how(office: FlaskClient, device: Any, room: Any, school: School) -> None:  # noqa: F811
    rows = [device(f"Tablet {number}", serial=f"AB{number}C") for number in (1, 2)]
    begun = {"bundle": bundle(visit(office, HERE).text), "key": f"place:{room.id}", "name": "Trolley B", "device": [str(row.id) for row in rows]}
    press(office, HERE, {**begun, "do": "hand-over"}, status=303)
    with doors.looking_at(school.id):
        assert Allocation.select().where(Allocation.open_device.is_null(False)).count() == 2
    same = {"place": str(room.id), "condition": "good"}
    first = press(office, "/devices/take-back", {**same, "scan": "tablet-1"}).text
    assert "Tablet-1 is back from Trolley B" in plain(first)
    assert re.search(r'<option value="good" selected>', first)
    assert "Tablet 1: Nobody holds it" in plain(press(office, "/devices/take-back", {**same, "scan": "Tablet 1"}, status=422).text)
    press(office, "/devices/take-back", {**same, "scan": "SAB2C"})  # a scanner put an S before it
    with doors.looking_at(school.id):
        back = Allocation.select().where(Allocation.open_device.is_null()).order_by(Allocation.number)
        assert {row.condition_back for row in back} == {"good"}
        first_back = back[0].id
    press(office, f"/devices/take-back/{first_back}", {"damage": "Cracked", "charge": "40"}, status=303)
    assert "Cracked, £40" in plain(visit(office, "/devices/take-back").text)


def test_a_pupil_of_no_known_age_is_asked_about(office: FlaskClient, agreed: Any, pupil: Any, device: Any) -> None:  # noqa: F811
    agreed(AgreementAudience.PUPIL_UNDER_11, second_signature="Parent or carer")
    row = device("Tablet 1")
    begun = {"bundle": bundle(visit(office, HERE).text), "key": f"person:{pupil.id}", "name": "x", "device": [str(row.id)]}
    page = press(office, HERE, {**begun, "do": "hand-over", "signature_typed": "Sam"}, status=422).text
    assert "A parent signs as well" in plain(page)
    page = press(office, HERE, {**begun, "do": "hand-over", "signature_typed": "Sam", "parent_typed": "Meera"}, status=422).text
    assert "Say which parent or carer signs." in plain(page)
    press(office, HERE, {**begun, "do": "hand-over", "signature_typed": "Sam", "parent_paper": "yes", "parent_name": "Meera Patel"}, status=303)


def test_a_parent_who_cannot_come_signs_through_a_link(
    app: Flask, office: FlaskClient, agreed: Any, pupil: Any, device: Any, school: School  # noqa: F811
) -> None:
    agreed(AgreementAudience.PUPIL_UNDER_11, second_signature="Parent or carer", text="1. We keep it dry.")
    row = device("Tablet 1")
    begun = {"bundle": bundle(visit(office, HERE).text), "key": f"person:{pupil.id}", "name": "x", "device": [str(row.id)]}
    page = press(office, HERE, {**begun, "do": "ask-parent"}).text
    address = re.search(r'value="http://[^/]+(/sign/[^"]+)"', page)
    assert address
    parent = app.test_client()
    assert "Sam Patel is to get a device from the school." in text_of(parent, address[1])
    proof = token(parent, address[1])
    assert parent.post(address[1], data={"csrf_token": proof, "parent_name": " "}).status_code == 422
    done = parent.post(address[1], data={"csrf_token": proof, "parent_name": "Meera Patel", "parent_drawn": url(picture(strokes()))})
    assert "Thank you: it is kept" in done.text
    assert parent.get(address[1]).status_code == 404, "it works once"
    assert parent.get(address[1] + "x").status_code == 404
    kept = press(office, HERE, {**begun, "do": "hand-over", "signature_typed": "Sam"}, status=303)
    assert "Meera Patel signed as well" in text_of(office, kept.location)
    assert "A parent has accepted it already." in plain(press(office, HERE, {**begun, "do": "ask-parent"}, status=409).text)


@pytest.mark.parametrize("key", ["hana", "dev", "tess", "gus"])
def test_others_are_kept_out(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    for address in (HERE, "/devices/take-back"):
        assert client.get(address).status_code == 403
    assert "Nothing is handed to you here" in text_of(client, "/devices/with-me")
