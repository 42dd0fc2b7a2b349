"""Ticked rows of a list are changed on pages that work without a script: asked, looked at, saved, undone."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.asset import Asset
from models.batch import Batch
from models.fields import EncryptedText
from models.school import School
from registry import catalogue, records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.browsing import check_page, plain, problems, sign_in, token, visit
from tests.people import Person

LIST = "/registers/assets/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
DAY = {"next_review_on-day": "1", "next_review_on-month": "3", "next_review_on-year": "2027"}


@pytest.fixture
def shelf(in_quillbrook: School, occasion: Occasion) -> list[UUID]:
    return [records.add(ASSETS, {"name": f"Box {number:02d}"}, occasion).id for number in range(1, 31)]


def post(desk: FlaskClient, step: str, **form: Any) -> TestResponse:
    return desk.post(f"{LIST}together{step}", data={"csrf_token": token(desk, LIST), **form})


def hidden(page: TestResponse, action: str) -> dict[str, list[str]]:
    """What the form that goes to an address carries along."""
    part = page.text.partition(f'action="{action}"')[2].partition("</form>")[0]
    carried: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(part):
        carried.setdefault(name, []).append(value.replace("&amp;", "&"))
    return carried


def save(desk: FlaskClient, preview: TestResponse) -> TestResponse:
    address = f"{LIST}together/save"
    return desk.post(address, data=hidden(preview, address))


def test_a_date_is_set_for_three_rows_looked_at_saved_and_undone(desk: FlaskClient, shelf: list[UUID]) -> None:
    asked = post(desk, "", row=shelf[:3], list="sort=changed", do="review")
    check_page(asked)
    assert "Set a review date for 3 information assets" in plain(asked.text)
    looked = post(desk, "/look", row=shelf[:3], list="sort=changed", do="review", **DAY)
    check_page(looked)
    assert plain(looked.text).count("nothing becomes 1 Mar 2027") == 3
    assert not Asset.select().where(Asset.next_review_on.is_null(False)).exists()
    saved = save(desk, looked)
    assert (saved.status_code, saved.location) == (303, f"{LIST}?sort=changed")
    page = visit(desk, saved.location)
    assert "The review date is set for 3 information assets." in plain(page.text)
    assert {row.id for row in Asset.select().where(Asset.next_review_on == date(2027, 3, 1))} == set(shelf[:3])
    undo = re.search(r'action="([^"]+/undo)"', page.text)
    assert undo
    assert desk.post(undo[1], data={"csrf_token": token(desk, LIST)}).status_code == 303
    assert "Undone for 3 information assets." in plain(visit(desk, LIST).text)
    assert not Asset.select().where(Asset.next_review_on.is_null(False)).exists()


def test_all_that_the_list_shows_goes_beyond_its_page(desk: FlaskClient, shelf: list[UUID]) -> None:
    page = visit(desk, f"{LIST}?rows=10&q=Box")
    assert "All 30 that the list shows" in plain(page.text)
    looked = post(desk, "", all="yes", list="q=Box&rows=10", do="archive")
    assert "30 information assets will change" in plain(looked.text)
    assert "And 10 more in the same way." in plain(looked.text)
    assert save(desk, looked).status_code == 303
    assert Asset.select().where(Asset.archived_at.is_null(False)).count() == 30
    back = post(desk, "", row=shelf[:2], list="show=archived", do="restore")
    assert "Archived becomes In the list" in plain(back.text)


def test_archiving_says_how_many_others_would_go_on_pointing_at(desk: FlaskClient, shelf: list[UUID], occasion: Occasion) -> None:
    records.add(catalogue.find("suppliers"), {"name": "Plateful Catering", "assets": tuple(sorted(shelf[:2]))}, occasion)
    looked = post(desk, "", row=shelf[:3], do="archive")
    assert "2 of them are linked to other records, which will go on pointing at something archived." in plain(looked.text)


def test_rows_that_stay_as_they_are_say_why(desk: FlaskClient, shelf: list[UUID], occasion: Occasion) -> None:
    records.archive(ASSETS, Asset.get_by_id(shelf[0]), occasion)
    looked = post(desk, "/look", row=shelf[:2], do="owner", owner="Ola Brandt")
    assert "1 information asset will stay as it is." in plain(looked.text)
    assert "Archived. Bring it back first. Box 01 (IA-0001)" in plain(looked.text)
    nothing = post(desk, "", row=shelf[1:3], do="confirm")
    assert "Nothing would change." in plain(nothing.text)
    assert "Confirm 0" not in nothing.text


def test_what_cannot_be_saved_is_said_and_keeps_what_was_typed(desk: FlaskClient, shelf: list[UUID]) -> None:
    empty = post(desk, "/look", row=shelf[:2], do="owner")
    assert (empty.status_code, problems(empty)) == (422, ["Enter the owner’s name, or choose a post."])
    odd = post(desk, "/look", row=shelf[:2], do="review", **{**DAY, "next_review_on-day": "31", "next_review_on-month": "6"})
    assert (odd.status_code, problems(odd)) == (422, ["June 2027 has 30 days."])
    assert 'value="31"' in odd.text
    check_page(odd)


def test_a_row_changed_since_the_preview_is_named_and_nothing_is_saved(desk: FlaskClient, shelf: list[UUID], occasion: Occasion) -> None:
    looked = post(desk, "/look", row=shelf[:2], do="review", **DAY)
    records.change(ASSETS, Asset.get_by_id(shelf[1]), {"location": "Attic"}, occasion)
    late = save(desk, looked)
    assert late.status_code == 409
    check_page(late)
    assert "IA-0002 was changed since you looked at the rows, so nothing was saved." in plain(late.text)
    assert Batch.select().count() == 0
    assert save(desk, late).status_code == 303, "the page shows the rows as they are now"
    assert Batch.select().count() == 1


def test_the_button_pressed_twice_saves_once(desk: FlaskClient, shelf: list[UUID]) -> None:
    looked = post(desk, "/look", row=shelf[:2], do="review", **DAY)
    assert [save(desk, looked).status_code for _ in range(2)] == [303, 303]
    assert "This was done already." in plain(visit(desk, LIST).text)
    assert (Batch.select().count(), Asset.get_by_id(shelf[0]).version) == (1, 2)


def test_without_a_tick_nothing_is_meant(desk: FlaskClient, shelf: list[UUID]) -> None:
    answer = post(desk, "", list="q=Box", do="archive")
    assert (answer.status_code, answer.location) == (303, f"{LIST}?q=Box")
    assert "Tick the rows first." in plain(visit(desk, LIST).text)


def test_ticked_rows_are_exported_and_shown_alone(desk: FlaskClient, shelf: list[UUID]) -> None:
    form = {"row": shelf[:2], "list": "column=location"}
    sent = post(desk, "", do="csv", **form)
    assert sent.status_code == 307
    file = desk.post(sent.location, data={"csrf_token": token(desk, LIST)})
    assert [line.split(",")[:2] for line in file.text.splitlines()[1:]] == [["IA-0001", "Box 01"], ["IA-0002", "Box 02"]]
    for do, kind in (("xlsx", "spreadsheetml"), ("pdf", "pdf")):
        sent = post(desk, "", do=do, **form)
        made = desk.post(sent.location, data={"csrf_token": token(desk, LIST)})
        assert (sent.status_code, made.status_code, kind in made.mimetype) == (307, 200, True)
    alone = post(desk, "", do="only", **form)
    page = visit(desk, alone.location)
    assert re.findall(r"Box \d\d</a>", page.text) == ["Box 01</a>", "Box 02</a>"]
    assert "2 chosen rows" in plain(page.text)


@pytest.mark.parametrize("do", ["import", "", "nonsense", "erase"])
def test_what_no_button_says_is_not_there(desk: FlaskClient, shelf: list[UUID], do: str) -> None:
    assert post(desk, "", row=shelf[:1], do=do).status_code == 404
    assert post(desk, "/save", row=shelf[:1], do=do).status_code == 404


def test_readers_have_no_ticks_and_are_refused(client: FlaskClient, shelf: list[UUID], gus: Person) -> None:
    sign_in(client, gus)
    page = visit(client, LIST)
    assert 'name="row"' not in page.text
    assert "sh-bulk" not in page.text
    form = {"csrf_token": token(client, "/account"), "row": shelf[:1], "do": "archive"}
    for step in ("", "/look", "/save"):
        assert client.post(f"{LIST}together{step}", data=form).status_code == 403
    assert client.post(f"{LIST}batches/{uuid4()}/undo", data=form).status_code == 403
    assert client.get(f"{LIST}batches").status_code == 403
    assert client.get("/audit/batches").status_code == 403


def test_the_office_may_not_confirm(client: FlaskClient, shelf: list[UUID], ola: Person) -> None:
    sign_in(client, ola)
    assert 'value="archive"' in visit(client, LIST).text
    assert 'value="confirm"' not in client.get(LIST).text
    assert post(client, "", row=shelf[:1], do="confirm").status_code == 403
    assert 'value="csv"' not in client.get(LIST).text


def test_another_schools_rows_are_not_meant(client: FlaskClient, shelf: list[UUID], otto: Person, other_school: School, elsewhere: Occasion) -> None:
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    sign_in(client, otto)
    looked = post(client, "", row=shelf, do="archive")
    assert "Nothing would change." in plain(looked.text)
    assert "Box 0" not in looked.text
    batch = uuid4()
    assert post(client, "/save", row=shelf, do="archive").status_code == 409
    assert client.post(f"{LIST}batches/{batch}/undo", data={"csrf_token": token(client, LIST)}).status_code == 404


def test_what_was_done_lately_is_listed_with_what_was_touched(
    app: Flask, desk: FlaskClient, shelf: list[UUID], occasion: Occasion, hana: Person
) -> None:
    for rows in (shelf[:2], shelf[5:7]):
        save(desk, post(desk, "/look", row=rows, do="review", **DAY))
        visit(desk, LIST)
    records.change(ASSETS, Asset.get_by_id(shelf[0]), {"location": "Attic"}, occasion)
    page = visit(desk, f"{LIST}batches")
    assert plain(page.text).count("You set a review date for 2 information assets") == 2
    assert "1 record changed since, so it cannot be undone as a whole." in plain(page.text)
    assert page.text.count("/undo") == 1, "the line about the last deed was on the page before"
    kept = Batch.select().order_by(Batch.first).get()
    desk.post(f"{LIST}batches/{kept.id}/undo", data={"csrf_token": token(desk, LIST)})
    assert "IA-0001 was changed since, so nothing was undone." in plain(visit(desk, LIST).text)
    visit(desk, "/audit/batches")
    leader = app.test_client()
    sign_in(leader, hana)
    assert "Dev Marchetti set a review date for 2 information assets" in plain(visit(leader, "/audit/batches").text)


OWNED = [register for register in catalogue.REGISTERS if isinstance(register.table._meta.fields.get("owner"), EncryptedText)]


@pytest.mark.parametrize("register", OWNED, ids=lambda register: register.slug)
def test_every_register_has_it_without_a_line_of_its_own(desk: FlaskClient, in_quillbrook: School, occasion: Occasion, register: Any) -> None:
    row = records.add(register, {"name": "One"}, occasion)
    slug = register.slug
    wanted: Mapping[str, Any] = {"csrf_token": token(desk, f"/registers/{slug}/"), "row": row.id, "do": "owner", "owner": "Ola Brandt"}
    looked = desk.post(f"/registers/{slug}/together/look", data=wanted)
    address = f"/registers/{slug}/together/save"
    assert desk.post(address, data=hidden(looked, address)).status_code == 303
    assert register.table.get_by_id(row.id).owner == "Ola Brandt"


def test_an_import_is_undone_from_the_line_that_says_it_was_done(desk: FlaskClient, shelf: list[UUID]) -> None:
    rows = "Name,Location\nVisitor book,Attic\nBox 01,Attic\n"
    place = desk.post(f"{LIST}import", data={"csrf_token": token(desk, f"{LIST}import"), "pasted": rows})
    boxes = re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', visit(desk, place.location).text, re.DOTALL)
    chosen = {name: value for name, box in boxes for value in re.findall(r'value="([^"]*)" selected', box)}
    preview = desk.post(place.location, data={"csrf_token": token(desk, LIST), **chosen})
    page = visit(desk, preview.location)
    action = f"{place.location.removeprefix('http://localhost')}/save"
    assert desk.post(action, data=hidden(page, action)).status_code == 303
    assert Asset.get_by_id(shelf[0]).location == "Attic"
    done = visit(desk, LIST)
    assert "1 added, 1 changed." in plain(done.text)
    undo = re.search(r'action="([^"]+/undo)"', done.text)
    assert undo
    desk.post(undo[1], data={"csrf_token": token(desk, LIST)})
    assert Asset.get_by_id(shelf[0]).location is None
    assert not Asset.select().where(Asset.name == "Visitor book").exists()
