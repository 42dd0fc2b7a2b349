"""Rows are ticked, changed together, looked at first and undone; a list is kept as a view and opened by its name."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

LIST = "/registers/assets/?rows=10"


def tick(page: Page, count: int) -> list[str]:
    """Tick the first rows of a list; their names."""
    rows = page.locator("tbody tr")
    for place in range(count):
        rows.nth(place).locator("input[name=row]").check()
    return [rows.nth(place).locator("th a").inner_text() for place in range(count)]


def test_three_rows_get_a_review_date_and_lose_it_again(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto(LIST)
    bar = page.get_by_role("group", name="With the chosen rows")
    expect(bar).to_be_hidden()
    checks.demand(page)
    tick(page, 3)
    expect(bar).to_contain_text(re.compile(r"3 of \d+ chosen"))
    checks.demand(page)
    bar.get_by_role("button", name="Set a review date").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a review date for 3 information assets")
    checks.demand(page)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a day, such as 1 9 2027.")
    checks.demand(page)
    for part, value in (("Day", "17"), ("Month", "5"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody ins")).to_have_text(["17 May 2027"] * 3)
    checks.demand(page)
    page.get_by_role("button", name="Save for 3 information assets").click()
    expect(page.get_by_text("The review date is set for 3 information assets.")).to_be_visible()
    expect(page.get_by_text("17 May 2027", exact=True)).to_have_count(3)
    checks.demand(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone for 3 information assets.")).to_be_visible()
    expect(page.get_by_text("17 May 2027", exact=True)).to_have_count(0)
    page.get_by_role("link", name="What was done together lately").click()
    expect(page.get_by_role("listitem").filter(has_text="You set a review date for 3 information assets").first).to_contain_text("Undone")
    checks.demand(page)


def test_a_whole_page_is_ticked_at_once_and_let_go(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto(LIST)
    page.get_by_label("Choose all on this page").check()
    bar = page.get_by_role("group", name="With the chosen rows")
    expect(bar).to_contain_text(re.compile(r"10 of \d+ chosen"))
    bar.get_by_label(re.compile(r"All \d+ that the list shows")).check()
    expect(bar).to_contain_text(re.compile(r"All \d+ chosen"))
    bar.get_by_role("button", name="Choose none").click()
    expect(bar).to_be_hidden()
    expect(page.locator("input[name=row]:checked")).to_have_count(0)


def test_without_a_script_the_bar_stands_below_the_list(sit_down: SitDown) -> None:
    page = sit_down("dpo", java_script_enabled=False)
    page.goto(LIST)
    names = tick(page, 2)
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("2 information assets will change, together or not at all.")).to_be_visible()
    page.get_by_role("button", name="Archive 2 information assets").click()
    expect(page.get_by_text("Archived: 2 information assets.")).to_be_visible()
    expect(page.get_by_role("link", name=names[0], exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=names[0], exact=True)).to_have_count(1)


def test_a_list_is_kept_opened_by_its_name_and_shared(sit_down: SitDown) -> None:
    page, ola = sit_down("dpo"), sit_down("office")
    page.goto("/registers/suppliers/?show=findings&sort=changed&order=down")
    page.locator("#views summary").click()
    page.get_by_role("link", name="Save this list as a view").click()
    checks.demand(page)
    page.get_by_label("What do you call it?").fill("Contracts to look at")
    page.get_by_label("For everybody in the school").check()
    page.get_by_role("button", name="Save the view").click()
    expect(page.locator("#views summary")).to_have_text("View: Contracts to look at")
    checks.demand(page)
    ola.goto("/registers/suppliers/")
    ola.locator("#views summary").click()
    ola.get_by_role("link", name="Contracts to look at").click()
    expect(ola).to_have_url(re.compile(r"\?show=findings&sort=changed&order=down$"))
    ola.locator("#views summary").click()
    ola.get_by_role("link", name="Rename, remove, choose what opens first").click()
    ola.get_by_role("button", name=re.compile("Open with this.*Contracts to look at")).click()
    checks.demand(ola)
    ola.get_by_role("link", name="Suppliers", exact=True).first.click()
    ola.goto("/registers/suppliers/")
    expect(ola.locator("#views summary")).to_have_text("View: Contracts to look at")
    ola.get_by_role("link", name="Clear all").click()
    expect(ola.locator(".sh-chip--on")).to_have_count(0)


def press_until(page: Page, wanted: str) -> None:
    """Move the focus with the tabulator until it is at what is wanted."""
    for _ in range(120):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tabulator never comes to {wanted}")


def test_the_keyboard_is_enough(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto(LIST)
    press_until(page, "input[name=row]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    press_until(page, "input[name=row]")
    page.keyboard.press("Space")
    press_until(page, "button[value=review]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a review date for 2 information assets")
    press_until(page, "#next_review_on-day")
    for typed in ("1", "6", "2027"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("tbody ins")).to_have_text(["1 Jun 2027"] * 2)
    press_until(page, "form[action$='/save'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The review date is set for 2 information assets.")).to_be_visible()
    press_until(page, "form[action$='/undo'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone for 2 information assets.")).to_be_visible()
