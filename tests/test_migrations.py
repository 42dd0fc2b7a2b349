"""Migrations bring an empty database to the tables of this version, on both databases, and leave nothing behind when they fail."""

import ast
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import DatabaseError
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

from models.base import db
from models.tables import TABLES
from registry.records import Occasion
from registry.trace.audit import recording
from tests.databases import MIGRATIONS
from tests.people import note_something

FILES = sorted(MIGRATIONS.glob("*.py"))
HALF_WAY = """
from peewee import IntegerField, Model, TextField

def up(migrator, db):
    class HalfWay(Model):
        words = TextField()
        class Meta:
            database = db
            table_name = "half_way"
    db.create_tables([HalfWay])
    HalfWay.create(words="these must not stay")
    migrator.migrate(migrator.add_column("asset", "half_way", IntegerField(null=True)))
    db.execute_sql("UPDATE school SET name = 'Renamed'")
    {ending}
"""


def looks() -> tuple[list[str], list[str], list[str], list[tuple[str]]]:
    """Every table, the columns of one of them, the migrations done, and the names of the schools."""
    columns = sorted(column.name for column in db.get_columns("asset"))
    schools = db.execute_sql("SELECT name FROM school ORDER BY name").fetchall()
    done = sorted(Runner(db.obj, str(MIGRATIONS)).applied())
    return sorted(db.get_tables()), columns, done, schools


def folder_with(tmp_path: Path, ending: str) -> str:
    """The migrations of the program and one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, dirs_exist_ok=True)
    (folder / "9998_half_way.py").write_text(HALF_WAY.format(ending=ending), encoding="utf-8")
    return str(folder)


def test_after_all_migrations_the_database_is_as_the_tables_say(database: str) -> None:
    assert not any(diff_models(db.obj, TABLES))


def test_a_migration_that_fails_half_way_leaves_nothing_behind(database: str, tmp_path: Path) -> None:
    before = looks()
    with pytest.raises(ZeroDivisionError):
        Runner(db.obj, folder_with(tmp_path, "1 / 0")).up()
    assert looks() == before
    with pytest.raises(DatabaseError):
        Runner(db.obj, folder_with(tmp_path, 'db.execute_sql("SELECT nothing FROM nowhere")')).up()
    assert looks() == before


@pytest.fixture
def tidied(database: str) -> Iterator[None]:
    """What takes the extra migration back, because the server outlives the test."""
    yield
    db.execute_sql("DROP TABLE IF EXISTS half_way")
    if "half_way" in {column.name for column in db.get_columns("asset")}:
        db.execute_sql("ALTER TABLE asset DROP COLUMN half_way")
    db.execute_sql("DELETE FROM schema_migration WHERE name = '9998_half_way'")


@pytest.mark.usefixtures("tidied")
def test_once_mended_it_is_done_once(tmp_path: Path, occasion: Occasion) -> None:
    with pytest.raises(ZeroDivisionError):
        Runner(db.obj, folder_with(tmp_path, "1 / 0")).up()
    mended = folder_with(tmp_path, "pass")
    assert Runner(db.obj, mended).up() == ["9998_half_way"]
    assert Runner(db.obj, mended).up() == []
    assert db.execute_sql("SELECT words FROM half_way").fetchall() == [("these must not stay",)]
    with recording(occasion.by, occasion.at) as trace:
        note_something(trace)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_migration_knows_nothing_of_the_tables_of_today(file: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= {"peewee", "playhouse", *sys.stdlib_module_names}


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [int(file.stem[:4]) for file in FILES if file.stem[0].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
