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


def test_a_list_is_brought_reconciled_and_undone(sit_down: SitDown) -> None:
    page = sit_down("it")
    serial, model = details(page, "Laptop 101")
    page.goto("/devices/lists")
    checks.demand(page)
    known = ("Laptop 101", serial, f"{model} Touch", "somebody.else@quillbrook.example")
    file = exported(known, ("QB-NEW-1", "NEWX0001", "Aldine 15", ""), ("QB-NEW-2", "1.5E+10", "Aldine 15", ""))
    page.get_by_label("The list, as the program exported it").set_input_files(
        [{"name": "DevicesWithInventory.csv", "mimeType": "text/csv", "buffer": file}]
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look before anything is saved")
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
    page.get_by_label("QB-NEW-1").check()
    page.get_by_role("button", name="Not ours").click()
    expect(page.get_by_text("1 put aside.")).to_be_visible()
    expect(page.get_by_role("link", name="Not in the register")).to_have_count(0)
    page.get_by_role("link", name="Used by somebody else").click()
    expect(page.get_by_text("Tess Quayle signed for it")).to_be_visible()
    page.get_by_label("Laptop 101").check()
    page.get_by_role("button", name="The register is right").click()
    expect(page.get_by_text("1 settled.")).to_be_visible()
    page.get_by_role("link", name="Another model").click()
    checks.demand(page)
    expect(page.get_by_text(f"Microsoft Intune: {model} Touch")).to_be_visible()

    page.goto("/registers/devices/batches")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone for")).to_be_visible()
    assert details(page, "Laptop 101") == (serial, model)
    page.goto("/devices/differences")
    expect(page.get_by_role("link", name="Another model")).to_have_count(0)
    page.goto("/devices/lists/programs/google")
    expect(page.get_by_text("It changes, disables and wipes nothing.")).to_be_visible()
    checks.demand(page)
