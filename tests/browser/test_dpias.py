"""A DPIA from its screening to its use: a high risk that waits for the regulator, advice against it, and a headteacher who decides otherwise."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

PLAN = "Cameras that follow eyes in the library"


def save(page: Page) -> None:
    page.locator("form.sh-form").get_by_role("button", name="Save", exact=True).last.click()


def screen(office: Page) -> str:
    """Begin from nothing and answer the screening; where the DPIA stands."""
    office.goto("/registers/dpias/")
    office.get_by_role("link", name="Begin a DPIA").click()
    checks.demand(office)
    office.get_by_role("button", name="Begin", exact=True).click()
    expect(office.get_by_role("alert")).to_contain_text("Say what is planned")
    office.get_by_label("What is planned?").fill(PLAN)
    office.get_by_role("button", name="Begin", exact=True).click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Change screening")
    office.get_by_role("group", name="Is data of pupils used?").get_by_label("Yes", exact=True).check()
    office.get_by_role("checkbox", name="People are watched systematically").check()
    checks.demand(office)
    save(office)
    expect(office.get_by_role("heading", name="Required: two or more criteria are met")).to_be_visible()
    expect(office.get_by_text("pupils are concerned, and children are always vulnerable")).to_be_visible()
    return office.url.partition("?")[0]


def assess(office: Page) -> None:
    """Fill it from a template, add what a template cannot know, and a risk of the library."""
    office.get_by_role("button", name="Begin the assessment").click()
    checks.demand(office)
    office.get_by_text("Fill in from a template").click()
    office.get_by_label("Only what is not answered yet is filled in").select_option("Internet filtering and monitoring software")
    office.get_by_role("button", name="Fill in", exact=True).click()
    expect(office.get_by_role("img", name="Data flow")).to_be_visible()
    checks.demand(office)
    office.get_by_role("link", name="Go on: necessity and proportionality").click()
    office.get_by_label("Does it need all this, and on which basis?").fill("Public task; books that are too hard are seen at once.")
    office.get_by_label("How is it kept from growing into something else?").fill("No faces, no marks, switched off at three.")
    save(office)
    office.get_by_role("link", name="Risks from the library").click()
    office.get_by_label("With the words").fill("group message")
    office.get_by_label("Of what kind?").select_option("All")
    office.get_by_role("button", name="Show them").click()
    office.get_by_role("checkbox", name="Addresses of a whole group shown to each other").check()
    checks.demand(office)
    office.get_by_role("button", name="Add the ticked risks").click()
    expect(office.get_by_text("1 risk added.")).to_be_visible()


def fill_the_blanks(office: Page, here: str) -> None:
    """What the template left open in square brackets stands in the way until somebody has filled it in."""
    office.goto(here)
    expect(office.get_by_text("left here in square brackets").first).to_be_visible()
    office.goto(f"{here}/change?section=description")
    for name in ("nature", "scope", "context", "purposes"):
        field = office.locator(f"#{name}")
        field.fill(field.input_value().replace("[", "").replace("]", ""))
    save(office)
    expect(office.get_by_text("left here in square brackets")).to_have_count(0)
    office.goto(f"{here}/change?section=risks-and-measures")


def leave_a_high_risk(office: Page, here: str) -> None:
    """The first risk stays probable and severe, so Article 36 stands in the way."""
    first = office.locator("fieldset.sh-row-card").first
    first.get_by_label("Likelihood after them").select_option("Probable")
    first.get_by_label("Severity after them").select_option("Severe")
    first.get_by_label("Measures approved").select_option("Yes")
    checks.demand(office)
    save(office)
    expect(office.get_by_text("Nothing may begin (Article 36).")).to_be_visible()
    expect(office.get_by_text("“It is in use from today” is not open yet.")).to_be_visible()
    expect(office.get_by_role("button", name="It is in use from today")).to_have_count(0)
    checks.demand(office)
    office.goto(f"{here}/approval")
    expect(office.get_by_text("Mend the error").first).to_be_visible()
    expect(office.get_by_role("button", name="Ask for approval")).to_have_count(0)


def fill_day(page: Page, question: str, day: str) -> None:
    """A day of November."""
    of_day = page.get_by_role("group", name=question)
    for part, value in (("Day", day), ("Month", "11"), ("Year", "2026")):
        of_day.get_by_label(part, exact=True).fill(value)


def ask_the_regulator(office: Page, here: str) -> None:
    """They were asked, and let it go ahead; then the way to approval is open."""
    office.goto(here)
    office.get_by_role("link", name="Go on: regulator").click()
    fill_day(office, "When was the regulator consulted?", "2")
    office.get_by_role("radio", name="It may go ahead with changes").check()
    fill_day(office, "When did they say it?", "20")
    checks.demand(office)
    save(office)
    expect(office.get_by_text("Nothing may begin (Article 36).")).to_have_count(0)
    office.get_by_role("link", name="Ask for approval").first.click()
    office.get_by_role("button", name="Ask for approval").click()


def decide(dev: Page, head: Page, here: str) -> None:
    """The DPO is against it; the headteacher overrules with reasons, and it goes into use."""
    dev.goto(f"{here}/approval")
    dev.get_by_role("radio", name="Advise against").check()
    dev.get_by_label("What should be different, and why?").fill("Ask the librarian instead; nobody needs cameras for it.")
    dev.get_by_role("button", name="Give this advice").click()
    head.goto(here)
    expect(head.get_by_text("It has to be approved as it is now")).to_be_visible()
    head.get_by_role("link", name="Approve version 1").first.click()
    head.get_by_role("button", name="Approve version 1").click()
    expect(head.get_by_role("alert")).to_contain_text("Write why you approve it as it is")
    head.get_by_label("Why do you approve it as it is?").fill("One term, one camera, and parents who asked for it.")
    head.get_by_role("button", name="Approve version 1").click()
    dev.goto(here)
    expect(dev.get_by_role("button", name="It is in use from today")).to_be_visible()
    head.get_by_role("button", name="It is in use from today").click()
    expect(head.get_by_role("heading", name="Approved and in use")).to_be_visible()
    expect(head.get_by_text("Nothing has changed since then.")).to_be_visible()
    checks.demand(head)


def test_a_screening_becomes_an_assessment_that_is_approved_against_advice(sit_down: SitDown) -> None:
    office, dev, head = sit_down("office"), sit_down("dpo"), sit_down("head")
    here = screen(office)
    assess(office)
    fill_the_blanks(office, here)
    leave_a_high_risk(office, here)
    dev.goto(here)
    expect(dev.get_by_role("link", name="Give advice")).to_have_count(0)
    ask_the_regulator(office, here)
    decide(dev, head, here)
    head.goto(f"{here}/versions/1")
    expect(head.get_by_text("Ask the librarian instead")).to_be_visible()
    expect(head.get_by_text("One term, one camera")).to_be_visible()
