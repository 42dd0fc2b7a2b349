"""The office publishes with those who may be in it; a yes taken back and a limit set turn the check, and the same task appears."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


def check_names(page: Page, names: str, shown: str = "first") -> None:
    """Ask whether these may be on the website, everything about the picture being in order."""
    page.goto("/consents/check")
    page.locator("#names").fill(names)
    submit(page, shown)


def submit(page: Page, shown: str) -> None:
    """Send the form with the names that stand in it."""
    website = page.locator("#use option").filter(has_text="ebsite").first.get_attribute("value")
    page.locator("#use").select_option(website)
    page.locator(f"#show-{shown}").check()
    for box in ("#dress", "#background", "#device-school"):
        page.locator(box).check()
    page.get_by_role("button", name="Check these names").last.click()
    expect(page.locator(".sh-verdict")).to_be_visible()


def allowed(page: Page) -> list[str]:
    """Those of a class who may be on the website."""
    page.goto("/consents/check?class=4+Heron")
    submit(page, "none")
    return page.locator("#subset").input_value().split(", ")


def person_page(page: Page, name: str) -> str:
    """The id of a pupil, from their own page."""
    page.goto(f"/registers/pupils/?q={name.replace(' ', '+')}")
    page.get_by_role("table").get_by_role("link", name=name).first.click()
    page.wait_for_url("**/registers/pupils/*-*")
    return page.url.rpartition("/")[2].partition("?")[0]


def tasks_called(page: Page, name: str) -> int:
    page.goto("/registers/take-downs/")
    return page.get_by_role("row").filter(has_text=name).count()


def limit_in_secret(page: Page, name: str) -> None:
    """What the safeguarding lead does on the form of the register."""
    page.goto("/registers/image-flags/add")
    page.locator("input[name=level][value=no_publication]").check()
    page.locator("#person-add").fill(name)
    page.locator("button[name=find][value=person]").click()
    page.get_by_label(name).check()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved as PF-")).to_be_visible()


def publish(page: Page, called: str, scripts: bool = True) -> None:
    """Write a publication down from the check that is open; the first try forgets what it is called."""
    page.get_by_role("button", name="Record a publication with").or_(page.get_by_role("link", name="Record a publication with")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write down where the picture is published")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#name-error")).to_be_visible()
    if scripts:
        checks.demand(page)
    page.locator("#name").fill(called)
    page.locator("#address").fill("Our news page")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It is checked again every night.")).to_be_visible()


def take_back(page: Page, who: str, called: str, scripts: bool = True) -> None:
    """Two clicks: the use, then that it is meant."""
    person = person_page(page, who)
    page.goto(f"/consents/withdraw/{person}")
    if scripts:
        checks.demand(page)
    page.locator(f"li:has-text('ebsite') a[href*='{person}?use=']").first.click()
    expect(page.get_by_text(called)).to_be_visible()
    if scripts:
        checks.demand(page)
    if not page.locator("input[name=who]:checked").count():
        page.locator("input[name=who]").first.check()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("From now on every check says no.")).to_be_visible()


def test_a_picture_is_published_and_a_yes_taken_back_and_a_limit_says_nothing(sit_down: SitDown) -> None:
    office, called = sit_down("office"), "Harvest fair"
    limited, changed, *_others = allowed(office)
    names = f"{limited}\n{changed}"
    check_names(office, names)
    publish(office, called)
    take_back(office, changed, called)
    check_names(office, names)
    expect(office.locator("section:has(#blocked)")).to_contain_text(changed)
    assert tasks_called(office, called) == 1
    office.goto("/consents/recheck")
    expect(office.get_by_role("link", name=called)).to_be_visible()
    checks.demand(office)

    limit_in_secret(sit_down("dsl"), limited)
    check_names(office, names)
    rows = office.locator("section:has(#blocked) li").all()
    said = {row.locator("strong").inner_text(): row.locator("span").last.inner_text() for row in rows}
    assert len(said) == 2
    assert len(set(said.values())) == 1, said
    assert tasks_called(office, called) == 2


def test_all_of_it_works_without_scripts(sit_down: SitDown) -> None:
    office, called = sit_down("office", java_script_enabled=False), "Harvest fair without scripts"
    changed = allowed(office)[-1]
    check_names(office, changed)
    publish(office, called, scripts=False)
    take_back(office, changed, called, scripts=False)
    assert tasks_called(office, called) == 1
