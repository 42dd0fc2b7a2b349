"""Lists of devices between their steps: sealed, seen by the person who brought them only, gone after a day, and without what is never read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.upload import Upload
from registry.actor import Actor
from registry.importing import uploads
from registry.importing.uploads import KEPT_FOR, FileRows
from registry.records import NotFound

LISTS = "device-lists"
"""What stands where other uploads name their register."""


@dataclass(frozen=True)
class Brought:
    """A list as it was brought: its name and its rows."""

    name: str
    file: FileRows


@dataclass(frozen=True)
class Answered:
    """What somebody said about a list: how its days are written, and by heading what its columns say."""

    day_first: bool | None = None
    mapping: Mapping[str, str] | None = None


def keep(brought: Brought, by: Actor, at: datetime) -> Upload:
    """Keep a list until it is saved or given up; what is older than a day goes on this occasion."""
    uploads.forget_old(at)
    upload = Upload(school=by.school, user=by.user, register=LISTS, uploaded_at=at)
    upload.sheet = json.dumps(asdict(brought), ensure_ascii=False)
    upload.save(force_insert=True)
    return upload


def find(upload: UUID, by: Actor, now: datetime) -> Upload:
    """What this person brought in this school; raises NotFound."""
    found: Upload | None = Upload.get_or_none((Upload.id == upload) & _mine(by, now))
    if found is None:
        raise NotFound("There is no such list here.")
    return found


def waiting(by: Actor, now: datetime) -> Sequence[Upload]:
    """What this person has not finished, without its rows, the latest first."""
    return list(Upload.select(Upload.id, Upload.uploaded_at).where(_mine(by, now)).order_by(Upload.uploaded_at.desc()))


def brought_of(upload: Upload) -> Brought:
    """The list that is kept."""
    kept: dict[str, Any] = json.loads(upload.sheet)
    file = kept["file"]
    problems = {int(line): sentence for line, sentence in file["problems"].items()}
    doubts = {int(row): {int(column): sentence for column, sentence in cells.items()} for row, cells in file["doubts"].items()}
    return Brought(kept["name"], FileRows(**{**file, "problems": problems, "doubts": doubts}))


def answered_of(upload: Upload) -> Answered:
    """What was said about it so far."""
    return Answered(**json.loads(upload.decided)) if upload.decided is not None else Answered()


def answer(upload: Upload, answered: Answered) -> None:
    """Keep what was said about it."""
    upload.decided = json.dumps(asdict(answered), ensure_ascii=False)
    Upload.update(decided=upload.__data__["decided"]).where(Upload.id == upload.id).execute()


def _mine(by: Actor, now: datetime) -> Any:
    return (Upload.user == by.user) & (Upload.school == by.school) & (Upload.register == LISTS) & (Upload.uploaded_at > now - KEPT_FOR)
