"""A new term: the office brings what the MIS exported, says what one column holds, looks, ticks who has left, saves, and undoes it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

FIRST = (
    "Adm No,UPN,Forename,Surname,Reg Group,Year,Contact 1 Name,Contact 1 Relationship,Contact 1 Email,Contact 1 Parental Responsibility\r\n"
    "Q7001,A1,Sam,Okonjo-Reyes,9Q,Year 9,Mrs Ann Okonjo,Mother,ann@okonjo.example,Yes\r\n"
    "Q7002,A2,Wren,Okonjo-Reyes,9Q,Year 9,Mrs Ann Okonjo,Mother,ann@okonjo.example,Yes\r\n"
    "Q7003,A3,Idris,Vantongeren,9Q,Year 9,Tom Vantongeren,Father,tom@vantongeren.example,No\r\n"
)
NEXT = "Number in our system,Name,Class\r\nQ7001,Sam Okonjo-Reyes,9Q\r\nQ7002,Ebele Moss,9Q\r\nQ7004,“Zoë” O’Dell,9Q\r\n"


def bring(page: Page, text: str) -> None:
    """Bring a file to the page on which one is chosen."""
    page.goto("/consents/roll")
    checks.demand(page)
    file = {"name": "pupils.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("The list, as an Excel workbook or CSV").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Read it").click()


def test_the_roll_follows_the_database_of_the_school(sit_down: SitDown) -> None:
    page = sit_down("office")
    bring(page, FIRST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Look before anything is saved")
    expect(page.get_by_role("row").filter(has_text="New")).to_have_count(3)
    checks.demand(page)
    page.get_by_role("link", name="New parents 2").click()
    expect(page.get_by_text("Sam Okonjo-Reyes, Wren Okonjo-Reyes")).to_be_visible()
    page.get_by_role("button", name="Save all 5").click()
    expect(page.get_by_text("3 added, 2 parents or carers added")).to_be_visible()

    bring(page, NEXT)
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the columns hold?")
    checks.demand(page)
    page.get_by_label("Number in our system").select_option("number")
    page.get_by_role("button", name="Compare with the roll").click()
    expect(page.get_by_text("The number Q7002 is Wren Okonjo-Reyes in 9Q")).to_be_visible()
    checks.demand(page)
    page.get_by_label("It is the same person").check()
    page.get_by_role("button", name="Compare again").click()
    expect(page.get_by_text("Clash", exact=True)).to_have_count(0)
    page.get_by_label("Idris Vantongeren").check()
    page.get_by_label("Their last day").fill("31 2 2026")
    page.get_by_role("button", name="Save all 2").click()
    expect(page.get_by_text("February 2026 has 28 days").first).to_be_visible()
    expect(page.get_by_label("Idris Vantongeren")).to_be_checked()
    checks.demand(page)
    page.get_by_label("Their last day").fill("22 7 2026")
    page.get_by_role("button", name="Save all 2").click()
    expect(page.get_by_text("1 added, 1 changed, 1 marked as having left")).to_be_visible()

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone for")).to_be_visible()
    page.goto("/registers/pupils/?q=Idris+Vantongeren")
    expect(page.get_by_role("link", name="Idris Vantongeren", exact=True)).to_be_visible()
    page.goto("/registers/pupils/?q=Ebele+Moss")
    expect(page.get_by_role("link", name="Ebele Moss", exact=True)).to_have_count(0)


def test_a_column_of_passwords_keeps_the_whole_file_out(sit_down: SitDown) -> None:
    page = sit_down("office")
    bring(page, "ID,First Name,Last Name,Username,Password\r\n13001,Ora,Klein,oklein,secret\r\n")
    expect(page.get_by_text("The column “Password” would bring passwords into the register").first).to_be_visible()
    checks.demand(page)
    expect(page.get_by_text("A list is waiting")).to_have_count(0)
