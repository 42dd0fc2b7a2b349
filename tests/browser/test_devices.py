"""Devices change hands: signed for on the screen, brought back in a session, lost with a breach that runs, and gone for good with proof."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def scan(page: Page, code: str) -> None:
    """What a scanner on a cable does: it types into the field and presses Enter."""
    page.locator("#scan").fill(code)
    page.locator("#scan").press("Enter")


def draw(page: Page) -> None:
    """Sign with the mouse."""
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(box["x"] + 40 + 6 * step, box["y"] + 50 + 7 * (step % 8))
    page.mouse.up()


def hand_over(office: Page) -> None:
    """Two laptops to Dina, with one that somebody holds and a tag that is none among them."""
    office.goto("/devices/hand-over")
    checks.demand(office)
    office.get_by_label("Full name, or a room or pool").fill("Dina Okafor")
    office.keyboard.press("Enter")
    expect(office.get_by_text("Holds nothing yet.")).to_be_visible()
    scan(office, "01-0115")
    scan(office, "01-0101")
    expect(office.get_by_text("Tess Quayle still holds it. Take it back first.")).to_be_visible()
    scan(office, "no such tag")
    expect(office.get_by_role("alert")).to_contain_text("Nothing here has the tag, serial number or name no such tag.")
    scan(office, "01-0116")
    office.get_by_role("checkbox", name="Charger").first.check()
    checks.demand(office)
    office.get_by_role("button", name="Hand over 2 devices").click()
    expect(office.get_by_role("alert")).to_contain_text("Dina Okafor signs version 1 first")
    draw(office)
    office.get_by_role("button", name="Hand over 2 devices").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Handed over: 2 devices")
    checks.demand(office)
    with office.expect_download() as receipt:
        office.get_by_role("button", name="Receipt to print or keep").click()
    assert receipt.value.path().read_bytes().startswith(b"%PDF")


def take_back(office: Page) -> None:
    """Both again, with the place and the condition said once."""
    office.goto("/devices/take-back")
    office.get_by_label("They go to").select_option("IT store")
    office.get_by_label("Condition", exact=True).first.select_option("Good")
    for tag in ("01-0115", "01-0116"):
        scan(office, tag)
        expect(office.get_by_role("status")).to_contain_text(f"{tag} is back from Dina Okafor")
    scan(office, "01-0116")
    expect(office.get_by_role("alert")).to_contain_text("Nobody holds it, so there is nothing to take back.")
    checks.demand(office)
    office.get_by_text("Something is damaged or missing").first.click()
    office.get_by_label("What?").first.fill("One key missing")
    office.get_by_role("button", name="Note it").first.click()
    expect(office.get_by_text("One key missing").first).to_be_visible()


def test_a_hand_over_with_a_signature_and_a_return_session(sit_down: SitDown) -> None:
    office, dina = sit_down("office"), sit_down("dsl")
    hand_over(office)
    dina.goto("/devices/with-me")
    expect(dina.get_by_role("row")).to_have_count(3)
    checks.demand(dina)
    take_back(office)


def test_a_loss_drafts_a_breach_whose_clock_runs(sit_down: SitDown) -> None:
    ian = sit_down("it")
    ian.goto("/registers/devices/?q=01-0117")
    ian.get_by_role("link", name=re.compile("^Laptop 117")).click()
    checks.demand(ian)
    ian.get_by_role("link", name="Lost or stolen").click()
    checks.demand(ian)
    ian.get_by_role("radio", name="Stolen", exact=True).check()
    ian.get_by_label("What happened?").fill("Taken from a car at the station.")
    ian.get_by_role("button", name="It is missing: keep this now").click()
    expect(ian.get_by_role("heading", level=1)).to_have_text("Laptop 117, stolen")
    expect(ian.get_by_text("Tell the police")).to_be_visible()
    checks.demand(ian)
    ian.get_by_role("button", name="The lock was sent").click()
    ian.get_by_role("button", name="The device confirmed the lock").click()
    expect(ian.get_by_text("Lock it from afar: confirmed by the device")).to_be_visible()
    head = sit_down("head")
    head.goto("/registers/breaches/")
    head.get_by_role("link", name="Stolen device: Laptop 117").click()
    expect(head.get_by_text(re.compile("7[12] hours")).first).to_be_visible()
    head.goto("/registers/devices/?q=01-0117")
    head.get_by_role("link", name=re.compile("^Laptop 117")).click()
    expect(head.get_by_text("Stolen device: Laptop 117").first).to_be_visible()


def list_and_freeze(ian: Page) -> str:
    """Two old desktops, and a laptop that cannot leave; where the batch stands."""
    ian.goto("/registers/disposals/")
    ian.get_by_role("link", name="Old desktops, winter 2026").click()
    ian.get_by_role("link", name="Its devices").click()
    batch = ian.url
    ian.get_by_label("Scan or type asset tags or serial numbers, one a line").fill("01-0133\n01-0134\n01-0101")
    ian.get_by_role("button", name="Put them on the list").click()
    expect(ian.get_by_role("alert")).to_contain_text("Laptop 101 is still out: take it back first.")
    checks.demand(ian)
    ian.get_by_role("button", name="Freeze the list, ask for approval").click()
    expect(ian.get_by_text("The headteacher approves it next.").first).to_be_visible()
    return batch


def test_old_devices_leave_with_a_certificate_each(sit_down: SitDown) -> None:
    ian, head = sit_down("it"), sit_down("head")
    batch = list_and_freeze(ian)
    head.goto(batch)
    head.get_by_text("Send the list back instead").click()
    checks.demand(head)
    head.get_by_role("button", name="Approve that they leave").click()
    expect(head.get_by_text("Approved. The devices may leave.")).to_be_visible()
    ian.goto(batch)
    for part, value in (("Day", "20"), ("Month", "11"), ("Year", "2026")):
        ian.get_by_label(part, exact=True).fill(value)
    ian.get_by_role("button", name="They are gone").click()
    expect(ian.get_by_text("There is no certificate for this serial number").first).to_be_visible()
    checks.demand(ian)
    for number, box in enumerate(ian.get_by_label(re.compile("^Certificate of")).all()):
        box.fill(f"C-{number}")
    ian.get_by_role("button", name="Keep: the serial numbers match").click()
    expect(ian.get_by_text("There is no certificate for this serial number")).to_have_count(0)
    ian.get_by_role("button", name="Keep: all let go and unlocked").click()
    expect(ian.get_by_text("It is not said that its activation lock was cleared")).to_have_count(0)
    checks.demand(ian)
