"""Text on its way into a file: what is longer than memory should hold waits on the disk sealed."""

from collections.abc import Iterator

from models.put_away import PutAway

PIECE = 256 * 1024
"""Letters held in memory, and sealed at once."""


class SealedText:
    """A text that is written once from its beginning to its end, and then read once."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._letters = 0
        self._away = PutAway(b"workbook rows")

    def write(self, text: str) -> None:
        """Take some more."""
        self._waiting.append(text)
        self._letters += len(text)
        if self._letters >= PIECE:
            self._away.put("".join(self._waiting).encode())
            self._waiting.clear()
            self._letters = 0

    def pieces(self) -> Iterator[bytes]:
        """All of it as UTF-8, a piece at a time."""
        yield from self._away.pieces()
        yield "".join(self._waiting).encode()

    def close(self) -> None:
        """Forget it."""
        self._waiting.clear()
        self._away.close()
