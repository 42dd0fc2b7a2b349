"""What the page of a record's files shows: those that count now, those that newer ones replaced, and who brought them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import quote
from uuid import UUID

from flask import Response, current_app, request

from models.attachment import Attachment
from models.vocabulary import FileCategory
from registry.access import Deed, may
from registry.accounts.colleagues import FORMER, names_of
from registry.files import attachments, virus_scan
from registry.files.arriving import Arriving
from registry.files.attachments import Described, Refused
from registry.files.file_kinds import SHOWN_IN_THE_BROWSER, in_words
from registry.records import Occasion
from registry.rules import plain_dates
from registry.rules.file_names import in_ascii, safe_to_save
from registry.rules.local_time import in_zone
from web.record_view import RecordPage
from web.rendering import ZONE

LONGEST_NOTE = 500
PROGRAM = "Safehold"
INLINE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
NO_CATEGORY = "Choose what it is: the category."
NO_FILE = "Choose a file first."
TOO_MANY = "Choose fewer files: {} at most."
LONG_NOTE = f"Shorten the note to {LONGEST_NOTE} characters."
UNITS = (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024))


@dataclass(frozen=True)
class FilesPage:
    """The files of one record for one reader; `said` is what they typed about files that were not taken."""

    shown: RecordPage
    said: Mapping[str, str]
    refused: tuple[Refused, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    replaced: Attachment | None = None

    @cached_property
    def files(self) -> list[Attachment]:
        """All of them, the latest first."""
        return attachments.of_record(self.shown.register, self.shown.row, self.shown.by)

    @property
    def current(self) -> list[Attachment]:
        """Those that count now."""
        return [file for file in self.files if file.superseded_by is None and file.removed_at is None]

    @property
    def former(self) -> list[Attachment]:
        """Those that were replaced or removed."""
        return [file for file in self.files if file.superseded_by is not None or file.removed_at is not None]

    @property
    def may_add(self) -> bool:
        """Whether the reader may add and replace here."""
        return may(self.shown.by, Deed.ATTACH, self.shown.register) and self.shown.row.archived_at is None

    @property
    def may_remove(self) -> bool:
        """Whether the reader may remove here."""
        return self.may_add and attachments.may_remove(self.shown.register, self.shown.by)

    @property
    def limit(self) -> str:
        """How much can be added in one go."""
        return f"{current_app.extensions['settings'].file_mb} MB"

    @property
    def is_scanned(self) -> bool:
        """Whether a virus scanner looks at each file."""
        return virus_scan.is_used()

    @property
    def categories(self) -> list[tuple[str, str]]:
        """What a file can be."""
        return FileCategory.choices()

    def kind(self, file: Attachment) -> str:
        """What a file is by its content, in words."""
        return in_words(file.media_type)

    def others(self, file: Attachment) -> int:
        """With how many other records the same file is kept."""
        return attachments.others(file)

    def newer(self, file: Attachment) -> str:
        """The name of the file that took the place of one."""
        return next((each.name for each in self.files if each.id == file.superseded_by), "")

    def who(self, person: UUID | None) -> str:
        """Who brought or removed a file; what nobody did, the program did by itself."""
        return self._names.get(person, FORMER) if person else PROGRAM

    def day(self, at: datetime) -> str:
        """The day in London of an instant, as tables show it."""
        return plain_dates.short_day(in_zone(at, ZONE).date())

    def error(self, field: str) -> str:
        """What is wrong with one field of the form; empty for nothing."""
        return next((sentence for name, sentence in self.problems if name == field), "")

    @cached_property
    def _names(self) -> dict[UUID | None, str]:
        return names_of(person for file in self.files for person in (file.added_by, file.removed_by))


def described(files: Sequence[Arriving], most: int) -> tuple[Described | None, tuple[tuple[str, str], ...]]:
    """What the form says about the files it brings; or what is wrong with that or with their number, by field."""
    category, note = request.form.get("category", ""), re.sub(r"\s+", " ", request.form.get("note", "")).strip()
    wrong = {
        "files": NO_FILE if not files else TOO_MANY.format(most) if len(files) > most else "",
        "category": "" if category in set(FileCategory) else NO_CATEGORY,
        "note": LONG_NOTE if len(note) > LONGEST_NOTE else "",
    }
    problems = tuple((field, sentence) for field, sentence in wrong.items() if sentence)
    return (None, problems) if problems else (Described(FileCategory(category), note), ())


def content_of(page: RecordPage, file: Attachment, occasion: Occasion, *, as_download: bool) -> Response:
    """The content of a file, a mebibyte at a time. Only pictures and PDFs are ever shown by the browser, and those in a sandbox."""
    pieces = attachments.opened(page.register, page.row, file, occasion)
    is_shown = not as_download and file.media_type in SHOWN_IN_THE_BROWSER
    response = Response(pieces, content_type=file.media_type if is_shown else "application/octet-stream")
    response.content_length = file.size
    response.headers["Content-Disposition"] = disposition("inline" if is_shown else "attachment", file.name)
    response.headers["Content-Security-Policy"] = INLINE_POLICY
    return response


def disposition(kind: str, name: str) -> str:
    """How a browser names what it saves (RFC 6266): in plain letters for old ones, whole for the others."""
    return f"{kind}; filename=\"{in_ascii(name)}\"; filename*=UTF-8''{quote(safe_to_save(name), safe='')}"


def in_bytes(size: int) -> str:
    """A size as people say it, "1.4 MB"."""
    for unit, least in UNITS:
        if size >= least:
            return f"{size / least:.1f} {unit}" if size < 10 * least else f"{size // least:,} {unit}"
    return f"{size} bytes"
