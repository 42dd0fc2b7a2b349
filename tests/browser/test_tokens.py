"""Dev makes a token by the keyboard, a program reads with it, and Hana ends it under People."""

import re
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def asked(page: Page, path: str, token: str) -> APIResponse:
    """What a program gets at an address; that it lies in a browser with a sign-in of its own makes no difference."""
    answer: Any = page.request.get(path, headers={"Authorization": f"Bearer {token}"})
    return answer  # type: ignore[no-any-return]


def test_a_token_is_made_used_and_ended(sit_down: SitDown) -> None:
    dev, hana = sit_down("dpo"), sit_down("head")
    dev.goto("/account")
    dev.get_by_role("link", name="Make a token").press("Enter")
    dev.get_by_label("What is the token for?").press_sequentially("Monthly figures")
    dev.get_by_role("radio", name=re.compile("Governor")).press(" ")
    checks.demand(dev)
    dev.get_by_role("button", name="Make the token, and show it").press("Enter")
    shown = dev.get_by_label("The token “Monthly figures”")
    expect(shown).to_have_attribute("readonly", "")
    checks.demand(dev)
    token = shown.input_value()

    start = asked(dev, "/api/", token).json()
    assert (start["name"], start["role"]) == ("Dev Marchetti", "governor")
    listed = asked(dev, "/api/registers/assets?rows=10", token).json()
    assert len(listed["records"]) == 10
    assert asked(dev, listed["later"], token).ok
    assert dev.request.get("/api/").status == 401, "a browser’s sign-in does not count"

    hana.goto("/people")
    hana.get_by_role("link", name="Tokens for programs").click()
    line = hana.get_by_role("listitem").filter(has_text="Monthly figures")
    expect(line).to_contain_text("of Dev Marchetti")
    checks.demand(hana)
    line.get_by_role("button", name="End").click()
    expect(hana.get_by_text("That token has ended.")).to_be_visible()
    assert asked(dev, "/api/", token).status == 401


def test_the_help_for_programs_can_be_read_and_opened_by_the_keyboard(sit_down: SitDown) -> None:
    dev = sit_down("dpo")
    dev.goto("/help")
    dev.get_by_role("link", name="How programs use Safehold").press("Enter")
    checks.demand(dev)
    dev.get_by_role("main").get_by_role("link", name="Information assets").press("Enter")
    dev.get_by_text("parameters: A page of the list").press("Enter")
    expect(dev.get_by_text("Turns the order round.")).to_be_visible()
    checks.demand(dev)
