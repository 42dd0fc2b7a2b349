import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from peewee import ForeignKeyField, Model, SqliteDatabase

import models
from models.allocation import Allocation
from models.audit import AuditTable
from models.base import BaseModel, Guarded, Traced
from models.device import Device
from models.fields import BlindIndex, ChoiceField, ChoicesField, EncryptedProse, EncryptedText, OneField
from models.outgoing import Outgoing
from models.record import KEPT_BY_ENGINE, OfSchool, Record
from models.tables import RECORDS, TABLES

FOUNDATIONS = {Guarded, BaseModel, Traced, OfSchool, Record, AuditTable, Outgoing}

ONCE_IN_A_SCHOOL = {Device: ("serial_key", "tag_key"), Allocation: ("open_device",)}
"""What beside the number stands once in a school, as the field asks for: a serial number, a tag, an open hand-over of a device."""

NOBODY_LOOKS_FOR = {
    *("restrictions", "decided_by", "authority", "conditions", "reason", "record", "encryption_verified", "regulator_reference", "reporter"),
    "asked_by",
}
"""Sealed texts beside a record that is found by something else; the other ones without an index hold several things at once."""

each_record = pytest.mark.parametrize("table", RECORDS, ids=lambda table: table.__name__)


@pytest.fixture
def empty() -> Iterator[SqliteDatabase]:
    """A database of its own with every table made."""
    database = SqliteDatabase(":memory:", pragmas={"foreign_keys": 1})
    with database.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in TABLES:
            database.create_tables([table])
        yield database
    database.close()


def test_every_table_of_the_program_is_named() -> None:
    modules = [importlib.import_module(f"models.{module.name}") for module in pkgutil.iter_modules(models.__path__)]
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type) and issubclass(each, Model)}
    ours = {table for table in found if table.__module__.startswith("models.")}
    assert ours - FOUNDATIONS == set(TABLES)
    assert len(TABLES) == len(set(TABLES))


def test_parents_come_before_the_tables_that_point_at_them() -> None:
    for place, table in enumerate(TABLES):
        for column in table._meta.fields.values():
            if isinstance(column, ForeignKeyField) and column.rel_model is not table:
                assert TABLES.index(column.rel_model) < place, f"{table.__name__}.{column.name}"


def test_every_table_can_be_made_and_has_a_name_of_its_own(empty: SqliteDatabase) -> None:
    assert set(empty.get_tables()) == {table._meta.table_name for table in TABLES}
    assert len(empty.get_tables()) == len(TABLES)


@each_record
def test_the_database_holds_no_index_over_several_schools(table: type[Record], empty: SqliteDatabase) -> None:
    own = [index for index in empty.get_indexes(table._meta.table_name) if index.columns != ["id"]]
    assert own
    assert {index.columns[0] for index in own} == {"school_id"}
    once = [["school_id", column] for column in ONCE_IN_A_SCHOOL.get(table, ())]
    assert sorted(index.columns for index in own if index.unique) == sorted([["school_id", "number"], *once])


@each_record
def test_a_register_never_refuses_what_is_true(table: type[Record]) -> None:
    asked = [column for name, column in table._meta.fields.items() if name not in KEPT_BY_ENGINE]
    needed = [column.name for column in asked if not column.null and column.default is None and not isinstance(column, OneField)]
    assert needed in (["name"], ["decision"], ["level"], ["holder"])
    assert all(column.null or column.default is not None for column in asked if isinstance(column, ChoiceField) and column.name not in needed)
    assert all(column.default == () for column in asked if isinstance(column, ChoicesField))


@each_record
def test_what_names_a_person_is_sealed_and_can_be_found_by_its_index(table: type[Record]) -> None:
    columns = table._meta.fields
    indexes = {name for name, column in columns.items() if isinstance(column, BlindIndex)}
    assert all(columns[name].of is columns[name.removesuffix("_index")] for name in indexes)
    lines = (name for name, column in columns.items() if isinstance(column, EncryptedText) and not isinstance(column, EncryptedProse))
    contacts = {name for name in lines if not columns[name].indexes}
    assert contacts <= {"joint_controller_contact", "controller_contact", "dpo_contact", *NOBODY_LOOKS_FOR}


def test_records_are_the_tables_that_belong_to_a_register() -> None:
    assert {table for table in TABLES if issubclass(table, Record)} == set(RECORDS)
    prefixes = [table.PREFIX for table in RECORDS]
    assert len(set(prefixes)) == len(prefixes)
    assert all(len(prefix) == 2 and prefix.isupper() for prefix in prefixes)
