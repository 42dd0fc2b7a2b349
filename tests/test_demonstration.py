"""The demonstration is the same on every machine, in order, and made in moments."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from peewee import ForeignKeyField

from models import doors, file_store, heads, vault
from models.activity import Activity
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.carer import Carer
from models.fields import BlindIndex
from models.image_answer import ImageAnswer
from models.pupil import Pupil
from models.record import Record
from models.roles import Role
from models.school import School
from models.supplier import Supplier
from models.tables import RECORDS
from models.user import Membership, User
from registry import catalogue, demonstration, linking
from registry.accounts.passwords import Passwords
from registry.files import virus_scan
from registry.trace.verification import chains, verify_chain, verify_rows
from settings import Settings
from tests import databases
from tests.conftest import CHEAP, VAULT

OURS = frozenset({"id", "school", "bundle", "user"})


def fill(kind: str, server: str, folder: Path) -> str:
    """The demonstration in a new database of a kind; its address."""
    address = f"sqlite:///{folder}/demonstration.db" if kind == "sqlite" else databases.create(server, folder.name.replace("-", "_"))
    open_house(folder)
    databases.use(address)
    demonstration.fill(CHEAP)
    return address


def open_house(folder: Path) -> None:
    """Open what lies beside a database."""
    vault.unlock(VAULT)
    heads.open_folder(folder / "heads")
    file_store.open_store(str(folder / "files"))
    virus_scan.use(None)


@pytest.fixture(scope="module")
def filled(prepared: tuple[str, Path, dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A database of each kind, filled once for all that only read in it, with its folder."""
    server, folder = prepared[0], tmp_path_factory.mktemp("demonstration")
    address = fill(server.partition(":")[0], server, folder)
    databases.leave()
    return address, folder


@pytest.fixture
def shown(filled: tuple[str, Path]) -> Iterator[None]:
    """That database, to be read and left as it is."""
    address, folder = filled
    open_house(folder)
    databases.use(address, is_migrated=True)
    yield
    databases.leave()


def told() -> dict[str, list[Any]]:
    """Every school, person and record with all its answers, under names in place of ids."""
    schools = {school.id: school.name for school in School.select()}
    with doors.looking_at(*schools):
        rows = {table: [*table.select().order_by(table.school, table.number)] for table in RECORDS}
        names: dict[UUID, str] = {row.id: f"{schools[row.school_id]} {row.reference}" for found in rows.values() for row in found}
        links = {row.id: sorted(names[far] for ids in linking.linked_ids(row.id).values() for far in ids) for found in rows.values() for row in found}
        records = {table.__name__: sorted([names[row.id], links[row.id], answers(row, names)] for row in found) for table, found in rows.items()}
    people = sorted([user.name, user.email, user.created_at] for user in User.select())
    return {"schools": sorted(schools.values()), "people": people, **records}


def answers(row: Record, names: dict[UUID, str]) -> list[Any]:
    """What a record holds, sealed answers opened, and records that it names by their names."""
    columns = [column for column in row._meta.sorted_fields if not isinstance(column, BlindIndex | ForeignKeyField)]
    held = [(column.name, getattr(row, column.name)) for column in columns if column.name not in OURS]
    return [(name, names[value] if isinstance(value, UUID) else value) for name, value in held]


@pytest.fixture(scope="module")
def made_before() -> dict[str, Any]:
    """What the first of the two databases held."""
    return {}


def test_it_is_the_same_in_every_database(
    shown: None, prepared: tuple[str, Path, dict[str, object]], tmp_path_factory: pytest.TempPathFactory, made_before: dict[str, Any]
) -> None:
    first = told()
    faults = [fault for chain in chains() for fault in verify_chain(chain)] + [*verify_rows()]
    fill(prepared[0].partition(":")[0], prepared[0], tmp_path_factory.mktemp("once_more"))
    second = told()
    assert faults == []
    assert second == first
    assert made_before.setdefault("told", first) == first, "SQLite and PostgreSQL hold the same"
    assert first["schools"] == ["Quillbrook Primary School", "Saltmere Academy"]
    assert all(len(first[table.__name__]) > 100 for table in (Activity, Asset, Supplier, Pupil, Carer, ImageAnswer))


def test_there_is_an_account_for_every_persona_in_the_right_school(shown: None) -> None:
    schools = {school.id: school.name for school in School.select()}
    found = {
        user.email: (member.role, schools[member.school_id])
        for user in User.select()
        for member in Membership.select().where(Membership.user == user.id).order_by(Membership.created_at)
        if member.role is not Role.IT_PROVIDER
    }
    here, there = "Quillbrook Primary School", "Saltmere Academy"
    roles = {"head": Role.HEADTEACHER, "dpo": Role.DPO, "dsl": Role.DSL, "office": Role.OFFICE, "teacher": Role.TEACHER, "governor": Role.GOVERNOR}
    assert found == {f"{who}@demo.example": (role, here) for who, role in roles.items()} | {"other@demo.example": (Role.DPO, there)}
    provider = User.get(User.email_index == "it@demo.example")
    assert {schools[member.school_id] for member in Membership.select().where(Membership.user == provider.id)} == {here, there}
    assert all(Passwords(CHEAP).fits(user.password, "safehold-demo") for user in User.select())


def test_it_shows_something_of_everything_a_register_has(shown: None) -> None:
    with doors.looking_at(*(school.id for school in School.select())):
        assert not [register.slug for register in catalogue.REGISTERS if not register.table.select().exists() and register.slug != "image-checks"]
        for slug in ("processing", "assets", "suppliers"):
            register = catalogue.find(slug)
            rows = [*register.table.select()]
            assert {row.starter for row in rows} == {True, False}, register.slug
            assert any(row.archived_at for row in rows), register.slug
            assert any(row.errors or row.warnings for row in rows), register.slug
            assert any(not row.errors for row in rows), register.slug
    assert db.execute_sql("SELECT COUNT(*) FROM link").fetchone()[0] > 100


def test_its_settings_keep_it_apart_from_a_real_school(tmp_path: Any) -> None:
    demo = Settings.from_environment(
        {"SAFEHOLD_DATA_FOLDER": str(tmp_path), "SAFEHOLD_DEMO": "yes", "SAFEHOLD_DATABASE_URL": "postgresql://x@localhost/real"}
    )
    assert demo.database_url == f"sqlite:///{tmp_path}/demo/safehold.db"
    assert demo.secret_file == tmp_path / "demo" / "secret.key"


def test_its_history_is_in_the_order_of_time(shown: None) -> None:
    for school in School.select():
        times = [at for (at,) in AuditEntry.select(AuditEntry.at).where(AuditEntry.chain == school.id).order_by(AuditEntry.number).tuples()]
        assert times == sorted(times)
