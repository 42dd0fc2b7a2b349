"""From the header to a record, on a laptop, on a phone, by keyboard and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def ask(page: Page, words: str) -> None:
    """Type into the header and press Enter."""
    page.get_by_role("searchbox", name="Search all registers").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search*")


@pytest.mark.parametrize("scripts", [True, False])
def test_words_typed_in_the_header_lead_to_a_record(sit_down: SitDown, scripts: bool) -> None:
    page = sit_down("dpo", java_script_enabled=scripts)
    page.goto("/")
    ask(page, "parent contact")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search all registers")
    expect(page.get_by_role("status")).to_contain_text("found for “parent contact”")
    assert "parent" not in page.url
    if scripts:
        checks.demand(page)
    first = page.locator("main .sh-list a").first
    title = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("found for “parent contact”")


def test_a_reference_opens_its_record_at_once(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/")
    page.get_by_role("searchbox", name="Search all registers").fill("pa3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registers/processing/*")
    expect(page.locator("main")).to_contain_text("PA-0003")


def test_on_a_phone_the_glass_leads_to_the_page(sit_down: SitDown) -> None:
    page = sit_down("office")
    page.goto("/")
    page.set_viewport_size(checks.PHONE)
    page.get_by_role("link", name="Search all registers").click()
    checks.demand(page)
    page.set_viewport_size(checks.PHONE)
    page.get_by_label("Reference, word or full name").fill("Ola Brandt")
    page.get_by_role("search", name="Search all registers, on this page").get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("found for “Ola Brandt”")
    expect(page.locator("main")).to_contain_text("exactly this")
    checks.demand(page)


def test_nothing_found_says_what_to_try(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/")
    ask(page, "trampoline zebra")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    checks.demand(page)
    ask(page, "x")
    expect(page.get_by_role("heading", name="Type a little more")).to_be_visible()
    checks.demand(page)
