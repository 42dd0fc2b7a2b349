"""Asking a server on this machine over a few connections that stay open, and keeping how long each answer took."""

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

PATIENCE = 20
CONNECTIONS = 2


@dataclass(frozen=True)
class Server:
    """A server, the cookie of somebody signed in, and the number of its process."""

    port: int
    cookie: str = ""
    process: int = 0

    def ask(self, path: str, times: int) -> list[float]:
        """Seconds for each of some answers, over a few connections at once."""
        return self._over_all(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode(), times)

    def send(self, path: str, form: Mapping[str, str], times: int, header: str = "") -> list[float]:
        """The same for a form, with one more header where one is given."""
        return self._over_all(self._posted(path, form, header), times)

    def _posted(self, path: str, form: Mapping[str, str], header: str = "") -> bytes:
        body = urlencode(form).encode()
        said = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n{header + chr(13) + chr(10) if header else ''}"
        return f"POST {path} HTTP/1.1\r\n{self._head}{said}\r\n".encode() + body

    def send_once(self, path: str, form: Mapping[str, str]) -> None:
        """Open a page and send its form, one after the other, each over a connection of its own."""
        self._time(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode(), 1)
        self._time(self._posted(path, form), 1)

    @property
    def _head(self) -> str:
        return f"Host: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"

    def _over_all(self, request: bytes, times: int) -> list[float]:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            parts = pool.map(lambda _: self._time(request, times // CONNECTIONS), range(CONNECTIONS))
            return [taken for part in parts for taken in part]

    def _time(self, request: bytes, times: int) -> list[float]:
        taken = []
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(times):
                begun = time.perf_counter()
                connection.sendall(request)
                _read(connection)
                taken.append(time.perf_counter() - begun)
        return taken


def _read(connection: socket.socket) -> None:
    """One answer to its end; it must be a page, not a refusal."""
    answer = connection.recv(65_536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65_536)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    held = len(body)
    while held < length:
        held += len(connection.recv(65_536))


def p99(taken: Sequence[float]) -> float:
    """The time within which 99 of 100 answers came."""
    return statistics.quantiles(taken, n=100)[98]


@contextmanager
def serving(folder: Path, cookie: str) -> Iterator[Server]:
    """The program in a process of its own on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.serving", str(folder), str(port)])
    try:
        server = Server(port, cookie, process.pid)
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            server.ask("/hello/", CONNECTIONS)
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
