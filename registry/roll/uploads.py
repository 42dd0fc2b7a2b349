"""Lists of the roll between their steps: sealed, seen by the person who brought them only, gone after a day, and never more than is needed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from models.upload import Upload
from registry.actor import Actor
from registry.importing import uploads
from registry.importing.uploads import KEPT_FOR, FileRows
from registry.records import NotFound

ROLL = "roll"
"""What stands where other uploads name their register."""


@dataclass(frozen=True)
class Table:
    """The rows of one file or sheet, what each is about, and what each column says: codes, empty for one that is left out."""

    name: str
    file: FileRows
    holds: str
    columns: tuple[str, ...]
    is_sure: bool = True

    def without_the_rest(self) -> "Table":
        """The same with nothing but the columns that say something."""
        kept = [place for place, code in enumerate(self.columns) if code]
        rows = [[row[place] for place in kept] for row in self.file.rows] if self.holds != "nothing" else []
        doubts = {row: _moved(cells, kept) for row, cells in self.file.doubts.items()} if rows else {}
        file = replace(self.file, headings=[self.file.headings[place] for place in kept], rows=rows, doubts=doubts)
        return replace(self, file=file, columns=tuple(self.columns[place] for place in kept))


def _moved(cells: Mapping[int, str], kept: Sequence[int]) -> dict[int, str]:
    return {kept.index(place): sentence for place, sentence in cells.items() if place in kept}


@dataclass(frozen=True)
class Brought:
    """What somebody brought to bring the roll up to date, and what they decided about it so far."""

    tables: tuple[Table, ...]
    dropped: tuple[str, ...]  # headings of columns that nobody needs, of which nothing else is kept
    digest: str
    is_settled: bool = False
    agreed: frozenset[str] = frozenset()  # marks of rows that are said to be the same person after all


def keep(brought: Brought, by: Actor, at: datetime) -> Upload:
    """Keep lists until they are saved or given up; what is older than a day goes on this occasion."""
    uploads.forget_old(at)
    upload = Upload(school=by.school, user=by.user, register=ROLL, uploaded_at=at)
    upload.sheet = _written(brought)
    upload.save(force_insert=True)
    return upload


def find(upload: UUID, by: Actor, now: datetime) -> Upload:
    """What this person brought in this school; raises NotFound."""
    found: Upload | None = Upload.get_or_none((Upload.id == upload) & _mine(by, now))
    if found is None:
        raise NotFound("There is no such file here.")
    return found


def waiting(by: Actor, now: datetime) -> Sequence[Upload]:
    """What this person has not finished, without its rows, the latest first."""
    return list(Upload.select(Upload.id, Upload.uploaded_at).where(_mine(by, now)).order_by(Upload.uploaded_at.desc()))


def brought_of(upload: Upload) -> Brought:
    """The lists that are kept."""
    kept: dict[str, Any] = json.loads(upload.sheet)
    tables = tuple(Table(**{**table, "file": _file(table["file"]), "columns": tuple(table["columns"])}) for table in kept["tables"])
    return Brought(**{**kept, "tables": tables, "dropped": tuple(kept["dropped"]), "agreed": frozenset(kept["agreed"])})


def put_back(upload: Upload, brought: Brought) -> None:
    """Keep what was decided about lists in the place of what was kept before."""
    upload.sheet = _written(brought)
    Upload.update(sheet=upload.__data__["sheet"]).where(Upload.id == upload.id).execute()


def _mine(by: Actor, now: datetime) -> Any:
    return (Upload.user == by.user) & (Upload.school == by.school) & (Upload.register == ROLL) & (Upload.uploaded_at > now - KEPT_FOR)


def _written(brought: Brought) -> str:
    return json.dumps({**asdict(brought), "agreed": sorted(brought.agreed)}, ensure_ascii=False)


def _file(kept: Mapping[str, Any]) -> FileRows:
    problems = {int(line): sentence for line, sentence in kept["problems"].items()}
    doubts = {int(row): {int(column): sentence for column, sentence in cells.items()} for row, cells in kept["doubts"].items()}
    return FileRows(**{**kept, "problems": problems, "doubts": doubts})
