"""The last entry of each chain, kept in files outside the database: without them a removed tail would leave no gap."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

try:
    import fcntl
except ImportError:  # Windows: one process, so the lock between its threads is enough
    fcntl = None  # type: ignore[assignment]

OPEN_AT_MOST = 200
"""Files held open at once; a trust may have more schools than a process may have files."""

_folder: Path | None = None
_files: dict[UUID, int] = {}
_lock = threading.Lock()


def open_folder(folder: Path) -> None:
    """Keep the heads in this folder from now on."""
    global _folder  # noqa: PLW0603 - one process serves one installation
    folder.mkdir(parents=True, exist_ok=True)
    with _lock:
        for descriptor in _files.values():
            os.close(descriptor)
        _files.clear()
        _folder = folder


def keep(chain: UUID, number: int, digest: bytes) -> None:
    """Note where a chain stands, after its transaction is safe; an older head never replaces a newer one."""
    with _lock, _turn(descriptor := _descriptor(chain)):
        kept = _read(descriptor)
        if kept is None or kept[0] < number:
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, f"{number:020d} {digest.hex()}\n".encode())


def last(chain: UUID) -> tuple[int, bytes] | None:
    """The number and digest last kept for a chain; None when there is no file for it, or nothing that can be read in it."""
    try:
        return _parts((_place() / chain.hex).read_bytes())  # by its name: the file held open may have been replaced
    except FileNotFoundError:
        return None


def chains() -> list[UUID]:
    """Every chain whose head was ever kept here."""
    return [UUID(hex=file.name) for file in _place().iterdir() if re.fullmatch("[0-9a-f]{32}", file.name)]


def _place() -> Path:
    if _folder is None:
        raise RuntimeError("Say where the heads are kept first: heads.open_folder(folder).")
    return _folder


def _descriptor(chain: UUID) -> int:
    if chain not in _files:
        if len(_files) >= OPEN_AT_MOST:
            os.close(_files.pop(next(iter(_files))))
        _files[chain] = os.open(_place() / chain.hex, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    return _files[chain]


@contextmanager
def _turn(descriptor: int) -> Iterator[None]:
    """Keep other processes from the file between the look and the write."""
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


def _read(descriptor: int) -> tuple[int, bytes] | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return _parts(os.read(descriptor, 200))


def _parts(text: bytes) -> tuple[int, bytes] | None:
    match = re.fullmatch(rb"(\d{20}) ([0-9a-f]{64})\n", text)
    return (int(match[1]), bytes.fromhex(match[2].decode())) if match else None
