"""The DPO brings files to a supplier, opens them, puts a newer one in the place of one and removes another; with scripts and without."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

CONTRACT: FilePayload = {"name": "Contract.txt", "mimeType": "text/plain", "buffer": b"Terms, first version"}
NEWER: FilePayload = {"name": "Contract, signed.txt", "mimeType": "text/plain", "buffer": b"Terms, signed version"}
PAGE: FilePayload = {"name": "notes.html", "mimeType": "text/html", "buffer": b"<!doctype html><script>document.title='ran'</script>"}


def to_files_of(page: Page, name: str) -> None:
    page.goto(f"/registers/suppliers/?q={name.split()[0]}")
    page.locator("tbody").get_by_role("link", name=name).click()
    page.get_by_role("link", name=re.compile(r"Files \(\d+\)")).click()


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as coming:
        row_of(page, name).get_by_role("button", name="Download").click()
    assert coming.value.suggested_filename == name
    return coming.value.path().read_bytes()


def judge(page: Page, scripts: bool) -> None:
    """Demand that all is well with a page on which the judge's own scripts can run."""
    if scripts:
        checks.demand(page)


def bring(page: Page, scripts: bool) -> None:
    """Add two files, first without saying what they are."""
    if scripts:
        expect(page.get_by_text("Here belongs what proves the answers")).to_be_visible()
    judge(page, scripts)
    page.get_by_label("Files", exact=True).set_input_files([CONTRACT, PAGE])
    if scripts:
        expect(page.get_by_text("Chosen: 2 files, 1 KB.")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Choose what it is: the category.").first).to_be_visible()
    judge(page, scripts)
    page.get_by_label("Files", exact=True).set_input_files([CONTRACT, PAGE])
    page.get_by_label("What are they?").select_option("contract")
    page.get_by_label("A note").fill("Sent by post")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("2 files added.")).to_be_visible()
    expect(row_of(page, "Contract.txt")).to_contain_text("Sent by post")
    expect(row_of(page, "notes.html")).to_contain_text("Web page")
    judge(page, scripts)


def take(page: Page) -> None:
    assert download(page, "Contract.txt") == CONTRACT["buffer"]
    with page.expect_download() as coming:
        page.get_by_role("button", name="Open notes.html").click()
    assert coming.value.path().read_bytes() == PAGE["buffer"], "a web page is never opened, only taken away"


def replace(page: Page, scripts: bool) -> None:
    row_of(page, "Contract.txt").get_by_role("link", name="Replace").click()
    page.get_by_label("The newer file").set_input_files(NEWER)
    page.get_by_label("A note").fill("Signed")
    judge(page, scripts)
    page.get_by_role("button", name="Replace it").click()
    expect(page.get_by_text("The newer file has taken its place.")).to_be_visible()
    page.get_by_text("Replaced or removed").click()
    expect(page.get_by_text("replaced by Contract, signed.txt").first).to_be_visible()


def remove(page: Page, scripts: bool) -> None:
    row_of(page, "notes.html").get_by_role("link", name="Remove").click()
    judge(page, scripts)
    page.get_by_role("button", name="Remove it for good").click()
    expect(page.get_by_text("Removed. The history keeps that it was here.")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("removed a file").first).to_be_visible()
    page.get_by_role("link", name="Files (1)").click()
    row_of(page, "Contract, signed.txt").get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it for good").click()
    expect(page.get_by_role("link", name="Files (0)")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_files_are_brought_taken_replaced_and_removed(sit_down: SitDown, scripts: bool) -> None:
    page = sit_down("dpo", java_script_enabled=scripts)
    to_files_of(page, "Larkfield School Photography")
    bring(page, scripts)
    take(page)
    replace(page, scripts)
    remove(page, scripts)


def test_files_can_be_dropped_on_the_form(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    to_files_of(page, "Larkfield School Photography")
    dropped = page.evaluate_handle("() => { const all = new DataTransfer(); all.items.add(new File(['dropped'], 'dropped.txt')); return all }")
    form = page.locator("form[data-drop]")
    page.wait_for_load_state()
    form.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(form).to_have_class(re.compile("is-over"))
    form.dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text("Chosen: 1 file, 1 KB.")).to_be_visible()
    expect(form).not_to_have_class(re.compile("is-over"))
    page.get_by_label("What are they?").select_option("other")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1 file added.")).to_be_visible()


def test_a_pdf_opens_beside_the_page_in_a_sandbox(sit_down: SitDown) -> None:
    page = sit_down("it")
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto("/registers/assets/?sort=reference")
    page.locator("tbody").get_by_role("link", name="Pupil database").first.click()
    page.get_by_role("link", name=re.compile(r"Files \(2\)")).click()
    expect(page.get_by_role("button", name="Add", exact=True)).to_have_count(0)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Open Where the server stands.png").click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("() => document.images[0].naturalWidth") == 320
    assert opened.value.evaluate("() => self.origin") == "null", "nothing of ours can be reached from it"
    opened.value.close()
