"""Hana sets the mail up and tries it; Ola names her in a comment, and the link in the letter leads there."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import QUICK, SitDown
from tests.browser.test_comments import first_activity
from tests.mailbox import mail_server
from tests.serving import Program, command, free_port

pytestmark = pytest.mark.browser


def enter(page: Page, host: str, port: int) -> None:
    """Enter a mail server and try it."""
    page.get_by_role("textbox", name="Mail server").fill(host)
    page.get_by_role("textbox", name="Port").fill(str(port))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Send me a test letter").click()


def mention_hana(page: Page) -> None:
    """Name Hana in a comment on the first activity."""
    page.goto(f"{first_activity(page)}/comments")
    page.get_by_label("Add a comment").fill("Please look at this.")
    page.get_by_role("checkbox", name=re.compile("Hana Whitlow")).check()
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_text("1 colleague is told")).to_be_visible()


def test_mail_is_set_up_tried_and_its_link_leads_to_what_it_is_about(sit_down: SitDown, demo: Program) -> None:
    hana, ola = sit_down("head"), sit_down("office")
    hana.goto("/settings/mail")
    expect(hana.get_by_text("Not set up")).to_be_visible()
    expect(hana.get_by_label("Address of Safehold")).to_have_value(demo.address)
    checks.demand(hana)
    hana.get_by_label("None: only for a mail server").check()
    hana.get_by_label("Letters come from").fill("safehold@quillbrook.example")
    enter(hana, "localhost", free_port())
    expect(hana.get_by_text("nothing answers on port")).to_be_visible()
    checks.demand(hana)
    with mail_server() as box:
        enter(hana, "127.0.0.1", box.port)
        expect(hana.get_by_text("The mail server took the test letter")).to_be_visible()
        checks.demand(hana)
        mention_hana(ola)
        done = command("run-job", "send-messages", data_folder=Path(demo.said).parent, **QUICK)
        assert done.returncode == 0, done.stderr
    _trial, letter = box.letters
    assert box.recipients == ["head@demo.example", "head@demo.example"]
    found = re.search(rf"{re.escape(demo.address)}(/notices/\S+)", letter.get_content())
    assert found, letter.get_content()
    hana.goto(found[1])
    checks.demand(hana)
    hana.get_by_role("button", name=re.compile("Open PA-")).click()
    expect(hana.get_by_text("Please look at this.")).to_be_visible()
    hana.goto("/settings/messages")
    expect(hana.get_by_text("Hana Whitlow: one notice, at once")).to_be_visible()
    checks.demand(hana)


def test_a_job_is_asked_for_and_says_so(sit_down: SitDown) -> None:
    hana = sit_down("head")
    hana.goto("/settings/jobs")
    hana.get_by_role("button", name=re.compile("Run now.*Throw away")).click()
    expect(hana.get_by_text("is done as soon as the program is free")).to_be_visible()
    checks.demand(hana)
