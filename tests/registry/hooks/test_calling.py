"""A channel is called by https only, outside only, once, and under a signature."""

import contextlib
import hashlib
import hmac
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.hooks import calling
from registry.hooks.calling import Call, call, signature
from registry.outgoing import Fate, NotSent
from tests.channel import Channel, channel_at_work
from tests.people import NOW

WHAT = Call("a name", '{"text":"Ŵ"}'.encode(), "a secret")


def refused(address: str) -> NotSent:
    with pytest.raises(NotSent) as found:
        call(address, WHAT, NOW)
    assert "localhost" not in str(found.value)
    return found.value


def test_a_call_carries_its_name_and_a_signature_that_can_be_checked(channel: Channel) -> None:
    call(channel.address, WHAT, NOW)
    (told,) = channel.told
    assert (told.path, told.body) == ("/hooks/abc?key=def", WHAT.body)
    assert told.headers["Host"] == f"localhost:{channel.port}"
    assert told.headers["X-Safehold-Event"] == "a name"
    assert told.headers["Content-Type"] == "application/json; charset=utf-8"
    stamp, proof = (part.partition("=")[2] for part in told.headers["X-Safehold-Signature"].split(","))
    assert stamp == str(int(NOW.timestamp()))
    assert proof == hmac.new(b"a secret", stamp.encode() + b"." + told.body, hashlib.sha256).hexdigest()


def test_the_signature_is_what_the_page_says() -> None:
    assert signature("key", NOW, b"{}") == "t=1795425240,v1=" + hmac.new(b"key", b"1795425240.{}", "sha256").hexdigest()


@pytest.mark.parametrize(
    ("answer", "fate"),
    [(500, Fate.AGAIN), (503, Fate.AGAIN), (429, Fate.AGAIN), (408, Fate.AGAIN), (400, Fate.NEVER), (404, Fate.NEVER), (410, Fate.NEVER)],
)
def test_what_an_answer_means(channel: Channel, answer: int, fate: Fate) -> None:
    channel.answer(answer)
    found = refused(channel.address)
    assert found.fate is fate
    assert f"it answered {answer}" in str(found)


@pytest.mark.parametrize("answer", [301, 302, 307, 308])
def test_nobody_is_followed_elsewhere(channel: Channel, answer: int) -> None:
    channel.answer(answer)
    assert refused(channel.address).fate is Fate.NEVER
    assert len(channel.told) == 1


@pytest.mark.parametrize("answer", ["hang up", "wait"])
def test_a_channel_that_may_have_heard_is_not_told_again(channel: Channel, answer: str) -> None:
    channel.answer(answer)
    assert refused(channel.address).fate is Fate.UNSURE


def test_a_channel_that_answers_a_letter_at_a_time_holds_nobody(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "ALTOGETHER", 0.3)
    channel.answer("drip")
    assert refused(channel.address).fate is Fate.UNSURE


def test_a_channel_that_proves_itself_a_letter_at_a_time_holds_nobody(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "ALTOGETHER", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as slow:
        talk = threading.Thread(target=_drip, args=(slow,), daemon=True)
        talk.start()
        before = time.monotonic()
        found = refused(f"https://127.0.0.1:{slow.getsockname()[1]}/")
        talk.join()
    assert time.monotonic() - before < 3
    assert found.fate is Fate.AGAIN


def _drip(slow: socket.socket) -> None:
    """A record of TLS that is announced as long, a letter every tenth of a second."""
    there, _address = slow.accept()
    with there, contextlib.suppress(OSError):
        there.sendall(b"\x16\x03\x03\x40\x00")
        for _letter in range(60):
            there.sendall(b"\x02")
            time.sleep(0.1)


def test_a_channel_that_is_not_there_is_tried_again(channel: Channel) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = refused(f"https://localhost:{taken.getsockname()[1]}/")
    assert found.fate is Fate.AGAIN
    assert "could not be reached" in str(found)


def test_a_channel_that_cannot_prove_its_name_is_told_nothing(channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with channel_at_work(folder, "elsewhere.example") as other:
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "certificate.pem"))
        assert "could not prove" in str(refused(other.address))
        assert other.told == []


@pytest.fixture
def outside_only() -> Iterator[None]:
    """The program as schools have it."""
    calling.allow_here(False)
    yield
    calling.allow_here(False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:192.168.0.1]", "0.0.0.0", "2130706433"])
def test_nothing_inside_is_called(outside_only: None, host: str) -> None:
    found = refused(f"https://{host}:9/")
    assert found.fate is Fate.NEVER
    assert "inside a building" in str(found)


def test_this_computer_is_allowed_to_tests_and_the_building_is_not(channel: Channel) -> None:
    assert "inside a building" in str(refused("https://192.168.1.1/"))


def found_at(*addresses: str) -> Any:
    return lambda *_asked, **_more: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]


def test_a_name_one_of_whose_addresses_is_inside_is_not_called(outside_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", found_at("8.8.8.8", "10.0.0.1"))
    assert refused("https://hooks.example/").fate is Fate.NEVER


def test_the_address_that_was_checked_is_the_one_that_is_called(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is looked up anew may lead inside by then."""
    asked = []
    look_up = socket.getaddrinfo

    def once(host: Any, *others: Any, **more: Any) -> Any:
        asked.append(host)
        return look_up(host, *others, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    call(channel.address, WHAT, NOW)
    assert asked.count("localhost") == 1


def test_an_address_that_leads_nowhere_does_not_keep_the_next_from_being_tried(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the many computers that know of IPv6 and have no way there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.2", 0))  # and does not listen
        look_up = socket.getaddrinfo

        def both(host: Any, *others: Any, **more: Any) -> Any:
            return found_at("127.0.0.2", "127.0.0.1")() if host == "localhost" else look_up(host, *others, **more)

        monkeypatch.setattr(socket, "getaddrinfo", both)
        call(channel.address, WHAT, NOW)
    assert len(channel.told) == 1


def test_the_demonstration_calls_nobody(channel: Channel) -> None:
    calling.allow_here(True, nobody=True)
    assert "This is the demonstration" in str(refused(channel.address))
    assert channel.told == []


def test_a_name_that_nobody_has_is_tried_again(outside_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: Any, **_more: Any) -> Any:
        raise socket.gaierror(-2, "no such name: hooks.example")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert refused("https://hooks.example/").fate is Fate.AGAIN
