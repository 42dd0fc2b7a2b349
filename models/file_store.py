"""Where the bytes of files lie: sealed, one object a file, in a folder of this computer or any store that fsspec reaches."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import fsspec
from fsspec.implementations.local import LocalFileSystem
from fsspec.spec import AbstractBufferedFile

from models import s3
from models.sealed_stream import SealingWriter, opened
from models.vault import Pieces, WontOpen

SAFE_STORES = "s3://bucket/folder"
HOW_TO_GET_S3 = "Start Safehold with start.py, which installs it for a store such as this."
HOW_TO_GET_OTHERS = "Install it beside Safehold, then start again."


class NoSuchStore(Exception):
    """The address of the store cannot be used; the message says what to do."""


class OutOfReach(Exception):
    """The store does not answer, is full, or refuses; the message is a sentence for the page."""


class Missing(Exception):
    """The store holds no bytes of this file."""


class FileStore:
    """The sealed bytes of every file, each under its school and its own id."""

    def __init__(self, system: Any, root: str, *, is_s3: bool = False) -> None:
        self._system = system
        self._root = root.rstrip("/")
        self._is_local = isinstance(system, LocalFileSystem)
        self._is_s3 = is_s3

    def begin(self, school: UUID, file: UUID, key: bytes) -> "Writing":
        """Begin to write a file; raises OutOfReach."""
        with _reaching():
            if self._is_local:
                _private_folder(Path(self._root) / school.hex)
            folder = Path(self._root) / school.hex if self._is_local else None
            return Writing(self._system.open(self._path(school, file), "wb"), Pieces(key, _place(file)), folder)

    def read(self, school: UUID, file: UUID, key: bytes) -> Iterator[bytes]:
        """The plain bytes of a file, a mebibyte at a time; raises Missing, OutOfReach, or vault.WontOpen when they were altered."""
        with _reaching():
            try:
                with self._system.open(self._path(school, file), "rb") as stored:
                    yield from opened(stored, Pieces(key, _place(file)))
            except FileNotFoundError:
                raise Missing("The bytes of this file are not in the store.") from None

    def remove(self, school: UUID, file: UUID) -> None:
        """Delete the bytes of a file, whole or in parts, if they are there; raises OutOfReach."""
        with _reaching():
            with contextlib.suppress(FileNotFoundError):
                self._system.rm_file(self._path(school, file))
            if self._is_s3:
                s3.drop_parts(self._system, self._path(school, file))

    def held(self) -> Iterator[tuple[UUID, UUID]]:
        """The school and the id of every file that lies there; what else lies there is not ours. Raises OutOfReach."""
        with _reaching():
            self._system.invalidate_cache()
            for path in self._system.find(self._root):
                school, _, file = path[len(self._root) + 1 :].partition("/")
                with contextlib.suppress(ValueError):
                    yield UUID(hex=school), UUID(hex=file)

    def _path(self, school: UUID, file: UUID) -> str:
        return f"{self._root}/{school.hex}/{file.hex}"


class Writing:
    """A file that is being written; it is there for good once `finish` has returned."""

    def __init__(self, file: IO[bytes], seal: Pieces, folder: Path | None) -> None:
        self._file = file
        self._folder = folder
        self._sealing = SealingWriter(file, seal)

    def write(self, plain: bytes) -> None:
        """Take some more; raises OutOfReach."""
        with _reaching():
            self._sealing.write(plain)

    def finish(self) -> None:
        """Bring everything down to the disk, or to wherever the store keeps it; raises OutOfReach."""
        with _reaching():
            self._sealing.finish()
            if self._folder is not None:
                self._file.flush()
                os.fsync(self._file.fileno())
                _settle(self._folder)
            self._file.close()

    def give_up(self) -> None:
        """Let go of it half-way; what was written is not a file that opens."""
        with contextlib.suppress(Exception):
            if isinstance(self._file, AbstractBufferedFile):
                self._file.closed = True  # to close it would send the rest and call it whole
                self._file.discard()
            else:
                self._file.close()


_store: FileStore | None = None


def open_store(address: str) -> None:
    """Keep files at this address from now on: a folder, or an address of fsspec. Raises NoSuchStore."""
    global _store  # noqa: PLW0603 - one process serves one installation
    is_s3 = s3.is_s3(address)
    try:
        system, root = fsspec.url_to_fs(address, **(s3.options() if is_s3 else {}))
    except ImportError as problem:
        raise NoSuchStore(f"SAFEHOLD_FILES needs one more package: {problem}. {HOW_TO_GET_S3 if is_s3 else HOW_TO_GET_OTHERS}") from None
    except ValueError as problem:
        raise NoSuchStore(f"SAFEHOLD_FILES cannot be used ({problem}). It names a folder, or an address such as {SAFE_STORES}.") from None
    if is_s3:
        system.retries = s3.TRIES  # which s3fs lets nobody say when it is made
    _store = FileStore(system, str(root), is_s3=is_s3)


def current() -> FileStore:
    """The store in use; raises RuntimeError before `open_store`."""
    if _store is None:
        raise RuntimeError("Say where files are kept first: file_store.open_store(address).")
    return _store


def _place(file: UUID) -> bytes:
    return b"attachment:" + file.bytes


def _private_folder(folder: Path) -> None:
    for each in (folder.parent, folder):
        if not each.is_dir():
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            _settle(each.parent)


def _settle(folder: Path) -> None:
    """Bring the names in a folder down to the disk, where the system does that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _reaching() -> Iterator[None]:
    """What a store says when it fails, in our words; its own hold names and addresses."""
    try:
        yield
    except (Missing, WontOpen, OutOfReach):
        raise
    except Exception as problem:  # each store has failures of its own kind
        raise OutOfReach("The place where files are kept does not answer, or is full. Tell whoever looks after Safehold.") from problem
