"""The four programs on this computer, started once for each module, and what asks them without waiting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from registry.connectors import google, graph, jamf_pro, jamf_school
from registry.connectors.credentials import (
    Credentials,
    GoogleCredentials,
    GraphCredentials,
    JamfProCredentials,
    JamfSchoolCredentials,
)
from registry.connectors.manner import Manner
from registry.connectors.pages import Page
from registry.connectors.troubles import NotAnswered
from registry.rules.device_row import DeviceRow
from tests.fakes import google as fake_google
from tests.fakes import graph as fake_graph
from tests.fakes import jamf as fake_jamf
from tests.fakes.serving import Fake, Mood, serving

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MANY = 5


@cache
def key() -> RSAKey:
    """The key of the service account."""
    return RSAKey.generate_key(2048)


def pem() -> str:
    """The same as it stands in Google’s file."""
    return key().as_pem(private=True).decode()


@cache
def google_credentials() -> GoogleCredentials:
    """The service account; to check its key takes a while."""
    return GoogleCredentials(fake_google.ACCOUNT, pem(), fake_google.ADMIN)


@dataclass(frozen=True)
class Program:
    """One of the programs: how it is read, with what, and which of its devices."""

    name: str
    fetch: Callable[..., Iterator[Page]]
    credentials: Callable[[], Credentials]
    has_door: bool = True
    has_pages: bool = True


ADDRESS = "https://quillbrook.jamfcloud.com"
PROGRAMS = (
    Program("graph", graph.fetch, lambda: GraphCredentials(fake_graph.TENANT, fake_graph.CLIENT, fake_graph.SECRET)),
    Program("google", google.fetch, google_credentials),
    Program("jamf_pro", jamf_pro.fetch, lambda: JamfProCredentials(ADDRESS, fake_jamf.CLIENT, fake_jamf.SECRET)),
    Program(
        "jamf_school",
        jamf_school.fetch,
        lambda: JamfSchoolCredentials(ADDRESS, fake_jamf.NETWORK, fake_jamf.API_KEY),
        has_door=False,
        has_pages=False,
    ),
)


@dataclass(frozen=True)
class Asking:
    """One program and the server that stands in for it."""

    program: Program
    fake: Fake
    slept: list[float]

    @property
    def mood(self) -> Mood:
        """How the server answers."""
        return self.fake.mood

    def pages(self, **more: Any) -> Iterator[Page]:
        """Its pages, one after the other."""
        manner = Manner(sleep=self.slept.append, now=lambda: NOW, instead=self.fake.address, **more.pop("manner", {}))
        return self.program.fetch(self.program.credentials(), manner=manner, **more)

    def rows(self, **more: Any) -> list[DeviceRow]:
        """All its devices."""
        return [row for page in self.pages(**more) for row in page.rows]

    def trouble(self, **more: Any) -> NotAnswered:
        """Why it could not be read; in words that hold nothing of the other side, nor where it is, nor what lets us in."""
        with pytest.raises(NotAnswered) as found:
            self.rows(**more)
        sentence = str(found.value)
        hidden = ("other side", "127.0.0.1", "http", "s3cret", "KEYKEY", "BEGIN", "token-", "AADSTS", "graph.microsoft.com")
        assert [word for word in hidden if word in sentence] == []
        assert found.value.__cause__ is None
        assert sentence.endswith(".")
        return found.value


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    """The server with all four programs."""
    mood = Mood()
    parts = (fake_graph.graph(mood), fake_google.google(mood, key()), fake_jamf.jamf_pro(mood), fake_jamf.jamf_school(mood))
    with serving(mood, *parts) as found:
        yield found


@pytest.fixture
def ask(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Asking]:
    """What asks one of the programs, each of which has five devices on pages of two."""
    fake.mood.forget()
    makers = {
        "graph": fake_graph.device,
        "google": fake_google.device,
        "computers": fake_jamf.computer,
        "mobiles": fake_jamf.mobile,
        "school": fake_jamf.school_device,
    }
    fake.mood.devices = {name: [make(number) for number in range(1, MANY + 1)] for name, make in makers.items()}
    for module in (graph, google, jamf_pro):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    return lambda name: Asking(next(each for each in PROGRAMS if each.name == name), fake, [])


@pytest.fixture(params=[each.name for each in PROGRAMS])
def any_program(request: pytest.FixtureRequest, ask: Callable[[str], Asking]) -> Asking:
    """Each of the four."""
    return ask(request.param)


@pytest.fixture(params=[each.name for each in PROGRAMS if each.has_pages])
def paged(request: pytest.FixtureRequest, ask: Callable[[str], Asking]) -> Asking:
    """Each that has pages."""
    return ask(request.param)


@pytest.fixture(params=[each.name for each in PROGRAMS if each.has_door])
def behind_a_door(request: pytest.FixtureRequest, ask: Callable[[str], Asking]) -> Asking:
    """Each that gives tokens."""
    return ask(request.param)
