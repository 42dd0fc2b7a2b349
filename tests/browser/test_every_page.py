"""Every page of the demonstration that a link leads to, for all who see different ones, on a laptop and on a phone."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from registry.catalogue import REGISTERS
from tests.browser import checks
from tests.browser.conftest import SitDown
from tests.serving import Program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PERSONAS = ("dpo", "head", "office", "it", "teacher", "other")
"""The headteacher sees whatever the safeguarding lead and a governor see, laid out alike."""
KEEPERS = ("dpo", "other")
SLUGS = ("processing",)
UNLINKED = ("/starter/", *(f"/registers/{slug}/starter" for slug in SLUGS))
"""Pages that lists lead to while they are empty, which those of the demonstration are not."""
LAID_OUT_OTHERWISE = ("pupils",)
"""Registers with pages of their own; the others are laid out like the first, which has everything that a register can have."""
KEEPING = ("", "add", "import", "starter", "<id>/archive")
OWN = {
    "head": re.compile(r"^/(?!registers/|findings/|notices|help/)|/<register>/<id>/(?:now|decide|approval|closing)$"),
    **dict.fromkeys(("office", "it", "teacher"), re.compile(r"^/(?!registers/|findings/|notices|help/)")),
    "other": re.compile(r"^/(?!registers/|findings/|notices|help/)|/starter$"),
}
"""Where somebody has a part of their own; what the officer, whose crawl goes everywhere, sees laid out alike is not looked at twice."""
MOST = 220
"""More paths than there are; a crawl that reaches it has lost its way."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FILE = re.compile(r"/export\b|/template\b|\.(?:csv|xlsx)\b")

OPEN = re.compile(r"(/findings/|/worked-out/)(?:[a-z-]+/<id>/)?(\w+)$")
DEADLINE = re.compile(r"[A-Z]{2}\d")
"""Its code has one figure, and that of a finding two."""

NUMBER = re.compile(r"(?<=/history/)\d+")

ANY = r"\1<register>"
ANY_REGISTER = "/registers/<register>"
OF = r"^(/registers/|/help/api/)"
REGISTER = re.compile(rf"{OF}(?:{'|'.join(register.slug for register in REGISTERS)})\b")
ALIKE = re.compile(rf"{OF}(?:{'|'.join(register.slug for register in REGISTERS if register.slug not in (*SLUGS, *LAID_OUT_OTHERWISE))})\b")
PLACE = "section"
"""What is asked in an address and leads to another page, rather than to another view of the same one."""

FILTERS = frozenset(name for register in REGISTERS for name in register.questions)
"""What narrows a list: one filter stands for all of them."""


class Met:
    """What a crawl has met so far: each path, and everything that was asked of it if every view of a list and of a form counts."""

    def __init__(self, every_view: bool, own: re.Pattern[str] | None) -> None:
        self.every_view, self._own = every_view, own
        self.paths: set[str] = set()
        self._asked: dict[str, set[str]] = {}

    def is_new(self, address: str) -> bool:
        """Whether an address leads to a path, or asks something of it, that was not met before; from now on it was."""
        names = {"filter" if name in FILTERS else name for name, _value in parse_qsl(urlsplit(address).query)}
        path = self._path_of(address)
        if self._own is not None and not self._own.search(path):
            return False
        asked = self._asked.setdefault(REGISTER.sub(ANY, path), set())
        is_new = path not in self.paths or (self.every_view and not names <= asked)
        self.paths.add(path)
        asked |= names
        return is_new

    def _path_of(self, address: str) -> str:
        """An address without what differs from one record to the next.

        The sections of a form, the entries of a history and the registers are alike for all who may see them:
        one persona looks at each, the others at one of them.
        What can be asked of a list is asked of one register's.
        """
        parts = urlsplit(address)
        path = ALIKE.sub(ANY, parts.path) if self.every_view else NUMBER.sub("<number>", REGISTER.sub(ANY, parts.path))
        is_whole = self.every_view and ANY_REGISTER not in path  # the sections of one register stand for those of the others
        sections = (f" {value}" for name, value in parse_qsl(parts.query) if name == PLACE and is_whole)
        return OPEN.sub(_kind_of_open, ID.sub("<id>", path)) + "".join(sections)


def _kind_of_open(found: re.Match[str]) -> str:
    """Deadlines are laid out alike, and so are findings: what is open is known by the kind of its code."""
    return f"{found[1]}<deadline>" if DEADLINE.fullmatch(found[2]) else f"{found[1]}<finding>"


def links_on(page: Page, home: str) -> list[str]:
    """The addresses of this site that the page leads to, without the places within them."""
    found = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)")
    return [address.partition("#")[0] for address in found if address.startswith(f"{home}/")]


def crawl(page: Page, begin: Sequence[str], *, every_view: bool, own: re.Pattern[str] | None) -> tuple[set[str], list[str]]:
    """Every path that can be reached from the first page and the others to begin with, and what is wrong with the pages there."""
    met, wrong = Met(every_view, own), list[str]()
    home, waiting = begin[0].rstrip("/"), deque(address for address in begin if met.is_new(address))
    while waiting:
        address = waiting.popleft()
        wrong += look_at(page, address)
        waiting += [link for link in links_on(page, home) if met.is_new(link)]
        assert len(met.paths) < MOST, sorted(met.paths)
    return met.paths, wrong


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
    begin = [f"{demo.address}{path}" for path in ("/", *(UNLINKED if who in KEEPERS else ()))]
    paths, wrong = crawl(sit_down(who), begin, every_view=who == "dpo", own=OWN.get(who))
    assert wrong == []
    assert {"/", "/account", "/who-can-do-what", "/help", "/accessibility"} <= paths
    assert who != "head" or {"/people", "/settings/mail", f"{ANY_REGISTER}/<id>/decide"} <= paths
    registers = [f"/registers/{slug}/" for slug in SLUGS] if who == "dpo" else [f"{ANY_REGISTER}/"]
    for path in paths.intersection(registers):
        assert {f"{path}<id>", f"{path}<id>/history"} <= paths
    if who == "dpo":
        assert {f"{path}{page}" for path in registers for page in KEEPING} <= paths


@pytest.mark.parametrize("path", ["/sign-in", "/help", "/accessibility", "/no-such-page"])
def test_what_is_shown_to_somebody_who_is_not_signed_in_is_in_order(path: str, open_window: Callable[..., BrowserContext], demo: Program) -> None:
    page = open_window(demo.address).new_page()
    page.goto(path)
    checks.demand(page)
