"""What every record has: a school, a number that people say, and times that know their zone."""

from datetime import UTC

import pytest

from models.activity import Activity
from models.asset import Asset
from models.link import Link
from models.record import KEPT_BY_ENGINE, OfSchool, Record
from models.school import School
from models.supplier import Supplier
from models.tables import RECORDS
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS


@pytest.mark.parametrize(("table", "number", "reference"), [(Activity, 41, "PA-0041"), (Asset, 1, "IA-0001"), (Supplier, 12345, "SU-12345")])
def test_people_say_a_reference(table: type[Record], number: int, reference: str) -> None:
    assert table(number=number).reference == reference


def test_prefixes_are_told_apart() -> None:
    prefixes = [table.PREFIX for table in RECORDS]
    assert len(set(prefixes)) == len(prefixes)
    assert all(len(prefix) == 2 and prefix.isupper() for prefix in prefixes)


@pytest.mark.parametrize("table", RECORDS)
def test_the_engine_looks_after_the_same_columns_everywhere(table: type[Record]) -> None:
    assert set(KEPT_BY_ENGINE) <= set(table._meta.fields)
    assert table._meta.sorted_field_names[1] == "school"


def test_records_and_links_belong_to_schools() -> None:
    assert all(issubclass(table, OfSchool) and table.OF_SCHOOLS for table in (*RECORDS, Link))
    assert not School.OF_SCHOOLS


def test_what_is_read_back_knows_its_zone_and_its_school(occasion: Occasion, in_quillbrook: School) -> None:
    row = Asset.get_by_id(records.add(ASSETS, {"name": "Paper files"}, occasion).id)
    assert (row.created_at, row.created_at.tzinfo, row.school_id) == (occasion.at, UTC, in_quillbrook.id)
