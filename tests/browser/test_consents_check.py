"""The office pastes a messy list, sees the answer while typing, chooses between two of one name, and copies the names that may be used."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

MESSY = "1. Patel, Sam\n2) Okonja, Amelia; Noah O'Rourke (4H)\n\nAISHA RAHIMI & Ben Tranter\nBarnabas Nobody-Knows\n"
PHONE = {"width": 375, "height": 740}
NARROW = {"width": 320, "height": 640}


def fill(page: Page, names: str) -> None:
    """Open the form and type, without sending it."""
    page.goto("/consents/check")
    website = page.locator("#use option").filter(has_text="ebsite").first.get_attribute("value")
    page.locator("#use").select_option(website)
    page.locator("#names").fill(names)


def look_and_send(page: Page) -> None:
    """Say that the picture is in order, and check."""
    page.locator("#show-first").check()
    for box in ("#dress", "#background", "#device-school"):
        page.locator(box).check()
    page.get_by_role("button", name="Check these names").click()
    expect(page.locator("h1#verdict")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_messy_list_gets_one_answer_and_choices(sit_down: SitDown, scripts: bool) -> None:
    office = sit_down("office", java_script_enabled=scripts)
    fill(office, MESSY)
    look_and_send(office)
    unclear = office.locator("form[aria-labelledby=choose] li")
    expect(unclear).to_have_count(3)
    expect(unclear.nth(0)).to_contain_text("Two people have this name.")
    expect(unclear.nth(1)).to_contain_text("Nobody of that name. One is close.")
    expect(unclear.nth(2)).to_contain_text("Nobody of that name, and nobody close.")
    unclear.nth(0).get_by_label("4 Heron").check()
    unclear.nth(1).get_by_label("Amelia Okonjo").check()
    office.get_by_role("button", name="Check again with these choices").click()
    expect(unclear).to_have_count(1)
    expect(office.locator("main")).to_contain_text("Sam Patel")
    expect(office.locator("h1#verdict")).not_to_contain_text("Yes.")
    assert "Barnabas" not in office.locator(".sh-copy").input_value()
    office.locator("aside").get_by_role("link", name="IC-").click()
    expect(office.locator("main")).to_contain_text("As it was answered on")
    if scripts:
        checks.demand(office)


def test_the_answer_comes_while_somebody_types_and_is_not_kept(sit_down: SitDown) -> None:
    office = sit_down("office")
    fill(office, "Sam Patel")
    live = office.locator("#live")
    expect(live.get_by_role("heading")).to_have_text("Not yet. Ask first")
    expect(live).to_contain_text("This is not kept")
    expect(office.get_by_role("status").filter(has_text="Not yet. Ask first 1 name is unclear.")).to_have_count(1)
    checks.demand(office)
    office.locator("#names").fill("")
    expect(live).to_be_hidden()
    office.goto("/registers/image-checks/")
    before = office.get_by_role("row").count()
    fill(office, "Amelia Okonjo")
    expect(live.get_by_role("heading")).to_be_visible()
    office.goto("/registers/image-checks/")
    assert office.get_by_role("row").count() == before


def test_a_whole_class_is_picked_and_copied(sit_down: SitDown) -> None:
    office = sit_down("office")
    fill(office, "")
    office.get_by_text("Pick a whole class").click()
    office.locator("#group").select_option("4 Heron")
    office.get_by_role("button", name="Add them to the names").click()
    assert office.locator("#names").input_value().count("(4 Heron)") == 28
    look_and_send(office)
    expect(office.locator("section[aria-labelledby=blocked]")).to_be_visible()
    office.get_by_role("button", name="Copy these").click()
    expect(office.get_by_text("Copied", exact=True)).to_be_visible()
    checks.demand(office)


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "narrowest phone"])
def test_it_works_on_a_phone(sit_down: SitDown, size: dict[str, int]) -> None:
    office = sit_down("teacher")
    office.set_viewport_size(size)
    fill(office, MESSY)
    expect(office.locator("#live").get_by_role("heading")).to_be_visible()
    checks.demand(office)
    look_and_send(office)
    checks.demand(office)
    assert office.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_picture_itself_is_asked_about_before_a_yes(sit_down: SitDown) -> None:
    office = sit_down("office")
    fill(office, "Niamh Gallagher")
    office.get_by_role("button", name="Check these names").click()
    expect(office.locator("h1#verdict")).to_have_text("Not yet. Look at the picture first")
    checks.demand(office)
    for box in ("#dress", "#background", "#device-school"):
        office.locator(box).check()
    office.get_by_role("button", name="Check again").first.click()
    expect(office.locator("h1#verdict")).to_have_text("Yes. You may publish")
    checks.demand(office)
