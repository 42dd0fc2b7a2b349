"""What the checks spare a page because another was in order hides nothing that is wrong with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checks

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Keys – Safehold</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>.pale {{ color: #ccc; background: #fff }} .wide {{ width: 640px }}</style></head>
<body><main><h1>Keys</h1>{}</main></body></html>"""
KNOWN = """<p>Who has which key.</p><div class="part"><h2>Lent</h2><div class="part"><h3>To teachers</h3></div></div>
<form><label for="name">Name</label> <input id="name"></form>"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A window in which one page was found in order."""
    monkeypatch.setattr(checks, "seen", checks.Seen())
    checks.seen.folder = tmp_path
    window = browser.new_page(viewport={"width": 1280, "height": 900})
    assert wrong_with(window, KNOWN) == []
    yield window
    window.close()


def wrong_with(page: Page, main: str) -> list[str]:
    """What the checks say of a page with this in its main part."""
    page.set_content(PAGE.format(main))
    return checks.check(page)


def test_what_is_in_order_is_known_when_it_is_arranged_otherwise(page: Page) -> None:
    assert wrong_with(page, KNOWN + "<div><p>Nothing else.</p></div>") == []
    assert wrong_with(page, f"<div>{KNOWN}</div>") == []


@pytest.mark.parametrize(
    ("added", "rule"),
    [
        ('<p class="pale">Read me</p>', "color-contrast"),
        ('<button type="button"></button>', "button-name"),
        ('<div class="wide">Wide</div>', "wider than a phone"),
        ("<h5>By whom</h5>", "heading-order"),
    ],
)
def test_what_is_new_beside_what_is_known_is_judged(page: Page, added: str, rule: str) -> None:
    assert any(rule in each for each in wrong_with(page, KNOWN + added))


def test_what_another_page_hid_is_judged_where_it_shows(page: Page) -> None:
    assert wrong_with(page, KNOWN + '<div hidden><p class="pale">Read me</p></div>') == []
    assert any("color-contrast" in each for each in wrong_with(page, KNOWN + '<div><p class="pale">Read me</p></div>'))


def test_headings_that_were_in_order_elsewhere_are_judged_in_their_new_order(page: Page) -> None:
    """The subheading is one that is known in its place; that the heading above it is gone is not."""
    wrong = wrong_with(page, KNOWN.replace("<h2>Lent</h2>", "<p>Lent</p>"))
    assert any("heading-order" in each for each in wrong)


def test_a_label_that_names_another_field_is_found(page: Page) -> None:
    assert any("label" in each for each in wrong_with(page, KNOWN.replace('for="name"', 'for="nome"')))


def test_a_page_that_was_wrong_makes_nothing_known(page: Page) -> None:
    for _ in range(2):
        assert any("color-contrast" in each for each in wrong_with(page, KNOWN + '<p class="pale">Read me</p>'))
