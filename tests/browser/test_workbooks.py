"""A messy workbook comes in: its sheet is chosen, a row is mended, all is saved; then it goes out again and says the same."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from tests.browser.checks import PHONE, TOO_WIDE, demand
from tests.browser.conftest import SitDown
from tests.exports.workbooks import saved

pytestmark = pytest.mark.browser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def messy() -> bytes:
    """A workbook as a school keeps it: a cover sheet, a title above a blank column, a merged owner, a formula."""
    book = Workbook()
    cover: Any = book.active
    cover.title = "Read me first"
    cover.append(["Who keeps this list", "Hana"])
    cover.append(["Since", date(2020, 9, 1)])
    sheet = book.create_sheet("Assets 2027")
    for row in (
        [None, "Information asset register"],
        [],
        [None, "Asset", "Owner", "Next review", "Format", "Location", "Door"],
        [None, "Key cupboard book", "Ola Brandt", date(2027, 9, 4), "Paper", "Office", "green"],
        [None, "Lunch register", None, date(2027, 9, 5), "papyrus", "Kitchen", None],
        [None, "=Minibus log", "Ian Sollis", date(2027, 9, 6), "Paper", "=E4", "red"],
    ):
        sheet.append(row)
    sheet["B6"].data_type = "s"
    sheet.merge_cells("C4:C5")
    return saved(book)


def bring(page: Page) -> None:
    page.goto("/registers/assets/import")
    demand(page)
    page.get_by_label("An Excel workbook or a CSV file").set_input_files({"name": "assets.xlsx", "mimeType": XLSX, "buffer": messy()})
    page.get_by_role("button", name="Read it").click()


def test_a_messy_workbook_comes_in_and_goes_out_again(sit_down: SitDown, tmp_path: Any) -> None:
    page = sit_down("dpo")
    bring(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which sheet do you want to import?")
    expect(page.get_by_label("Assets 2027")).to_be_checked()
    demand(page)
    page.get_by_role("button", name="Read this sheet").click()

    expect(page.get_by_text("Row 1 stands above the headings and was left out: “Information asset register”.")).to_be_visible()
    demand(page)
    page.get_by_label("Leave these columns out").check()
    page.get_by_role("button", name="Look at every row").click()

    expect(page.get_by_text("2 rows cannot be saved as they are.")).to_be_visible()
    demand(page)
    page.get_by_label("Format in line 5").select_option("Paper")
    page.get_by_label("Location in line 6").fill("Office")
    page.get_by_role("button", name="Mend these and look again").click()
    page.get_by_role("button", name="Save all 3").click()
    expect(page.get_by_role("region", name="Done")).to_contain_text("Imported. 3 added.")

    page.goto("/registers/assets/?q=Minibus+log")
    demand(page)
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="as an Excel workbook").click()
    coming.value.save_as(tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx")["Information assets"]
    (row,) = sheet.iter_rows(min_row=2, values_only=True)
    assert row[1] == "=Minibus log"
    assert sheet["B2"].data_type == "s"


def test_the_pages_fit_a_phone_and_work_without_scripts(sit_down: SitDown) -> None:
    page = sit_down("dpo", java_script_enabled=False)
    page.set_viewport_size(PHONE)
    bring_without_scripts(page)
    expect(page.get_by_role("button", name="Read this sheet")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == 0
    page.get_by_role("button", name="Read this sheet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the columns hold?")
    page.get_by_role("button", name="Cancel and delete the file").click()
    page.goto("/registers/assets/dictionary")
    assert page.evaluate(TOO_WIDE) == 0


def bring_without_scripts(page: Page) -> None:
    page.goto("/registers/assets/import")
    page.get_by_label("An Excel workbook or a CSV file").set_input_files({"name": "assets.xlsx", "mimeType": XLSX, "buffer": messy()})
    page.get_by_role("button", name="Read it").click()


def test_the_dictionary_can_be_read_by_everybody(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/processing/dictionary")
    demand(page)
