"""Two records are linked from one end while its name is typed, seen at the other, and parted there; with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_asset_is_linked_from_one_end_and_parted_at_the_other(sit_down: SitDown, scripts: bool) -> None:
    page = sit_down("dpo", java_script_enabled=scripts)
    page.goto("/registers/suppliers/?q=Larkfield")
    page.get_by_role("link", name="Larkfield School Photography").click()
    page.get_by_role("link", name="Linked (").click()
    page.get_by_label("Kind of record").select_option("Information asset")
    search = page.get_by_label("Part of its name, or its reference")
    search.fill("image")
    if not scripts:
        page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("found.")
    first = page.locator("#found li").first
    name = first.locator("span").first.inner_text().rpartition(" ")[0]
    first.get_by_role("button", name="Link").click()
    expect(page.get_by_text("Linked. Both records show it.")).to_be_visible()
    if scripts:
        checks.demand(page)

    page.get_by_role("table").get_by_role("link", name=name).click()
    page.get_by_role("link", name="Linked (").click()
    row = page.get_by_role("row").filter(has_text="Larkfield School Photography")
    row.get_by_role("button", name="Take away").click()
    expect(page.get_by_text("The link is gone.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Larkfield School Photography")).to_have_count(0)
