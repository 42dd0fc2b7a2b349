"""Something long on its way into a sealed file or out of one, a mebibyte at a time."""

from collections.abc import Iterator
from typing import IO, Any

from models.vault import TAG, Pieces, WontOpen

PIECE = 1024 * 1024
MARK = b"SHF\x01"
"""What a sealed file begins with: ours, and in which form."""


class SealingWriter:
    """Seals what is written to it and passes it on; the last piece is held back until it is known to be the last."""

    def __init__(self, file: IO[bytes], seal: Pieces) -> None:
        self._file = file
        self._seal = seal
        self._waiting = bytearray()
        self._number = 0
        file.write(MARK)

    def write(self, plain: bytes) -> None:
        """Take some more."""
        self._waiting += plain
        while len(self._waiting) > PIECE:
            self._pass_on(PIECE, is_last=False)

    def finish(self) -> None:
        """Say that this was all; the file itself stays open."""
        self._pass_on(len(self._waiting), is_last=True)

    def _pass_on(self, size: int, *, is_last: bool) -> None:
        self._file.write(self._seal.seal(self._number, bytes(self._waiting[:size]), is_last=is_last))
        del self._waiting[:size]
        self._number += 1


def opened(file: IO[bytes], seal: Pieces) -> Iterator[bytes]:
    """The plain pieces of a sealed file. Raises WontOpen at the first that is not what was sealed there, before giving it out."""
    if file.read(len(MARK)) != MARK:
        raise WontOpen("This is not a sealed file.")
    number, sealed = 0, _whole(file)
    while True:
        following = _whole(file)
        yield seal.open(number, sealed, is_last=not following)
        if not following:
            return
        number, sealed = number + 1, following


def _whole(file: Any) -> bytes:
    """One sealed piece; a store across a network may give it in several reads."""
    found: bytes = file.read(PIECE + TAG)
    while found and len(found) < PIECE + TAG and (more := file.read(PIECE + TAG - len(found))):
        found += more
    return found
