"""Records that are due go for good: proposed by the office, approved by the headteacher, erased but for the one that is held by then."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def hold(dev: Page, pupil: str) -> None:
    """Let a pupil's records stand, because of a claim."""
    dev.goto("/registers/holds/add")
    checks.demand(dev)
    dev.get_by_label("What do you call it?").fill("Letter from a solicitor")
    dev.get_by_role("radio", name="A claim, made or expected").check()
    dev.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()
    expect(dev.get_by_text(re.compile("Saved as HO-"))).to_be_visible()
    dev.goto(f"{dev.url.partition('/change')[0]}/change?section=what-it-covers")
    dev.locator("#pupils-add").fill(pupil)
    dev.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()
    expect(dev.get_by_text(pupil).first).to_be_visible()


def see_what_is_due(ola: Page) -> str:
    """The schedule, what is kept beyond need, and what is due; the first pupil on the list."""
    ola.goto("/retention")
    checks.demand(ola)
    ola.get_by_role("link", name="Kept beyond need").click()
    expect(ola.get_by_role("heading", name=re.compile("People who left"))).to_be_visible()
    checks.demand(ola)
    ola.get_by_role("link", name=re.compile("their disposal has begun")).click()
    expect(ola.get_by_role("heading", name=re.compile("Held"))).to_be_visible()
    expect(ola.get_by_text("HO-0001")).to_be_visible()
    checks.demand(ola)
    return str(ola.locator("tbody a").first.inner_text())


def approve(hana: Page) -> None:
    hana.goto("/registers/disposals-of-records/")
    hana.get_by_role("link", name=re.compile("Pupils and their contacts")).click()
    hana.get_by_role("link", name="What is next").click()
    checks.demand(hana)
    hana.get_by_role("button", name="Approve that they go").click()
    expect(hana.get_by_text("Approved. It may be carried out.")).to_be_visible()


def test_what_is_due_goes_and_what_is_held_stays(sit_down: SitDown) -> None:
    ola, hana, dev = sit_down("office"), sit_down("head"), sit_down("dpo")
    held = see_what_is_due(ola)
    approve(hana)
    hold(dev, held)
    ola.goto("/registers/disposals-of-records/")
    ola.get_by_role("link", name=re.compile("Pupils and their contacts")).click()
    ola.get_by_role("link", name="What is next").click()
    expect(ola.get_by_text("What is erased cannot be brought back.")).to_be_visible()
    ola.get_by_role("button", name="Erase them now").click()
    expect(ola.get_by_text("2 records erased. 1 record stayed: see below.")).to_be_visible()
    expect(ola.get_by_role("row", name=re.compile(held))).to_contain_text("Left: it is held")
    checks.demand(ola)
    ola.goto("/registers/pupils/?q=Kofi+Bellwood")
    expect(ola.locator("table a", has_text="Kofi Bellwood")).to_have_count(0)
    ola.goto("/registers/pupils/?q=Joss+Tarrant")
    expect(ola.locator("table a", has_text="Joss Tarrant")).to_have_count(1)
