"""At the door: the way back to where one wanted to go, wrong passwords, and the rest after too many of them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown
from tests.serving import Program

pytestmark = pytest.mark.browser


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_password_leads_to_where_one_wanted_to_go(open_window: Callable[..., BrowserContext], demo: Program) -> None:
    page = open_window(demo.address).new_page()
    page.goto("/registers/suppliers/?show=errors")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(page, "dpo@demo.example", "safehold-demo")
    expect(page).to_have_url(f"{demo.address}/registers/suppliers/?show=errors")
    page.locator("summary", has_text="Dev Marchetti").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/registers/suppliers/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_nobody_is_sent_to_another_site(open_window: Callable[..., BrowserContext], demo: Program) -> None:
    page = open_window(demo.address).new_page()
    for wanted in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"):
        page.goto("/sign-in")
        page.goto(f"/sign-in?next={wanted}")
        page.locator("button[name=as][value=teacher]").click()
        expect(page).to_have_url(f"{demo.address}/")
        page.context.clear_cookies()


def test_too_many_wrong_passwords_are_told_until_when(open_window: Callable[..., BrowserContext], demo: Program) -> None:
    page = open_window(demo.address).new_page()
    page.goto("/sign-in")
    for _ in range(5):
        sign_in(page, "governor@demo.example", "not the password")
        expect(page.get_by_role("alert")).to_contain_text("That e-mail address and password do not belong together.")
        expect(page.get_by_label("Email address")).to_have_value("governor@demo.example")
        expect(page.get_by_label("Password", exact=True)).to_have_value("")
    checks.demand(page)
    sign_in(page, "governor@demo.example", "safehold-demo")
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Try again at \d\d:\d\d\."))
    checks.demand(page)


def test_a_role_that_may_not_is_told_whom_to_ask(sit_down: SitDown) -> None:
    page = sit_down("teacher")
    answer = page.goto("/people")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("Hana Whitlow").first).to_be_visible()
    checks.demand(page)
