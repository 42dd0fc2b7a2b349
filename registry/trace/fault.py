"""One thing that is not as the program left it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

Progress = Callable[[int], None]
"""Told how many entries or rows were looked at since the last time."""


def unseen(_looked_at: int) -> None:
    """The progress of work that nobody watches."""


@dataclass(frozen=True)
class Fault:
    """A sentence for people, with the chain, the entry and the record it is about, as far as they are known."""

    chain: UUID
    message: str
    number: int | None = None
    record: UUID | None = None
