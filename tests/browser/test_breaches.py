"""A teacher reports a breach on a phone; the head takes it up, decides after the advice, and tells the regulator."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown, on_both_databases

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 375, "height": 800}}


def judge(page: Page, button: str, regulator: str, people: str, reasons: str) -> None:
    form = page.get_by_role("form", name=button)
    form.get_by_role("radio", name=regulator, exact=True).check()
    form.get_by_role("radio", name=people).check()
    form.get_by_label("Your reasons").fill(reasons)
    form.get_by_role("button", name=button).click()


def take_up(head: Page, reference: str) -> None:
    """Find the breach on the first page, take it up, and settle its first step."""
    expect(head.get_by_role("region", name=f"Breach {reference}")).to_contain_text(re.compile("7[12] hours"))
    head.get_by_role("link", name=reference).click()
    checks.demand(head)
    head.get_by_role("button", name="Take it up").click()
    expect(head.get_by_role("region", name="Done")).to_contain_text("is being handled")
    checks.demand(head)
    step = head.get_by_role("listitem").filter(has=head.locator("details")).first
    step.locator("summary").click()
    step.get_by_label("What came of it").fill("All but two have answered.")
    step.get_by_role("button", name="Done").click()
    expect(head.get_by_text("All but two have answered.").first).to_be_visible()
    expect(head.get_by_role("form", name="Decide")).to_have_count(0)


@on_both_databases
def test_a_breach_is_reported_handled_and_told_to_the_regulator(sit_down: SitDown) -> None:
    teacher = sit_down("teacher")
    teacher.set_viewport_size(PHONE["viewport"])
    teacher.get_by_role("link", name="Report a breach").click()
    checks.demand(teacher)
    teacher.get_by_role("button", name="Send the report").click()
    expect(teacher.get_by_role("alert")).to_contain_text("Say what happened")
    teacher.get_by_label("What happened?").fill("The allergy list went to a wrong address.")
    teacher.get_by_role("button", name="Send the report").press("Enter")
    expect(teacher.get_by_role("heading", level=1)).to_have_text("Thank you: your report has arrived")
    checks.demand(teacher)
    reference = teacher.locator("main .sh-ref").inner_text()
    teacher.goto("/report/mine")
    expect(teacher.get_by_role("listitem").filter(has_text=reference)).to_contain_text("Reported, and not yet taken up")
    checks.demand(teacher)

    head = sit_down("head")
    take_up(head, reference)
    address = head.url

    officer = sit_down("dpo")
    officer.goto(address)
    judge(officer, "Advise", "Tell the regulator", "Tell them", "Health data of children.")
    expect(officer.get_by_role("region", name="Done")).to_contain_text("Your advice is kept")
    head.goto(address)
    judge(head, "Decide", "Tell the regulator", "Tell them", "As advised.")
    expect(head.get_by_role("region", name="Done")).to_contain_text("Decided")
    head.get_by_role("form", name="Close the breach").get_by_role("button", name="Close it").click()
    expect(head.get_by_role("alert")).to_contain_text("it is not written down that they were")
    checks.demand(head)


def test_an_it_provider_reads_what_is_technical_and_no_more(sit_down: SitDown) -> None:
    page = sit_down("it")
    page.goto("/registers/breaches/")
    page.locator("tbody th a").first.click()
    page.goto(f"{page.url.partition('?')[0]}/now")
    expect(page.get_by_text("What happened, newest first")).to_be_visible()
    expect(page.get_by_text("Tess Quayle")).to_have_count(0)
    expect(page.get_by_text("allergies of a class")).to_have_count(0)
    checks.demand(page)
