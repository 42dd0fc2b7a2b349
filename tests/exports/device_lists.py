"""Lists of devices as programs export them, and the ways in which they are damaged on their way."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports.device_list import DeviceList, read
from exports.unreadable import Unreadable

FILES = Path(__file__).parents[1] / "fixtures" / "device_lists"


def good(name: str) -> bytes:
    """A list with the headings that its program publishes."""
    return (FILES / name).read_bytes()


def table(name: str) -> list[list[str]]:
    """The same as rows of cells, headings first."""
    return list(csv.reader(io.StringIO(good(name).decode())))


def as_csv(rows: Sequence[Sequence[str]], **how: str) -> bytes:
    """Rows as a file."""
    target = io.StringIO(newline="")
    csv.writer(target, **how).writerows(rows)  # type: ignore[arg-type]
    return target.getvalue().encode()


def changed(name: str, **cells: str) -> bytes:
    """A list with cells of its first device changed, by heading with _ for a gap."""
    rows = table(name)
    for heading, cell in cells.items():
        rows[1][rows[0].index(heading.replace("_", " "))] = cell
    return as_csv(rows)


def listed(content: bytes | str, *, day_first: bool | None = None, mapping: Mapping[str, str] | None = None) -> DeviceList:
    """A file, read."""
    return read(content if isinstance(content, bytes) else content.encode(), "list.csv", day_first=day_first, mapping=mapping)


def refusal(content: bytes) -> str:
    """The sentence with which a whole file is refused."""
    with pytest.raises(Unreadable) as refused:
        read(content, "list.csv")
    return refused.value.sentence


def zipped(parts: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A ZIP file of anything."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def utc(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
