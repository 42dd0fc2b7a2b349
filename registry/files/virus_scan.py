"""Asking clamd, where a school runs it, whether a file holds something known to be harmful (its INSTREAM command)."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

WAIT = 120.0
"""Seconds for one answer; a large file takes clamd a while."""

AT_ONCE = 256 * 1024
_LENGTH = struct.Struct(">I")


class NoScanner(Exception):
    """The scanner does not answer, or would not look at the file; the message is a sentence for the page."""


_address: str | None = None


def use(address: str | None) -> None:
    """Scan with the clamd at this address, `unix:/path` or `host:port`, from now on; with none, nothing is scanned."""
    global _address  # noqa: PLW0603 - one process serves one installation
    _address = address


def is_used() -> bool:
    """Whether files are scanned at all."""
    return _address is not None


def found_in(pieces: Iterable[bytes]) -> str | None:
    """What clamd calls the harmful thing in a file; None for a clean one. Raises NoScanner."""
    if _address is None:
        return None
    try:
        with _connected(_address) as clamd:
            return _verdict(_ask(clamd, pieces))
    except OSError:
        raise NoScanner("The virus scanner does not answer, so no file is taken in. Try again later, or tell whoever looks after Safehold.") from None


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(WAIT)
        try:
            clamd.connect(address.removeprefix("unix:"))
        except OSError:
            clamd.close()
            raise
        return clamd
    parts = urlsplit(f"//{address}")
    return socket.create_connection((parts.hostname, parts.port), timeout=WAIT)


def _ask(clamd: socket.socket, pieces: Iterable[bytes]) -> str:
    """Send the file, each piece with its length before it, and read the one line that comes back."""
    try:
        clamd.sendall(b"zINSTREAM\0")
        for piece in pieces:
            for start in range(0, len(piece), AT_ONCE):
                part = piece[start : start + AT_ONCE]
                clamd.sendall(_LENGTH.pack(len(part)) + part)
        clamd.sendall(_LENGTH.pack(0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it says why before it hangs up
    answer = b""
    while b"\0" not in answer and (more := clamd.recv(4096)):
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> str | None:
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if "size limit exceeded" in answer:
        raise NoScanner("The virus scanner takes no file of this size. Whoever looks after Safehold can raise StreamMaxLength in its settings.")
    raise NoScanner("The virus scanner could not look at this file, so it is not taken in. Tell whoever looks after Safehold.")
