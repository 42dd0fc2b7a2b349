"""Statements about pictures whose SQL is kept, with lists of values in a few sizes so that each is built once."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from models import doors
from models.statements import Kept

SIZES = (8, 32, 128, 512)
"""How many values a list may have; a shorter one is filled up with its last value."""

NOTHING = bytes(16)
"""What stands in a list while its statement is written: an id of nobody, and a token of no name."""


def school_in_view() -> bytes:
    """The one school in view, as it is stored; raises ValueError when several are, for a picture is checked in one."""
    (school,) = doors.schools_in_view()
    return school.bytes


def in_pieces(build: Callable[[int], Any], before: Sequence[Any], values: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
    """The stored rows of a statement whose list of values comes after `before`."""
    for start in range(0, len(values), SIZES[-1]):
        piece = _filled(values[start : start + SIZES[-1]])
        yield from _kept(build, len(piece))(*before, *piece).fetchall()


def in_pairs(build: Callable[[int], Any], before: Any, pairs: Sequence[Sequence[bytes]]) -> Iterator[tuple[Any, ...]]:
    """The stored rows of a statement made of two, each with a value and then one of two lists that are equally long."""
    one, other = pairs
    for start in range(0, len(one), SIZES[-1]):
        first, second = _filled(one[start : start + SIZES[-1]]), _filled(other[start : start + SIZES[-1]])
        yield from _kept(build, len(first))(before, *first, before, *second).fetchall()


def _filled(values: Sequence[bytes]) -> list[bytes]:
    size = next(size for size in SIZES if size >= len(values))
    return [*values, *[values[-1]] * (size - len(values))]


@cache
def _kept(build: Callable[[int], Any], size: int) -> Kept:
    return Kept(lambda: build(size))


def as_id(stored: Any) -> UUID:
    """An id as it came out of the database."""
    return UUID(bytes=bytes(stored))
