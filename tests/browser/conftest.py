"""A browser, and the demonstration served to it by the real program; whatever a page complains of fails the test that opened it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from tests import databases
from tests.browser import checks
from tests.conftest import missing
from tests.serving import Program, command, serving

HOW_TO_GET_CHROMIUM = "Chromium is not installed: sudo apt install chromium-headless-shell, then run the tests again."
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
QUICK = {"demo": "yes", "password_memory_kib": "19456", "synchronous": "normal"}
"""Settings under which signing in and saving take as little time as the program allows."""

ON_POSTGRESQL = {**QUICK, "program": "tests.demonstrating"}

on_both_databases = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
"""Marks a journey that a database could break; what axe, the keyboard, paper and a field look at does not depend on it, and runs on SQLite."""

SitDown = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser that the system has, so that none need be downloaded: first the one without windows, which takes half the time."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return {"executable_path": found, "args": list(FLAGS)}
    missing(HOW_TO_GET_CHROMIUM)
    return {}


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the processes which run the tests side by side have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def share_what_was_seen(shared: Path) -> None:
    """Let these processes spare each other the pages that one of them has judged."""
    checks.seen.folder = shared / "pages-in-order"
    checks.seen.folder.mkdir(exist_ok=True)


def fill(folder: Path, **settings: str) -> Path:
    """Fill a demonstration that keeps its files in this folder; the folder."""
    done = command("migrate", data_folder=folder, **settings)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def filled_sqlite(browser_type_launch_args: dict[str, Any], shared: Path) -> Path:
    """A data folder with the demonstration, filled by the first process that wants it; each module gets a copy."""
    folder = shared / "filled"
    with FileLock(shared / "filled.lock"):
        if not folder.exists():
            draft = shared / "being-filled"
            draft.mkdir()
            fill(draft, **QUICK).rename(folder)
    return folder


@pytest.fixture(scope="session")
def filled_postgresql(browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> Path:
    """The same with its records in the database `filled` of the server, which each module gets a copy of as well."""
    folder = fill(tmp_path_factory.mktemp("filled"), **ON_POSTGRESQL, database_url=databases.create(postgresql, "filled"))
    assert not list(folder.rglob("*.db")), "the records went into the folder after all"
    return folder


@contextmanager
def demonstration(folder: Path, **settings: Any) -> Iterator[Program]:
    """The program at work on a demonstration that is in order to the end."""
    with serving(folder, **settings) as program:
        yield program
        assert program.process.poll() is None, program.words
        assert "Traceback" not in program.words, program.words


@pytest.fixture(scope="module")
def demo_on_sqlite(filled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with a demonstration that this module may do anything to."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(filled_sqlite, folder, dirs_exist_ok=True)
    with demonstration(folder, **QUICK) as program:
        yield program


@pytest.fixture(scope="module")
def demo_on_postgresql(filled_postgresql: Path, tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> Iterator[Program]:
    """The same in a PostgreSQL database of its own."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(filled_postgresql, folder, dirs_exist_ok=True)
    with demonstration(folder, **ON_POSTGRESQL, database_url=databases.create(postgresql, folder.name, copy_of="filled")) as program:
        yield program


@pytest.fixture
def kind() -> str:
    """The database under the demonstration: SQLite, unless a test is marked to run on both."""
    return "sqlite"


@pytest.fixture
def demo(kind: str, request: pytest.FixtureRequest) -> Program:
    """The module's demonstration in the database that the test runs on."""
    program: Program = request.getfixturevalue(f"demo_on_{kind}")
    return program


@dataclass
class Watch:
    """What went wrong in the pages of one browser window, beside what they show."""

    address: str
    has_scripts: bool = True
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to everything that a window does."""
        context.on("console", self._console)
        context.on("weberror", self._broken)
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def _broken(self, error: WebError) -> None:
        self.troubles.append(f"script: {error.error}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"another host was asked: {request.url}")

    def _failed(self, request: Request) -> None:
        went_on_before_it_came = request.failure == "net::ERR_ABORTED"
        switched_off = request.resource_type == "script" and not self.has_scripts
        if not went_on_before_it_came and not switched_off:
            self.troubles.append(f"failed: {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        brings_a_page = response.request.is_navigation_request() or response.request.resource_type == "xhr"  # files are sent by a script
        if response.status >= 500 or (response.status >= 400 and not brings_a_page):
            self.troubles.append(f"answered {response.status}: {response.url}")


@pytest.fixture
def open_window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """What opens a window of its own, watched until the test ends."""
    watches: list[Watch] = []
    windows: list[BrowserContext] = []

    def opened(address: str, **wishes: Any) -> BrowserContext:
        watches.append(Watch(address, wishes.get("java_script_enabled", True)))
        still = {"reduced_motion": "reduce"}  # what fades in is pale while it does, and would be judged so
        windows.append(browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, **still, **wishes))
        watches[-1].over(windows[-1])
        windows[-1].set_default_timeout(10_000)
        return windows[-1]

    yield opened
    for window in windows:
        window.close()
    assert [trouble for watch in watches for trouble in watch.troubles] == []


@pytest.fixture
def sit_down(open_window: Callable[..., BrowserContext], demo: Program) -> SitDown:
    """What lets one of the demonstration's people sit down at a computer of their own, signed in as by one click, on no page yet."""

    def at(who: str, **wishes: Any) -> Page:
        window = open_window(demo.address, **wishes)
        offered = window.request.get("/sign-in").text()
        proof = re.search(r'name="csrf_token" value="([^"]+)"', offered)
        assert proof
        done = window.request.post("/sign-in", form={"csrf_token": proof[1], "as": who}, max_redirects=0)
        assert done.status == 302, done.status
        return window.new_page()

    return at
