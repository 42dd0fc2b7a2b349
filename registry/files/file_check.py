"""Whether every file is still where it was put, and what it was: missing, altered and unaccounted ones are named in a sentence."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from peewee import fn

from models import doors, file_store
from models.attachment import Attachment, LooseFile
from models.vault import WontOpen
from registry import catalogue
from registry.files.attachments import contents
from registry.trace.fault import Fault, Progress, unseen
from registry.trace.seals import places

AT_ONCE = 500
LOOKS = 2


def totals() -> tuple[int, int]:
    """How many files there are to look at, and how many bytes."""
    with doors.looking_at(*places()):
        kept = Attachment.select(fn.COUNT(Attachment.id), fn.SUM(Attachment.size)).where(Attachment.removed_at.is_null())
        count, size = kept.tuples().get()
    return int(count), int(size or 0)


def check(progress: Progress = unseen) -> Iterator[Fault]:
    """Open every file from end to end and hold it against what is known of it; progress is told in bytes. Raises file_store.OutOfReach."""
    for place in places():
        with doors.looking_at(place):
            for file in _files():
                fault = _fault_of(file, progress)
                if fault:
                    yield Fault(place, fault, record=file.record)
    yield from _unaccounted()


def _files() -> Iterator[Attachment]:
    query = Attachment.select().where(Attachment.removed_at.is_null()).order_by(Attachment.id).limit(AT_ONCE)
    files = list(query)
    while files:
        yield from files
        files = list(query.where(Attachment.id > files[-1].id))


def _fault_of(file: Attachment, progress: Progress) -> str | None:
    digest, size = hashlib.sha256(), 0
    try:
        for piece in contents(file):
            digest.update(piece)
            size += len(piece)
            progress(len(piece))
    except file_store.Missing:
        return None if _is_gone(file) else f"{_called(file)} is missing from the store."
    except (WontOpen, ValueError):  # ValueError when its key was altered
        return None if _is_gone(file) else f"{_called(file)} was altered, or put in the place of another."
    if (digest.hexdigest(), size) != (file.digest, file.size):
        return f"{_called(file)} is not the one that was added: its SHA-256 differs."
    return None


def _is_gone(file: Attachment) -> bool:
    """Whether somebody removed it while it was looked at."""
    return not Attachment.select().where((Attachment.id == file.id) & Attachment.removed_at.is_null()).exists()


def _called(file: Attachment) -> str:
    """A file by its id and its record; never by its name, which may be a person's."""
    register = catalogue.find(file.register)
    row = register.table.get_or_none(register.table.id == file.record)
    return f"The file {file.id} of {row.reference if row else file.record}"


def _unaccounted() -> Iterator[Fault]:
    """Bytes that no row speaks of, neither of a file nor of one on its way. They are left: a newer copy of the database may know them."""
    left = set(file_store.current().held())
    for _ in range(LOOKS):  # what was listed may have been added or removed meanwhile
        left = left and left.intersection(file_store.current().held()) - _known(left)
    for school, file in sorted(left):
        words = f"The store holds {school.hex}/{file.hex}, which this database knows nothing of. Delete it once no other copy of the database does."
        yield Fault(school, words)


def _known(held: set[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Those of them that are a file's, or are loose."""
    loose = {(row.school_id, row.id) for row in LooseFile.select()}
    with doors.looking_at(*{school for school, _file in held}):
        kept = {(row.school_id, row.held_as) for row in Attachment.select().where(Attachment.removed_at.is_null())}
    return loose | kept
