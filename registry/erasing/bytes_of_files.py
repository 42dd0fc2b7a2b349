"""The bytes of files that go: noted as loose in the transaction that erases them, deleted from the store once that is safe."""

from collections.abc import Sequence
from uuid import UUID

from models.attachment import Attachment, LooseFile
from models.fields import EPOCH
from registry.files.arriving import let_go
from registry.many.bulk import chunks


def let_loose(files: Sequence[UUID]) -> None:
    """Note the bytes of these files, whose rows go, as on their way out, unless another record keeps the same ones.

    Inside the transaction. What is noted so survives a crash: the nightly sweep of loose files deletes what `delete_loose` did not.
    """
    leaving = frozenset(files)
    here = [row for part in chunks(files) for row in Attachment.select().where(Attachment.id.in_(part) & Attachment.removed_at.is_null())]
    held = {row.held_as: row.school_id for row in here}
    kept = {held_as for part in chunks(sorted(held)) for held_as in _kept_with_others(part, leaving)}
    for key, school in held.items():
        if key not in kept:
            LooseFile.insert(id=key, school=school, since=EPOCH).on_conflict_ignore().execute()


def _kept_with_others(held: Sequence[UUID], leaving: frozenset[UUID]) -> set[UUID]:
    is_same = Attachment.id.in_(held) | Attachment.content.in_(held)
    return {row.held_as for row in Attachment.select().where(is_same & Attachment.removed_at.is_null()) if row.id not in leaving}


def delete_loose() -> int:
    """Delete from the store what is on its way out; how many are left because the store did not answer."""
    leaving = [*LooseFile.select().where(LooseFile.since == EPOCH)]
    return sum(not let_go(row.school_id, row.id) for row in leaving)
