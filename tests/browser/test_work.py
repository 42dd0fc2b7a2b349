"""What takes a while says so: files on their way show how much has gone, other work says what is done and for how many, and goes out once."""

import os
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SitDown
from tests.browser.test_files import to_files_of

pytestmark = pytest.mark.browser

LARGE = {"name": "Scans.zip", "mimeType": "application/zip", "buffer": os.urandom(6 * 1024 * 1024)}
STAY = """() => {
  window.sent = 0
  addEventListener("submit", (event) => {
    if (!event.defaultPrevented) window.sent += 1
    event.preventDefault()
  })
}"""
LIST = "Asset name;Kept where\r\nOld ledgers;Attic\r\nTape library;Safe\r\n"


def held(page: Page, where: str) -> list[Route]:
    """The requests to an address, which wait until the test lets them go on."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(re.compile(where), hold)
    return routes


def test_files_show_how_much_of_them_has_gone(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    to_files_of(page, "Larkfield School Photography")
    page.get_by_label("Files", exact=True).set_input_files(LARGE)  # type: ignore[arg-type]
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Choose what it is: the category.")
    expect(page.get_by_label("What are they?")).to_be_focused()
    page.get_by_label("What are they?").select_option("other")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 2 * 1024 * 1024}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("button", name="Sending 1 file, 6.0 MB …")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"(25|50|75)% is sent\. Keep this page open\."))
    assert page.get_by_role("progressbar").evaluate("(bar) => bar.value / bar.max") >= 0.25
    expect(page.get_by_label("Done")).to_have_text(re.compile("1 file added."))
    expect(page.get_by_label("Done")).to_be_focused()
    expect(page.get_by_role("link", name="Files (1)")).to_be_visible()
    page.get_by_role("row").filter(has_text="Scans.zip").get_by_role("link", name="Remove").click()
    page.go_back()
    expect(page.get_by_role("button", name="Add", exact=True)).to_be_visible()


def test_an_import_is_saved_once_however_often_the_button_is_pressed(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/assets/import")
    page.get_by_label("An Excel workbook or a CSV file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.get_by_role("button", name="Read it").click()
    expect(page).to_have_title(re.compile("What do the columns hold"))
    page.go_back()
    expect(page).to_have_title(re.compile("Import information assets"))
    page.wait_for_load_state()
    page.go_forward()
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_role("button", name="Save all 2")).to_be_visible()
    page.wait_for_load_state()
    page.evaluate(STAY)
    page.get_by_role("button", name="Save all 2").click()
    busy = page.get_by_role("button", name="Saving 2 rows …")
    expect(busy).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("progressbar", name="Saving 2 rows …")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Keep this page open until it is done.")
    busy.click(force=True)
    assert page.evaluate("window.sent") == 1
    page.reload()
    page.get_by_role("button", name="Save all 2").click()
    expect(page.get_by_text("Imported. 2 added.")).to_be_visible()


def test_a_file_that_is_made_says_so_and_says_when_it_is_there(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/suppliers/?q=Larkfield")
    page.get_by_text("Export", exact=True).click()
    waiting = held(page, r"/export\.csv")
    page.get_by_role("button", name="These 1 as a CSV file").click()
    expect(page.get_by_role("button", name="Making the file of 1 …")).to_be_visible()
    with page.expect_download() as coming:
        waiting[0].continue_()
    assert coming.value.suggested_filename.startswith("suppliers-")
    expect(page.get_by_text("is with your downloads.")).to_be_visible()
    expect(page.get_by_role("button", name="These 1 as a CSV file")).not_to_have_attribute("aria-disabled", "true")


def test_a_connection_that_breaks_is_said_and_leaves_the_form_to_be_sent_again(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/suppliers/?q=Larkfield")
    page.get_by_text("Export", exact=True).click()
    page.route(re.compile(r"/export\.csv"), lambda route: route.abort("aborted"))
    page.get_by_role("button", name="These 1 as a CSV file").click()
    expect(page.get_by_text("The connection broke.")).to_be_visible()
    expect(page.get_by_role("button", name="These 1 as a CSV file")).not_to_have_attribute("aria-disabled", "true")
