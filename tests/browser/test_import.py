"""A list out of an old spreadsheet becomes records: columns settled, every row judged, one mended, all saved once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown, on_both_databases

pytestmark = pytest.mark.browser

LIST = (
    "\ufeffName;Is it on paper or in a computer?;Who holds that post now?;Colour of the door;When must it be checked again?\r\n"
    "Visitor book;Paper;Ola Brandt;green;04/09/2027\r\n"
    '"Lunch list; kitchen";Paper;Dina Okafor;;31/06/2027\r\n'
    "=Minibus keys;Paper;Ian Sollis;red;05/09/2027\r\n"
)


def bring(page: Page, text: str) -> None:
    """Bring a file to the page on which one is chosen."""
    page.goto("/registers/assets/")
    page.get_by_role("link", name="Import", exact=True).click()
    checks.demand(page)
    file = {"name": "old list.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    page.locator("form", has=page.locator("input[type=file]")).get_by_role("button").last.click()


@on_both_databases
def test_a_messy_list_is_mended_and_saved_once(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    bring(page, LIST)
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the columns hold?")
    checks.demand(page)
    page.get_by_label("Name", exact=True).select_option("name")
    page.get_by_label("Is it on paper or in a computer?").select_option("format")
    page.get_by_label("Who holds that post now?").select_option("owner")
    page.get_by_label("When must it be checked again?").select_option("next_review_on")
    expect(page.get_by_text("“Colour of the door”")).to_be_visible()
    page.get_by_label("Leave these columns out").check()
    page.get_by_role("button", name="Look at every row").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Look at the rows")
    expect(page.get_by_text("1 row cannot be saved as it is.")).to_be_visible()
    expect(page.get_by_text("31 June does not exist: June has 30 days.")).to_be_visible()
    checks.demand(page)
    page.locator("tbody input[type=text]").fill("30/06/2027")
    page.get_by_role("button", name="Mend these and look again").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="New")).to_have_count(3)
    checks.demand(page)

    save = page.locator("form[action$='/save']")
    save.evaluate("(form) => { form.requestSubmit(); form.requestSubmit(); }")
    expect(page.get_by_text("3 added").first).to_be_visible()
    page.goto("/registers/assets/?sort=name&q=Lunch+list")
    expect(page.get_by_role("link", name="Lunch list; kitchen", exact=True)).to_have_count(1)
    page.goto("/registers/assets/?q=Visitor+book")
    expect(page.get_by_role("link", name="Visitor book", exact=True)).to_have_count(1)


def test_what_came_in_as_a_formula_goes_out_as_words(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    bring(page, "Name\r\n=Spare keys\r\n")
    page.get_by_role("button", name="Look at every row").click()
    page.get_by_role("button", name="Save all 1").click()
    expect(page.get_by_text("1 added").first).to_be_visible()
    page.goto("/registers/assets/?q=Spare+keys")
    expect(page.get_by_role("link", name="=Spare keys", exact=True)).to_have_count(1)
    with page.expect_download() as coming:
        page.get_by_text("Export", exact=True).click()
        page.get_by_role("button", name="as a CSV file").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    assert "=Spare keys" in text
    assert ",=" not in text
    assert "\n=" not in text


def test_a_file_that_is_no_list_leaves_nothing_behind(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    bring(page, "PK\x03\x04 this is a workbook")
    expect(page.get_by_text("This workbook is damaged").first).to_be_visible()
    checks.demand(page)
