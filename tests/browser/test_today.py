"""From the first page to a mended finding, and what colleagues agree on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown, on_both_databases

pytestmark = pytest.mark.browser


def line(page: Page, words: str) -> str:
    """The name of the first thing that needs somebody and has these words."""
    return page.get_by_role("link", name=re.compile(words)).first.inner_text()


@on_both_databases
def test_a_finding_is_mended_from_the_first_page(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/")
    page.get_by_role("link", name="Everything that is open").first.press("Enter")
    page.get_by_label("Register", exact=True).select_option("Information assets")
    page.get_by_label("Kind", exact=True).select_option("Warning")
    page.get_by_role("button", name="Show").press("Enter")
    checks.demand(page)
    first = page.get_by_role("listitem").filter(has_text=re.compile("AS11|AS04|AS06")).first
    name, code = first.get_by_role("link").first.inner_text(), first.locator(".sh-ref").last.inner_text()
    before = page.locator(".sh-lead").inner_text()
    first.locator("a.sh-light").first.press("Enter")
    field = page.url.partition("#")[2]
    asked = page.locator(f"[name={field}]").first
    if asked.get_attribute("type") == "radio":
        page.locator(f"[name={field}][value=yes]").press("Space")
    else:
        asked.fill("The locked cupboard in the office")
    page.get_by_role("button", name=re.compile("^Save")).first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.goto("/findings/?register=assets&severity=warning")
    assert page.locator(".sh-lead").inner_text() != before
    expect(page.get_by_role("listitem").filter(has_text=name).filter(has_text=code)).to_have_count(0)


def test_something_is_passed_on_put_off_and_done(sit_down: SitDown) -> None:
    dpo = sit_down("dpo")
    dpo.goto("/")
    checks.demand(dpo)
    name = dpo.locator("#needs").locator("xpath=../..").get_by_role("link", name=re.compile("^Check this entry again: ")).first.inner_text()
    dpo.get_by_role("link", name=f"Pass on, put off or tick off: {name}").press("Enter")
    checks.demand(dpo)
    dpo.get_by_label("Who?").select_option(label="Ola Brandt, School office")
    dpo.get_by_role("button", name="Ask them").press("Enter")
    expect(dpo.get_by_label("Done")).to_contain_text("now stands under “Needs you” of whoever was asked.")
    expect(dpo.get_by_role("region", name="Waiting for others")).to_contain_text("Ola Brandt")
    office = sit_down("office")
    office.goto("/")
    office.get_by_role("link", name=f"Pass on, put off or tick off: {name}").click()
    snooze = office.get_by_role("form", name="Put it off")
    snooze.get_by_role("button", name="Put it off").click()
    expect(office.get_by_role("alert")).to_contain_text("Choose the day")
    checks.demand(office)
    office.get_by_role("form", name="It is done").get_by_role("button", name="Done today").click()
    expect(office.get_by_label("Done")).to_contain_text("noted as done today.")
    expect(office.get_by_role("link", name=name)).to_have_count(0)
