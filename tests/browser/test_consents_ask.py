"""The office asks a family, a parent answers by keyboard, keeps a copy, comes back and takes a yes back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown
from tests.browser.test_consents_publishing import check_names, tasks_called
from tests.serving import Program

pytestmark = pytest.mark.browser

CHILD = "Wren Ogunleye"
WEBSITE = "May we put pictures of your child on our website, which anybody in the world can see?"


def a_link_for(office: Page, child: str) -> str:
    """Ask about a pupil from the list of those about whom somebody is to be asked; the link that is shown."""
    office.goto("/consents/ask")
    checks.demand(office)
    office.get_by_role("link", name="Late and due again").click()
    office.get_by_role("checkbox", name=f"Ask about {child}").first.check()
    checks.demand(office)
    office.get_by_role("button", name="Ask about those ticked").click()
    checks.demand(office)
    office.get_by_role("button", name="Make their links").click()
    checks.demand(office)
    return office.locator("input[readonly]").first.input_value()


def answer_by_keyboard(parent: Page, question: str, key: str) -> None:
    """Choose an answer as somebody does who has no mouse."""
    parent.get_by_role("region", name=question).get_by_role("radio", name="Yes").focus()
    parent.keyboard.press(key)


def test_a_parent_answers_by_keyboard_keeps_a_copy_and_takes_a_yes_back(
    sit_down: SitDown, open_window: Callable[..., BrowserContext], demo: Program, kind: str, tmp_path: Path
) -> None:
    office = sit_down("office")
    link = a_link_for(office, CHILD)
    parent = open_window(demo.address).new_page()
    parent.goto(link)
    checks.demand(parent)
    expect(parent.get_by_role("radio", checked=True)).to_have_count(0)
    answer_by_keyboard(parent, WEBSITE, "Space")
    answer_by_keyboard(parent, "May newspapers or television take or be given pictures of your child at school events?", "ArrowRight")
    parent.get_by_role("button", name="Send my answers").focus()
    parent.keyboard.press("Enter")
    expect(parent.get_by_role("heading", level=1)).to_have_text("Your answers are kept")
    checks.demand(parent)
    kept = parent.locator("main")
    expect(kept).to_contain_text("5 questions are still open")
    expect(kept.get_by_role("listitem").filter(has_text=WEBSITE)).to_contain_text("Yes, on ")
    expect(kept.get_by_role("listitem").filter(has_text="newspapers")).to_contain_text("No, on ")
    with parent.expect_download() as saved:
        parent.get_by_role("link", name="A copy to keep (PDF)").click()
    saved.value.save_as(tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF-")

    parent.goto(link)
    expect(parent.get_by_role("region", name=WEBSITE)).to_contain_text("You said yes")
    parent.get_by_role("region", name=WEBSITE).get_by_role("button", name="Take my yes back").press("Enter")
    checks.demand(parent)
    parent.get_by_role("button", name="Take my yes back").press("Enter")
    expect(parent.locator("main").get_by_role("listitem").filter(has_text=WEBSITE)).to_contain_text("No: you took your yes back")

    office.goto("/consents/ask/links")
    checks.demand(office)
    expect(office.get_by_role("row").filter(has_text=CHILD)).to_contain_text("Answered")
    office.get_by_role("row").filter(has_text=CHILD).get_by_role("button", name="End this link").click()
    parent.goto(link)
    expect(parent.get_by_role("heading", level=1)).to_have_text("This link does not work")
    checks.demand(parent)


def test_a_yes_taken_back_by_link_turns_the_check_and_brings_a_task(
    sit_down: SitDown, open_window: Callable[..., BrowserContext], demo: Program, kind: str
) -> None:
    office = sit_down("office")
    check_names(office, "Aisha Rahimi")
    expect(office.locator(".sh-verdict")).to_contain_text("Yes")
    before = tasks_called(office, "Sports day in the sun")
    office.goto("/consents/ask/families?class=4+Heron")
    for tick in office.get_by_role("checkbox").all():
        tick.uncheck()
    for row in office.get_by_role("row").filter(has_text="Aisha Rahimi").all():
        row.get_by_role("checkbox").check()
    office.get_by_role("button", name="Make their links").click()
    parent = open_window(demo.address).new_page()
    for link in office.locator("input[readonly]").evaluate_all("lines => lines.map((line) => line.value)"):
        parent.goto(link)
        button = parent.get_by_role("region", name=WEBSITE).get_by_role("button", name="Take my yes back")
        if button.count():
            button.click()
            parent.get_by_role("button", name="Take my yes back").click()
            expect(parent.locator("main").get_by_role("listitem").filter(has_text=WEBSITE)).to_contain_text("No: you took your yes back")
            break
    check_names(office, "Aisha Rahimi")
    expect(office.locator(".sh-verdict")).to_contain_text("No")
    expect(office.locator("main")).to_contain_text("Not for the website.")
    assert tasks_called(office, "Sports day in the sun") == before + 1


def test_the_page_works_without_scripts(sit_down: SitDown, open_window: Callable[..., BrowserContext], demo: Program) -> None:
    link = a_link_for(sit_down("office"), "Ada Stavros")
    parent = open_window(demo.address, java_script_enabled=False).new_page()
    parent.goto(link)
    parent.get_by_role("region", name=WEBSITE).get_by_role("radio", name="Yes").check()
    parent.get_by_role("button", name="Send my answers").click()
    parent.get_by_role("link", name="Change an answer, or take one back").click()
    parent.get_by_role("button", name="Take my yes back").click()
    parent.get_by_role("button", name="Take my yes back").click()
    expect(parent.locator("main")).to_contain_text("No: you took your yes back")


def test_a_link_is_copied_by_one_press(sit_down: SitDown) -> None:
    office = sit_down("office")
    office.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = a_link_for(office, "Seth Corrigan")
    office.get_by_role("button", name="Copy the link").first.click()
    expect(office.get_by_text("Copied", exact=True)).to_be_visible()
    assert office.evaluate("navigator.clipboard.readText()") == link
