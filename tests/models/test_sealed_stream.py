"""Long things in sealed pieces: they come back whole or not at all."""

import io
from collections.abc import Callable

import pytest

from models import sealed_stream
from models.sealed_stream import MARK, PIECE, SealingWriter, opened
from models.vault import TAG, Pieces, WontOpen, new_key

KEY = new_key()
PLACE = b"here"


def seal(plain: bytes, at_once: int = 100_000, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealingWriter(file, Pieces(key, PLACE))
    for start in range(0, len(plain), at_once):
        writer.write(plain[start : start + at_once])
    writer.finish()
    return file.getvalue()


def unseal(sealed: bytes, key: bytes = KEY, place: bytes = PLACE) -> bytes:
    return b"".join(opened(io.BytesIO(sealed), Pieces(key, place)))


def content(size: int) -> bytes:
    return (b"Nell Abara, Year 4. " * (size // 20 + 1))[:size]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17])
def test_it_comes_back_as_it_was(size: int) -> None:
    plain = content(size)
    sealed = seal(plain)
    assert unseal(sealed) == plain
    assert b"Nell" not in sealed


def test_how_it_came_makes_no_difference() -> None:
    plain = content(2 * PIECE + 5)
    assert seal(plain, 7_777) == seal(plain, 3 * PIECE)


def piece(number: int) -> slice:
    start = len(MARK) + number * (PIECE + TAG)
    return slice(start, start + PIECE + TAG)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "a bit is turned": lambda sealed: sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:],
    "the end is cut off at a piece": lambda sealed: sealed[: piece(1).stop],
    "the end is cut off in a piece": lambda sealed: sealed[:-1],
    "everything is cut off": lambda sealed: sealed[: len(MARK)],
    "two pieces change places": lambda sealed: MARK + sealed[piece(1)] + sealed[piece(0)] + sealed[piece(2).start :],
    "a piece is left out": lambda sealed: MARK + sealed[piece(1).start :],
    "a piece stands twice": lambda sealed: sealed[: piece(0).stop] + sealed[piece(0)] + sealed[piece(1).start :],
    "something is added": lambda sealed: sealed + sealed[piece(0)],
    "the mark is another": lambda sealed: b"SHF\x02" + sealed[4:],
    "it is empty": lambda _sealed: b"",
}


@pytest.mark.parametrize("what", SPOILT)
def test_nothing_opens_when(what: str) -> None:
    sealed = seal(content(2 * PIECE + 100))
    with pytest.raises(WontOpen):
        unseal(SPOILT[what](sealed))


def test_it_opens_with_its_own_key_in_its_own_place_only() -> None:
    sealed = seal(b"words")
    with pytest.raises(WontOpen):
        unseal(sealed, key=new_key())
    with pytest.raises(WontOpen):
        unseal(sealed, place=b"there")


def test_pieces_before_the_fault_are_given_out_and_none_after_it() -> None:
    sealed = seal(content(3 * PIECE))
    pieces = opened(io.BytesIO(sealed[: piece(2).start] + bytes(PIECE + TAG)), Pieces(KEY, PLACE))
    assert (next(pieces), next(pieces)) == (content(PIECE), content(2 * PIECE)[PIECE:])
    with pytest.raises(WontOpen):
        next(pieces)


def test_a_store_may_give_a_piece_in_several_reads() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 60_000))

    plain = content(PIECE + 9)
    assert b"".join(opened(Slow(seal(plain)), Pieces(KEY, PLACE))) == plain


def test_a_writer_holds_little_more_than_a_piece() -> None:
    writer = SealingWriter(io.BytesIO(), Pieces(KEY, PLACE))
    for _ in range(50):
        writer.write(bytes(100_000))
        assert len(writer._waiting) <= sealed_stream.PIECE
