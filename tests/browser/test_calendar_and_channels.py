"""An address for one's calendar, and channels that are told, by keyboard, on a laptop and on a phone."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def test_an_address_is_made_read_by_a_calendar_and_ended(sit_down: SitDown) -> None:
    page = sit_down("head")
    page.goto("/")
    page.get_by_role("link", name="Put these in your calendar").press("Enter")
    checks.demand(page)
    page.get_by_role("button", name="Make the address").press("Enter")
    address = page.get_by_label("Copy this into your calendar").input_value()
    checks.demand(page)
    calendar = page.request.get(address)
    assert calendar.ok
    read = Calendar.from_ical(calendar.body())
    events = read.walk("VEVENT")
    assert events
    assert not any(event.errors for event in events)
    follow(page, str(events[0]["URL"]))
    page.goto("/account/calendar")
    expect(page.get_by_text("A calendar last read it")).to_be_visible()
    page.get_by_role("button", name="End it").press("Enter")
    checks.demand(page)
    assert page.request.get(address).status == 404


def follow(page: Page, address: str) -> None:
    """Where an event leads: to a page, or to one that offers the school it belongs to."""
    page.goto(address)
    there = page.get_by_role("button", name=re.compile("^Go to "))
    if there.count():
        checks.demand(page)
        there.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/registers/" in page.url or "/findings/" in page.url


def test_a_channel_is_added_tried_in_vain_turned_on_and_removed(sit_down: SitDown) -> None:
    page = sit_down("head")
    page.goto("/settings/webhooks")
    checks.demand(page)
    page.get_by_role("button", name="Add the channel").press("Enter")
    checks.demand(page)
    page.get_by_label("What do you call the channel?").fill("Leadership, in Teams")
    page.get_by_label("Microsoft Teams").check()
    page.get_by_label("Which address did it give you?").fill("https://localhost:9/hook")
    page.get_by_role("button", name="Add the channel").press("Enter")
    page.get_by_role("button", name="Send a test").press("Enter")
    expect(page.get_by_text("The test was not sent.")).to_be_visible()
    page.get_by_role("button", name="Turn on").press("Enter")
    checks.demand(page)
    expect(page.get_by_role("button", name="Turn off")).to_be_visible()
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.get_by_text("No channel is told anything")).to_be_visible()
