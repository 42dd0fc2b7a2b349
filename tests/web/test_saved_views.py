"""Views of a list are saved, opened, shared, renamed and removed on pages that work without a script."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.saved_view import SavedView
from models.school import School
from registry import catalogue, records
from registry.lists import saved_views
from registry.lists.views import View
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.browsing import check_page, plain, problems, sign_in, token, visit
from tests.people import Person

LIST = "/registers/assets/"
WHOLE = f"{LIST}?show=all"
WORK = View(chip="errors", sort="next_review_on", columns=("location",), size=50)


@pytest.fixture
def shelf(in_quillbrook: School, occasion: Occasion) -> list[UUID]:
    return [
        records.add(ASSETS, {"name": name, "format": form}, occasion).id for name, form in (("Bus lists", "paper"), ("Exam papers", "electronic"))
    ]


@pytest.fixture
def desk(client: FlaskClient, dev: Person, shelf: list[UUID]) -> FlaskClient:
    sign_in(client, dev)
    return client


def post(desk: FlaskClient, step: str, **form: Any) -> TestResponse:
    return desk.post(f"{LIST}views{step}", data={"csrf_token": token(desk, WHOLE), **form})


def kept(desk: FlaskClient) -> str:
    """What the menu of views says."""
    found = re.search(r'<details class="sh-pop" id="views">.*?</details>', visit(desk, WHOLE).text, re.DOTALL)
    assert found
    return plain(found[0])


def test_the_list_that_is_open_is_saved_and_opened_by_its_name(desk: FlaskClient) -> None:
    listed = "show=errors&sort=next_review_on&column=location&rows=50"
    page = visit(desk, f"{LIST}views/add?{listed}&after={uuid4()}")
    assert "With errors; its order, its columns and 50 rows a page" in plain(page.text)
    carried = re.search(r'name="list" value="([^"]*)"', page.text)
    assert carried
    answer = post(desk, "/add", list=carried[1].replace("&amp;", "&"), name="Before the audit", **{"for": "me"})
    assert (answer.status_code, answer.location) == (303, f"{LIST}?{listed}")
    assert "Saved." in plain(visit(desk, answer.location).text)
    link = re.search(rf'href="({LIST}views/[0-9a-f-]+)">Before the audit', visit(desk, LIST).text)
    assert link
    assert desk.get(link[1]).location == f"{LIST}?{listed}"
    assert "View: Before the audit" in plain(visit(desk, f"{LIST}?{listed}").text)


def test_a_name_is_needed_and_kept_when_something_else_is_wrong(desk: FlaskClient, occasion: Occasion) -> None:
    empty = post(desk, "/add", list="show=errors", name=" ")
    assert (empty.status_code, problems(empty)) == (422, ["Enter a name for this view, such as Needs work before the audit."])
    check_page(empty)
    saved_views.save(ASSETS, "Mine", View(), occasion)
    taken = post(desk, "/add", list="show=errors", name="mine")
    assert taken.status_code == 422
    assert 'value="mine"' in taken.text


def test_leaders_share_with_the_school_and_others_do_not(app: Flask, desk: FlaskClient, ola: Person, gus: Person) -> None:
    assert post(desk, "/add", list="show=errors", name="Needs work", **{"for": "school"}).status_code == 303
    client = app.test_client()
    sign_in(client, ola)
    assert "Needs work the school’s" in kept(client)
    assert "For everybody in the school" not in visit(client, f"{LIST}views/add").text
    assert post(client, "/add", list="", name="For all", **{"for": "school"}).status_code == 303
    assert [each.is_mine for each in saved_views.kept_views(ASSETS, ola.actor) if each.name == "For all"] == [True]
    row = SavedView.get(SavedView.owner.is_null())
    assert client.post(f"{LIST}views/{row.id}/remove", data={"csrf_token": token(client, LIST)}).status_code == 403
    assert client.post(f"{LIST}views/{row.id}/replace", data={"csrf_token": token(client, LIST), "list": ""}).status_code == 403
    reader = app.test_client()
    sign_in(reader, gus)
    assert "Needs work the school’s" in kept(reader)


def test_a_view_is_renamed_replaced_and_removed(desk: FlaskClient, occasion: Occasion) -> None:
    key = saved_views.save(ASSETS, "Mine", WORK, occasion)
    assert 'value="Mine"' in visit(desk, f"{LIST}views/{key}/change").text
    assert post(desk, f"/{key}/change", name="").status_code == 422
    assert post(desk, f"/{key}/change", name="Still mine").location == f"{LIST}views"
    assert "Still mine" in plain(visit(desk, f"{LIST}views").text)
    assert post(desk, f"/{key}/replace", list="show=review").location == f"{LIST}?show=review"
    assert saved_views.find(ASSETS, key, occasion.by).view == View(chip="review")
    assert post(desk, f"/{key}/remove").status_code == 303
    assert "No view yet" in plain(visit(desk, f"{LIST}views").text)


def test_a_register_opens_with_the_usual_view_and_everything_is_one_press_away(desk: FlaskClient, occasion: Occasion) -> None:
    key = saved_views.save(ASSETS, "Paper", View(filters=(("format", ("paper",)),)), occasion)
    assert desk.get(LIST).status_code == 200
    assert post(desk, "/usual", view=str(key)).status_code == 303
    assert desk.get(LIST).location == f"{LIST}?format=paper"
    page = visit(desk, f"{LIST}?format=paper")
    clear = re.search(r'<a class="sh-button sh-button--plain" href="([^"]+)">Clear all', page.text)
    assert clear
    assert clear[1] == f"{LIST}?show=all"
    assert "Exam papers" in visit(desk, clear[1]).text
    assert desk.get(f"{LIST}?q=").location == f"{LIST}?show=all", "an emptied search shows everything"
    assert "back=show%3Dall" in visit(desk, clear[1]).text, "and so does the way back from a record"
    assert post(desk, "/usual", view="").status_code == 303
    assert desk.get(LIST).status_code == 200


def test_a_view_of_the_whole_list_can_be_the_usual_one(desk: FlaskClient, occasion: Occasion) -> None:
    saved_views.make_usual(ASSETS, saved_views.save(ASSETS, "All", View(), occasion), occasion.by)
    assert desk.get(LIST).location == f"{LIST}?show=all"
    assert desk.get(f"{LIST}?show=all").status_code == 200


def test_what_narrows_the_list_stands_in_chips_that_take_it_away(desk: FlaskClient) -> None:
    page = visit(desk, f"{LIST}?q=list&format=paper&format=electronic")
    chips = {
        plain(words): href.replace("&amp;", "&") for href, words in re.findall(r'<a class="sh-chip sh-chip--on" href="([^"]+)">(.*?)</a>', page.text)
    }
    assert chips == {
        "“list”, chosen; press to remove": f"{LIST}?format=paper&format=electronic",
        "Format: Paper, chosen; press to remove": f"{LIST}?q=list&format=electronic",
        "Format: Electronic, in school, chosen; press to remove": f"{LIST}?q=list&format=paper",
    }


def test_what_is_not_there_for_somebody_is_not_found(app: Flask, shelf: list[UUID], occasion: Occasion, hana: Person, otto: Person) -> None:
    mine = saved_views.save(ASSETS, "Mine", WORK, occasion)
    shared = saved_views.save(ASSETS, "Ours", WORK, occasion, shared=True)
    for person, hidden in ((hana, [mine]), (otto, [mine, shared])):
        client = app.test_client()
        sign_in(client, person)
        for key in (*hidden, uuid4()):
            assert [client.get(f"{LIST}views/{key}{step}").status_code for step in ("", "/change")] == [404, 404]
            form = {"csrf_token": token(client, LIST), "name": "Theirs", "list": ""}
            assert [client.post(f"{LIST}views/{key}{step}", data=form).status_code for step in ("/change", "/replace", "/remove")] == [404] * 3
            assert client.post(f"{LIST}views/usual", data={**form, "view": str(key)}).status_code == 303
    assert SavedView.select().count() == 2


def test_whoever_may_not_see_the_register_is_refused(client: FlaskClient, in_quillbrook: School, occasion: Occasion, tess: Person) -> None:
    key = saved_views.save(ASSETS, "Ours", WORK, occasion, shared=True)
    sign_in(client, tess)
    form = {"csrf_token": token(client, "/account"), "name": "Mine", "list": ""}
    assert [client.get(f"{LIST}views{step}").status_code for step in ("", "/add", f"/{key}", f"/{key}/change")] == [403] * 4
    steps = ("/add", "/usual", f"/{key}/change", f"/{key}/replace", f"/{key}/remove")
    assert [client.post(f"{LIST}views{step}", data=form).status_code for step in steps] == [403] * 5


@pytest.mark.parametrize("register", catalogue.REGISTERS, ids=lambda register: register.slug)
def test_every_register_has_views(client: FlaskClient, hana: Person, register: Any) -> None:
    sign_in(client, hana)
    visit(client, f"/registers/{register.slug}/views")
    visit(client, f"/registers/{register.slug}/views/add?q=x")
