"""The page of a record's links: both ways, added and taken away from either end, and the picture that says the same as its list."""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from registry import records
from registry.linking import linked_ids
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import plain, send, sign_in, visit
from tests.people import Person


@pytest.fixture
def files(in_quillbrook: School, occasion: Occasion) -> UUID:
    """An asset that an activity uses, which a supplier handles."""
    asset = records.add(ASSETS, {"name": "Pupil files"}, occasion).id
    supplier = records.add(SUPPLIERS, {"name": "Shredders"}, occasion).id
    records.add(PROCESSING, {"name": "Admissions", "assets": (asset,), "suppliers": (supplier,)}, occasion)
    return asset  # type: ignore[no-any-return]


def test_a_record_shows_what_it_is_linked_to_and_counts_it_on_its_tab(client: FlaskClient, dev: Person, files: UUID) -> None:
    sign_in(client, dev)
    page = visit(client, f"/registers/assets/{files}/linked")
    assert "Linked (1)" in page.text
    assert "Processing activities (1)" in page.text
    assert "1 record linked to it, and 1 more one step further." in plain(page.text)


def test_the_picture_and_its_list_say_the_same(client: FlaskClient, dev: Person, files: UUID) -> None:
    sign_in(client, dev)
    page = visit(client, f"/registers/assets/{files}/linked").text
    drawn = re.findall(r'sh-box__name[^>]*>([^<]+)<', page)
    assert drawn == ["Pupil files", "Admissions", "Shredders"]
    listed = page[page.index("Show as a list") :]
    assert all(name in listed for name in drawn[1:])
    assert page.count("<line ") == 2


def test_what_is_found_can_be_linked_and_taken_away(client: FlaskClient, dev: Person, files: UUID, occasion: Occasion) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Boxes and crates"}, occasion).id
    sign_in(client, dev)
    address = f"/registers/assets/{files}/linked"
    page = visit(client, f"{address}?to=suppliers&q=crates")
    assert "1 supplier found." in page.text
    assert send(client, f"/registers/assets/{files}/link", address, to="suppliers", far=supplier).status_code == 302
    assert linked_ids(files)["suppliers"] == (supplier,)
    page = visit(client, f"{address}?to=suppliers&q=crates")
    assert "No other supplier has “crates” in it." in page.text
    assert send(client, f"/registers/assets/{files}/unlink", address, to="suppliers", far=supplier).status_code == 302
    assert "suppliers" not in linked_ids(files)


@pytest.mark.parametrize(("to", "far"), [("nothing", uuid4()), ("suppliers", "x"), ("suppliers", uuid4()), ("", "")])
def test_what_is_not_there_cannot_be_linked(client: FlaskClient, dev: Person, files: UUID, to: str, far: object) -> None:
    sign_in(client, dev)
    for deed in ("link", "unlink"):
        assert send(client, f"/registers/assets/{files}/{deed}", f"/registers/assets/{files}/linked", to=to, far=far).status_code == 404


def test_who_only_reads_sees_links_and_cannot_change_them(client: FlaskClient, gus: Person, files: UUID) -> None:
    sign_in(client, gus)
    page = visit(client, f"/registers/assets/{files}/linked")
    assert "Admissions" in page.text
    assert "Take away" not in page.text
    assert "Link something to it" not in page.text
    activity = linked_ids(files)["processing"][0]
    refused = send(client, f"/registers/assets/{files}/unlink", f"/registers/assets/{files}/linked", to="processing", far=activity)
    assert refused.status_code == 403
    assert linked_ids(files)["processing"] == (activity,)


def test_the_other_school_finds_and_links_nothing(
    client: FlaskClient, otto: Person, files: UUID, elsewhere: Occasion, other_school: School
) -> None:
    with doors.looking_at(other_school.id):
        theirs = records.add(SUPPLIERS, {"name": "Theirs"}, elsewhere).id
    sign_in(client, otto)
    visit(client, f"/registers/assets/{files}/linked", 404)
    assert "No other information asset" in visit(client, f"/registers/suppliers/{theirs}/linked?to=assets&q=Pupil").text
    assert send(client, f"/registers/suppliers/{theirs}/link", f"/registers/suppliers/{theirs}/linked", to="assets", far=files).status_code == 404


def test_an_archived_record_says_why_nothing_can_be_linked_to_it(client: FlaskClient, dev: Person, files: UUID, occasion: Occasion) -> None:
    records.archive(ASSETS, records.find(ASSETS, files, occasion.by), occasion)
    sign_in(client, dev)
    assert "bring it back to link something to it" in visit(client, f"/registers/assets/{files}/linked").text
