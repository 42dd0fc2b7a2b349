"""Who can be asked at all: computers in the public internet, by https, that prove who they are, and that come to an end."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from requests import Session

from registry.connectors import wires
from registry.connectors.asking import Asker, Fixed
from registry.connectors.graph import MICROSOFT
from registry.connectors.manner import Manner
from registry.connectors.troubles import NotAnswered, NotYet, Remedy
from tests.channel import channel_at_work


def trouble(base: str, **more: Any) -> NotAnswered:
    manner = Manner(sleep=lambda _seconds: None, tries=2, **more)
    asker = Asker(MICROSOFT, wires.prepared(Session(), manner), Fixed("Basic s3cret"), base=base, manner=manner)
    with pytest.raises(NotAnswered) as found:
        asker.page("/", None, lambda told: told is not None)
    assert not any(word in str(found.value) for word in ("localhost", "127.0.0.1", "http", "s3cret"))
    return found.value


@pytest.mark.parametrize("base", ["https://localhost:9", "https://127.0.0.1:9", "https://10.1.2.3", "https://[::1]:9", "https://169.254.169.254"])
def test_nothing_inside_a_building_is_asked(base: str) -> None:
    found = trouble(base)
    assert (found.remedy, "inside a building" in str(found)) == (Remedy.MEND, True)


@pytest.mark.parametrize("base", ["http://localhost:9", "ftp://8.8.8.8", "https://[", f"https://{'a' * 64}.example"])
def test_nothing_but_https_is_spoken(base: str) -> None:
    assert trouble(base).remedy is Remedy.LATER


def test_the_demonstration_asks_nobody() -> None:
    wires.call_nobody(True)
    try:
        assert "This is the demonstration" in str(trouble("https://graph.microsoft.com"))
    finally:
        wires.call_nobody(False)


@pytest.mark.parametrize("instead", ["http://10.1.2.3", "https://graph.microsoft.com", "nowhere"])
def test_nothing_but_this_computer_stands_in_for_a_program(instead: str) -> None:
    with pytest.raises(ValueError, match="on this computer"):
        Manner(instead=instead)


def test_a_program_has_to_prove_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "is_public", lambda _address: True)
    with channel_at_work(tmp_path) as channel:
        base = f"https://localhost:{channel.port}"
        wires.trust.cache_clear()
        found = trouble(base)
        assert (found.remedy, "certificate" in str(found)) == (Remedy.MEND, True)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        wires.trust.cache_clear()
        assert "it answered 501" in str(trouble(base))  # who it is was proved; it only takes no questions of this kind
    monkeypatch.undo()
    wires.trust.cache_clear()


def test_proxies_and_passwords_of_the_surroundings_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    session = wires.prepared(Session(), Manner())
    assert (session.trust_env, list(session.adapters)) == (False, ["https://"])


@pytest.fixture
def dripping() -> Iterator[str]:
    """A server that says a letter now and then, for ever."""
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        with suppress(OSError):
            while not over.is_set():
                talk, _address = listening.accept()
                with talk, suppress(OSError):
                    talk.recv(10_000)
                    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                    while not over.wait(0.02):
                        talk.sendall(b" ")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    over.set()
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_an_answer_that_never_ends_is_cut_off(dripping: str) -> None:
    assert "broke off" in str(trouble("", instead=dripping, altogether=0.1))


def test_something_has_to_be_tried() -> None:
    def never() -> None:
        raise NotYet("No.")

    with pytest.raises(ValueError, match="at least once"):
        Manner(tries=0).patiently(never)
