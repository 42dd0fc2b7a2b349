"""Somebody of another school finds none of what is kept here, by whatever way they try; the IT provider of both changes sides."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown, on_both_databases

pytestmark = pytest.mark.browser

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
SECRET_NAME = "Quillbrook counselling notes"
PAGES = ("", "/change", "/change?section=what-it-is", "/archive", "/history", "/comments")
SENDS = ("/change", "/archive", "/restore", "/confirm", "/draft", "/comments", "/comments/draft")


def add_asset(page: Page, name: str) -> str:
    """Add an asset through its form; the id of the record."""
    page.goto("/registers/assets/add")
    page.get_by_label("What is it called?").fill(name)
    page.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    found = ID.search(page.url)
    assert found
    return found.group()


def status(page: Page, address: str) -> int:
    """With what the program answers this person for an address."""
    return page.request.get(address).status


def status_of_sending(page: Page, address: str) -> int:
    """With what it answers a form that is sent there, with a token that is in order."""
    page.goto("/registers/assets/add")
    token = page.locator("input[name=csrf_token]").first.get_attribute("value")
    return page.request.post(address, form={"csrf_token": str(token), "version": "1", "asked": "name", "name": "Mine now"}).status


@on_both_databases
def test_a_record_of_one_school_does_not_exist_for_another(sit_down: SitDown) -> None:
    dev, otto = sit_down("dpo"), sit_down("other")
    record = add_asset(dev, SECRET_NAME)
    for page in PAGES:
        path = f"/registers/assets/{record}{page}"
        assert status(dev, path) == 200, path
        assert status(otto, path) == 404, path
        assert status(otto, f"/registers/assets/{uuid4()}{page}") == 404, "the same as for what exists nowhere"
    for send in SENDS:
        assert status_of_sending(otto, f"/registers/assets/{record}{send}") == 404, send
    dev.goto(f"/registers/assets/{record}")
    expect(dev.get_by_role("heading", level=1)).to_have_text(SECRET_NAME)


@on_both_databases
def test_it_is_in_no_list_no_search_no_file_and_no_history_of_theirs(sit_down: SitDown) -> None:
    dev, otto = sit_down("dpo"), sit_down("other")
    record = add_asset(dev, f"{SECRET_NAME}, second box")
    lists = ("?q=counselling", "?q=counselling&show=archived", "?rows=100", f"?after={record}")
    for path in (*(f"/registers/assets/{each}" for each in lists), "/audit", "/"):
        answer = otto.request.get(path)
        assert answer.status in (200, 404), path
        assert "second box" not in answer.text(), path
    assert "second box" in dev.request.get(f"/registers/assets/{lists[0]}").text()
    otto.goto("/registers/assets/")
    with otto.expect_download() as coming:
        otto.get_by_text("Export", exact=True).click()
        otto.get_by_role("button", name="as a CSV file").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    assert text.count("\n") > 10
    assert "second box" not in text


@on_both_databases
def test_a_file_that_somebody_is_importing_is_nobody_elses(sit_down: SitDown) -> None:
    dev, otto, ola = sit_down("dpo"), sit_down("other"), sit_down("office")
    dev.goto("/registers/assets/import")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": b"Name,Owner\r\nCounselling box,Dina Okafor\r\n"}
    dev.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    dev.locator("form", has=dev.locator("input[type=file]")).get_by_role("button").last.click()
    expect(dev.get_by_role("heading", level=1)).to_have_text("What do the columns hold?")
    for stranger in (otto, ola):
        for step in ("", "/preview"):
            assert status(stranger, f"{dev.url}{step}") == 404


def test_the_page_for_what_is_not_there_says_what_to_do(sit_down: SitDown) -> None:
    page = sit_down("other")
    page.goto(f"/registers/assets/{uuid4()}")
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot find that page")
    checks.demand(page)
    page.get_by_role("link", name="Go to Today").click()
    expect(page).to_have_url(re.compile(r"/$"))


@on_both_databases
def test_the_it_provider_works_in_one_school_at_a_time(sit_down: SitDown) -> None:
    page = sit_down("it")
    page.goto("/")
    here, there = "Quillbrook Primary School", "Saltmere Academy"
    expect(page.locator(".sh-school")).to_contain_text(here)
    page.goto("/registers/assets/")
    names_here = set(page.locator("tbody th").all_inner_texts())
    page.get_by_role("link", name="Change school").click()
    checks.demand(page)
    page.get_by_role("button", name=there).click()
    expect(page.locator(".sh-school")).to_contain_text(there)
    page.goto("/registers/assets/")
    expect(page.locator(".sh-school")).to_contain_text(there)
    assert set(page.locator("tbody th").all_inner_texts()) != names_here
    page.get_by_role("link", name="Change school").click()
    page.get_by_role("button", name=here).click()
    expect(page.locator(".sh-school")).to_contain_text(here)
