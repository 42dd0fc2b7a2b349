"""Two people at one record, and one person who is called away: nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def save(page: Page) -> None:
    page.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()


def add_activity(page: Page, name: str) -> str:
    """Add an activity through its form; where it stands."""
    page.goto("/registers/processing/add")
    page.get_by_label("What does the school do?").fill(name)
    page.get_by_label("What is it for?").fill("The purpose of the first day")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def test_both_of_two_people_who_save_the_same_record_are_heard(sit_down: SitDown) -> None:
    dev, hana = sit_down("dpo"), sit_down("head")
    record = add_activity(dev, "Breakfast club")
    for page in (dev, hana):
        page.goto(f"{record}/change?section=what-and-why")
    hana.get_by_label("What is it for?").fill("Hana’s purpose")
    save(hana)
    expect(hana.get_by_text("Saved. 1 answer changed.")).to_be_visible()

    dev.get_by_label("What does the school do?").fill("Breakfast and homework club")
    dev.get_by_label("What is it for?").fill("Dev’s purpose")
    save(dev)
    expect(dev.get_by_role("heading", level=1)).to_have_text("Two people changed this")
    expect(dev.get_by_text("Nothing of yours is lost, and nothing is saved yet.")).to_be_visible()
    for words in ("The purpose of the first day", "Hana’s purpose", "Dev’s purpose", "Breakfast and homework club"):
        expect(dev.get_by_text(words).first).to_be_visible()
    checks.demand(dev)
    dev.get_by_role("button", name="Save these answers").click()
    expect(dev.get_by_role("alert")).to_be_visible()
    checks.demand(dev)
    dev.get_by_role("radio", name=re.compile("Hana’s purpose")).check()
    dev.get_by_role("button", name="Save these answers").click()

    expect(dev).to_have_url(record)
    expect(dev.get_by_role("heading", level=1)).to_have_text("Breakfast and homework club")
    expect(dev.get_by_text("Hana’s purpose").first).to_be_visible()


def test_what_was_typed_when_the_session_ended_is_offered_again(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    record = add_activity(page, "Library loans")
    form = f"{record}/change?section=what-and-why"
    page.goto(form)
    with page.expect_response(lambda response: response.url.partition("?")[0].endswith("/draft") and response.ok, timeout=15_000):
        page.get_by_label("What is it for?").press_sequentially(" and what was typed before the telephone rang")
    expect(page.get_by_text("What you typed is kept as a draft")).to_be_visible()
    page.context.clear_cookies()
    save(page)
    page.goto(form)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.locator("button[name=as][value=dpo]").click()
    expect(page).to_have_url(form)
    expect(page.get_by_text("You were typing here")).to_be_visible()
    checks.demand(page)
    page.get_by_role("link", name="Put it back").click()
    expect(page.get_by_label("What is it for?")).to_have_value(re.compile("before the telephone rang"))
    save(page)
    expect(page.get_by_text("before the telephone rang").first).to_be_visible()
    page.goto(form)
    expect(page.get_by_text("You were typing here")).to_have_count(0)


def test_a_draft_is_seen_by_nobody_else_and_can_be_thrown_away(sit_down: SitDown) -> None:
    dev, hana = sit_down("dpo"), sit_down("head")
    record = add_activity(dev, "Seating plans")
    form = f"{record}/change?section=what-and-why"
    dev.goto(form)
    with dev.expect_response(lambda response: response.url.partition("?")[0].endswith("/draft") and response.ok, timeout=15_000):
        dev.get_by_label("What is it for?").fill("Not for everybody yet")
    hana.goto(form)
    expect(hana.get_by_text("You were typing here")).to_have_count(0)
    assert "Not for everybody yet" not in hana.content()
    dev.goto(form)
    dev.get_by_role("button", name="Throw it away").click()
    expect(dev.get_by_text("You were typing here")).to_have_count(0)
    expect(dev.get_by_label("What is it for?")).to_have_value("The purpose of the first day")
