"""Saving a file: all of it or none, with an entry for each record and one for the file itself."""

from dataclasses import asdict, dataclass, fields
from uuid import UUID

from models.audit import AuditEntry, AuditHead
from models.batch import Together
from models.upload import Upload
from registry.access import Deed, Permission, require
from registry.actor import Actor
from registry.definition import Register
from registry.importing import uploads
from registry.importing.reading import Reading
from registry.importing.verdicts import Judged, Preview, Verdict, judge
from registry.many import batches
from registry.many.bulk import chunks, insert_many
from registry.placing import next_number
from registry.records import Occasion, amend
from registry.rows import CannotBeDone
from registry.trace.audit import Happened, Trace, changes_of, recording

SUBJECT = Upload._meta.table_name
"""Under what the trace names the import itself."""


class NotAsShown(CannotBeDone):
    """Somebody changed the register since the preview was shown, so that other rows would be saved than were looked at."""


class GoneAlready(CannotBeDone):
    """The file is no longer there: it was saved by another press of the button, or given up."""


@dataclass(frozen=True)
class Outcome:
    """What an import did."""

    added: int
    changed: int
    unchanged: int
    left_out: int

    @property
    def sentence(self) -> str:
        """The outcome in words: "120 added, 3 changed, 7 unchanged"."""
        counts = ((self.added, "added"), (self.changed, "changed"), (self.unchanged, "there already and unchanged"), (self.left_out, "left out"))
        return ", ".join(f"{count:,} {word}" for count, word in counts if count) or "Nothing was saved"


def save(register: Register, upload: Upload, reading: Reading, occasion: Occasion, *, shown: str) -> Outcome:
    """Save a file as its preview showed it (`shown` is Preview.mark), or nothing at all.

    The rows are judged before the transaction; inside it once more only if the school's chain moved on meanwhile.
    Raises GoneAlready, NotAsShown, CannotBeDone for rows in trouble, Forbidden.
    """
    by = occasion.by
    require(by, Permission.IMPORT, register)
    require(by, Deed.ADD, register)
    file, head = uploads.file_of(upload), _head(by)
    preview = judge(register, file, reading, by)
    with recording(by, occasion.at) as trace:
        if not uploads.take(upload.id):
            raise GoneAlready("This file was saved already, or given up.")
        if trace.number != head:
            preview = judge(register, file, reading, by)
        _demand_savable(preview, shown)
        first, outcome = trace.number + 1, _store(trace, register, preview, occasion)
        told = {"register": register.slug, "file": file.digest, **asdict(outcome)}
        trace.note(Happened.IMPORTED, SUBJECT, upload.id, changes={name: (None, value) for name, value in told.items()})
        many = outcome.added + outcome.changed
        batches.keep(trace, Together.IMPORT, register, by, first=first, many=many, file_digest=file.digest)
    return outcome


def outcome_of(upload: UUID, by: Actor) -> Outcome | None:
    """What this person's import of a file did, if it was saved."""
    entry = AuditEntry.get_or_none(
        (AuditEntry.record == upload) & (AuditEntry.chain == by.school) & (AuditEntry.subject == SUBJECT) & (AuditEntry.actor == by.signature)
    )
    changes = None if entry is None else changes_of(entry)
    return None if changes is None else Outcome(*(int(changes[each.name][1]) for each in fields(Outcome)))


def _head(by: Actor) -> int:
    row = AuditHead.get_or_none(AuditHead.id == by.school)
    return -1 if row is None else int(row.number)


def _demand_savable(preview: Preview, shown: str) -> None:
    if preview.mark != shown:
        raise NotAsShown("The register or the file was changed since this page was opened, so nothing was saved. Look at the rows again.")
    counts = preview.counts
    if counts[Verdict.REFUSED]:
        raise CannotBeDone("Some rows cannot be saved as they are, so nothing was saved. Mend them or leave them out.")
    if not counts[Verdict.NEW] + counts[Verdict.CHANGES]:
        raise CannotBeDone("There is nothing to save: every row is there already, or was left out.")


def _store(trace: Trace, register: Register, preview: Preview, occasion: Occasion) -> Outcome:
    new = (row.answers for row in preview.rows if row.verdict is Verdict.NEW)
    added = insert_many(trace, register, new, occasion, number=next_number(register, occasion.by), happened=Happened.IMPORTED)
    _change(trace, register, [row for row in preview.rows if row.verdict is Verdict.CHANGES], occasion)
    counts = preview.counts
    return Outcome(added, counts[Verdict.CHANGES], counts[Verdict.SAME], counts[Verdict.LEFT_OUT])


def _change(trace: Trace, register: Register, changed: list[Judged], occasion: Occasion) -> None:
    table = register.table
    for part in chunks(changed):
        rows = {row.id: row for row in table.select().where(table.id.in_([judged.record for judged in part]))}
        for judged in part:
            changes = {name: (judged.before[name], after) for name, after in judged.answers.items()}
            amend(trace, register, rows[judged.record], changes, occasion=occasion, happened=Happened.IMPORTED)
