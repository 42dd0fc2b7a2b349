"""Ola asks Dev on a record; his bell shows it, he follows it and answers, and hers shows that."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def bell(page: Page) -> str:
    """What the bell says, on a page opened afresh."""
    page.goto("/")
    return " ".join(page.locator(".sh-header__bell").inner_text().split())


def first_activity(page: Page) -> str:
    """The address of the first activity in the list."""
    page.goto("/registers/processing/")
    return str(page.locator("tbody th a").first.evaluate("(link) => link.pathname"))


def test_a_mention_is_seen_at_the_bell_followed_and_answered(sit_down: SitDown) -> None:
    ola, dev = sit_down("office"), sit_down("dpo")
    ola.goto(first_activity(ola))
    ola.get_by_role("navigation", name="Parts of this record").get_by_role("link", name="Comments").click()
    expect(ola.get_by_text("Nothing has been said here yet")).to_be_visible()
    checks.demand(ola)
    ola.get_by_label("Add a comment").press_sequentially("May this start on Monday, @dev")
    ola.get_by_role("group", name="Colleagues to name").get_by_role("button", name="Dev Marchetti").press("Enter")
    expect(ola.get_by_label("Add a comment")).to_have_value("May this start on Monday, @Dev Marchetti ")
    expect(ola.get_by_role("checkbox", name=re.compile("Dev Marchetti"))).to_be_checked()
    ola.get_by_role("button", name="Add comment").click()
    expect(ola.get_by_text("Your comment stands below. 1 colleague is told.")).to_be_visible()
    expect(ola.get_by_text("Told: Dev Marchetti")).to_be_visible()
    checks.demand(ola)

    rings = bell(dev)
    assert rings.startswith("Notices, unread: ")
    dev.get_by_role("link", name="Notices, unread").click()
    checks.demand(dev)
    dev.get_by_role("button", name=re.compile("Ola Brandt mentioned you in a comment on PA-")).click()
    expect(dev.get_by_text("May this start on Monday, @Dev Marchetti")).to_be_visible()
    expect(dev.locator("li.sh-card:target")).to_contain_text("Ola Brandt, school office")
    expect(dev.get_by_role("checkbox", name=re.compile("Ola Brandt"))).to_be_checked()
    dev.get_by_label("Add a comment").fill("Yes, on Monday.")
    dev.get_by_role("button", name="Add comment").click()
    expect(dev.get_by_role("link", name="Comments (2)")).to_be_visible()
    assert bell(dev) != rings, "what was read rings no more"
    assert bell(ola).startswith("Notices, unread: ")


def test_it_works_without_scripts_and_what_is_withdrawn_is_gone(sit_down: SitDown) -> None:
    page = sit_down("office", java_script_enabled=False)
    page.goto(f"{first_activity(page)}/comments")
    page.get_by_label("Add a comment").fill("This names somebody it should not.")
    page.get_by_role("checkbox", name=re.compile("Hana Whitlow")).check()
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_text(re.compile("Told: .*Hana Whitlow"))).to_be_visible()
    page.locator("li", has_text="it should not").get_by_role("link", name=re.compile("^Withdraw")).click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("What it said is gone.")).to_be_visible()
    expect(page.get_by_text("it should not")).to_have_count(0)


def test_heads_bell_rings_in_the_demonstration_until_all_is_read(sit_down: SitDown) -> None:
    page = sit_down("head")
    assert bell(page).startswith("Notices, unread: ")
    page.goto("/notices")
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("marked as read.")).to_be_visible()
    checks.demand(page)
    assert bell(page) == "Notices"
    page.get_by_role("link", name="Notices").click()
    page.get_by_role("link", name=re.compile("mentioned you in a comment on PA-")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Comments on ")
    checks.demand(page)


def test_a_comment_being_typed_survives_the_end_of_a_session(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    tab = f"{first_activity(page)}/comments"
    page.goto(tab)
    with page.expect_response(lambda response: response.url.endswith("/comments/draft") and response.ok, timeout=15_000):
        page.get_by_label("Add a comment").press_sequentially("Half a thought")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.clear_cookies()
    page.goto(tab)
    page.locator("button[name=as][value=dpo]").click()
    expect(page.get_by_text("You were typing here")).to_be_visible()
    checks.demand(page)
    page.get_by_role("link", name="Put it back").click()
    expect(page.get_by_label("Add a comment")).to_have_value("Half a thought")
