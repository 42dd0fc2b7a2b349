"""Asking one program for one page after the other: patiently, with a new token where the old one ran out, and never content with half a page."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

from requests import Response, Session
from requests.exceptions import RequestException, SSLError
from urllib3.exceptions import HTTPError

from registry.connectors.judging import UNAUTHORISED, Answer, Vendor, judge
from registry.connectors.manner import Manner
from registry.connectors.troubles import NotAnswered, NotYet, Remedy

BROKEN = (RequestException, HTTPError, OSError)
DISTRUSTED = "certificate verify failed"
CHUNK = 64 * 1024


class Key(Protocol):
    """What lets us in."""

    def header(self) -> str:
        """What goes under Authorization. Raises NotAnswered."""

    def renew(self) -> bool:
        """Forget what was refused; whether a new one can be had."""


class Fixed:
    """A key that is always the same."""

    def __init__(self, header: str) -> None:
        self._header = header

    def header(self) -> str:
        """What goes under Authorization."""
        return self._header

    def renew(self) -> bool:
        """There is no other."""
        return False


class Asker:
    """Asks one program at one address."""

    def __init__(self, vendor: Vendor, session: Session, key: Key, *, base: str, manner: Manner) -> None:
        self.vendor, self.base, self.manner = vendor, manner.instead or base, manner
        self._session, self._key = session, key
        self._is_renewed = False

    def page(self, path: str, params: Any, is_whole: Callable[[Any], bool], *, goes_on: bool = False) -> Any:
        """What the program tells at a path. Raises NotAnswered; half a page is asked for again, and then told of."""
        return self.manner.patiently(lambda: self._once(path, params, is_whole, goes_on=goes_on))

    def _once(self, path: str, params: Any, is_whole: Callable[[Any], bool], *, goes_on: bool) -> Any:
        answer = self._answer(path, params)
        if answer.status == UNAUTHORISED and not self._is_renewed and self._key.renew():
            self._is_renewed = True  # a second refusal in a row is one of the secret itself
            answer = self._answer(path, params)
        judge(self.vendor, answer, self.manner.now(), goes_on=goes_on)
        self._is_renewed = False
        told = answer.told()
        if not is_whole(told):
            raise NotYet(f"{self.vendor.name} answered with half a page, which was not taken.")
        return told

    def _answer(self, path: str, params: Any) -> Answer:
        headers = {"Authorization": self._key.header()}
        with told_plainly(self.vendor):
            response = self._session.get(
                self.base + path, params=params, headers=headers, auth=as_it_is, **how(self.manner)
            )
            return read(self.vendor, response, self.manner)


def how(manner: Manner) -> dict[str, Any]:
    """The ways in which every question is put: nobody is followed elsewhere."""
    return {"timeout": manner.patience, "allow_redirects": False, "stream": True}


def read(vendor: Vendor, response: Response, manner: Manner) -> Answer:
    """An answer, read to its end unless it is too long or never ends."""
    body, watch = bytearray(), threading.Timer(manner.altogether, _cut, (response,))
    watch.daemon = True
    watch.start()
    try:
        for chunk in response.iter_content(CHUNK):
            body += chunk
            if len(body) > manner.largest:
                raise NotAnswered(f"{vendor.name} answered with more than can be read at once.", Remedy.MEND)
    finally:
        watch.cancel()
        response.close()
    return Answer(response.status_code, response.headers, bytes(body))


@contextmanager
def told_plainly(vendor: Vendor) -> Iterator[None]:
    """What can go wrong on the way, said without the address that libraries put into their words."""
    try:
        yield
    except BROKEN as problem:
        if isinstance(problem, SSLError) and DISTRUSTED in str(problem).lower():
            why = "could not prove that it is what it is called: its certificate does not fit. Check the address and any web filter."
            raise NotAnswered(f"{vendor.name} {why}", Remedy.MEND) from None
        raise NotYet(f"{vendor.name} could not be reached, or broke off while it answered.") from None


def same_place(link: Any, base: str) -> str | None:
    """The path and question of a link that leads to the same server, and none of any other link."""
    try:
        there, here = urlsplit(link if isinstance(link, str) else ""), urlsplit(base)
        is_same = (there.scheme, there.hostname, there.port, there.username) == (here.scheme, here.hostname, here.port, None)
    except ValueError:
        return None
    return f"{there.path}?{there.query}" if is_same and there.path.startswith("/") else None


def has_list(told: Any, name: str) -> bool:
    """Whether an answer holds a list of things under a name."""
    return isinstance(told, Mapping) and isinstance(told.get(name), list) and all(isinstance(each, Mapping) for each in told[name])


def as_it_is(request: Any) -> Any:
    """Our own header, whatever the session would put there."""
    return request


def _cut(response: Response) -> None:
    with suppress(Exception):  # it may have ended just now
        response.raw.shutdown()
