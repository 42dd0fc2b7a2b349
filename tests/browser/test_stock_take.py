"""A room is checked by somebody other than its keeper: scanned with a scanner that does not wait, and closed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 740}


def scan_in_a_row(page: Page, *codes: str) -> None:
    """What a scanner on a cable does: it types and presses Enter, and does not wait for an answer; whoever holds it sees the page first."""
    page.wait_for_load_state()
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Enter")


def test_a_room_is_scanned_by_keyboard_and_closed(sit_down: SitDown) -> None:
    office, it = sit_down("office"), sit_down("it")
    office.goto("/devices/check")
    expect(office.get_by_text("You keep it, so somebody else checks it.").first).to_be_visible()
    it.goto("/devices/check")
    checks.demand(it)
    it.get_by_role("button", name=re.compile("Check.*ICT suite")).click()
    lists = {name: it.get_by_role("region", name=name) for name in ("Not seen yet", "Here, and not expected", "Seen where it belongs")}
    missing, odd, seen = lists.values()
    belonging = missing.get_by_role("listitem")
    many = belonging.count()
    first, second = (belonging.nth(each).get_by_role("link").inner_text() for each in (0, 1))
    expect(it.locator("#scan")).to_be_focused()
    scan_in_a_row(it, first, "QQ-1", second, first, "01-0101")
    expect(it.get_by_role("status")).to_contain_text("held by")
    expect(it.locator("#scan")).to_be_focused()
    expect(it.locator("#scan")).to_have_value("")
    expect(seen.get_by_role("listitem")).to_have_count(2)
    expect(missing.get_by_role("listitem")).to_have_count(many - 2)
    expect(missing.get_by_role("heading")).to_have_text(f"Not seen yet {many - 2}")
    expect(odd.get_by_role("listitem")).to_have_count(2)
    expect(odd).to_contain_text("QQ-1 is not in the register.")
    checks.demand(it)
    it.reload()
    expect(seen.get_by_role("listitem")).to_have_count(2)
    it.set_viewport_size(PHONE)
    checks.demand(it)
    it.get_by_role("button", name="Close the check").click()
    expect(it.get_by_role("heading", level=1)).to_contain_text("Check: ICT suite")
    expect(it.locator("main")).to_contain_text(f"2 seen, {many - 2} missing, 2 not expected")
    expect(it.locator("#scan")).to_have_count(0)
    for address in ("", "/devices/labels?status=in_stock", "/settings/devices"):
        it.goto(address or it.url)
        checks.demand(it)


def test_what_could_not_be_kept_is_said(sit_down: SitDown) -> None:
    it = sit_down("it")
    it.goto("/devices/check")
    it.get_by_role("button", name=re.compile("Check.*Trolley A")).click()
    expect(it.locator("#scan")).to_be_focused()
    it.context.clear_cookies()
    scan_in_a_row(it, "01-0101", "01-0102")
    expect(it.get_by_role("alert")).to_contain_text("Not kept: 01-0101")
    expect(it.get_by_role("alert")).to_contain_text("01-0102")


def test_without_scripts_each_scan_is_a_page_and_labels_are_chosen(sit_down: SitDown) -> None:
    it = sit_down("it", java_script_enabled=False)
    it.goto("/devices/check")
    it.get_by_role("button", name=re.compile("Check.*Trolley B")).click()
    first = it.get_by_role("region", name="Not seen yet").get_by_role("link").first.inner_text()
    it.locator("#scan").fill(first)
    it.locator("#scan").press("Enter")
    expect(it.get_by_role("status")).to_contain_text("is where it belongs.")
    it.goto("/devices/labels")
    it.get_by_label("Room or pool").select_option("Trolley B")
    it.get_by_label("First free label").fill("4")
    it.get_by_role("button", name="Show them").click()
    expect(it.locator("svg.sh-labels")).to_be_visible()
    with it.expect_download() as paper:
        it.get_by_role("button", name="PDF to print").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")
