"""How patiently a program is asked, and in tests, where instead of out there."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from registry.connectors.troubles import NotAnswered, NotYet, Remedy
from registry.rules.public_addresses import is_this_computer

Found = TypeVar("Found")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Manner:
    """The ways of asking; times are in seconds. `instead` is the address of a server on this computer, which tests ask."""

    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now
    instead: str = ""
    tries: int = 5
    first_wait: float = 2.0
    longest_wait: float = 120.0
    patience: float = 20.0
    altogether: float = 180.0
    largest: int = 64 * 1024 * 1024

    def __post_init__(self) -> None:
        """Nothing but this computer itself may be asked without https. Raises ValueError."""
        if self.instead and not is_this_computer(urlsplit(self.instead).hostname or ""):
            raise ValueError("Only a server on this computer can stand in for a program.")

    def patiently(self, attempt: Callable[[], Found]) -> Found:
        """What an attempt finds in the end: after NotYet it is made again, ever later, and not for ever. Raises NotAnswered."""
        for made in range(1, self.tries + 1):
            try:
                return attempt()
            except NotYet as trouble:
                wait = trouble.wait if trouble.wait is not None else min(self.first_wait * 2 ** (made - 1), self.longest_wait)
                if made == self.tries or wait > self.longest_wait:
                    raise NotAnswered(f"{trouble} {_when(wait)}", Remedy.LATER) from None
                self.sleep(wait)
        raise ValueError("Something has to be tried at least once.")


def _when(wait: float) -> str:
    minutes = round(wait / 60)
    return f"Try again in {minutes} minutes." if minutes > 1 else "Try again later: reading goes on from where it stopped."
