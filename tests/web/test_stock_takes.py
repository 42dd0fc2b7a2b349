"""Checking a room in the browser's terms: one code after the other, the lists, the end; and who is kept out."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from models.stock_take import StockLine, StockTake
from registry.devices.handing import hand_over
from registry.trace.verification import verify_rows
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import Person
from tests.registry.devices.conftest import agreed, at_work, device, room, to_tess  # noqa: F401 - fixtures

HERE = "/devices/check"
ONLY = {"X-Only-The-Answer": "yes"}


@pytest.fixture
def it(client: FlaskClient, people: dict[str, Person]) -> FlaskClient:
    """The IT provider, signed in."""
    sign_in(client, people["ian"])
    return client


def test_a_room_is_scanned_and_closed(it: FlaskClient, people: dict[str, Person], room: Any, device: Any, agreed: Any, to_tess: Any,  # noqa: F811
                                      at_work: Any, school: School) -> None:  # noqa: F811  # fmt: skip
    for number in (1, 2):
        device(f"Tablet {number}", place=room.id)
    astray, held = device("Laptop 8"), device("Laptop 9", place=room.id)
    agreed()
    hand_over(to_tess(held), at_work("ian"), paper=None)
    assert "Trolley B, pool or trolley, lent by the hour Kept by Ola Brandt. Not checked yet." in text_of(it, HERE)
    begun = send(it, HERE, place=str(room.id)).location
    assert "Not seen yet 2" in text_of(it, begun)
    first = send(it, begun, scan="tablet-1", do="scan")
    assert "Tablet 1 is where it belongs." in plain(first.text)
    told = {code: it.post(begun, data={"csrf_token": _token(it, begun), "scan": code}, headers=ONLY).text for code in
            (f"http://localhost/registers/devices/{held.id}", "laptop-8", "TABLET-1", "<QQ>", "")}  # fmt: skip
    words = [plain(text) for text in told.values()]
    assert "Laptop 9 is held by Tess Quayle." in words[0]
    assert "Laptop 8 is not said to belong anywhere." in words[1]
    assert "It belongs here now" in words[1]
    assert "It belongs here now" not in words[0]
    assert "Tablet 1 was scanned already." in words[2]
    assert 'data-list="seen"' in told["TABLET-1"]
    assert "Nothing here has the tag, serial number or name &lt;QQ&gt;." in words[3]
    assert "Scan or type a tag or a serial number." in words[4]
    assert "<html" not in told["<QQ>"]
    send(it, begun, do=f"move:{astray.id}")
    refused = send(it, begun, do=f"move:{held.id}")
    assert (refused.status_code, "Laptop 9 is held by Tess Quayle. Settle that first." in plain(refused.text)) == (409, True)
    assert send(it, begun, do="move:x").status_code == 409
    assert "Here, and not expected 2" in text_of(it, begun)
    assert send(it, begun, do="close").location == begun
    with doors.looking_at(school.id):
        row = StockTake.get()
        assert (row.seen, row.missing, row.unexpected) == (2, 1, 2)
    closed = text_of(it, begun)
    assert "2 seen, 1 missing, 2 not expected" in closed
    assert "Laptop-9 Laptop 9 : did not belong here" in closed
    assert "Close the check" not in closed
    late = it.post(begun, data={"csrf_token": _token(it, HERE), "scan": "tablet-2"}, headers=ONLY)
    assert late.status_code == 409
    assert "Last checked on" in text_of(it, HERE)


def test_its_keeper_and_others_are_kept_out(it: FlaskClient, people: dict[str, Person], room: Any, device: Any) -> None:  # noqa: F811
    begun = send(it, HERE, place=str(room.id)).location
    browsers = {key: it.application.test_client() for key in ("ola", "tess", "gus", "dina", "otto")}
    for key, browser in browsers.items():
        sign_in(browser, people[key])
    ola = browsers["ola"]
    assert "You keep it, so somebody else checks it." in text_of(ola, HERE)
    assert ola.get(begun).status_code == 403
    assert ola.post(begun, data={"csrf_token": _token(ola, "/account"), "scan": "x"}).status_code == 403
    for key in ("tess", "gus", "dina"):
        assert browsers[key].get(begun).status_code == browsers[key].get(HERE).status_code == 403
    assert browsers["otto"].get(begun).status_code == 404
    assert "There is no room or pool yet." in text_of(browsers["otto"], HERE)
    token = _token(browsers["otto"], "/account")
    for place in (str(room.id), "x", str(UUID(int=3))):
        assert browsers["otto"].post(HERE, data={"csrf_token": token, "place": place}).status_code == 404


def test_several_people_scan_one_room_at_once(it: FlaskClient, people: dict[str, Person], room: Any, device: Any, school: School) -> None:  # noqa: F811
    codes = [device(f"Tablet {number}", place=room.id).asset_tag for number in range(4)]
    begun = send(it, HERE, place=str(room.id)).location
    browsers = [it, *(it.application.test_client() for _ in range(2))]
    for key, browser in zip(("hana", "dev"), browsers[1:], strict=True):
        sign_in(browser, people[key])
    tokens = [_token(browser, begun) for browser in browsers]

    def scan_all(number: int) -> list[str]:
        sent = ({"csrf_token": tokens[number], "scan": code} for code in (*codes, "XX-1"))
        return [plain(browsers[number].post(begun, data=each, headers=ONLY).text) for each in sent]

    with ThreadPoolExecutor(3) as pool:
        told = [sentence for some in pool.map(scan_all, range(3)) for sentence in some]
    assert (len(told), sum("where it belongs" in each for each in told), sum("scanned already" in each for each in told)) == (15, 4, 10)
    with doors.looking_at(school.id):
        assert StockLine.select().count() == 5
        assert [*verify_rows()] == []


def _token(browser: FlaskClient, page: str) -> str:
    return visit(browser, page).text.partition('name="csrf_token" value="')[2].partition('"')[0]
