"""Files with a record: added, replaced by newer ones, opened and removed, each with an entry in the trace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import fn

from models import file_store, vault
from models.attachment import Attachment, LooseFile
from models.base import new_id
from models.statements import Kept
from models.vocabulary import FileCategory
from registry import records
from registry.access import Deed, Forbidden, may, require, require_along
from registry.actor import Actor
from registry.definition import Register
from registry.files import virus_scan
from registry.files.arriving import Arriving, is_still_loose, let_go
from registry.records import NotFound, Occasion
from registry.rows import CannotBeDone, store
from registry.rules.file_names import clean
from registry.trace.audit import Happened, Trace, recording

ARCHIVED = "This record is archived. Bring it back first, then look after its files."
EMPTY = "is empty."
HARMFUL = "holds something harmful ({}), says the virus scanner. It was deleted."
HERE_ALREADY = "is here already, under the name {}."
TOO_LATE = "The file took longer than an hour to arrive, so it was not kept. Send it again."
SUPERSEDED = "A newer file has taken its place already."


_count_current = Kept(lambda: Attachment.select(fn.COUNT(Attachment.id)).where((Attachment.record == UUID(int=0)) & _is_current()))


class Damaged(Exception):
    """The content of a file is not there, or not what was added; the message is a sentence for the page."""


@dataclass(frozen=True)
class Described:
    """What somebody says about the files that they bring."""

    category: FileCategory
    note: str = ""


@dataclass(frozen=True)
class Refused:
    """A file that was not taken in, and why: the sentence goes on after its name."""

    name: str
    why: str


def of_record(register: Register, row: Any, by: Actor) -> list[Attachment]:
    """Every file that is or was with a record, the latest first."""
    require_along(by, register)
    return list(_of(row).order_by(Attachment.added_at.desc(), Attachment.id.desc()))


def count(register: Register, row: Any, by: Actor) -> int:
    """How many files are with a record now."""
    require_along(by, register)
    return int(_count_current(row.school_id.bytes, row.id.bytes).fetchone()[0])


def find(register: Register, row: Any, file: UUID, by: Actor) -> Attachment:
    """A file that is with a record and not removed; raises NotFound or Forbidden."""
    require_along(by, register)
    found: Attachment | None = _of(row).where((Attachment.id == file) & Attachment.removed_at.is_null()).first()
    if found is None:
        raise NotFound("There is no such file here.")
    return found


def add(register: Register, row: Any, files: Sequence[Arriving], about: Described, *, occasion: Occasion) -> list[Refused]:
    """Keep these files with a record; those that are not taken in come back with the reason.

    Raises CannotBeDone, and virus_scan.NoScanner or file_store.OutOfReach, in which case none is kept.
    """
    _demand(register, row, occasion)
    taken, refused = _sorted_out(register, row, files, occasion)
    if taken:
        with recording(occasion.by, occasion.at) as trace:
            _demand_still(register, row, taken, occasion)
            for file in taken:
                _add(trace, register, row, _row(register, row, file, about=about, occasion=occasion))
                _settle(file)
        _keep(taken)
    return refused


def add_to_all(trace: Trace, register: Register, rows: Sequence[Any], file: Arriving, *, about: Described, occasion: Occasion) -> None:
    """Keep one file with each of these records, inside a recording that is open; its bytes are stored once.

    For what the program itself makes, and whoever calls answers for the right to. Once the transaction is safe, `file.keep()` says so.
    Raises CannotBeDone when it took too long.
    """
    content = None
    for row in rows:
        _add(trace, register, row, _row(register, row, file, about=about, occasion=occasion, content=content))
        content = file.id
    _settle(file)


def replace(register: Register, row: Any, old: Attachment, file: Arriving, *, about: Described, occasion: Occasion) -> Refused | None:
    """Let a newer file take the place of one, which stays to be looked at; raises as `add` does."""
    _demand(register, row, occasion)
    if old.superseded_by is not None:
        raise CannotBeDone(SUPERSEDED)
    taken, refused = _sorted_out(register, row, [file], occasion)
    if not taken:
        return refused[0]
    new = _row(register, row, file, about=about, occasion=occasion)
    old.superseded_by = new.id
    with recording(occasion.by, occasion.at) as trace:
        _demand_still(register, row, taken, occasion)
        store(trace, Happened.FILE_ADDED, new, new=True)
        store(trace, Happened.FILE_REPLACED, old)
        _note(trace, Happened.FILE_REPLACED, register, row, names=(old.name, new.name))
        _settle(file)
    _keep(taken)
    return None


def remove(register: Register, row: Any, file: Attachment, occasion: Occasion) -> None:
    """Delete the bytes of a file for good, unless other records keep it too; that it was there, and its name, stay.

    Raises CannotBeDone, and Forbidden for who may add files to these records but neither change nor erase them.
    """
    _demand(register, row, occasion)
    demand_may_remove(register, occasion.by)
    file.key, file.removed_by, file.removed_at = None, occasion.by.user, occasion.at
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.FILE_REMOVED, file)
        _note(trace, Happened.FILE_REMOVED, register, row, names=(file.name, None))
        is_last = not others(file)
        if is_last:
            LooseFile.insert(id=file.held_as, school=file.school_id, since=occasion.at).execute()
    if is_last:
        let_go(file.school_id, file.held_as)


def may_remove(register: Register, by: Actor) -> bool:
    """Whether somebody may remove files: evidence of what is never changed is not for everybody who may bring some."""
    return may(by, Deed.CHANGE, register) or may(by, Deed.ERASE, register)


def opened(register: Register, row: Any, file: Attachment, occasion: Occasion, *, is_theirs: bool = False) -> Iterator[bytes]:
    """The content of a file, a mebibyte at a time, once it is noted that somebody took it.

    Raises Damaged, before anything is noted, where its beginning is missing or was altered; later pieces raise vault.WontOpen. What
    `is_theirs`, such as the receipt of their own device, they may have whatever their role; whoever calls answers for that.
    """
    if not is_theirs:
        require_along(occasion.by, register)
    pieces = contents(file)
    try:
        first = next(pieces)
    except (file_store.Missing, vault.WontOpen):
        raise Damaged("The content of this file is missing or was altered. Tell whoever looks after Safehold: check-files names it.") from None
    with recording(occasion.by, occasion.at) as trace:
        _note(trace, Happened.FILE_OPENED, register, row, names=(None, file.name))
    return _all(first, pieces)


def demand_may_remove(register: Register, by: Actor) -> None:
    """Raise Forbidden unless somebody may remove files here."""
    if not may_remove(register, by):
        raise Forbidden("What proves an answer is removed by those who may erase it.")


def others(file: Attachment) -> int:
    """With how many other records the same file is kept."""
    is_same = (Attachment.id == file.held_as) | (Attachment.content == file.held_as)
    is_other = (Attachment.id != file.id) & Attachment.removed_at.is_null()
    return int(Attachment.select().where((Attachment.school == file.school_id) & is_same & is_other).count())


def contents(file: Attachment) -> Iterator[bytes]:
    """The plain pieces of a file; raises file_store.Missing, file_store.OutOfReach or vault.WontOpen."""
    return file_store.current().read(file.school_id, file.held_as, bytes.fromhex(file.key or ""))


def _all(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _of(row: Any) -> Any:
    return Attachment.select().where((Attachment.school == row.school_id) & (Attachment.record == row.id))


def _is_current() -> Any:
    return Attachment.superseded_by.is_null() & Attachment.removed_at.is_null()


def _demand(register: Register, row: Any, occasion: Occasion) -> None:
    require(occasion.by, Deed.ATTACH, register)
    if row.archived_at is not None:
        raise CannotBeDone(ARCHIVED)


def _demand_still(register: Register, row: Any, taken: Sequence[Arriving], occasion: Occasion) -> None:
    """Look again inside the recording, when nobody else writes: the record may be gone or put away by now, or the same file be here."""
    _demand(register, records.find(register, row.id, occasion.by), occasion)
    here = _digests_here(row)
    for file in taken:
        if file.digest in here:
            raise CannotBeDone(f"{clean(file.name)} {HERE_ALREADY.format(here[file.digest])}")


def _digests_here(row: Any) -> dict[str, str]:
    """The digests of the files that are with a record now, each with its name."""
    return {file.digest: file.name for file in _of(row).where(_is_current())}


def _sorted_out(register: Register, row: Any, files: Sequence[Arriving], occasion: Occasion) -> tuple[list[Arriving], list[Refused]]:
    """Those to be kept, and the others, whose bytes are gone by then."""
    here = _digests_here(row)
    taken, refused = [], []
    for file in files:
        file.finish()
        why = _why_not(register, row, file, here, occasion=occasion)
        if why is None:
            here[file.digest] = clean(file.name)
            taken.append(file)
        else:
            file.give_up()
            refused.append(Refused(clean(file.name), why))
    return taken, refused


def _why_not(register: Register, row: Any, file: Arriving, here: dict[str, str], *, occasion: Occasion) -> str | None:
    if file.size == 0:
        return EMPTY
    if file.digest in here:
        return HERE_ALREADY.format(here[file.digest])
    harmful = _harm_in(file) if virus_scan.is_used() else None
    if harmful is None:
        return None
    with recording(occasion.by, occasion.at) as trace:
        _note(trace, Happened.FILE_REFUSED, register, row, names=(None, f"{clean(file.name)}: {harmful}"))
    return HARMFUL.format(harmful)


def _harm_in(file: Arriving) -> str | None:
    try:
        return virus_scan.found_in(file_store.current().read(file.school, file.id, file.key))
    except file_store.Missing:
        raise CannotBeDone(TOO_LATE) from None


def _row(register: Register, row: Any, file: Arriving, *, about: Described, occasion: Occasion, content: UUID | None = None) -> Attachment:
    return Attachment(
        id=new_id() if content else file.id, content=content, school=row.school_id, register=register.slug, record=row.id,
        name=clean(file.name), category=about.category, note=about.note or None,
        media_type=file.media_type, size=file.size, digest=file.digest, key=file.key.hex(),
        added_by=occasion.by.user, added_at=occasion.at,
    )


def _add(trace: Trace, register: Register, row: Any, new: Attachment) -> None:
    store(trace, Happened.FILE_ADDED, new, new=True)
    _note(trace, Happened.FILE_ADDED, register, row, names=(None, new.name))


def _note(trace: Trace, happened: Happened, register: Register, row: Any, *, names: tuple[str | None, str | None]) -> None:
    """What the history of the record tells; the row of the file has an entry of its own, with its seal."""
    trace.note(happened, register.table._meta.table_name, row.id, changes={"attachment": names})


def _keep(taken: Sequence[Arriving]) -> None:
    """Once the transaction is safe."""
    for file in taken:
        file.keep()


def _settle(file: Arriving) -> None:
    if not is_still_loose(file):
        raise CannotBeDone(TOO_LATE)
