"""The DPO writes down a processing activity, is told what the law misses in it, and mends it; with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def save(page: Page) -> None:
    page.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()


@pytest.mark.parametrize(("kind", "scripts"), [("sqlite", True), ("postgresql", True), ("sqlite", False)])
def test_health_data_without_a_condition_is_found_and_mended(sit_down: SitDown, scripts: bool) -> None:
    page = sit_down("dpo", java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Data protection").first.click()
    page.get_by_role("link", name="Add a processing activity").click()
    page.get_by_label("What does the school do?").fill("Allergy list in the kitchen")
    save(page)
    expect(page.get_by_text("Go on with the other sections when you like.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Allergy list in the kitchen")
    record = page.url

    page.get_by_role("link", name="Change", exact=True).first.click()
    page.get_by_role("navigation", name="Sections of this form").get_by_role("link", name="Special and criminal-offence data").click()
    page.get_by_role("checkbox", name="Health", exact=True).check()
    save(page)
    expect(page).to_have_url(record)
    expect(page.get_by_text("Saved. 1 answer changed.")).to_be_visible()
    finding = page.get_by_role("listitem").filter(has_text="LB07")
    expect(finding).to_contain_text("no Article 9 condition is chosen. Choose a condition.")
    expect(finding).to_contain_text("UK GDPR Article 9(2)")
    if scripts:
        checks.demand(page)

    finding.get_by_role("link", name="Choose a condition").click()
    if scripts:
        checks.demand(page)
    page.get_by_role("group", name="Which Article 9 condition covers the special data?").get_by_role("checkbox", name="Vital interests").check()
    save(page)
    expect(page).to_have_url(record)
    expect(page.get_by_role("listitem").filter(has_text="LB07")).to_have_count(0)

    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Vital interests").first).to_be_visible()
    if scripts:
        checks.demand(page)


def test_what_cannot_be_read_is_said_at_the_field_and_nothing_typed_is_lost(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/processing/add")
    page.get_by_label("What is it for?").fill("So that nobody is harmed by lunch")
    day = page.get_by_role("group", name="When did the school start doing this?")
    for part, typed in (("Day", "31"), ("Month", "6"), ("Year", "2023")):
        day.get_by_label(part).fill(typed)
    save(page)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("June 2023 has 30 days")
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("What is it for?")).to_have_value("So that nobody is harmed by lunch")
    expect(day.get_by_label("Day")).to_have_value("31")
    checks.demand(page)
    summary.get_by_role("link", name="June 2023 has 30 days").click()
    expect(day.get_by_label("Day")).to_be_focused()


def test_sending_the_same_form_twice_makes_one_record(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/processing/add")
    page.get_by_label("What does the school do?").fill("Lost property book")
    page.locator("form.sh-form").evaluate("(form) => { form.requestSubmit(); form.requestSubmit(); }")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lost property book")
    page.goto("/registers/processing/?q=Lost+property+book")
    expect(page.locator("tbody tr")).to_have_count(1)
