"""Without a mouse, and on paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser
CHROME = (".sh-header", ".govuk-service-navigation", ".sh-sub", ".sh-footer", ".govuk-skip-link")


def focused(page: Page) -> str:
    """The words of what has the focus."""
    return str(page.evaluate("() => (document.activeElement.innerText || document.activeElement.value || '').trim()"))


def test_the_first_tab_offers_to_skip_to_the_content(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/assets/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_menus_open_with_enter_and_shut_with_escape(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/assets/")
    for words in ("Dev Marchetti", "Filter", "Columns"):
        summary = page.locator("summary", has_text=words).first
        menu = page.locator("details.sh-pop", has=page.locator("summary", has_text=words)).first
        summary.focus()
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("open", "")
        page.keyboard.press("Tab")
        assert menu.evaluate("(menu) => menu.contains(document.activeElement)"), words
        page.keyboard.press("Escape")
        expect(menu).not_to_have_attribute("open", "")
        expect(summary).to_be_focused()


def test_a_list_is_searched_filtered_and_sorted_from_the_keyboard(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/suppliers/")
    page.get_by_label("Search suppliers").focus()
    page.keyboard.type("Plateful")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Plateful Catering Systems").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plateful Catering Systems")
    page.go_back()
    expect(page.get_by_label("Search suppliers")).to_have_value("Plateful")


def test_everything_that_has_the_focus_shows_it(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/processing/add")
    unmarked = []
    for _ in range(30):
        page.keyboard.press("Tab")
        marked = page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body) return true;  // the browser itself has the focus
              const label = element.labels && element.labels[0];
              return [element, label].filter(Boolean).some((part) => ['', '::before'].some((which) => {
                const style = getComputedStyle(part, which || null);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
              }));
            }"""
        )
        if not marked:
            unmarked.append(focused(page))
    assert unmarked == []


@pytest.mark.parametrize("path", ["/", "/registers/processing/", "/registers/suppliers/?q=Plateful", "/who-can-do-what"])
def test_paper_shows_the_work_and_not_the_menus(path: str, sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto(path)
    page.emulate_media(media="print")
    for part in CHROME:
        for element in page.locator(part).all():
            expect(element).not_to_be_visible()
    expect(page.locator("main h1")).to_be_visible()
    line = page.locator(".sh-paper-only")
    expect(line).to_be_visible()
    expect(line).to_contain_text("Quillbrook Primary School · printed by Dev Marchetti")
    for button in page.get_by_role("button").all():
        expect(button).not_to_be_visible()


def test_a_record_is_printed_with_every_answer(sit_down: SitDown) -> None:
    page = sit_down("dpo")
    page.goto("/registers/suppliers/?q=Plateful")
    page.get_by_role("link", name="Plateful Catering Systems").click()
    on_screen = page.locator("main dd").count()
    page.emulate_media(media="print")
    assert on_screen > 10
    for part in CHROME:
        for element in page.locator(part).all():
            expect(element).not_to_be_visible()
    assert sum(answer.is_visible() for answer in page.locator("main dd.govuk-summary-list__value, main .sh-summary dd").all()) >= 10
