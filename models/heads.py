"""The last entry of each chain, kept in files outside the database: without them a removed tail would leave no gap."""

import os
import threading
from pathlib import Path
from uuid import UUID

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
    with _lock:
        descriptor = _descriptor(chain)
        kept = _read(descriptor)
        if kept is None or kept[0] < number:
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, f"{number:020d} {digest.hex()}\n".encode())


def last(chain: UUID) -> tuple[int, bytes] | None:
    """The number and digest last kept for a chain; None when there is no file for it."""
    with _lock:
        return _read(_descriptor(chain))


def _descriptor(chain: UUID) -> int:
    if _folder is None:
        raise RuntimeError("Say where the heads are kept first: heads.open_folder(folder).")
    if chain not in _files:
        _files[chain] = os.open(_folder / chain.hex, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    return _files[chain]


def _read(descriptor: int) -> tuple[int, bytes] | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    words = os.read(descriptor, 200).split()
    return (int(words[0]), bytes.fromhex(words[1].decode())) if len(words) == 2 else None
