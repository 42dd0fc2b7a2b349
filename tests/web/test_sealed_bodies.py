"""Long requests on their way through the real server: nothing of them lies in the clear anywhere."""

import http.client
import io
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from web.sealed_bodies import PIECE, SealedBody, create_server

WORDS = b"Nell Abara, Year 4. "


@pytest.mark.parametrize("size", [0, 10, PIECE, PIECE + 1, 3 * PIECE + 100])
def test_a_body_is_read_as_it_came(size: int) -> None:
    content, body = (WORDS * (size // len(WORDS) + 1))[:size], SealedBody()
    for start in range(0, size, 8192):
        body.append(content[start : start + 8192])
    assert (len(body), bool(body)) == (size, True)
    assert body.getfile().read() == content
    with body.getfile() as again:
        assert again.read(7) == content[:7]
    body.close()


def test_what_lies_on_the_disk_is_sealed_and_little_is_held_in_memory() -> None:
    body = SealedBody()
    for _ in range(100):
        body.append(WORDS * 1000)
        assert len(body._waiting) < PIECE
    assert body._away._file is not None
    body._away._file.seek(0)
    assert WORDS not in body._away._file.read()
    body.close()


def test_a_short_body_never_reaches_the_disk() -> None:
    body = SealedBody()
    body.append(WORDS)
    assert body._away._file is None
    body.close()


@contextmanager
def server(answer: Any) -> Iterator[int]:
    """Waitress with sealed bodies, as the program starts it."""
    made, is_over = create_server(answer, host="127.0.0.1", port=0, threads=1), threading.Event()

    def serve() -> None:
        while not is_over.is_set():
            made.asyncore.loop(timeout=0.1, map=made._map, count=1, use_poll=made.adj.asyncore_use_poll)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield made.effective_port
    finally:  # one after the other: whoever still works must not find its files shut
        is_over.set()
        thread.join(5)
        made.task_dispatcher.shutdown()
        made.asyncore.close_all(made._map, ignore_all=True)


def plain_on_disk() -> list[str]:
    """The open files of this process, deleted ones as well, in which the words stand."""
    found = []
    for number in os.listdir("/proc/self/fd"):
        path = f"/proc/self/fd/{number}"
        try:
            if os.path.isfile(path) and not os.readlink(path).startswith("/dev") and WORDS in open(path, "rb").read():  # noqa: SIM115
                found.append(os.readlink(path))
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at open files the way Linux shows them")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("chunked", [False, True])
def test_the_server_hands_on_what_was_sent_and_nothing_of_it_lies_in_the_clear(chunked: bool) -> None:
    seen: dict[str, Any] = {}

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen["on disk"] = plain_on_disk()
        seen["body"] = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(seen["body"])))])
        return [seen["body"][start : start + 100_000] for start in range(0, len(seen["body"]), 100_000)]

    content = WORDS * 150_000
    with server(answer) as port:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        how = {"Transfer-Encoding": "chunked"} if chunked else {}
        asked.request("POST", "/", io.BytesIO(content) if chunked else content, encode_chunked=chunked, headers=how)
        assert asked.getresponse().read() == content
        asked.close()
    assert seen["body"] == content
    assert seen["on disk"] == []


def test_a_house_full_of_open_browsers_keeps_nobody_out() -> None:
    """Each browser keeps six connections open and says nothing on them: forty of them use 240."""

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    with server(answer) as port, ExitStack() as browsers:
        for _ in range(240):
            browsers.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        asked.request("GET", "/")
        assert asked.getresponse().read() == b"ok"
        asked.close()
