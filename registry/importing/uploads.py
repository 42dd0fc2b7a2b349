"""Files between the steps of an import: sealed, seen by the person who brought them only, and gone after a day."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from models.upload import Upload
from registry.actor import Actor
from registry.definition import Register
from registry.records import NotFound

KEPT_FOR = timedelta(days=1)
WORKBOOK = "workbook"


class SheetNotChosen(Exception):
    """A workbook has several sheets, and nobody has said yet which of them is meant."""


@dataclass(frozen=True)
class FileRows:
    """The rows of a file as text, each with the line on which it starts."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    problems: Mapping[int, str]  # what keeps a whole row from being taken, by its line
    notes: Sequence[str]
    digest: str  # SHA-256 of the file
    doubts: Mapping[int, Mapping[int, str]] = field(default_factory=dict)  # what keeps single cells from being taken, by row and column
    is_typed: bool = False  # the file tells text from numbers, so that no text is a number that a spreadsheet damaged
    since_1904: bool = False  # a day shown as a number is a count of days from 1904


@dataclass(frozen=True)
class Decided:
    """What the person decided about a file so far."""

    columns: Sequence[str | None] = ()  # the question that each column answers; None for those left out
    orders: Mapping[str, str] = field(default_factory=dict)  # how a column of days is written, by question
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)  # cells typed on the page, by row and question
    left_out: frozenset[int] = frozenset()  # rows


def keep(register: Register, file: FileRows, by: Actor, at: datetime) -> Upload:
    """Keep a file until it is saved or given up; files that are older than a day go on this occasion."""
    return _keep(register, json.dumps(asdict(file), ensure_ascii=False), by, at)


def _keep(register: Register, sheet: str, by: Actor, at: datetime) -> Upload:
    forget_old(at)
    upload = Upload(school=by.school, user=by.user, register=register.slug, uploaded_at=at)
    upload.sheet = sheet
    upload.save(force_insert=True)
    return upload


def find(register: Register, upload: UUID, by: Actor, now: datetime) -> Upload:
    """The file that this person is importing into this register of this school; raises NotFound."""
    mine = (Upload.id == upload) & (Upload.user == by.user) & (Upload.school == by.school) & (Upload.register == register.slug)
    found: Upload | None = Upload.get_or_none(mine & (Upload.uploaded_at > now - KEPT_FOR))
    if found is None:
        raise NotFound("There is no such file here.")
    return found


def waiting(register: Register, by: Actor, now: datetime) -> Sequence[Upload]:
    """The files that this person has not finished importing into this register, without their rows, the latest first."""
    mine = (Upload.user == by.user) & (Upload.school == by.school) & (Upload.register == register.slug) & (Upload.uploaded_at > now - KEPT_FOR)
    return list(Upload.select(Upload.id, Upload.uploaded_at).where(mine).order_by(Upload.uploaded_at.desc()))


def file_of(upload: Upload) -> FileRows:
    """The rows of a file that is kept; raises SheetNotChosen."""
    kept: dict[str, Any] = json.loads(upload.sheet)
    if WORKBOOK in kept:
        raise SheetNotChosen
    problems = {int(line): sentence for line, sentence in kept["problems"].items()}
    doubts = {int(row): {int(column): sentence for column, sentence in cells.items()} for row, cells in kept["doubts"].items()}
    return FileRows(**{**kept, "problems": problems, "doubts": doubts})


def keep_workbook(register: Register, raw: bytes, by: Actor, at: datetime) -> Upload:
    """Keep a workbook of several sheets as it came, until somebody has said which of them is meant."""
    return _keep(register, json.dumps({WORKBOOK: b64encode(raw).decode()}), by, at)


def workbook_of(upload: Upload) -> bytes | None:
    """A workbook of which no sheet is chosen yet; None for a file whose rows were read."""
    kept: dict[str, Any] = json.loads(upload.sheet)
    return b64decode(kept[WORKBOOK]) if WORKBOOK in kept else None


def choose_sheet(upload: Upload, file: FileRows) -> None:
    """Keep the rows of one sheet, and forget the workbook."""
    upload.sheet = json.dumps(asdict(file), ensure_ascii=False)
    Upload.update(sheet=upload.__data__["sheet"]).where(Upload.id == upload.id).execute()


def decided_of(upload: Upload) -> Decided:
    """What was decided about a file so far."""
    if upload.decided is None:
        return Decided()
    kept: dict[str, Any] = json.loads(upload.decided)
    mended = {int(row): cells for row, cells in kept["mended"].items()}
    return Decided(kept["columns"], kept["orders"], mended, frozenset(kept["left_out"]))


def decide(upload: Upload, decided: Decided) -> None:
    """Keep what was decided about a file."""
    upload.decided = json.dumps({**asdict(decided), "left_out": sorted(decided.left_out)}, ensure_ascii=False)
    Upload.update(decided=upload.__data__["decided"]).where(Upload.id == upload.id).execute()


def take(upload: UUID) -> bool:
    """Delete a file, for good; whether it was still there. Of two who take it at once, one is told yes."""
    return bool(Upload.delete().where(Upload.id == upload).execute())


def forget_old(now: datetime) -> int:
    """Delete the files that were brought more than a day ago; how many."""
    return int(Upload.delete().where(Upload.uploaded_at <= now - KEPT_FOR).execute())
