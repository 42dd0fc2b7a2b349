"""No way of peewee's writes without a trace, and none reads a record outside a school or of another one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from peewee import JOIN, Model, fn, prefetch

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.doors import UnrecordedWrite, UnscopedRead
from models.link import Link
from models.school import School
from models.tables import RECORDS
from models.user import Membership, User
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.trace.audit import recording
from tests.people import NOW, note_something

AT = datetime(2026, 1, 1, tzinfo=UTC)


def an_asset(school: UUID) -> Asset:
    return Asset(id=uuid4(), school=school, number=1, name="Ours", created_at=AT, changed_at=AT)


def values(school: UUID) -> dict[str, Any]:
    return {"id": uuid4(), "school": school, "number": 1, "name": "Ours", "created_at": AT, "changed_at": AT}


WRITES: dict[str, Callable[[UUID, Asset], Any]] = {
    "save": lambda school, row: row.save(),
    "save by force": lambda school, row: an_asset(school).save(force_insert=True),
    "create": lambda school, row: Asset.create(**values(school)),
    "insert": lambda school, row: Asset.insert(**values(school)).execute(),
    "insert_many": lambda school, row: Asset.insert_many([values(school)]).execute(),
    "insert_from": lambda school, row: Asset.insert_from(School.select(School.id, School.name), [Asset.id, Asset.name]).execute(),
    "replace": lambda school, row: Asset.replace(**values(school)).execute(),
    "replace_many": lambda school, row: Asset.replace_many([values(school)]).execute(),
    "get_or_create": lambda school, row: Asset.get_or_create(name="Nobody has it", defaults=values(school)),
    "bulk_create": lambda school, row: Asset.bulk_create([an_asset(school)]),
    "bulk_update": lambda school, row: Asset.bulk_update([row], fields=[Asset.name]),
    "update": lambda school, row: Asset.update(name="Changed").execute(),
    "set_by_id": lambda school, row: Asset.set_by_id(row.id, {"name": "Changed"}),
    "[id] =": lambda school, row: Asset.__setitem__(row.id, {"name": "Changed"}),
    "delete": lambda school, row: Asset.delete().execute(),
    "delete_by_id": lambda school, row: Asset.delete_by_id(row.id),
    "del [id]": lambda school, row: Asset.__delitem__(row.id),
    "delete_instance": lambda school, row: row.delete_instance(),
    "truncate": lambda school, row: Asset.truncate_table(),
    "a person": lambda school, row: User.update(password="x").execute(),
    "a membership": lambda school, row: Membership.delete().execute(),
    "a school": lambda school, row: School.update(name="x").execute(),
    "a link": lambda school, row: Link.delete().execute(),
}


@pytest.mark.parametrize("way", WRITES)
def test_nothing_is_written_without_a_trace(way: str, school: School, occasion: Occasion) -> None:
    with doors.looking_at(school.id):
        row = records.add(ASSETS, {"name": "Paper files"}, occasion)
        row.name = "Changed"
        with pytest.raises(UnrecordedWrite):
            WRITES[way](school.id, row)
        assert [asset.name for asset in Asset.select()] == ["Paper files"]
        assert School.get_by_id(school.id).name == "Quillbrook Primary School"


@pytest.mark.parametrize("way", ["create", "insert", "insert_many", "bulk_create", "update", "delete"])
def test_inside_a_recording_it_is(way: str, school: School, occasion: Occasion) -> None:
    with doors.looking_at(school.id), recording(occasion.by, NOW) as trace:
        WRITES[way](school.id, an_asset(school.id))
        note_something(trace)


class Noise:
    """Records of Quillbrook, and the same of the other school, which must never be seen."""

    def __init__(self, school: School, other: School, occasion: Occasion, elsewhere: Occasion) -> None:
        self.school, self.other = school.id, other.id
        with doors.looking_at(other.id):
            self.theirs = records.add(ASSETS, {"name": "Theirs"}, elsewhere)
            records.add(PROCESSING, {"name": "Their activity", "assets": (self.theirs.id,)}, elsewhere)
        with doors.looking_at(school.id):
            self.ours = records.add(ASSETS, {"name": "Ours"}, occasion)
            records.add(PROCESSING, {"name": "Our activity", "assets": (self.ours.id,)}, occasion)


@pytest.fixture
def noise(school: School, other_school: School, occasion: Occasion, elsewhere: Occasion) -> Iterator[Noise]:
    return Noise(school, other_school, occasion, elsewhere)


READS: dict[str, Callable[[Noise], Any]] = {
    "select": lambda noise: [*Asset.select()],
    "some columns": lambda noise: [*Asset.select(Asset.id, Asset.name).dicts()],
    "iteration": lambda noise: [*Asset],
    "get": lambda noise: Asset.get(),
    "get with a condition": lambda noise: Asset.get(Asset.id == noise.ours.id),
    "get_or_none": lambda noise: Asset.get_or_none(Asset.id == noise.theirs.id),
    "get_by_id": lambda noise: Asset.get_by_id(noise.ours.id),
    "[id]": lambda noise: Asset[noise.ours.id],
    "in": lambda noise: noise.theirs.id in Asset,
    "filter": lambda noise: [*Asset.filter(number=1)],
    "filter over a foreign key": lambda noise: [*Asset.filter(school__nation="england")],
    "len": lambda noise: len(Asset),
    "count": lambda noise: Asset.select().count(),
    "exists": lambda noise: Asset.select().where(Asset.name == "Theirs").exists(),
    "scalar": lambda noise: Asset.select(fn.MAX(Asset.name)).scalar(),
    "alias": lambda noise: [*Asset.alias("a").select()],
    "alias get": lambda noise: Asset.alias("a").get(),
    "a link": lambda noise: [*Link.select()],
    "an alias of links": lambda noise: [*Link.alias("l").select()],
    "a backref": lambda noise: [*School.get_by_id(noise.other).asset_set],
    "prefetch": lambda noise: [asset for school in prefetch(School.select(), Asset) for asset in school.asset_set],
    "a join from elsewhere": lambda noise: [*School.select(Asset.name).join(Asset).tuples()],
    "a join of an alias": lambda noise: [*School.select(_alias.name).join(_alias, on=_alias.school == School.id).tuples()],
    "an outer join": lambda noise: [*School.select(Asset.name).left_outer_join(Asset).tuples()],
    "a join from the trace": lambda noise: [*AuditEntry.select(Asset.name).join(Asset, on=AuditEntry.record == Asset.id).tuples()],
    "a join of a join": lambda noise: [*User.select(Asset.name).join(Membership).join(Asset, on=Asset.school == Membership.school).tuples()],
    "join_from": lambda noise: [*School.select(Asset.name).join_from(School, Asset).tuples()],
    "a join of records": lambda noise: [*Asset.select(Asset.name, _other.name).join(_other, JOIN.CROSS).tuples()],
    "another from": lambda noise: [*School.select(Asset.name).from_(Asset).tuples()],
    "two froms": lambda noise: [*School.select(Asset.name).from_(School, Asset).tuples()],
    "a subquery": lambda noise: [*School.select(Asset.select(fn.MAX(Asset.name)).alias("name")).tuples()],
    "a condition": lambda noise: [row.id for row in School.select().where(School.id.in_(Asset.select(Asset.school)))],
    "a union": lambda noise: [*(Asset.select(Asset.name) | Asset.select(Asset.name)).tuples()],
    "a common table": lambda noise: [*_from_common_table()],
    "raw": lambda noise: [*Asset.raw('SELECT * FROM "asset"')],
}
_alias, _other = Asset.alias("b"), Asset.alias("c")


def _from_common_table() -> Any:
    common = Asset.select(Asset.name).cte("common")
    return School.select(common.c.name).join(common, JOIN.CROSS).with_cte(common).tuples()


@pytest.mark.parametrize("way", READS)
def test_nothing_is_read_before_anybody_said_in_which_school(way: str, noise: Noise) -> None:
    with pytest.raises(UnscopedRead):
        READS[way](noise)


@pytest.mark.parametrize("way", sorted(set(READS) - {"raw"}))
def test_inside_a_school_nothing_of_another_one_is_read(way: str, noise: Noise) -> None:
    with doors.looking_at(noise.school):
        found = READS[way](noise)
    strangers = ("Theirs", str(noise.theirs.id), str(noise.other))
    assert not any(word in _told(found) for word in strangers)
    if way in ("count", "len"):
        assert found == 1
    if way in ("in", "exists"):
        assert found is False
    if way.startswith(("a join", "an outer", "join_from", "another", "two", "a union", "a common", "a subquery")):
        assert "Ours" in _told(found)


def _told(found: Any) -> str:
    """Everything that came back, as text."""
    if isinstance(found, Model):
        return str(found.__data__)
    if isinstance(found, list | tuple):
        return " ".join(_told(each) for each in found)
    return str(found)


def test_two_schools_can_be_in_view_at_once(noise: Noise) -> None:
    with doors.looking_at(noise.school, noise.other):
        assert {asset.name for asset in Asset.select()} == {"Ours", "Theirs"}
    with doors.looking_at():
        assert [*Asset.select()] == []


def test_the_scope_ends_with_its_block_also_after_an_error(school: School) -> None:
    with doors.looking_at(school.id):
        with doors.looking_at():
            assert doors.schools_in_view() == ()
        assert doors.schools_in_view() == (school.id,)
    with pytest.raises(UnscopedRead):
        doors.schools_in_view()


@pytest.mark.parametrize("table", RECORDS)
def test_every_register_is_behind_the_doors(table: Any, database: str) -> None:
    with pytest.raises(UnscopedRead):
        table.select()
    with pytest.raises(UnrecordedWrite):
        table.delete()
