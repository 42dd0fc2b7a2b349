"""What lies on the disk of a database and of the file store, byte by byte; and everything sealed that is kept about some records."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from peewee import SqliteDatabase

from models import doors, file_store
from models.audit import AuditDetail, AuditEntry
from models.base import db
from models.fields import BlindIndex, EncryptedText
from models.image_check import ImageCheck
from models.statements import stored_rows
from registry.catalogue import find
from registry.erasing.gathering import Gathered

PIECE = slice(8, 48)
"""Of a sealed value: enough to know it by, and never parted by a page."""


def files(folder: Path) -> Iterator[Path]:
    """The files of the database, and those of the file store."""
    if isinstance(db.obj, SqliteDatabase):
        yield from folder.glob("safehold.db*")
    else:
        db.execute_sql("CHECKPOINT")
        (data, database), = db.execute_sql(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        ).fetchall()
        yield from (path for path in (Path(data) / "base" / str(database)).iterdir() if path.is_file())
    yield from (path for path in (folder / "files").rglob("*") if path.is_file())


def found(wanted: Iterable[bytes], folder: Path) -> set[bytes]:
    """Those of these bytes that lie in any of the files."""
    read = [path.read_bytes() for path in files(folder)]
    return {each for each in wanted if any(each in content for content in read)}


def sealed_about(gathered: Gathered) -> set[bytes]:
    """Everything sealed and every token that the rows hold that go, and that the trace holds about them."""
    tables = [(find(slug).table, ids) for slug, ids in gathered.records.items()] + [*gathered.rows.items()]
    held = {value for table, ids in tables for value in sealed_in(table, table.id.in_(ids))}
    numbers = AuditEntry.select(AuditEntry.number).where(AuditEntry.record.in_(gathered.all_keys))
    details = AuditDetail.chain.in_(doors.schools_in_view()) & AuditDetail.number.in_(numbers)
    return held | sealed_in(AuditDetail, details, (AuditDetail.sealed,)) | sealed_in(ImageCheck, ImageCheck.id.is_null(False))


def sealed_in(table: Any, condition: Any, columns: tuple[Any, ...] | None = None) -> set[bytes]:
    """The sealed values and tokens in some rows of a table."""
    columns = columns or tuple(field for field in table._meta.sorted_fields if isinstance(field, EncryptedText | BlindIndex))
    rows = stored_rows(table.select(*columns).where(condition)) if columns else []
    return {bytes(value) if len(bytes(value)) <= 16 else bytes(value)[PIECE] for row in rows for value in row if value}


def content_of(school: UUID, file: UUID) -> bytes:
    """The sealed bytes of a file, as they lie in the store."""
    store = file_store.current()
    return Path(store._path(school, file)).read_bytes()
