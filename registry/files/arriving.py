"""A file on its way in: sealed as it comes, a mebibyte at a time, with nothing of it in the clear on any disk."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from models import file_store, vault
from models.attachment import LooseFile
from models.base import new_id
from models.fields import EPOCH
from models.file_store import OutOfReach, Writing
from registry.files.file_kinds import HEAD, media_type

STILL_COMING = timedelta(hours=1)
"""A file that has not arrived after so long never will."""


class Arriving:
    """Bytes are written to it as they come. Its key is known to nobody else until the file is added, so what stays behind opens no more."""

    def __init__(self, school: UUID, name: str, at: datetime) -> None:
        self.id = new_id()
        self.key = vault.new_key()
        self.school = school
        self.name = name
        self.at = at
        self.size = 0
        self.head = b""
        self._hash = hashlib.sha256()
        self._writing: Writing | None = None
        self._is_whole = False

    def write(self, plain: bytes) -> None:
        """Take some more; raises file_store.OutOfReach."""
        if not plain:
            return
        if self._writing is None:
            LooseFile.insert(id=self.id, school=self.school, since=self.at).execute()
            self._writing = file_store.current().begin(self.school, self.id, self.key)
        if len(self.head) < HEAD:
            self.head += plain[: HEAD - len(self.head)]
        self.size += len(plain)
        self._hash.update(plain)
        self._writing.write(plain)

    def finish(self) -> None:
        """Say that this was all; the second time does nothing. Raises file_store.OutOfReach."""
        if self._writing is not None and not self._is_whole:
            self._writing.finish()
        self._is_whole = True

    def keep(self) -> None:
        """Say that it was added: from now on it is an attachment's, and is not given up any more."""
        self._writing = None

    def give_up(self) -> None:
        """Delete what came of it, now or at the next sweep."""
        if self._writing is not None:
            self._writing.give_up()
            self._writing = None
            let_go(self.school, self.id)

    @property
    def digest(self) -> str:
        """SHA-256 of what came, in hexadecimal."""
        return self._hash.hexdigest()

    @property
    def media_type(self) -> str:
        """What it is, by its content."""
        return media_type(self.head)


def is_still_loose(file: Arriving) -> bool:
    """Take a file out of what will be swept; whether nobody has swept it yet. Inside the transaction that adds it."""
    return bool(LooseFile.delete().where((LooseFile.id == file.id) & (LooseFile.since == file.at)).execute())


def let_go(school: UUID, file: UUID) -> bool:
    """Delete the bytes of a loose file; whether that was possible. Those of a store out of reach wait for the next sweep."""
    try:
        file_store.current().remove(school, file)
    except OutOfReach:
        return False
    LooseFile.delete().where(LooseFile.id == file).execute()
    return True


def sweep(now: datetime) -> int:
    """Delete what uploads and removals left behind that were cut short; how many. Those that may still be coming stay."""
    left = list(LooseFile.select().where(LooseFile.since <= now - STILL_COMING))
    return sum(_claim(row) and let_go(row.school_id, row.id) for row in left)


def _claim(row: LooseFile) -> bool:
    """Whoever would add this file after all now finds it gone, and says so."""
    return bool(LooseFile.update(since=EPOCH).where((LooseFile.id == row.id) & (LooseFile.since == row.since)).execute())
