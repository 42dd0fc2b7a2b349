"""Files that have to lie on the disk while they are written: in a folder that only the program can open, and gone once they are sent."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PIECE = 64 * 1024
ABANDONED_AFTER = 3600
"""Seconds; what an interrupted export left behind goes when the next one begins."""


class PrivateFile:
    """One file in a folder of its own. It is written at `path`, then handed out once in pieces; `close` may be called at any time."""

    def __init__(self, within: Path) -> None:
        """Make the folder inside `within`, which is made as well when it is missing."""
        within.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(within)
        self.folder = Path(tempfile.mkdtemp(dir=within))  # which nobody else may open
        self.path = self.folder / "file"

    def __iter__(self) -> Iterator[bytes]:
        """The bytes of the file; its name is gone from the disk before the first of them, where the system allows that."""
        with self.path.open("rb") as source:
            self.close()
            while piece := source.read(PIECE):
                yield piece
        self.close()

    def close(self) -> None:
        """Take the folder away with everything in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _sweep(within: Path) -> None:
    too_old = time.time() - ABANDONED_AFTER
    for folder in within.iterdir():
        try:
            if folder.stat().st_mtime < too_old:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue  # another export has just ended
