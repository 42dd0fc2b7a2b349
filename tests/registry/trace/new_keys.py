"""A new key brought everywhere, and what is stored before and after it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from models import doors, secret_file, vault
from models.statements import stored_rows
from registry.trace import resealing, seals
from tests.people import NOW

LATER = NOW + timedelta(days=40)


def turn(key_file: Path) -> None:
    """Make a new key and bring it everywhere, as the command does."""
    secret_file.add_key(key_file)
    vault.current().learn()
    assert resealing.reseal(LATER) == []


def stored(places: list[UUID]) -> list[tuple[str, bytes, dict[str, Any]]]:
    """Every row of every table that holds something sealed: its table, its id, and what is stored."""
    found = []
    with doors.looking_at(*places):
        for table in resealing.PERSONAL:
            fields = table._meta.sorted_fields
            for row in stored_rows(table.select(*fields)):
                held = {field.name: bytes(value) if isinstance(value, memoryview) else value for field, value in zip(fields, row, strict=True)}
                found.append((table._meta.table_name, bytes(held["id"]), held))
    return sorted(found, key=lambda each: each[:2])


def numbers() -> set[int]:
    """The numbers of the keys that sealed what is stored now."""
    sealed = {table._meta.table_name: [field.name for field in columns] for table, columns in resealing.PERSONAL.items()}
    values = [held[name] for table, _key, held in stored(seals.places()) for name in sealed[table] if held[name] is not None]
    assert values
    return {int.from_bytes(value[1:3], "big") for value in values}


def opened() -> list[tuple[str, bytes, dict[str, Any]]]:
    """Everything that is stored, with what is sealed opened."""
    rows = []
    tables = {table._meta.table_name: table for table in resealing.PERSONAL}
    for name, key, held in stored(seals.places()):
        columns = {field.name: field for field in resealing.PERSONAL[tables[name]]}
        texts = {each: columns[each].open_stored(key, value) if each in columns and value is not None else value for each, value in held.items()}
        rows.append((name, key, texts))
    return rows
