"""Erasing records with all that belongs to them, whole or not at all."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models import need, search
from models.attachment import Attachment
from models.audit import AuditDetail, AuditEntry
from models.base import Traced
from models.link import Link
from models.saved_view import SavedView
from models.statements import rows_of, stored_rows
from registry.access import school_of
from registry.catalogue import by_table, find
from registry.consequences import concerned, follow_without
from registry.definition import Register
from registry.erasing import bytes_of_files, traces_left
from registry.erasing.gathering import Gathered, gather
from registry.erasing.picture_checks import NamedInChecks, take_names_out
from registry.erasing.whole import WHOLE
from registry.linking import linked_ids, note_far_end
from registry.many.bulk import chunks
from registry.many.rewriting import Rewrite, rewrite_all
from registry.occasion import Occasion
from registry.trace.audit import UNDER, Happened, Trace
from registry.trace.chain import gone_seal


def erase(
    trace: Trace, register: Register, ids: Sequence[UUID], occasion: Occasion, *, under: str, named: NamedInChecks | None = None
) -> Sequence[UUID]:
    """Erase records inside a recording that is open, with all that belongs to them; those that were there.

    Each gets one entry without a value but `under`, the reference of the disposal; `verify-audit` holds afterwards, with and without the rows.
    `named` is handed on from part to part of one disposal. The right to erase, and whether a hold stands, is for the caller to ask; so is
    `afterwards.finish`, once all parts are done. Raises LookupError for a register whose records are not erased by the program.
    """
    if register.slug not in WHOLE:
        raise LookupError(f"Records of {register.slug} are not erased by the program.")
    school = school_of(occasion.by)
    gathered = gather(register, ids)
    asked = gathered.records.get(register.slug, [])
    if not asked:
        return ()
    search.take_mark(school)  # nobody makes words or needs of them anew until the transaction ends
    need.take_mark(school)
    people = () if register.slug == "pupils" else [*concerned(register, asked)]
    take_names_out(trace, gathered.records.get("pupils", ()), named or NamedInChecks())
    _gather_what_was_left(gathered)
    traces_left.forget_what_repeats(gathered, school)
    traces_left.forget_drafts(gathered)
    _stop_naming(trace, gathered, occasion)
    ends = _unlink(gathered)
    _delete(trace, gathered, under=under)
    _delete_values(school, gathered.all_keys)
    _note_ends(trace, ends)
    follow_without(trace, register, people, occasion)
    return asked


def _gather_what_was_left(gathered: Gathered) -> None:
    """Take in the views and receipts that go with these records, and let go of the bytes of their files."""
    views, files = traces_left.views_asking_for(gathered), gathered.rows.setdefault(Attachment, [])
    traces_left.forget_usual_views(views)
    gathered.rows[SavedView] = views
    files += traces_left.receipts_without_devices(gathered)
    bytes_of_files.let_loose(files)


def _stop_naming(trace: Trace, gathered: Gathered, occasion: Occasion) -> None:
    """Empty the columns of records that stay and name one that goes."""
    for slug, ids in gathered.records.items():
        for column in WHOLE[slug].loses:
            register = by_table(column.model._meta.table_name)
            if register is not None:
                rows = _naming(column, ids, frozenset(gathered.records.get(register.slug, ())))
                told = [Rewrite(row, {column.name: None}, Happened.CHANGED, {column.name: (key, None)}) for row, key in rows]
                rewrite_all(trace, register, told, occasion)


def _naming(column: Any, ids: Sequence[UUID], leaving: frozenset[UUID]) -> list[tuple[Sequence[Any], UUID]]:
    """The rows that stay and name one of these, as they are stored, each with the id that it names."""
    whole = rows_of(column.model)
    place, key = whole.columns.index(column.column_name), whole.columns.index("id")
    found = (row for part in chunks(ids) for row in stored_rows(column.model.select(*whole.fields).where(column.in_(part))))
    return [(row, UUID(bytes=bytes(row[place]))) for row in found if UUID(bytes=bytes(row[key])) not in leaving]


Ends = dict[tuple[str, UUID], dict[str, tuple[UUID, ...]]]
"""What stays and was linked to what goes, by register and id, with what it was linked to before, by register."""


def _unlink(gathered: Gathered) -> Ends:
    """Delete the links of records that go, from both ends; the other ends."""
    leaving, ends = gathered.keys, Ends()
    for slug, ids in gathered.records.items():
        for part in chunks(ids):
            for far_slug, far in Link.select(Link.far_register, Link.far).where(Link.near.in_(part)).distinct().tuples():
                if far not in leaving:
                    ends.setdefault((far_slug, far), {})[slug] = ()
    for (far_slug, far), slugs in ends.items():
        held = linked_ids(far)
        ends[far_slug, far] = {slug: held.get(slug, ()) for slug in slugs}
    for part in chunks([*leaving, *(far for _slug, far in ends)]):
        links = Link.select(Link.id, Link.near, Link.far).where(Link.near.in_(part)).tuples()
        gone = [key for key, near, far in links if near in leaving or far in leaving]
        for keys in chunks(gone):
            Link.delete().where(Link.id.in_(keys)).execute()
    return ends


def _note_ends(trace: Trace, ends: Ends) -> None:
    for (slug, far), before in sorted(ends.items()):
        now = linked_ids(far)
        note_far_end(trace, find(slug), far, {other: (held, now.get(other, ())) for other, held in before.items()})


def _delete(trace: Trace, gathered: Gathered, *, under: str) -> None:
    """Delete rows, each with an entry that seals that it is rightly gone: first what belongs to records, then the records."""
    for table, ids in gathered.rows.items():
        _delete_rows(trace, table, ids, None)
    for slug, ids in reversed(gathered.records.items()):
        _delete_rows(trace, find(slug).table, ids, {UNDER: (None, under)})


def _delete_rows(trace: Trace, table: Any, ids: Sequence[UUID], told: dict[str, Any] | None) -> None:
    name = table._meta.table_name
    for part in chunks(ids):
        table.delete().where(table.id.in_(part)).execute()
        for key in part if issubclass(table, Traced) else ():
            trace.note(Happened.ERASED, name, key, changes=told, seal=gone_seal(name, key.bytes))


def _delete_values(school: UUID, ids: Sequence[UUID]) -> None:
    """Delete the old and new values that the trace keeps about these rows; who did what, and when, stays."""
    for part in chunks(ids):
        about = AuditEntry.select(AuditEntry.number).where(AuditEntry.record.in_(part) & (AuditEntry.chain == school))
        for numbers in chunks([number for (number,) in stored_rows(about)]):
            AuditDetail.delete().where((AuditDetail.chain == school) & AuditDetail.number.in_(numbers)).execute()
