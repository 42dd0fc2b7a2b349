"""Files of rows as the tests keep them, read, refused and written."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from exports.csv_file import Sheet, Unreadable, read, write

FILES = Path(__file__).parents[1] / "fixtures" / "csv"
SCHOOL_ROWS = [("Pupil records", "Siân Pryce", "2026-09-01"), ("Staff “file”", "José Peña", "2026-10-01")]


def sheet(name: str) -> Sheet:
    """One of the files, read."""
    return read((FILES / name).read_bytes())


def refusal(raw: bytes, **caps: int) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Unreadable) as refused:
        read(raw, **caps)
    assert str(refused.value) == refused.value.sentence
    return refused.value.sentence


def written(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A file with these rows, as bytes."""
    return b"".join(write(headings, rows))
