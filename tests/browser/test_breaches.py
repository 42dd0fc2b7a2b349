"""Breaches from a report on a phone to the regulator: one told of in its last hour, one not reported with reasons, one too late."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from tests.browser import checks
from tests.browser.conftest import SitDown
from tests.people import NOW

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 800}


def report(page: Page, what: str, hours_ago: float) -> str:
    """Report a breach that was noticed so long ago; its receipt."""
    page.goto("/report")
    at = in_zone(datetime.now(NOW.tzinfo) - timedelta(hours=hours_ago), ZONE)
    for part, value in (("Day", f"{at:%d}"), ("Month", f"{at:%m}"), ("Year", f"{at:%Y}"), ("Time, such as 14:35", f"{at:%H:%M}")):
        page.get_by_role("group", name="When did you notice it?").get_by_label(part).fill(value)
    page.get_by_label("What happened?").fill(what)
    page.get_by_label("Whom can we call back?").fill("Room 4")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your report has arrived")
    return page.locator("main .sh-ref").inner_text()


def take_up(page: Page, receipt: str, kind: str, name: str) -> str:
    """Find it on the first page and take it up; the address of the breach."""
    page.goto("/")
    page.get_by_role("region").filter(has_text=receipt).get_by_role("button", name="Take it up").click()
    page.get_by_label("What kind of breach is it?").select_option(label=kind)
    page.get_by_label("What do you call it?").fill(name)
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_role("region", name="Done")).to_contain_text("is being handled")
    return page.url.rpartition("/")[0]


def judge(page: Page, button: str, regulator: str, people: str, reasons: str) -> None:
    page.get_by_role("radio", name=regulator, exact=True).check()
    page.get_by_role("radio", name=people).check()
    page.get_by_label("Your reasons").fill(reasons)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("region", name="Done")).to_be_visible()


def write(page: Page, address: str, question: str, words: str) -> None:
    """Answer a question of the breach from the tab that shows its answers."""
    page.goto(address)
    page.get_by_label(question).fill(words)
    page.get_by_role("button", name="Save", exact=True).last.click()


def test_a_breach_is_reported_handled_and_told_to_the_regulator_in_its_last_hour(sit_down: SitDown) -> None:
    teacher = sit_down("teacher")
    teacher.set_viewport_size(PHONE)
    receipt = report(teacher, "The allergy list of a class went to a wrong address.", 71.2)
    checks.demand(teacher)
    teacher.get_by_role("link", name="See what you have reported").click()
    expect(teacher.get_by_role("listitem").filter(has_text=receipt)).to_contain_text("Reported, and not yet taken up")

    head = sit_down("head")
    head.set_viewport_size(PHONE)
    here = take_up(head, receipt, "Sent to the wrong person", "Allergy list sent to a wrong address")
    checks.demand(head)
    expect(head.get_by_role("region", name="Time left to tell the ICO")).to_contain_text(re.compile(r"0\s+hours\s+4\d\s+minutes"))
    head.get_by_role("button", name="Mark as done").first.click()
    expect(head.get_by_text("1 of 22 done").or_(head.get_by_text("2 of 22 done"))).to_be_visible()
    head.get_by_role("link", name="Answer").first.click()
    head.get_by_label("What came of it?").fill("A parent of another class, who has deleted it.")
    checks.demand(head)
    head.get_by_role("button", name="Done").click()
    expect(head.get_by_text("A parent of another class, who has deleted it.").first).to_be_visible()

    officer = sit_down("dpo")
    officer.goto(f"{here}/decide")
    judge(officer, "Keep your advice", "Tell the regulator", "Tell them", "Health data of children.")
    head.goto(f"{here}/decide")
    judge(head, "Keep the decision", "Tell the regulator", "Tell them", "As advised.")
    checks.demand(head)
    told_with_a_name_in_it(head, here)

    head.get_by_label("Under which reference?").fill("IC-123456")
    head.get_by_role("button", name="Keep that they were told").click()
    expect(head.get_by_role("region", name="Reported in time")).to_be_visible()
    expect(head.get_by_text("Reference: IC-123456")).to_be_visible()


def told_with_a_name_in_it(head: Page, here: str) -> None:
    """The pack warns of a name in an answer, which is then taken out; the PDF is real."""
    write(head, f"{here}/change?section=data-and-people", "Who is affected?", "Samira Patel")
    write(head, f"{here}/change?section=what-it-may-do", "What could it do to people?", "Samira could be teased.")
    head.goto(f"{here}/report")
    first = head.get_by_role("region", name="Look at this first")
    expect(first).to_contain_text("“Samira”: the name of somebody whom the school knows")
    checks.demand(head)
    with head.expect_download() as loading:
        head.get_by_role("button", name="All of it as PDF").click()
    assert loading.value.path().read_bytes().startswith(b"%PDF-")
    first.get_by_role("link", name=re.compile("Change it")).click()
    write(head, head.url, "What could it do to people?", "One child could be teased.")
    head.goto(f"{here}/report")
    expect(head.get_by_text("Samira")).to_have_count(0)


def test_one_is_not_reported_with_reasons_and_that_is_approved(sit_down: SitDown) -> None:
    office = sit_down("office")
    receipt = report(office, "The newsletter showed the addresses of three governors to each other.", 3)
    head = sit_down("head")
    here = take_up(head, receipt, "Addresses of a group shown to all", "Newsletter with open addresses")
    officer = sit_down("dpo")
    for page, button, reasons in ((officer, "Keep your advice", "They know each other."), (head, "Keep the decision", "As advised.")):
        page.goto(f"{here}/decide")
        judge(page, button, "Do not tell the regulator", "Do not: the risk to them is not high", reasons)
    officer.goto(f"{here}/decide")
    officer.get_by_role("radio", name="I agree: it is not reported").check()
    officer.get_by_label("Your reason", exact=True).fill("The reasons are written down as the law wants.")
    officer.get_by_role("button", name="Keep your answer").click()
    expect(officer.get_by_role("region", name="Done")).to_be_visible()
    checks.demand(officer)
    head.goto(f"{here}/closing")
    head.get_by_label("Why is it closed although something is missing?").fill("Nothing else is known of it.")
    head.get_by_role("button", name="Close it").click()
    expect(head.get_by_role("region", name="Done")).to_contain_text("is closed")
    checks.demand(head)


def test_one_that_is_overdue_is_not_told_of_nor_closed_without_the_reason_for_the_delay(sit_down: SitDown) -> None:
    receipt = report(sit_down("office"), "A box of files was found in the street.", 80)
    head, officer = sit_down("head"), sit_down("dpo")
    here = take_up(head, receipt, "Paper lost, stolen or left behind", "Box of files in the street")
    expect(head.get_by_role("region", name="Too late to tell the ICO in time")).to_contain_text(re.compile(r"Late by\s+8\s+hours"))
    checks.demand(head)
    for page, button in ((officer, "Keep your advice"), (head, "Keep the decision")):
        page.goto(f"{here}/decide")
        judge(page, button, "Tell the regulator", "Do not: the risk to them is not high", "Nobody knows who read them.")
    head.goto(f"{here}/closing")
    head.get_by_role("button", name="Close it").click()
    expect(head.get_by_role("alert")).to_contain_text("it is not written down that they were")
    head.goto(f"{here}/report")
    head.get_by_role("button", name="Keep that they were told").click()
    expect(head.get_by_role("alert")).to_contain_text("the regulator must be given the reason for the delay")
    head.get_by_label("Why is it late").fill("It was found on a Friday evening, and nobody rang.")
    head.get_by_role("button", name="Keep that they were told").click()
    expect(head.get_by_role("region", name="Reported late")).to_be_visible()


def test_an_it_provider_reads_what_is_technical_and_no_more(sit_down: SitDown) -> None:
    page = sit_down("it")
    page.goto("/registers/breaches/")
    page.locator("tbody th a").first.click()
    expect(page.get_by_text("What happened, newest first")).to_be_visible()
    expect(page.get_by_text("Tess Quayle")).to_have_count(0)
    expect(page.get_by_text("allergies of a class")).to_have_count(0)
    checks.demand(page)
