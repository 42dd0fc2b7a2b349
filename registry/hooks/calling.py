"""Calling a channel: by https, at an address in the public internet that was looked up and checked first, once, and without following anybody."""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from registry.outgoing import Fate, NotSent
from registry.rules.public_addresses import is_public, is_this_computer

PATIENCE = 10.0
"""Seconds for each step of the talk."""

ALTOGETHER = 30.0
HTTPS = 443
MOST_ADDRESSES = 4
TRY_LATER = frozenset({408, 425, 429})
AGENT = "Safehold"


@dataclass(frozen=True)
class Call:
    """What is sent, and under which name: the same name is never sent twice."""

    name: str
    body: bytes
    secret: str


_here_too: bool = False
_nobody: bool = False


def allow_here(is_allowed: bool, *, nobody: bool = False) -> None:
    """Let channels lie on this computer itself, from now on or no longer, for tests; or call `nobody` at all, as in the demonstration."""
    global _here_too, _nobody
    _here_too, _nobody = is_allowed, nobody


def signature(secret: str, at: datetime, body: bytes) -> str:
    """What proves that a body is ours, and when it was sent: HMAC-SHA256 over the time, a full stop and the body."""
    seconds = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def call(address: str, what: Call, at: datetime) -> None:
    """Tell a channel once; raises NotSent."""
    if _nobody:
        raise NotSent("This is the demonstration, from which nothing reaches anybody.", Fate.NEVER)
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or HTTPS
    connection = _Checked(host, port, _checked(host, port))
    _connect(connection)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": AGENT,
        "X-Safehold-Event": what.name,
        "X-Safehold-Signature": signature(what.secret, at, what.body),
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    _judge(_answer(connection, target, what.body, headers))


def _connect(connection: "_Checked") -> None:
    watch = _watch(connection)
    try:
        connection.connect()
    except (OSError, ssl.SSLError) as problem:
        connection.close()
        raise NotSent(_why_not_reached(problem), Fate.AGAIN) from None
    finally:
        watch.cancel()


def _watch(connection: "_Checked") -> threading.Timer:
    """What breaks a talk off: a channel that says a letter a second would hold us for ever."""
    watch = threading.Timer(ALTOGETHER, connection.cut)
    watch.daemon = True
    watch.start()
    return watch


def _answer(connection: "_Checked", target: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that the channel answers; raises NotSent when it breaks off, for it may have heard."""
    watch = _watch(connection)
    try:
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        raise NotSent(
            "The channel took what was sent and did not answer in time. It may have arrived, so it is not sent again.", Fate.UNSURE
        ) from None
    finally:
        watch.cancel()
        connection.close()


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        sentence = f"The channel wanted to be called elsewhere (it answered {status}), which is not followed. Enter its present address."
        raise NotSent(sentence, Fate.NEVER)
    if status >= 500 or status in TRY_LATER:
        raise NotSent(f"The channel cannot take it for now (it answered {status}).", Fate.AGAIN)
    raise NotSent(f"The channel refused it (it answered {status}). Perhaps it was removed there, or its address was made anew.", Fate.NEVER)


class _Checked(http.client.HTTPSConnection):
    """A connection to one of the very addresses that were checked, however the name is looked up the next moment."""

    def __init__(self, host: str, port: int, addresses: list[str]) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self._tls)
        self._addresses = addresses

    def connect(self) -> None:
        """Connect, and have the channel prove that it has the name it was called by."""
        raw = self._reached()
        try:
            self.sock = self._tls.wrap_socket(raw, server_hostname=self.host, do_handshake_on_connect=False)
        except BaseException:
            raw.close()
            raise
        self.sock.do_handshake()

    def _reached(self) -> socket.socket:
        """The first address that answers: many computers know of IPv6 and have no way there."""
        *others, last = self._addresses[:MOST_ADDRESSES]
        for address in others:
            with suppress(OSError):
                return socket.create_connection((address, self.port), PATIENCE)
        return socket.create_connection((last, self.port), PATIENCE)

    def cut(self) -> None:
        """Break off, whatever is under way."""
        if self.sock is not None:
            with suppress(OSError):  # it is over already
                self.sock.shutdown(socket.SHUT_RDWR)


def _checked(host: str, port: int) -> list[str]:
    """The addresses of a name, all of which must lie where channels may lie; raises NotSent."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("There is no computer of that name, or names cannot be looked up at the moment.", Fate.AGAIN) from None
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(is_public(each) or (_here_too and is_this_computer(each)) for each in addresses):
        raise NotSent("That name leads to a computer inside a building. Channels must lie in the public internet.", Fate.NEVER)
    return list(dict.fromkeys(addresses))


def _why_not_reached(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "The channel could not prove that it is what it is called: its certificate does not fit, or is over."
    if isinstance(problem, ssl.SSLError):
        return "The channel and this computer could not agree on how to keep their talk from being read."
    if isinstance(problem, TimeoutError):
        return "The channel did not answer in time."
    return "The channel could not be reached: the connection was refused, or something stands between it and this computer."
