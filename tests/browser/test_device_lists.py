"""The IT provider brings what the management program exported, looks, saves, settles what differs, and undoes it all."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

HEADINGS = (
    *("Device ID", "Device name", "Enrollment date", "Last check-in", "OS version", "Serial number", "Manufacturer", "Model", "Primary user UPN"),
    *("Compliance", "Ownership", "Encrypted", "OS", "Jailbroken", "Management name", "Activation lock bypass code"),
)


def exported(*devices: tuple[str, str, str, str]) -> bytes:
    """A list as Intune exports it: names, serial numbers, models and users."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number, (name, serial, model, user) in enumerate(devices):
        told = (f"id-{number}", name, "2025-09-03 09:12:44.0000000", "2026-11-22 08:15:22.0000000", "10.0.26100.6899", serial, "Aldine", model, user)
        writer.writerow((*told, "Compliant", "Corporate", "True", "Windows", "Unknown", "x", "BYPASS-12345"))
    return text.getvalue().encode()


def details(page: Page, name: str) -> tuple[str, str]:
    """The serial number and the model of a device, from its page."""
    page.goto(f"/registers/devices/?q={name.replace(' ', '+')}")
    page.get_by_role("link", name=name, exact=True).click()
    shown = [page.locator("dt", has_text=label).first.locator("xpath=following-sibling::dd[1]").inner_text() for label in ("Serial number", "Model")]
    return shown[0], shown[1]


def bring(page: Page, file: bytes) -> None:
    """Choose a list, and look at what it would do."""
    page.goto("/devices/lists")
    checks.demand(page)
    kept = {"name": "DevicesWithInventory.csv", "mimeType": "text/csv", "buffer": file}
    page.get_by_label("The list, as the program exported it").set_input_files([kept])  # type: ignore[list-item]
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look before anything is saved")


def settle(page: Page, device: str, words: str) -> None:
    """Tick one device, and press a button."""
    page.get_by_label(device).check()
    page.get_by_role("button", name=words).click()


def test_a_list_is_brought_reconciled_and_undone(sit_down: SitDown) -> None:
    page = sit_down("it")
    serial, model = details(page, "Laptop 101")
    known = ("Laptop 101", serial, f"{model} Touch", "somebody.else@quillbrook.example")
    bring(page, exported(known, ("QB-NEW-1", "NEWX0001", "Aldine 15", ""), ("QB-NEW-2", "1.5E+10", "Aldine 15", "")))
    expect(page.get_by_text("Never read, because they hold secrets: Activation lock bypass code.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Not taken")).to_have_count(1)
    checks.demand(page)
    page.get_by_role("link", name="New 1").click()
    expect(page.get_by_role("rowheader", name="QB-NEW-1")).to_be_visible()
    checks.demand(page)
    page.get_by_label("Add the 1 new device").uncheck()
    page.get_by_role("button", name="Save the list").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What differs")
    expect(page.get_by_text("Who holds what is as it was.")).to_be_visible()
    checks.demand(page)
    settle(page, "QB-NEW-1", "Not ours")
    expect(page.get_by_text("1 put aside.")).to_be_visible()
    expect(page.get_by_role("link", name="Not in the register")).to_have_count(0)
    page.get_by_role("link", name="Used by somebody else").click()
    expect(page.get_by_text("Tess Quayle signed for it")).to_be_visible()
    settle(page, "Laptop 101", "The register is right")
    expect(page.get_by_text("1 settled.")).to_be_visible()
    page.get_by_role("link", name="Another model").click()
    checks.demand(page)
    expect(page.get_by_text(f"Microsoft Intune: {model} Touch")).to_be_visible()
    undo_everything(page)
    assert details(page, "Laptop 101") == (serial, model)


def undo_everything(page: Page) -> None:
    """Undo the list, after which it says nothing any more."""
    page.goto("/registers/devices/batches")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone for")).to_be_visible()
    page.goto("/devices/differences")
    expect(page.get_by_role("link", name="Another model")).to_have_count(0)


def test_what_to_grant_is_said_before_a_program_is_connected(sit_down: SitDown) -> None:
    page = sit_down("it")
    page.goto("/devices/lists/programs")
    checks.demand(page)
    page.get_by_role("link", name="Connect Google Admin").click()
    expect(page.get_by_text("It changes, disables and wipes nothing.")).to_be_visible()
    checks.demand(page)
