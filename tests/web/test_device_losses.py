"""Lost or stolen in the browser's terms: one form, one press, a breach that others handle, and what is to be done next."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from time_machine import Traveller

from models import doors
from models.breach import Breach
from models.device import Device
from models.loss import Loss
from models.school import School
from models.vocabulary import DeviceStatus
from registry.devices.handing import hand_over
from tests.browsing import plain, sign_in, text_of, token, visit
from tests.people import Person
from tests.registry.devices.conftest import agreed, at_work, device, to_tess  # noqa: F401 - fixtures

WHEN = {"noticed_at-day": "22", "noticed_at-month": "11", "noticed_at-year": "2026", "noticed_at-time": "17:05"}
TOLD = {"kind": "stolen", "what": "It was taken from a car.", "held": "Mail", "lock": "sent", "wipe": "not_sent", **WHEN}


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def press(browser: FlaskClient, address: str, page: str, **answers: Any) -> Any:
    return browser.post(address, data={"csrf_token": token(browser, page), **answers})


@pytest.fixture
def laptop(at_work: Any, device: Any, agreed: Any, to_tess: Any) -> Any:  # noqa: F811
    """A laptop that Tess holds."""
    agreed()
    row = device("Laptop 1", encrypted="yes", holds_personal="yes")
    hand_over(to_tess(row), at_work("ian"), paper=None)
    return row


def lost_by(browser: FlaskClient, laptop: Any, **more: str) -> str:
    """Where one report by its form leads."""
    address = f"/registers/devices/{laptop.id}/lost"
    done = press(browser, address, address, token=token_of(visit(browser, address).text), **{**TOLD, **more})
    assert done.status_code == 303, plain(done.text)
    return str(done.location)


def kept(school: School, laptop: Any) -> tuple[Loss, Breach, DeviceStatus]:
    with doors.looking_at(school.id):
        return Loss.get(), Breach.get(), Device.get_by_id(laptop.id).status


def test_the_office_presses_once_and_the_headteacher_handles_the_breach(
    client: FlaskClient, people: dict[str, Person], laptop: Any, school: School
) -> None:
    sign_in(client, people["ola"])
    assert "Lost or stolen" in text_of(client, f"/registers/devices/{laptop.id}")
    address = f"/registers/devices/{laptop.id}/lost"
    page = visit(client, address).text
    assert 'value="Tess Quayle"' in page, "who holds it is known"
    assert "said so, never verified: that counts as not known" in plain(page)
    said = {"token": token_of(page), **TOLD, "holder": "Tess Quayle"}
    for wrong, sentence in (
        ({"what": " "}, "Say what happened"),
        ({"kind": ""}, "Choose one."),
        (dict.fromkeys(WHEN, ""), "Enter when it was noticed"),
        ({"noticed_at-year": "2027"}, "That time is still to come"),
        ({"police_reference": "x" * 81}, "Shorten it to 80"),
        ({"token": "mine"}, "opened by somebody else"),
    ):
        refused = press(client, address, address, **{**said, **wrong})
        assert (refused.status_code, sentence in plain(refused.text)) == (422, True), sentence
        assert "It was taken from a car." in refused.text or "what" in wrong
    first, second = (press(client, address, "/account", **said) for _ in range(2))
    assert (first.status_code, second.location) == (303, first.location), "pressed twice"
    loss, breach, status = kept(school, laptop)
    assert (status, breach.aware_at, str(loss.holder)) == (DeviceStatus.STOLEN, loss.reported_at, "Tess Quayle")
    after = text_of(client, first.location)
    for words in ("A risk cannot be ruled out", "nobody checked", "Tell the police", "the clock runs", "Tell the insurer"):
        assert words in after
    assert "The lock was sent" not in after, "the office does not see to it"
    assert client.get(f"/registers/breaches/{breach.id}/now").status_code in (403, 404)
    assert "reported already" in text_of(client, visit(client, address, 302).location), "a third press leads there"
    head = client.application.test_client()
    sign_in(head, people["hana"])
    assert "Open the breach" in text_of(head, first.location)
    assert "Time left to tell" in text_of(head, f"/registers/breaches/{breach.id}/now")


def test_sent_confirmed_and_found_again(client: FlaskClient, people: dict[str, Person], laptop: Any, school: School, clock: Traveller) -> None:
    sign_in(client, people["ian"])
    here = lost_by(client, laptop)
    row = kept(school, laptop)[0]
    step = f"/registers/losses/{row.id}/step"
    assert "The command was sent" in text_of(client, here)
    assert "and is not confirmed yet" in text_of(client, here)
    clock.shift(600)
    assert press(client, step, here, do="lock:confirmed").status_code == 303
    assert press(client, step, here, do="wipe:sent").status_code == 303
    assert press(client, step, here, do="lock:sent").status_code == 409
    for nonsense in ("wipe:impossible", "lock:", "name:sent", ""):
        assert press(client, step, here, do=nonsense).status_code in (404, 409)
    loss = kept(school, laptop)[0]
    assert (loss.lock.value, loss.wipe.value, (loss.lock_at - loss.reported_at).seconds) == ("confirmed", "sent", 600)
    assert "confirmed by the device" in text_of(client, here)
    found = f"/registers/losses/{row.id}/found"
    assert press(client, found, here).status_code == 303
    assert press(client, found, here).status_code == 409
    assert kept(school, laptop)[2] is DeviceStatus.ALLOCATED, "it is with whoever held it"
    assert "Found on" in text_of(client, here)
    assert "Lost or stolen" in text_of(client, f"/registers/devices/{laptop.id}")


def test_others_are_kept_out(client: FlaskClient, people: dict[str, Person], laptop: Any, school: School) -> None:
    sign_in(client, people["ola"])
    here = lost_by(client, laptop)
    loss = kept(school, laptop)[0].id
    assert press(client, f"/registers/losses/{loss}/step", here, do="wipe:sent").status_code == 403, "the office reports, and IT sees to it"
    assert client.get("/registers/losses/add").status_code == 403, "none is written by hand"
    for key, status in (("tess", 403), ("gus", 403), ("dina", 403), ("otto", 404)):
        browser = client.application.test_client()
        sign_in(browser, people[key])
        for address in (f"/registers/devices/{laptop.id}/lost", here):
            assert browser.get(address).status_code == status, key
        for address in (f"/registers/devices/{laptop.id}/lost", f"/registers/losses/{loss}/found"):
            assert press(browser, address, "/account", **TOLD).status_code == status, key
