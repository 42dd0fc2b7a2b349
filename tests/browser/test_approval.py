"""From an error to an approved version, and what is shown once it changes: the data protection officer and the headteacher at work."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown, on_both_databases

pytestmark = [pytest.mark.browser, on_both_databases]

CATERING = "Cashless catering with a card, PIN or name"


def open_catering(page: Page, shown: str = "") -> str:
    """Open the activity through its list; where it stands."""
    page.goto(f"/registers/processing/?q=Cashless{shown}")
    page.get_by_role("link", name=CATERING).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CATERING)
    return page.url.partition("?")[0]


def save(page: Page) -> None:
    page.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()


def mend(dev: Page) -> None:
    dev.get_by_role("link", name="Choose a condition").click()
    dev.get_by_role("checkbox", name=re.compile("Substantial public interest")).check()
    save(dev)
    expect(dev.get_by_role("heading", name="To mend before it can be approved")).to_have_count(0)
    expect(dev.get_by_text("2 answers have changed since then.")).to_be_visible()


def advise(dev: Page, record: str) -> None:
    """Give advice, first without saying which."""
    dev.get_by_role("link", name="Give advice").click()
    checks.demand(dev)
    dev.get_by_role("button", name="Give this advice").click()
    expect(dev.get_by_role("alert")).to_contain_text("Choose what you advise.")
    checks.demand(dev)
    dev.get_by_role("radio", name="Agree, with changes").check()
    dev.get_by_label("What should be different, and why?").fill("Say how long fingerprints are kept")
    dev.get_by_role("button", name="Give this advice").click()
    expect(dev).to_have_url(record)
    expect(dev.get_by_text("Your advice is kept with the record as it is now.")).to_be_visible()


def approve(hana: Page) -> None:
    """Approve against the advice, first without saying why."""
    open_catering(hana)
    hana.get_by_role("link", name="Approve version 3").click()
    expect(hana.get_by_role("form").get_by_text("Say how long fingerprints are kept")).to_be_visible()
    checks.demand(hana)
    hana.get_by_role("button", name="Approve version 3").click()
    expect(hana.get_by_role("alert")).to_contain_text("Write why you approve it as it is")
    hana.get_by_label("Why do you approve it as it is?").fill("The period is in the policy document")
    hana.get_by_role("button", name="Approve version 3").click()
    expect(hana.get_by_text("Approved. Version 3 is frozen with its links.")).to_be_visible()
    expect(hana.get_by_text("Nothing has changed since then.")).to_be_visible()


def change(dev: Page, record: str) -> None:
    """Change what was approved, and see what differs."""
    dev.goto(f"{record}/change?section=what-and-why")
    dev.get_by_label("What is it for?").fill("To serve and to charge for the right meal")
    save(dev)
    expect(dev.get_by_text("1 answer has changed since then.")).to_be_visible()
    dev.get_by_role("link", name="See the change").click()
    expect(dev.locator("ins")).to_have_text("To serve and to charge for the right meal")
    checks.demand(dev)


def look_back(dev: Page, record: str) -> None:
    """Compare two versions, and open the approved one as it was."""
    dev.get_by_role("link", name="Versions (3)").click()
    checks.demand(dev)
    dev.get_by_label("Compare", exact=True).select_option("1")
    dev.get_by_label("with", exact=True).select_option("3")
    dev.get_by_role("button", name="Show what differs").click()
    expect(dev.get_by_role("heading", level=1)).to_contain_text("Version 1 and version 3")
    dev.goto(f"{record}/versions/3")
    expect(dev.get_by_text("The period is in the policy document")).to_be_visible()
    expect(dev.get_by_text("To serve and to charge for the right meal")).to_have_count(0)
    checks.demand(dev)


def test_an_activity_is_mended_advised_on_approved_and_changed_again(sit_down: SitDown) -> None:
    dev, hana = sit_down("dpo"), sit_down("head")
    record = open_catering(dev, "&show=changed")
    expect(dev.get_by_text("Version 2, approved by Hana Whitlow on 29 October 2026")).to_be_visible()
    expect(dev.get_by_text("3 answers have changed since then.")).to_be_visible()
    expect(dev.get_by_text("then give your advice, then ask Hana Whitlow to approve version 3.")).to_be_visible()
    checks.demand(dev)

    mend(dev)
    advise(dev, record)
    approve(hana)
    change(dev, record)
    look_back(dev, record)


def test_it_works_without_scripts_and_shows_a_governor_only_what_to_read(sit_down: SitDown) -> None:
    page = sit_down("governor", java_script_enabled=False)
    page.goto("/registers/assets/?sort=reference")
    expect(page.get_by_text("Version 1").first).to_be_visible()
    page.locator("tr", has_text="Version 1").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Open version 1").click()
    expect(page.get_by_text("This is the information asset as it was then; nothing here changes.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Approve|advice"))).to_have_count(0)
