"""A workbook that is finished, handed out in pieces: its small parts from memory, its rows out of where they wait sealed."""

import io
import zipfile
from collections.abc import Iterator, Mapping

from exports.sealed_text import SealedText

_ENOUGH = 64 * 1024


class FinishedWorkbook:
    """The bytes of a workbook, once. Nothing of it lies in the clear on the disk; `close` may be called at any time."""

    def __init__(self, bare: bytes, rows: Mapping[bytes, SealedText]) -> None:
        """`bare` is the workbook without its rows, with a mark where those of each sheet belong."""
        self._bare, self._rows = bare, rows

    def __iter__(self) -> Iterator[bytes]:
        """The file, piece by piece; what waited for it is forgotten at the end."""
        outlet = _Outlet()
        try:
            with zipfile.ZipFile(io.BytesIO(self._bare)) as source, zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as target:
                for name in source.namelist():
                    with target.open(name, "w") as part:
                        for piece in self._whole(source.read(name)):
                            part.write(piece)
                            if len(outlet.written) >= _ENOUGH:
                                yield outlet.taken()
            yield outlet.taken()
        finally:
            self.close()

    def close(self) -> None:
        """Forget the rows."""
        for rows in self._rows.values():
            rows.close()

    def _whole(self, part: bytes) -> Iterator[bytes]:
        for mark, rows in self._rows.items():
            before, found, after = part.partition(mark)
            if found:
                yield before
                yield from rows.pieces()
                yield after
                return
        yield part


class _Outlet(io.RawIOBase):
    """Where the archive writes to; it goes on to the reader, so nobody can go back in it."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        """Take what is written."""
        self.written += piece
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = bytes(self.written)
        self.written.clear()
        return piece
