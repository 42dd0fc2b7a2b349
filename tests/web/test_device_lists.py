"""A list of devices through its pages: chosen, asked about, looked at, saved, undone; what differs settled; and who may do any of it."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.allocation import Allocation
from models.device import Device
from models.mdm import MdmConnection, Sighting
from models.upload import Upload
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import plain, send, sign_in, text_of, token, visit
from tests.exports.device_lists import as_csv, changed, good, table
from tests.people import Person

START, DIFFERS, PROGRAMS = "/devices/lists", "/devices/differences", "/devices/lists/programs"


@pytest.fixture
def desk(client: FlaskClient, people: dict[str, Person]) -> FlaskClient:
    """The IT provider at a computer."""
    sign_in(client, people["ian"])
    return client


def bring(desk: FlaskClient, content: bytes, name: str = "list.csv") -> TestResponse:
    """Send a list with the first form."""
    sent = {"csrf_token": token(desk, START), "file": (io.BytesIO(content), name)}
    return desk.post(START, data=sent, content_type="multipart/form-data")


def press_save(desk: FlaskClient, preview: str, **more: str) -> str:
    """Save what the preview shows; what the next page says."""
    page = visit(desk, preview).text
    shown = re.search(r'name="shown" value="([0-9a-f]+)"', page)
    assert shown, plain(page)
    answer = send(desk, preview.replace("/preview", "/save"), preview, shown=shown[1], **more)
    assert answer.status_code == 303, plain(answer.text)
    return text_of(desk, answer.location)


def settle(desk: FlaskClient, kind: str, ruling: str, **more: Any) -> str:
    """Tick everything of a kind on its page, and press one of its buttons."""
    where = f"{DIFFERS}?kind={kind}"
    keys = re.findall(r'name="key" value="([0-9a-f]+)"', visit(desk, where).text)
    answer = send(desk, where, where, ruling=ruling, **({"key": keys} | more))
    assert answer.status_code == 303
    return text_of(desk, answer.location)


def test_a_list_is_looked_at_saved_compared_and_undone(desk: FlaskClient, school: Any) -> None:
    assert "Microsoft Intune" in text_of(desk, START)
    rows = table("intune.csv")
    secret = as_csv([[*rows[0], "Activation lock bypass code"], *([*row, "BYPASS-12345"] for row in rows[1:])])
    sent = bring(desk, secret)
    assert sent.location.endswith("/preview")
    page = text_of(desk, sent.location)
    assert "Never read, because they hold secrets: Activation lock bypass code." in page
    assert "QB-LAP-001" in page
    assert "BYPASS-1" not in visit(desk, sent.location).text
    assert "BYPASS-1" not in Upload.get().sheet, "not even sealed"
    said = press_save(desk, sent.location, with_new="yes")
    assert "The list is saved." in said
    assert "Who holds what is as it was." in said
    with doors.looking_at(school.id):
        many = Device.select().count()
        assert many == Sighting.select().count() > 0
        assert not Allocation.select().count()
    assert send(desk, sent.location.replace("/preview", "/save"), START, shown="x").location == DIFFERS
    assert "was saved already" in text_of(desk, DIFFERS)

    again = bring(desk, changed("intune.csv", Model="HP EliteBook", Device_name="QB-LAP-900", OS_version="10.0.26200.1"))
    assert "System version: 10.0.26100.6899 becomes 10.0.26200.1" in text_of(desk, again.location)
    press_save(desk, again.location)
    assert "HP ProBook 440 14 inch G9 Notebook PC Microsoft Intune: HP EliteBook" in text_of(desk, f"{DIFFERS}?kind=model")
    assert "1 taken over." in settle(desk, "model", "taken_over")
    assert "1 settled." in settle(desk, "name", "register_is_right", all="1")
    assert "Tick what is to be settled." in text_of(desk, send(desk, DIFFERS, DIFFERS, ruling="taken_over").location)
    assert "Choose what is to be done" in text_of(desk, send(desk, DIFFERS, DIFFERS, ruling="burnt").location)
    with doors.looking_at(school.id):
        assert Device.get(Device.name == "QB-LAP-001").model == "HP EliteBook"

    moved = bring(desk, changed("intune.csv", OS_version="10.0.30000.1"))
    press_save(desk, moved.location)
    undo = re.findall(r'action="(/registers/devices/batches/[^"]+/undo)"', visit(desk, "/registers/devices/batches").text)[0]
    assert send(desk, undo, "/registers/devices/batches").status_code == 303
    with doors.looking_at(school.id):
        assert Device.get(Device.name == "QB-LAP-001").os_version == "10.0.26200.1"
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_new_devices_may_be_left_open_and_added_later(desk: FlaskClient, school: Any) -> None:
    said = press_save(desk, bring(desk, good("google.csv"), "google.csv").location)
    assert "new and left open" in said
    with doors.looking_at(school.id):
        assert not Device.select().count()
    assert "added to the register." in settle(desk, "program_only", "added")
    with doors.looking_at(school.id):
        assert Device.select().where(Device.asset_tag == "QB-CB-0042").count() == 1


def test_what_a_list_leaves_open_is_asked_before_anything_is_compared(desk: FlaskClient, school: Any) -> None:
    unknown = b"Barcode,Number on the back,Sort,Bought\r\n12,PF3ABCDE,ThinkPad,03/04/2024\r\n13,PF3ABCDF,ThinkPad,05/04/2024\r\n"
    asked = bring(desk, unknown)
    assert asked.location.endswith("/questions")
    page = visit(desk, asked.location).text
    assert "PF3ABCDE" in page
    assert visit(desk, asked.location.replace("/questions", "/preview"), 302).location == asked.location
    columns = {f"column-{place}": field for place, field in enumerate(("asset_tag", "", "model", "purchased_on"))}
    refused = send(desk, asked.location, asked.location, **columns)
    assert refused.status_code == 422
    assert "Say which column holds the serial number." in plain(refused.text)
    still = send(desk, asked.location, asked.location, **{**columns, "column-1": "serial"})
    assert "How are days written in this list?" in plain(still.text)
    settled = send(desk, asked.location, asked.location, **{**columns, "column-1": "serial", "order": "day"})
    assert settled.status_code == 303, plain(settled.text)
    press_save(desk, settled.location, with_new="yes")
    with doors.looking_at(school.id):
        found = Device.get(Device.serial == "PF3ABCDE")
        assert (str(found.purchased_on), found.asset_tag, found.in_mdm) == ("2024-04-03", "12", "unknown")


def test_what_cannot_be_read_leaves_nothing_behind(desk: FlaskClient) -> None:
    for content in (b"", b"PK\x03\x04 not a ZIP file"):
        answer = bring(desk, content)
        assert answer.status_code == 422
        assert "There is a problem" in plain(answer.text) or "Nothing was read" in plain(answer.text)
    assert send(desk, START).status_code == 422
    kept = bring(desk, good("intune.csv")).location
    assert "A list is waiting" in text_of(desk, START)
    assert send(desk, kept.replace("/preview", "/give-up"), START).location == START
    assert not Upload.select().count()


def test_a_list_whose_devices_changed_meanwhile_is_shown_again(desk: FlaskClient, school: Any) -> None:
    preview = bring(desk, good("jamf_school.csv")).location
    answer = send(desk, preview.replace("/preview", "/save"), preview, shown="0" * 64)
    assert answer.location == preview
    assert "so nothing was saved" in text_of(desk, preview)
    looking = visit(desk, preview.replace("/preview", "/looking"))
    assert looking.headers["Refresh"] == f"0; url={preview}"


@pytest.mark.parametrize("key", ["hana", "dev", "dina", "ola", "tess", "gus"])
def test_nobody_but_the_it_provider_opens_any_of_it(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    for path in (START, DIFFERS, PROGRAMS, f"{PROGRAMS}/intune"):
        visit(client, path, 403)
    assert client.post(DIFFERS, data={"csrf_token": token(client, "/account"), "ruling": "added"}).status_code == 403


def test_a_program_is_connected_without_ever_showing_what_opens_it(desk: FlaskClient, school: Any) -> None:
    page = text_of(desk, f"{PROGRAMS}/intune")
    assert "DeviceManagementManagedDevices.Read.All" in page
    assert "It changes, locks and wipes nothing." in page
    refused = send(desk, f"{PROGRAMS}/intune", f"{PROGRAMS}/intune", tenant="common", client_id="c", secret="s3cret~9")
    assert refused.status_code == 422
    assert "s3cret~9" not in refused.text
    for name, typed in (
        ("intune", {"tenant": "quillbrook.example", "client_id": "c", "secret": "s3cret~9"}),
        ("jamf_pro", {"address": "https://quillbrook.jamfcloud.com", "client_id": "c", "secret": "s3cret~9"}),
        ("intune", {"tenant": "quillbrook.example", "client_id": "c", "secret": "s3cret~10"}),
    ):
        assert send(desk, f"{PROGRAMS}/{name}", f"{PROGRAMS}/{name}", **typed).status_code == 303
    assert "Choose the JSON file" in plain(send(desk, f"{PROGRAMS}/google", f"{PROGRAMS}/google", subject="ian@quillbrook.example").text)
    with doors.looking_at(school.id):
        kept = MdmConnection.get(MdmConnection.source == "intune")
        assert "s3cret~10" in kept.credentials
        assert b"s3cret" not in bytes(kept.__data__["credentials"])
    assert "s3cret" not in visit(desk, PROGRAMS).text + visit(desk, f"{PROGRAMS}/intune").text
    assert send(desk, f"{PROGRAMS}/intune/ask", PROGRAMS).status_code == 303
    assert "Being asked" in text_of(desk, PROGRAMS)
    assert visit(desk, PROGRAMS).headers["Refresh"] == "10"
    assert send(desk, f"{PROGRAMS}/intune/remove", PROGRAMS).status_code == 303
    visit(desk, f"{PROGRAMS}/fleetwide", 404)
    assert send(desk, f"{PROGRAMS}/google/ask", PROGRAMS).status_code == 404
    with doors.looking_at(school.id):
        assert [row.source.value for row in MdmConnection.select()] == ["jamf_pro"]
    assert [*verify_chain(school.id), *verify_rows()] == []
