"""The first visit to an empty installation, by keyboard alone, until the first registers are filled."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import checks
from tests.serving import Program, serving

pytestmark = pytest.mark.browser
PASSWORD = "quiet lanterns above the harbour"


@pytest.fixture
def empty(tmp_path: Path, new_database: Callable[[], dict[str, str]]) -> Iterator[Program]:
    """The program on its first start, with a database of each kind."""
    with serving(tmp_path, password_memory_kib="19456", **new_database()) as program:
        yield program
        assert "Traceback" not in program.words


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted thing has the focus."""
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def type_into(page: Page, label: str, words: str) -> None:
    field = page.get_by_label(label).first
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def choose(page: Page, question: str, answer: str) -> None:
    """Choose one of several answers: Tab to the first, arrows to the others."""
    group = page.get_by_role("group", name=question)
    radios = group.get_by_role("radio")
    entry = group.locator("input:checked")
    tab_to(page, entry.first if entry.count() else radios.first)
    if not entry.count():
        page.keyboard.press("Space")
    for _ in range(radios.count()):
        if group.get_by_role("radio", name=answer).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{answer} cannot be chosen for {question}")


def tick(page: Page, box: str) -> None:
    tab_to(page, page.get_by_role("checkbox", name=box))
    page.keyboard.press("Space")


def go_on(page: Page, heading: str) -> None:
    """Send the form with Enter on its button, and arrive at the next step."""
    tab_to(page, page.get_by_role("button", name="Continue"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("alert").all_inner_texts() == []
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    checks.demand(page)


def answer_every_step(page: Page) -> None:
    """From the first question about the school to the button that sets it up."""
    type_into(page, "What is the school called?", "Fernhollow Primary School")
    choose(page, "Where is it?", "England")
    choose(page, "What type of school is it?", "Maintained school")
    tick(page, "Primary")
    go_on(page, "How it is run")
    go_on(page, "You")
    type_into(page, "What is your name?", "Wren Castleford")
    type_into(page, "What is your email address?", "wren@fernhollow.example")
    choose(page, "What is your role?", "Data protection officer")
    type_into(page, "What is the headteacher’s name?", "Rowan Ashdell")
    type_into(page, "What is the headteacher’s email address?", "rowan@fernhollow.example")
    for field in page.locator("input[type=password]").all():
        tab_to(page, field)
        page.keyboard.type(PASSWORD)
    go_on(page, "Begin")
    choose(page, "What do you want to begin with?", "With typical entries")
    tab_to(page, page.get_by_role("button", name="Set up the school"))
    page.keyboard.press("Enter")


def confirm_the_first_entry(page: Page) -> None:
    page.goto("/registers/processing/")
    expect(page.get_by_text("Starter, not checked").first).to_be_visible()
    page.locator("tbody a").first.click()
    expect(page.get_by_text("Starter entry, not yet checked by your school.")).to_be_visible()
    page.get_by_role("button", name="Confirm: it is true of our school").click()
    expect(page.get_by_text("Starter entry, not yet checked by your school.")).to_have_count(0)


def test_a_school_is_set_up_by_keyboard_and_begins_with_typical_entries(empty: Program, open_window: Callable[..., BrowserContext]) -> None:
    page = open_window(empty.address).new_page()
    page.goto(empty.set_up_link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your school")
    checks.demand(page)
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter the name of the school.")
    checks.demand(page)
    answer_every_step(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Give them this link")
    expect(page.get_by_text("Your school is set up, and you are signed in.")).to_be_visible()
    expect(page.get_by_text("typical entries wait for somebody to check them.")).to_be_visible()
    checks.demand(page)
    link = page.get_by_role("link", name="Today").first
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{empty.address}/")
    checks.demand(page)
    confirm_the_first_entry(page)


def test_empty_registers_are_filled_later_and_the_link_works_once(empty: Program, open_window: Callable[..., BrowserContext]) -> None:
    page = open_window(empty.address).new_page()
    page.goto(empty.set_up_link)
    page.get_by_label("What is the school called?").fill("Fernhollow Primary School")
    for answer in ("England", "Maintained school"):
        page.get_by_role("radio", name=answer).first.check()
    page.get_by_role("checkbox", name="Primary").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What is your name?").fill("Wren Castleford")
    page.get_by_label("What is your email address?").fill("wren@fernhollow.example")
    page.get_by_role("radio", name="Headteacher").check()
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("radio", name="With empty registers").check()
    page.get_by_role("button", name="Set up the school").click()
    expect(page).to_have_url(f"{empty.address}/")
    checks.demand(page)
    page.goto("/registers/assets/")
    expect(page.get_by_role("link", name="Add the first")).to_be_visible()
    checks.demand(page)
    page.goto("/starter/")
    page.get_by_role("button", name="Take all").click()
    expect(page.get_by_text("starter entries are in your registers")).to_be_visible()
    page.goto("/registers/assets/")
    expect(page.get_by_text("Starter, not checked").first).to_be_visible()

    another = open_window(empty.address).new_page()
    answer = another.goto(empty.set_up_link)
    assert answer is not None
    assert answer.status == 404
    checks.demand(another)
