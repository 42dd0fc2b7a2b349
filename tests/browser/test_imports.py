"""The DPO brings a messy list, sees a verdict for each row, mends one and saves; nobody else sees any of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import LAPTOP, PHONE, TOO_WIDE, demand
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

LIST = (
    "Asset name;Kept where;Owner;Review date;Format;Colour\r\n"
    "Old admission ledgers;Attic;Ola Brandt;04/01/2027;Paper;red\r\n"
    "Tape library;Safe;;05/02/2027;papyrus;\r\n"
    ";second shelf;;;;\r\n"
)


def bring(page: Page) -> None:
    page.goto("/registers/assets/import")
    demand(page)
    page.get_by_label("An Excel workbook or a CSV file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page).to_have_title(re.compile("What do the columns hold"))


def settle(page: Page) -> None:
    demand(page)
    expect(page.get_by_label("Review date")).to_have_value("next_review_on")
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_role("alert")).to_contain_text("Say whether the day or the month comes first.")
    demand(page)
    page.get_by_label("Day", exact=True).check()
    page.get_by_label("Leave these columns out").check()
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_text("2 rows cannot be saved as they are.")).to_be_visible()


def test_a_messy_list_is_settled_mended_and_saved(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    bring(page)
    settle(page)
    demand(page)
    page.get_by_label("Format in line 3").select_option("Electronic, in school")
    page.get_by_label("Leave line 4 out").check()
    page.get_by_role("button", name="Mend these and look again").click()
    expect(page.get_by_text("Next review: 4 Jan 2027")).to_be_visible()
    demand(page)
    page.get_by_role("button", name="Save all 2").click()
    expect(page.get_by_role("region", name="Done")).to_contain_text("Imported. 2 added, 1 left out.")
    page.goto("/registers/assets/?q=Tape+library")
    expect(page.get_by_role("link", name="Tape library", exact=True)).to_be_visible()


def test_no_step_is_wider_than_a_phone(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.set_viewport_size(PHONE)
    bring(page)
    assert page.evaluate(TOO_WIDE) == 0
    page.set_viewport_size(PHONE)
    settle(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate(TOO_WIDE) == 0
    page.set_viewport_size(LAPTOP)
    page.get_by_role("button", name="Cancel and delete the file").click()
    expect(page.get_by_role("region", name="Note")).to_contain_text("nothing was imported")


def test_a_file_on_its_way_is_seen_by_nobody_else(sit_down: SitDown) -> None:
    mine, theirs = sit_down("dpo"), sit_down("other")
    bring(mine)
    answer = theirs.goto(mine.url)
    assert answer is not None
    assert answer.status == 404
    mine.get_by_role("button", name="Cancel and delete the file").click()


def test_the_list_is_taken_away_as_a_file(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/assets/?format=paper")
    with page.expect_download() as waiting:
        page.get_by_text("Export", exact=True).click()
        page.get_by_role("button", name="as a CSV file").click()
    assert waiting.value.suggested_filename.startswith("assets-")
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbfReference,Asset,")
