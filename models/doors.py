"""The two doors of the house: no record is read outside a school, and none is written without a trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_schools: ContextVar[tuple[UUID, ...] | None] = ContextVar("schools", default=None)
_recorded: ContextVar[bool] = ContextVar("recorded", default=False)


class UnscopedRead(RuntimeError):
    """A record was asked for before anybody said in which school."""


class UnrecordedWrite(RuntimeError):
    """A record was about to be written outside `audit.recording`."""


@contextmanager
def looking_at(*schools: UUID) -> Iterator[None]:
    """Open the records of these schools, and of no others, for reading until the block ends."""
    token = _schools.set(schools)
    try:
        yield
    finally:
        _schools.reset(token)


def schools_in_view() -> tuple[UUID, ...]:
    """The schools that may be read now; raises UnscopedRead when nobody has said."""
    schools = _schools.get()
    if schools is None:
        raise UnscopedRead("Say which school first: open the scope with doors.looking_at(school).")
    return schools


def several_in_view() -> bool:
    """Whether the records of more than one school may be read now."""
    return len(_schools.get() or ()) > 1


@contextmanager
def writing_is_recorded() -> Iterator[None]:
    """Let writes through until the block ends; only `audit.recording` and migrations of content may call this."""
    token = _recorded.set(True)
    try:
        yield
    finally:
        _recorded.reset(token)


def demand_recording(table: str) -> None:
    """Raise UnrecordedWrite unless the write that is about to be built will leave a trace."""
    if not _recorded.get():
        raise UnrecordedWrite(f"Writing to {table} needs audit.recording(by): no write without a trace.")
