"""A small clamd on the loopback address or on a socket file, which speaks its INSTREAM protocol and knows one harmful word."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HARMFUL = b"HARMFUL-TEST-WORD"
MOST = 4 * 1024 * 1024


class Conversation(socketserver.StreamRequestHandler):
    """One file that is asked about."""

    def handle(self) -> None:
        command = self.rfile.read(len(b"zINSTREAM\0"))
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(self.server.answer(content))  # type: ignore[attr-defined]


def answer(content: bytes) -> bytes:
    """What clamd says of a file."""
    return b"stream: Test-Word FOUND\0" if HARMFUL in content else b"stream: OK\0"


@contextmanager
def clamd(path: Path | None = None, says: object = answer) -> Iterator[str]:
    """A scanner at work; the address that the program is given."""
    kind = socketserver.ThreadingTCPServer if path is None else socketserver.ThreadingUnixStreamServer
    with kind(("127.0.0.1", 0) if path is None else str(path), Conversation) as server:  # type: ignore[operator]
        server.daemon_threads = True
        server.answer = says
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"unix:{path}" if path else f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def nobody_there() -> str:
    """An address at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"
