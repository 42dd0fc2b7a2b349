"""Connections to the public internet only: each name is looked up and checked, and the very address that was checked is connected to."""

import socket
import ssl
from contextlib import suppress
from functools import cache
from typing import Any

from requests import Session
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from registry.connectors.manner import Manner
from registry.connectors.troubles import NotAnswered, NotYet, Remedy
from registry.rules.public_addresses import is_public

AGENT = "Safehold"
MOST_ADDRESSES = 4


_closed: set[str] = set()
"""Why nobody out there is asked, if so."""


def call_nobody(is_so: bool) -> None:
    """Let nobody out there be asked, from now on or no longer, as in the demonstration."""
    _closed.clear()
    if is_so:
        _closed.add("This is the demonstration, from which nobody is asked.")


def prepared(session: Session, manner: Manner) -> Session:
    """A session that reaches the public internet by https and nothing else, and takes no settings from its surroundings."""
    session.trust_env = False
    session.adapters.clear()
    session.headers.update({"User-Agent": AGENT, "Accept": "application/json"})
    session.mount("https://", _Outside())
    if manner.instead:
        session.mount(manner.instead, HTTPAdapter())
    return session


class _Checked(HTTPSConnection):
    """A connection to an address that was checked, however the name is looked up the next moment."""

    def _new_conn(self) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        *others, last = _checked(self.host, self.port)[:MOST_ADDRESSES]
        for address in others:
            with suppress(OSError):  # many computers know of IPv6 and have no way there
                return socket.create_connection((address, self.port), timeout)
        return socket.create_connection((last, self.port), timeout)


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Checked


class _Outside(HTTPAdapter):
    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        """Have every connection made as above, and trust whom this computer trusts."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=trust(), **more)
        self.poolmanager.pool_classes_by_scheme = {"https": _Pool}


@cache
def trust() -> ssl.SSLContext:
    """Whose word this computer takes for who somebody is."""
    return ssl.create_default_context()


def _checked(host: str, port: int) -> list[str]:
    """The addresses of a name, all of which must lie in the public internet."""
    for why in _closed:
        raise NotAnswered(why, Remedy.MEND)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotYet("There is no computer of that name, or names cannot be looked up at the moment. Check the address.") from None
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(is_public(each) for each in addresses):
        raise NotAnswered("That address leads to a computer inside a building. Only programs in the public internet can be asked.", Remedy.MEND)
    return list(dict.fromkeys(addresses))
