"""How one entry of the trace is bound to the one before, and how a row is sealed into it."""

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgpack

from models import vault

INSTALLATION = UUID(int=0)
"""The chain of what concerns no single school: accounts, sign-ins, set-up."""

DERIVED = frozenset({"errors", "warnings"})
"""Columns worked out from the others, which are not part of a row's seal."""

_HEADER = struct.Struct(">16sqqBBB")
_EVERYWHERE_THE_SAME = frozenset({str, int, bytes})


class Entry(NamedTuple):
    """One entry as it is stored, in the order of the table's columns."""

    chain: bytes
    number: int
    at: int
    actor: str
    deed: str
    subject: str
    record: bytes | None
    changed: str
    detail: bytes | None
    seal: bytes | None


def beginning(chain: UUID) -> bytes:
    """What the first entry of a chain is bound to."""
    return vault.current().trace(b"beginning of " + chain.bytes)


def link(previous: bytes, entry: Sequence[Any]) -> bytes:
    """The keyed digest that binds an entry (the fields of Entry, in order) to the one before it."""
    chain, number, at, actor, deed, subject, record, changed, detail, seal = entry
    record, detail, seal = record or b"", detail or b"", seal or b""
    header = _HEADER.pack(chain, number, at, len(record), len(detail), len(seal))
    return vault.current().trace(previous + header + record + detail + seal + f"{actor}\x1f{deed}\x1f{subject}\x1f{changed}".encode())


def is_linked() -> Callable[[bytes, Sequence[Any]], bool]:
    """A question for long loops, with all it needs at hand: whether a stored row (its digest last) is bound to the digest before it."""
    digest, pack = vault.current().trace, _HEADER.pack
    begin, close = digest.begin, digest.close

    def ask(previous: bytes, row: Sequence[Any]) -> bool:
        chain, number, at, actor, deed, subject, record, changed, detail, seal, stored = row
        record, detail, seal = record or b"", detail or b"", seal or b""
        inner = begin()
        inner.update(previous + pack(chain, number, at, len(record), len(detail), len(seal)) + record + detail + seal)
        inner.update(f"{actor}\x1f{deed}\x1f{subject}\x1f{changed}".encode())
        outer = close()
        outer.update(inner.digest())
        return outer.digest() == stored  # type: ignore[no-any-return]

    return ask


def row_seal(table: str, columns: Sequence[str], values: Iterable[Any], links: Sequence[bytes] = ()) -> bytes:
    """The keyed digest of a row as stored, with the ids of the records it is linked to.

    Columns without a value are left out, so that a column added later does not break older seals. MessagePack gives the same
    bytes for the same numbers, texts and bytes on every database and every version of Python.
    """
    held = [
        (column, value if type(value) in _EVERYWHERE_THE_SAME else _common(value))
        for column, value in zip(columns, values, strict=True)
        if value is not None and column not in DERIVED
    ]
    return vault.current().row_seal(msgpack.packb((table, held, sorted(links))))


def gone_seal(table: str, record: bytes) -> bytes:
    """The keyed digest that says of a row that it is rightly not there any more: the program took it away with this entry."""
    return row_seal(table, ("id",), (record,))


def _common(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):  # a member of an enum
        return str.__str__(value)
    return bytes(value)


def in_groups(seal: bytes) -> str:
    """The first bytes of a seal in groups that can be read aloud: "7f3a 91c2 0be4 55d8"."""
    return " ".join(seal[place : place + 2].hex() for place in range(0, 8, 2))


def detail_place(chain: bytes, number: int) -> bytes:
    """What the sealed values of an entry are bound to."""
    return b"audit_detail:" + chain + number.to_bytes(8, "big")
