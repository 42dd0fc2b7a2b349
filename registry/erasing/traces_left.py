"""What people left elsewhere that leads to a record or repeats it: drafts, saved views, files on their way in, receipts kept with others."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

from models import vault
from models.allocation import Allocation
from models.attachment import Attachment
from models.letter import Letter
from models.message import Message
from models.names import words_of
from models.saved_view import SavedView, UsualView
from models.statements import stored_rows
from models.upload import Upload
from models.user import Draft
from registry.catalogue import find
from registry.devices.bundles import receipt_name
from registry.erasing.gathering import Gathered
from registry.erasing.whole import REPEATING, WHOLE
from registry.many.bulk import chunks

LEAST = 6
"""Letters that a name must have before somebody's view is taken for asking for it."""


def forget_what_repeats(gathered: Gathered, school: UUID) -> None:
    """Delete what is made from records that go, waits to tell of them, or may bring them back. None of it has a trace of its own."""
    for slug, ids in gathered.records.items():
        for part in chunks(ids):
            told = Message.select(Message.id).where((Message.register == slug) & Message.record.in_(part))
            Letter.delete().where(Letter.message.in_(told)).execute()
            for table in REPEATING:
                table.delete().where((table.register == slug) & table.record.in_(part)).execute()
    coming = {name for slug in gathered.records for name in (slug, *WHOLE[slug].uploads)}
    Upload.delete().where((Upload.school == school) & Upload.register.in_(sorted(coming))).execute()


def forget_drafts(gathered: Gathered) -> None:
    """Delete what anybody was typing in a form of a record that goes, or that names one by its id."""
    keys = [key.hex for key in gathered.keys]
    gone = [draft for draft, text in _drafts() if any(key in text for key in keys)]
    for part in chunks(gone):
        Draft.delete().where(Draft.id.in_(part)).execute()


def _drafts() -> Iterator[tuple[UUID, str]]:
    for key, place, sealed in stored_rows(Draft.select(Draft.id, Draft.place, Draft.typed)):
        draft = UUID(bytes=bytes(key))
        yield draft, f"{place}\n{_opened(Draft.typed, draft, sealed)}".replace("-", "")


def views_asking_for(gathered: Gathered) -> list[UUID]:
    """The saved views, in the schools in view, that ask for a record that goes by its id or by its name."""
    keys = [key.hex for key in gathered.keys]
    names = [*_names(gathered)]
    found = []
    for key, name, asked in stored_rows(SavedView.select(SavedView.id, SavedView.name, SavedView.asked)):
        view = UUID(bytes=bytes(key))
        said = f"{_opened(SavedView.name, view, name)}\n{unquote_plus(_opened(SavedView.asked, view, asked))}"
        words, plain = frozenset(words_of(said)), said.replace("-", "")
        if any(each in plain for each in keys) or any(each <= words for each in names):
            found.append(view)
    return found


def forget_usual_views(views: Sequence[UUID]) -> None:
    """Let registers open with the whole list that opened with one of these views."""
    for part in chunks(views):
        UsualView.delete().where(UsualView.view.in_(part)).execute()


def _names(gathered: Gathered) -> Iterator[frozenset[str]]:
    """The words of each name, whichever of them people write first."""
    for slug, ids in gathered.records.items():
        columns = WHOLE[slug].said_as
        table = find(slug).table
        for part in chunks(ids) if columns else ():
            for key, *sealed in stored_rows(table.select(table.id, *columns).where(table.id.in_(part))):
                texts = (_opened(column, UUID(bytes=bytes(key)), value) for column, value in zip(columns, sealed, strict=True))
                yield from (frozenset(words) for text in texts if sum(map(len, words := words_of(text))) >= LEAST)


def receipts_without_devices(gathered: Gathered) -> list[UUID]:
    """Receipts that are kept with an acceptance that stays, of hand-overs of which no device is left."""
    ids = gathered.records.get("allocations", [])
    staying = [found for found in _bundles_of(ids) if found[1] not in gathered.keys]
    receipts = []
    for bundle, acceptance in staying:
        left = Allocation.select(Allocation.id).where((Allocation.bundle == bundle) & Allocation.id.not_in(ids))
        if not left.exists():
            kept = stored_rows(Attachment.select(Attachment.id, Attachment.name).where(Attachment.record == acceptance))
            named = ((UUID(bytes=bytes(key)), name) for key, name in kept)
            receipts += [key for key, name in named if _opened(Attachment.name, key, name).startswith(receipt_name(bundle))]
    return receipts


def _bundles_of(allocations: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    found = set()
    for part in chunks([*allocations]):
        query = Allocation.select(Allocation.bundle, Allocation.acceptance).where(Allocation.id.in_(part)).distinct()
        found |= {(UUID(bytes=bytes(one)), UUID(bytes=bytes(other))) for one, other in stored_rows(query) if one and other}
    return found


def _opened(column: Any, row: UUID, sealed: Any) -> str:
    """A sealed text; nothing where there is none, or where it was altered, which the check of the rows reports."""
    try:
        return column.open(row, sealed) if sealed else ""
    except (vault.WontOpen, TypeError):
        return ""
