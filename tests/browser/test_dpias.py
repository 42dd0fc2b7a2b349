"""A DPIA from its screening to its approval against advice; and one that nothing may begin of while a high risk is left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def save(page: Page) -> None:
    page.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()


def screen(ola: Page) -> str:
    """Five minutes: what is planned, and the ticks; where it stands then."""
    ola.goto("/dpias/begin")
    checks.demand(ola)
    ola.get_by_label("What is planned?").fill("Cameras in the corridors")
    ola.get_by_role("button", name="Begin").click()
    checks.demand(ola)
    ola.get_by_role("checkbox", name="People are watched systematically").check()
    save(ola)
    expect(ola.get_by_role("heading", name="Required: two or more criteria are met")).to_be_visible()
    expect(ola.get_by_text("children are always vulnerable")).to_be_visible()
    checks.demand(ola)
    ola.get_by_role("button", name="Begin the assessment").click()
    return ola.url.partition("?")[0]


def assess(ola: Page, record: str) -> None:
    """Every step, with one risk that stays high."""
    steps = {
        "need": ("need",), "description": ("nature", "scope", "context", "purposes"), "consultation": ("not_consulted_because",),
        "necessity-and-proportionality": ("necessity", "proportionality"),
    }  # fmt: skip
    for section, names in steps.items():
        ola.goto(f"{record}/change?section={section}")
        for name in names:
            ola.locator(f"#{name}").fill("As the governors decided in June.")
        save(ola)
    ola.goto(f"{record}/change?section=risks-and-measures")
    checks.demand(ola)
    ola.get_by_label("What could go wrong?").fill("Pictures of a changing room are seen")
    ola.get_by_label("Measures", exact=True).fill("No camera looks at a door of one")
    for label, choice in (("Likelihood", "Possible"), ("Severity", "Severe"), ("What the measures do", "Reduced"),
                          ("Likelihood after them", "Possible"), ("Severity after them", "Severe"), ("Measures approved", "Yes")):  # fmt: skip
        ola.get_by_label(label, exact=True).select_option(choice)
    save(ola)
    ola.goto(record)
    expect(ola.get_by_text("Nothing may begin (Article 36).")).to_be_visible()
    checks.demand(ola)


def ask_the_regulator(ola: Page, record: str) -> None:
    ola.goto(f"{record}/change?section=regulator")
    for part, number in (("day", "2"), ("month", "11"), ("year", "2026")):
        ola.locator(f"#regulator_asked_on-{part}").fill(number)
    ola.get_by_role("radio", name="It may go ahead with changes").check()
    save(ola)
    ola.goto(f"{record}/change?section=review")
    for part, number in (("day", "1"), ("month", "6"), ("year", "2027")):
        ola.locator(f"#next_review_on-{part}").fill(number)
    save(ola)
    expect(ola.get_by_text("Nothing may begin (Article 36).")).to_have_count(0)


def advise(dev: Page, record: str) -> None:
    dev.goto(record)
    dev.get_by_role("link", name="Give advice").click()
    dev.get_by_role("radio", name="Advise against").check()
    dev.get_by_label("What should be different, and why?").fill("Lights would do")
    dev.get_by_role("button", name="Give this advice").click()
    expect(dev.get_by_text("Your advice is kept with the record as it is now.")).to_be_visible()


def approve(hana: Page, record: str) -> None:
    """Overrule the advice, first without saying why."""
    hana.goto(record)
    hana.get_by_role("link", name="Approve version 1").click()
    hana.get_by_role("button", name="Approve version 1").click()
    expect(hana.get_by_role("alert")).to_contain_text("Write why you approve it as it is")
    hana.get_by_label("Why do you approve it as it is?").fill("There were two assaults since May")
    hana.get_by_role("button", name="Approve version 1").click()
    expect(hana.get_by_text("Approved. Version 1 is frozen with its links.")).to_be_visible()


def test_from_a_screening_to_an_approval_against_advice(sit_down: SitDown) -> None:
    ola, dev, hana = sit_down("office"), sit_down("dpo"), sit_down("head")
    record = screen(ola)
    assess(ola, record)
    dev.goto(record)
    expect(dev.get_by_role("link", name="Give advice")).to_have_count(0)
    ask_the_regulator(ola, record)
    advise(dev, record)
    approve(hana, record)
    ola.goto(record)
    expect(ola.get_by_role("button", name="It is in use from today")).to_have_count(0)
    hana.goto(record)
    hana.get_by_role("button", name="It is in use from today").click()
    expect(hana.get_by_text("Approved and in use").first).to_be_visible()
    expect(hana.get_by_text(re.compile("Version 1")).first).to_be_visible()
    checks.demand(hana)
