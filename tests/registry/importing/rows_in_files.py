"""Files of a few rows: judged against the register, and saved as they were shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.definition import Register
from registry.importing import imports, uploads
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import Judged, Preview, judge
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.verification import verify_chain, verify_rows


def file(headings: Sequence[str], *rows: Sequence[str], problems: Mapping[int, str] | None = None) -> FileRows:
    """A file with these rows below its headings."""
    return FileRows(headings, [list(row) for row in rows], [*range(2, len(rows) + 2)], problems or {}, [], "f" * 64)


def judged(columns: Sequence[str], rows: Sequence[Sequence[str]], by: Any, register: Register = ASSETS, **more: Any) -> Preview:
    """What would become of the rows of a file."""
    return judge(register, file(columns, *rows), Reading(tuple(columns), **more), by)


def one(columns: Sequence[str], row: Sequence[str], by: Any, **more: Any) -> Judged:
    """What would become of a single row."""
    return judged(columns, [row], by, **more).rows[0]


def save(columns: Sequence[str], rows: Sequence[Sequence[str]], occasion: Occasion, register: Register = ASSETS) -> imports.Outcome:
    """Bring a file and save it as it was shown."""
    kept = file(columns, *rows)
    upload = uploads.keep(register, kept, occasion.by, occasion.at)
    reading = Reading(tuple(columns))
    return imports.save(register, upload, reading, occasion, shown=judge(register, kept, reading, occasion.by).mark)


def assert_all_verifies(school: Any) -> None:
    """The history and every record are as they were written."""
    assert [*verify_chain(school.id), *verify_rows()] == []
