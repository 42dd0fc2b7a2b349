"""Answers from paper, typed with one finger: letters, arrows and one key for the rest of a row; and the sheet that fits on one page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

GRID = "/consents/grid?class=4+Heron"
CHILD, NEIGHBOUR = "Amelia Okonjo", "Noah O’Rourke"
USES = ("Displays inside school", "Class and group photographs", "Newsletter to families", "School website", "School social media")


def cells(page: Page, child: str) -> Locator:
    return page.get_by_role("row", name=child).locator(".sh-cell")


def letters(page: Page, child: str) -> str:
    return "".join(each.input_value() or "." for each in cells(page, child).all())


def begin(page: Page, child: str = CHILD) -> Locator:
    """The first cell of a child who has answered nothing yet, with the focus in it."""
    page.goto(f"{GRID}&blank=yes")
    first = cells(page, child).first
    first.focus()
    return first


def test_a_letter_moves_to_the_next_use_and_one_key_fills_the_rest_of_the_row(sit_down: SitDown) -> None:
    page = sit_down("office")
    begin(page)
    page.keyboard.type("yn")
    expect(page.get_by_label(f"{CHILD}, {USES[2]}")).to_be_focused()
    page.keyboard.press("=")
    assert letters(page, CHILD) == "YNNNNNN"
    expect(page.get_by_role("button", name="Save 7 new answers")).to_be_visible()
    expect(cells(page, CHILD).first).to_have_class(re.compile("sh-cell--y.*sh-cell--new"))
    expect(page.locator(".sh-cell:focus")).to_have_attribute("aria-label", re.compile(f", {USES[0]}$"))


def test_arrows_move_and_space_empties(sit_down: SitDown) -> None:
    page = sit_down("office")
    begin(page)
    page.keyboard.type("yyc")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.get_by_label(f"{CHILD}, {USES[1]}")).to_be_focused()
    page.keyboard.press("Space")
    assert letters(page, CHILD) == "Y.C...."
    expect(page.get_by_role("button", name="Save 2 new answers")).to_be_visible()
    page.keyboard.press("Enter")
    assert page.url.endswith("blank=yes")
    page.once("dialog", lambda dialog: dialog.accept())  # the page asks whether what was typed may go


def test_what_the_paper_says_is_typed_mended_and_saved(sit_down: SitDown) -> None:
    page = sit_down("office")
    page.goto(GRID)
    cells(page, CHILD).first.focus()
    page.keyboard.type("y")
    page.keyboard.press("=")
    page.get_by_label(f"{CHILD}, {USES[3]}").press("r")
    expect(page.get_by_label(f"{CHILD}, {USES[3]}")).to_have_class(re.compile("sh-cell--bad"))
    page.get_by_role("button", name=re.compile(r"^Save \d")).click()
    expect(page.get_by_role("alert")).to_contain_text(f"{CHILD}, the website: “R” is not an answer. Type Y, N or C")
    expect(page.get_by_role("alert")).to_contain_text(f"{CHILD}: say who signed the form")
    checks.demand(page)
    assert letters(page, CHILD) == "YYYRYYY"
    page.get_by_role("link", name=re.compile("“R” is not an answer")).click()
    expect(page.get_by_label(f"{CHILD}, {USES[3]}")).to_be_focused()
    page.keyboard.type("n")
    page.get_by_label(f"Who signed for {CHILD}", exact=True).select_option("Mother")
    page.get_by_role("button", name="Save 7 new answers").click()
    expect(page.get_by_label("Done")).to_contain_text("Saved. 7 answers recorded.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Was the form for brothers and sisters as well?")
    checks.demand(page)
    sister = page.get_by_role("checkbox", name="Ada Okonjo, 1 Wren")
    expect(sister).not_to_be_checked()
    sister.press("Space")
    page.get_by_role("button", name="Record for those ticked").press("Enter")
    expect(page.get_by_label("Done")).to_contain_text("Saved. 7 answers recorded for brothers and sisters.")
    assert letters(page, CHILD) == "YYYNYYY"


def test_another_name_is_asked_for_only_when_it_is_chosen(sit_down: SitDown) -> None:
    page = sit_down("office")
    page.goto(GRID)
    name = page.get_by_label(f"Name of who signed for {NEIGHBOUR}")
    expect(name).to_be_hidden()
    page.get_by_label(f"Who signed for {NEIGHBOUR}", exact=True).select_option("other")
    expect(name).to_be_visible()


def test_without_scripts_each_cell_is_a_field_for_one_letter(sit_down: SitDown) -> None:
    page = sit_down("office", java_script_enabled=False)
    begin(page, NEIGHBOUR)
    cells(page, NEIGHBOUR).first.fill("n")
    page.get_by_label(f"Who signed for {NEIGHBOUR}", exact=True).select_option("guardian")
    page.get_by_role("button", name="Save the new answers").click()
    expect(page.get_by_label("Done")).to_contain_text("Saved. 1 answer recorded.")


@pytest.mark.parametrize(("who", "path"), [
    ("office", "/consents/grid"), ("office", GRID), ("office", "/consents/grid/file"), ("office", "/consents/coverage"),
    ("teacher", "/consents/sheet"), ("teacher", "/consents/sheet?class=4+Heron"), ("head", "/consents/conflicts"),
])  # fmt: skip
def test_every_page_is_in_order(sit_down: SitDown, who: str, path: str) -> None:
    page = sit_down(who)
    page.goto(path)
    checks.demand(page)


def test_the_rows_of_a_file_are_looked_at_in_order(sit_down: SitDown) -> None:
    page = sit_down("office")
    page.goto("/consents/grid/file")
    page.get_by_text("Paste rows instead").click()
    page.get_by_label("Rows, with their headings above them").fill("Name,Colour,School website\nKai Pendry,red,No\nKay Pendry,blue,perhaps\n")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Cannot be taken: 1 row")).to_be_visible()
    expect(page.get_by_role("heading", name="New answers: 1 row")).to_be_visible()
    checks.demand(page)
    page.get_by_label(re.compile("Leave out this column")).check()
    page.get_by_label(re.compile("Leave out the 1 row")).check()
    page.get_by_role("button", name="Save 1 new answer").click()
    expect(page.get_by_label("Done")).to_contain_text("Saved. 1 answer recorded from the file.")


def test_a_sheet_of_thirty_two_children_is_one_page(sit_down: SitDown) -> None:
    page = sit_down("teacher")
    page.goto("/consents/sheet?class=4+Heron")
    page.get_by_role("button", name="Print this sheet").click()
    expect(page.get_by_text(re.compile(r"Printed for the camera bag by Tess Quayle .* Sheet [\d,]+\."))).to_be_visible()
    rows = page.locator("tbody tr")
    longest = "(row) => { while (row.parentElement.children.length < 32) row.after(row.cloneNode(true)) }"
    rows.filter(has_text="Featherstone").evaluate(longest)
    expect(rows).to_have_count(32)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
