"""What is too long for memory and has to wait on the disk: it waits sealed, with a key that this process forgets."""

import tempfile
from collections.abc import Iterator
from typing import IO

from models.vault import Pieces, new_key


class PutAway:
    """Pieces put away one after another, and taken out again in their order."""

    def __init__(self, place: bytes) -> None:
        self._seal = Pieces(new_key(), place)
        self._lengths: list[int] = []
        self._file: IO[bytes] | None = None

    def put(self, piece: bytes) -> None:
        """Put one more away."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        sealed = self._seal.seal(len(self._lengths), piece, is_last=False)
        self._file.write(sealed)
        self._lengths.append(len(sealed))

    def pieces(self) -> Iterator[bytes]:
        """All of them, opened one at a time."""
        if self._file is not None:
            self._file.seek(0)
            for number, length in enumerate(self._lengths):
                yield self._seal.open(number, self._file.read(length), is_last=False)

    def close(self) -> None:
        """Forget them."""
        if self._file is not None:
            self._file.close()
