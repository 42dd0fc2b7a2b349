"""Labels in the browser's terms: which devices, which sheet, a look at it, and the paper; and who is kept out."""

import html
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from exports.qr_code import drawing
from tests.browsing import plain, problems, send, sign_in, text_of, visit
from tests.exports.papers_read import words_of
from tests.people import NOW, Person
from tests.registry.devices.conftest import at_work, device, room  # noqa: F401 - fixtures

HERE = "/devices/labels"


@pytest.fixture
def it(client: FlaskClient, ian: Person) -> FlaskClient:
    """The IT provider, signed in."""
    sign_in(client, ian)
    return client


def test_devices_are_chosen_by_room_state_check_and_list(it: FlaskClient, device: Any, room: Any) -> None:  # noqa: F811
    today = NOW.date()
    one = device("Tablet 1", place=room.id, last_checked_on=today)
    device("Tablet 2", place=room.id, last_checked_on=today - timedelta(days=366))
    device("Laptop <3>", asset_tag=None, serial="AB3C")
    page = visit(it, HERE).text
    assert "Nothing chosen yet" in plain(page)
    asked = {
        "2 labels": {"place": str(room.id)},
        "1 label": {"place": str(room.id), "unchecked": "yes"},
        "3 labels": {"status": "in_stock"},
        "No device fits what was chosen.": {"status": "lost"},
    }
    assert {words: words in plain(send(it, HERE, **form).text) for words, form in asked.items()} == dict.fromkeys(asked, True)
    pasted = html.unescape(plain(send(it, HERE, codes="tablet-1, SAB3C\nXX-1; XX-1\tTABLET 1", place=str(room.id), sheet="l7160", start="3").text))
    assert "2 labels" in pasted
    assert pasted.count("Nothing here has the tag, serial number or name XX-1.") == 1
    assert "Laptop <3>" in pasted
    alone = visit(it, f"{HERE}?device={one.id}").text
    assert "1 label" in plain(alone)
    assert drawing(f"http://localhost/registers/devices/{one.id}")[1] in alone, "the code is the address of its page"
    assert f'href="{HERE}?device={one.id}"' in visit(it, f"/registers/devices/{one.id}").text
    assert "No label" in text_of(it, f"{HERE}?device={UUID(int=7)}")


def test_labels_are_printed_from_the_first_one_left(it: FlaskClient, device: Any, room: Any) -> None:  # noqa: F811
    for number in (1, 2):
        device(f"Tablet {number}", place=room.id)
    refused = send(it, HERE, place=str(room.id), sheet="l7160", start="22")
    assert (refused.status_code, problems(refused), "sh-labels" in refused.text) == (422, ["This sheet has labels 1 to 21."], False)
    assert "A tape begins with label 1." in plain(send(it, HERE, place=str(room.id), sheet="tape-12", start="x").text)
    assert "too fine for some phones" in plain(send(it, HERE, place=str(room.id), sheet="l4731").text)
    paper = send(it, f"{HERE}/labels.pdf", HERE, place=str(room.id), sheet="l7160", start="3", property="yes", outlines="yes")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="labels.pdf"'
    words = words_of(paper.data)
    assert all(each in words for each in ("Tablet-1", "Tablet-2", "Property of Quillbrook"))
    assert send(it, f"{HERE}/labels.pdf", HERE, sheet="l7160").data.startswith(b"%PDF"), "a sheet of outlines"
    assert send(it, f"{HERE}/labels.pdf", HERE, sheet="l7160", start="99").status_code == 422


def test_others_get_no_labels(client: FlaskClient, people: dict[str, Person], device: Any, room: Any) -> None:  # noqa: F811
    one = device("Tablet 1", place=room.id)
    browsers = {key: client.application.test_client() for key in ("tess", "gus", "dina", "otto")}
    for key, browser in browsers.items():
        sign_in(browser, people[key])
    for key in ("tess", "gus", "dina"):
        assert browsers[key].get(HERE).status_code == 403
    for address in (f"{HERE}?device={one.id}", f"{HERE}?place={room.id}"):
        assert "No label" in text_of(browsers["otto"], address)
    assert "Nothing here has" in plain(send(browsers["otto"], HERE, codes="tablet-1").text)
