"""Every page of the demonstration that a link leads to, for every persona, on a laptop and on a phone."""

import re
from collections import deque
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import checks
from tests.browser.conftest import SitDown
from tests.serving import Program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PERSONAS = ("head", "dpo", "dsl", "office", "it", "teacher", "governor", "other")
KEEPERS = ("dpo", "other")
SLUGS = ("processing", "assets", "suppliers")
KEEPING = ("", "add", "import", "starter", "<id>/archive")
MOST = 150
"""More forms of address than there are; a crawl that reaches it has lost its way."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FILE = re.compile(r"/export\b|\.csv\b|/template\b")

Form = tuple[str, frozenset[str]]


def form_of(address: str) -> Form:
    """An address without what differs from one record, search or page to the next."""
    parts = urlsplit(address)
    return ID.sub("<id>", parts.path), frozenset(name for name, _value in parse_qsl(parts.query))


def links_on(page: Page, home: str) -> list[str]:
    """The addresses of this site that the page leads to, without the places within them."""
    found = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)")
    return [address.partition("#")[0] for address in found if address.startswith(f"{home}/")]


def crawl(page: Page, home: str) -> tuple[set[Form], list[str]]:
    """Every form of page that can be reached from the one that is open, and what is wrong with them."""
    waiting, met, wrong = deque([f"{home}/"]), {form_of(f"{home}/")}, list[str]()
    while waiting:
        address = waiting.popleft()
        wrong += look_at(page, address)
        for link in links_on(page, home):
            if form_of(link) not in met:
                met.add(form_of(link))
                waiting.append(link)
        assert len(met) < MOST, sorted(path for path, _names in met)
    return met, wrong


def look_at(page: Page, address: str) -> list[str]:
    """What is wrong with the page at an address; a file is only asked whether it comes."""
    if FILE.search(urlsplit(address).path):
        answer = page.request.get(address)
        return [] if answer.ok else [f"{address} answered {answer.status}"]
    response = page.goto(address)
    if response is None or response.status != 200:
        return [f"{address} answered {response.status if response else 'nothing'}"]
    return checks.check(page)


@pytest.mark.parametrize("who", PERSONAS)
def test_every_page_a_persona_can_reach_is_in_order(who: str, sit_down: SitDown, demo: Program) -> None:
    met, wrong = crawl(sit_down(who), demo.address)
    assert wrong == []
    paths = {path for path, _names in met}
    assert {"/", "/account", "/who-can-do-what", "/help", "/accessibility"} <= paths
    for path in paths & {f"/registers/{slug}/" for slug in SLUGS}:
        assert {f"{path}<id>", f"{path}<id>/history"} <= paths
    if who in KEEPERS:
        assert {f"/registers/{slug}/{page}" for slug in SLUGS for page in KEEPING} <= paths


@pytest.mark.parametrize("path", ["/sign-in", "/help", "/accessibility", "/no-such-page"])
def test_what_is_shown_to_somebody_who_is_not_signed_in_is_in_order(path: str, open_window: Callable[..., BrowserContext], demo: Program) -> None:
    page = open_window(demo.address).new_page()
    page.goto(path)
    checks.demand(page)
