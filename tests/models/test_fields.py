"""Sealed columns open only where they were sealed, are found only by their exact words, and refuse every comparison."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest

from models import vault
from models.asset import Asset
from models.fields import ChoicesField, DayField, LinesField, SealedComparison, UtcDateTime
from models.school import School
from models.supplier import Supplier
from models.user import User
from models.vault import WontOpen
from models.vocabulary import Individuals
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.audit import recording
from tests.conftest import VAULT
from tests.people import NOW, note_something


@pytest.fixture(autouse=True)
def _unlocked() -> None:
    vault.unlock(VAULT)


def test_a_sealed_value_opens_only_in_its_row_column_and_table() -> None:
    row = uuid4()
    sealed = Asset.owner.seal(row, "Ola Brandt")
    assert Asset.owner.open(row, sealed) == "Ola Brandt"
    for column, other in ((Asset.owner, uuid4()), (Asset.manager, row), (Supplier.owner, row)):
        with pytest.raises(WontOpen):
            column.open(other, sealed)


def test_an_altered_value_does_not_open() -> None:
    row = uuid4()
    sealed = Asset.owner.seal(row, "Ola Brandt")
    for place in range(len(sealed)):
        with pytest.raises(WontOpen):
            Asset.owner.open(row, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])


def test_sealing_the_same_twice_gives_different_bytes() -> None:
    row = uuid4()
    assert Asset.owner.seal(row, "Ola Brandt") != Asset.owner.seal(row, "Ola Brandt")


def test_the_attribute_seals_on_the_way_in_and_opens_on_the_way_out() -> None:
    asset = Asset(owner="Ola Brandt")
    assert b"Ola" not in asset.__data__["owner"]
    assert asset.owner == "Ola Brandt"
    assert asset.owner_index == Asset.owner_index.token("brandt, ola")
    asset.owner = None
    assert (asset.owner, asset.owner_index) == (None, None)
    asset.owner = ""
    assert (asset.owner, asset.owner_index) == (None, None)


def test_an_id_given_late_among_the_answers_still_counts_first() -> None:
    key = uuid4()
    asset = Asset(owner="Ola Brandt", id=key)
    assert Asset.owner.open(key, asset.__data__["owner"]) == "Ola Brandt"


REFUSED: dict[str, Callable[[Any], Any]] = {
    "==": lambda column: column == "Ola",
    "!=": lambda column: column != "Ola",
    "<": lambda column: column < "Ola",
    "<=": lambda column: column <= "Ola",
    ">": lambda column: column > "Ola",
    ">=": lambda column: column >= "Ola",
    "in": lambda column: column.in_(["Ola"]),
    "not in": lambda column: column.not_in(["Ola"]),
    "contains": lambda column: column.contains("Ola"),
    "startswith": lambda column: column.startswith("Ola"),
    "endswith": lambda column: column.endswith("Ola"),
    "like": lambda column: column.like("Ola%"),
    "between": lambda column: column.between("A", "Z"),
    "concat": lambda column: column.concat("Ola"),
    "ascending": lambda column: column.asc(),
    "descending": lambda column: column.desc(),
    "stored as plain text": lambda column: column.db_value("Ola"),
}


@pytest.mark.parametrize("way", REFUSED)
def test_comparing_or_sorting_what_is_sealed_is_refused(way: str) -> None:
    with pytest.raises(SealedComparison):
        REFUSED[way](Asset.owner)


@pytest.mark.usefixtures("in_quillbrook")
def test_sorting_a_list_by_what_is_sealed_is_refused() -> None:
    with pytest.raises(SealedComparison):
        Asset.select().order_by(Asset.owner)


def names(condition: Any) -> set[str]:
    return {asset.name for asset in Asset.select().where(condition)}


@pytest.fixture
def owned(occasion: Occasion, in_quillbrook: School) -> None:
    for name, owner in (("One", "Ola Brandt"), ("Two", "Ian Sollis"), ("Three", "BRANDT, Ola"), ("Four", None)):
        records.add(ASSETS, {"name": name, "owner": owner}, occasion)


@pytest.mark.usefixtures("owned")
def test_a_blind_index_finds_an_exact_name_however_it_is_asked() -> None:
    assert names(Asset.owner_index == "ola brandt") == {"One", "Three"}
    assert names(Asset.owner_index.in_(["Ola Brandt", "Ian Sollis"])) == {"One", "Two", "Three"}
    assert names(Asset.owner_index != "Ian Sollis") == {"One", "Three"}
    assert names(Asset.owner_index.is_null()) == {"Four"}
    assert names(Asset.owner_index == "Brandt") == set()
    other = Asset.alias("other")
    assert {asset.name for asset in other.select().where(other.owner_index == "Ola Brandt")} == {"One", "Three"}


def test_a_blind_index_is_kept_in_step_when_many_are_made_at_once(occasion: Occasion, in_quillbrook: School) -> None:
    assets = [
        Asset(id=uuid4(), school=in_quillbrook.id, number=each, name=str(each), created_at=NOW, changed_at=NOW, owner="Ola Brandt") for each in (1, 2)
    ]
    with recording(occasion.by, NOW) as trace:
        Asset.bulk_create(assets)
        note_something(trace)
    assert names(Asset.owner_index == "Ola Brandt") == {"1", "2"}
    assert [asset.owner for asset in Asset.select()] == ["Ola Brandt", "Ola Brandt"]


def test_equal_names_in_two_columns_have_different_tokens() -> None:
    assert len({Asset.owner_index.token("Ola"), Asset.manager_index.token("Ola"), Supplier.owner_index.token("Ola")}) == 3


def test_dots_in_an_address_matter_and_capitals_do_not() -> None:
    assert User.email_index.token("Ola.B@quillbrook.example") == User.email_index.token("ola.b@QUILLBROOK.example ")
    assert User.email_index.token("olab@quillbrook.example") != User.email_index.token("ola.b@quillbrook.example")
    assert User.email_index.token("  ") is None


def test_an_instant_needs_its_zone_and_comes_back_in_utc() -> None:
    column = UtcDateTime()
    summer = datetime(2026, 7, 1, 9, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    assert column.python_value(column.db_value(summer)) == summer
    assert column.python_value(column.db_value(summer)).tzinfo is UTC
    assert (column.db_value(None), column.python_value(None)) == (None, None)
    with pytest.raises(ValueError, match="needs its zone"):
        column.db_value(datetime(2026, 7, 1))  # noqa: DTZ001


def test_days_choices_and_lines_come_back_as_they_went_in() -> None:
    day, several, lines = DayField(), ChoicesField(Individuals), LinesField()
    assert day.python_value(day.db_value(date(2026, 1, 31))) == date(2026, 1, 31) == day.python_value(date(2026, 1, 31))
    members = tuple(Individuals)[:3]
    assert several.python_value(several.db_value(reversed(members))) == members
    assert several.db_value(()) == ""
    assert several.python_value(" from_a_newer_version ") == ("from_a_newer_version",)
    assert lines.python_value(lines.db_value(["one ", "", "two"])) == ("one", "two")
    with pytest.raises(ValueError, match="nonsense"):
        several.db_value(["nonsense"])


def test_one_of_several_choices_is_found_and_no_other_that_contains_its_code(occasion: Occasion, in_quillbrook: School) -> None:
    first, second = tuple(Individuals)[:2]
    records.add(ASSETS, {"name": "One", "individuals": (first,)}, occasion)
    records.add(ASSETS, {"name": "Both", "individuals": (first, second)}, occasion)
    assert names(Asset.individuals.having(first)) == {"One", "Both"}
    assert names(Asset.individuals.having(second)) == {"Both"}
    assert names(Asset.individuals.having(second.value[:-1])) == set()


def test_ids_are_ours_and_sorted_by_time() -> None:
    made = [User(name="Ola", created_at=NOW).id for _ in range(3)]
    assert all(isinstance(key, UUID) and key.version == 7 for key in made)
    assert [key.int >> 80 for key in made] == sorted(key.int >> 80 for key in made)
