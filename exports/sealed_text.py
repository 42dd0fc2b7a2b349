"""Text on its way into a file: what is longer than memory should hold waits on the disk sealed, with a key that this process forgets."""

import tempfile
from collections.abc import Iterator
from typing import IO

from models.vault import Pieces, new_key

PIECE = 256 * 1024
"""Letters held in memory, and sealed at once."""


class SealedText:
    """A text that is written once from its beginning to its end, and then read once."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._letters = 0
        self._sealed: list[int] = []
        self._seal = Pieces(new_key(), b"workbook rows")
        self._file: IO[bytes] | None = None

    def write(self, text: str) -> None:
        """Take some more."""
        self._waiting.append(text)
        self._letters += len(text)
        if self._letters >= PIECE:
            self._put_away()

    def pieces(self) -> Iterator[bytes]:
        """All of it as UTF-8, a piece at a time."""
        if self._file is not None:
            self._file.seek(0)
            for number, length in enumerate(self._sealed):
                yield self._seal.open(number, self._file.read(length), is_last=False)
        yield "".join(self._waiting).encode()

    def close(self) -> None:
        """Forget it."""
        self._waiting.clear()
        if self._file is not None:
            self._file.close()

    def _put_away(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the workbook
        sealed = self._seal.seal(len(self._sealed), "".join(self._waiting).encode(), is_last=False)
        self._file.write(sealed)
        self._sealed.append(len(sealed))
        self._waiting.clear()
        self._letters = 0
