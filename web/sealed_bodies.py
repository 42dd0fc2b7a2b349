"""What the server keeps of a long request until it has come whole: sealed."""

import gc
import io
import select
from collections.abc import Iterator
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from models.put_away import PutAway

PIECE = 256 * 1024
"""What a request holds in memory, and what is sealed at once."""

OUT = {"outbuf_high_watermark": 4 * 1024 * 1024, "outbuf_overflow": 64 * 1024 * 1024}
"""An answer waits in memory while somebody slow takes it, never on the disk."""

CAN_POLL = hasattr(select, "poll")
AT_ONCE = {"connection_limit": 2_000 if CAN_POLL else 400, "asyncore_use_poll": CAN_POLL, "channel_timeout": 60, "cleanup_interval": 10}
"""Each browser keeps half a dozen connections open: of waitress's own 100, seventeen colleagues would use up all. Windows can watch 512."""


class SealedBody:
    """The body of one request, in the place of the server's own buffer, which would write it to the disk in the clear."""

    def __init__(self) -> None:
        self._length = 0
        self._waiting = bytearray()
        self._away = PutAway(b"request body")

    def __len__(self) -> int:
        return self._length

    def __bool__(self) -> bool:
        return True

    def append(self, plain: bytes) -> None:
        """Take some more."""
        self._length += len(plain)
        self._waiting += plain
        while len(self._waiting) >= PIECE:
            self._away.put(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]

    def getfile(self) -> io.BufferedReader:
        """The whole of it, to be read from the beginning."""
        return io.BufferedReader(_Reading(self._opened()), PIECE)

    def close(self) -> None:
        """Forget it."""
        self._waiting.clear()
        self._away.close()

    def _opened(self) -> Iterator[bytes]:
        yield from self._away.pieces()
        yield bytes(self._waiting)


class _Reading(io.RawIOBase):
    """Pieces as one stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(into), len(self._rest))
        into[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class SealingParser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """The server's reader of requests, with bodies kept sealed."""

    def parse_header(self, header_plus: bytes) -> None:
        """As the server's own."""
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = SealedBody()


class SealingChannel(HTTPChannel):  # type: ignore[misc]
    """The server's end of one connection."""

    parser_class = SealingParser


def create_server(program: Any, **how: Any) -> Any:
    """Waitress, ready to run, with sealed bodies on every address it listens to; raises OSError when it cannot listen."""
    servers: dict[int, Any] = {}
    made = waitress.create_server(program, map=servers, **OUT, **AT_ONCE, **how)
    for server in servers.values():
        if hasattr(server, "channel_class"):
            server.channel_class = SealingChannel
    gc.freeze()  # the program itself stays for good: looking through it for what can be let go is a tenth of what an answer costs
    return made
