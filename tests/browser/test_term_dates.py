"""The office brings the term dates from a calendar and corrects what was guessed; a day that was counted is looked into, and counted anew."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

EVENTS = (
    ("Autumn term begins", "20270902", "20270903"),
    ("Autumn half term", "20271025", "20271030"),
    ("Autumn term ends", "20271217", "20271218"),
    ("October half term", "20261026", "20261031"),
    ("Year 6 at the pool", "20270910", "20270911"),
    ("Backwards", "20270910", "20270901"),
)
CALENDAR = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        *(f"BEGIN:VEVENT\r\nSUMMARY:{name}\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{over}\r\nEND:VEVENT" for name, first, over in EVENTS),
        "END:VCALENDAR",
    )
)


def bring(page: Page, text: str) -> None:
    """Upload a calendar from the list of term dates."""
    page.goto("/registers/term-dates/")
    page.get_by_role("link", name="From a calendar").click()
    checks.demand(page)
    file = {"name": "dates.ics", "mimeType": "text/calendar", "buffer": text.encode()}
    page.get_by_label("A calendar file").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Read it").click()


def test_a_calendar_becomes_term_dates(sit_down: SitDown) -> None:
    page = sit_down("office")
    bring(page, "Name,Day\r\nAutumn term,1 9 2027\r\n")
    expect(page.get_by_text("This is not a calendar file").first).to_be_visible()
    bring(page, CALENDAR)
    expect(page.get_by_role("heading", level=1)).to_have_text("What are these days?")
    expect(page.get_by_label("What is Autumn term, Thursday 2 September 2027 to Friday 17 December 2027?")).to_have_value("term")
    expect(page.get_by_text("It ends before it begins.")).to_be_visible()
    page.get_by_text("Left out: 3 other entries").click()
    page.get_by_label("What is Year 6 at the pool, Friday 10 September 2027?").select_option("closure")
    page.get_by_text("Entered already: 1 entry").click()
    expect(page.get_by_text("October half term: Monday 26 October 2026")).to_be_visible()
    checks.demand(page)
    page.get_by_role("button", name="Save the term dates").click()
    expect(page.get_by_text("3 term dates added from the calendar")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Year 6 at the pool")).to_have_count(0)


def test_a_day_that_was_counted_is_looked_into_and_counted_anew(sit_down: SitDown) -> None:
    page = sit_down("office")
    page.goto("/registers/take-downs/")
    page.get_by_role("link", name=re.compile("Sports day in the sun")).click()
    page.get_by_role("link", name="How was this worked out?").click()
    expect(page.get_by_role("row").filter(has_text="Saturday 21 November 2026")).to_contain_text("no")
    expect(page.get_by_text("it comes out the same, day by day")).to_be_visible()
    checks.demand(page)
    looked_at = page.url

    page.goto("/registers/term-dates/add")
    page.get_by_label("What are these days called?").fill("A coronation")
    page.get_by_label("Bank holiday that is not known here yet").check()
    for part, value in (("day", "23"), ("month", "11"), ("year", "2026")):
        page.locator(f"[name=begins_on-{part}]").fill(value)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A coronation")

    page.goto(looked_at)
    expect(page.get_by_text("Take the picture down by Tuesday 24 November 2026.")).to_be_visible()
    page.get_by_role("button", name="Work it out anew").click()
    expect(page.get_by_text("Say why, so that whoever asks").first).to_be_visible()
    checks.demand(page)
    page.get_by_label("Why is it worked out anew?").fill("A coronation was proclaimed.")
    page.get_by_role("button", name="Work it out anew").click()
    expect(page.get_by_text("Worked out anew: Wednesday 25 November 2026.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Monday 23 November 2026")).to_contain_text("A coronation")
    page.get_by_role("link", name="History").first.click()
    expect(page.get_by_text("A coronation was proclaimed.")).to_be_visible()
