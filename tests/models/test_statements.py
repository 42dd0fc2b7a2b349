"""Kept statements and whole rows: the same as peewee's, only quicker, and behind the same doors."""

from uuid import uuid4

import pytest
from peewee import SqliteDatabase

from models import doors
from models.asset import Asset
from models.audit import AuditHead
from models.base import db
from models.doors import UnrecordedWrite, UnscopedRead
from models.school import School
from models.statements import Kept, learn_sizes, plain, rows_of, stored_rows
from models.tables import TABLES
from registry import records
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.audit import recording
from tests.people import NOW, note_something


def test_a_kept_statement_is_built_once_and_answers_each_time(database: str) -> None:
    built = []

    def build() -> object:
        built.append(1)
        return AuditHead.select(AuditHead.number).where(AuditHead.id == uuid4())

    kept = Kept(build)  # type: ignore[arg-type]
    heads = [*AuditHead.select()]
    assert [kept(head.id.bytes).fetchone()[0] for head in heads] == [head.number for head in heads]
    assert len(built) == 1


def test_a_kept_statement_refuses_the_wrong_number_of_values(database: str) -> None:
    with pytest.raises(TypeError, match="takes 1 values, not 2"):
        Kept(lambda: AuditHead.select().where(AuditHead.number == 1))(1, 2)


def test_a_row_comes_back_as_it_was_stored(occasion: Occasion, in_quillbrook: School) -> None:
    row = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt", "risks": ("One", "Two")}, occasion)
    whole = rows_of(Asset)
    (stored,) = stored_rows(Asset.select(*whole.fields))
    again = whole.row(stored)
    assert again == Asset.get_by_id(row.id)
    assert again.__data__ == Asset.get_by_id(row.id).__data__ | {"owner": again.__data__["owner"]}
    assert (again.owner, again.risks) == ("Ola Brandt", ("One", "Two"))
    assert whole.values(again) == whole.values(row)
    assert rows_of(Asset) is whole


def test_rows_are_written_behind_the_same_door(occasion: Occasion, in_quillbrook: School) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    whole = rows_of(Asset)
    for write in (
        lambda: whole.insert(whole.values(row)),
        lambda: whole.insert_all([whole.values(row)]),
        lambda: whole.update(("name",), ("Changed",), row.id.bytes, row.version),
    ):
        with pytest.raises(UnrecordedWrite):
            write()


def test_a_row_is_updated_only_as_the_version_that_was_read(occasion: Occasion, in_quillbrook: School) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    whole = rows_of(Asset)
    with recording(occasion.by, NOW) as trace:
        assert not whole.update(("name",), ("Too late",), row.id.bytes, row.version + 1)
        assert whole.update(("name",), ("In time",), row.id.bytes, row.version)
        note_something(trace)
    assert Asset.get_by_id(row.id).name == "In time"


def test_a_kept_statement_over_records_is_built_inside_a_school_only(database: str) -> None:
    kept = Kept(lambda: Asset.select(Asset.id))
    with pytest.raises(UnscopedRead):
        kept()
    with doors.looking_at(uuid4()):
        assert kept(uuid4().bytes).fetchall() == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_table_can_be_read_whole(table: type, in_quillbrook: School) -> None:
    whole = rows_of(table)
    for stored in stored_rows(table.select(*whole.fields)):  # type: ignore[attr-defined]
        assert whole.values(whole.row(stored)) == tuple(map(plain, stored)) or whole.name in ("asset", "supplier", "activity")


def test_a_few_records_are_found_by_their_ids_and_not_by_reading_the_whole_school(occasion: Occasion, school: School) -> None:
    with doors.looking_at(school.id):
        with recording(occasion.by, NOW) as trace:
            insert_many(trace, ASSETS, ({"name": f"Asset {each}"} for each in range(500)), occasion, number=1)
        learn_sizes()
        query = Asset.select(Asset.id).where(Asset.id.in_([uuid4() for _ in range(10)]))
        sql, values = query.sql()
        if isinstance(db.obj, SqliteDatabase):
            assert "sqlite_autoindex_asset_1" in db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchone()[3]
        assert query.count() == 0
