"""A house to measure in: a fresh installation with one school, and beside it the same table as bare peewee would keep it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from peewee import (
    BigIntegerField,
    BinaryUUIDField,
    BooleanField,
    DateField,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
    fn,
)
from playhouse.migrations import Runner

from models import doors, file_store, heads, vault
from models.base import db, new_id
from models.database import database_at
from models.fields import BlindIndex, DayField
from models.roles import Role
from models.school import School
from models.user import Membership, User
from models.vocabulary import AssetFormat, AssetType, BusinessFunction, Classification, JobRole, YesNo
from registry.accounts.passwords import passwords_for
from registry.actor import Actor
from registry.catalogue import find
from registry.demonstration import PRIMARY
from registry.records import Occasion
from registry.rows import store
from registry.school.schools import facts_of
from registry.trace.audit import Happened, recording
from registry.trace.chain import INSTALLATION

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
SECRET = "a secret of a benchmark, of enough bytes to be one"  # noqa: S105 - opens nothing but the database of one measurement
NAME, EMAIL, PASSWORD = "Dev Marchetti", "dev@benchmark.example", "correct horse battery staple"
CHEAP = 64  # KiB for a password, so that signing in costs a measurement nothing
NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
TODAY = NOW.date()
ASSETS = find("assets")
ANSWERS: dict[str, Any] = {
    "description": "Names, contacts and attendance of every pupil on roll.",
    "asset_type": AssetType.SYSTEM,
    "business_function": BusinessFunction.PUPILS,
    "owner_role": JobRole.SENIOR_LEADER,
    "owner": "Ola Brandt",
    "manager": "Ian Sollis",
    "format": AssetFormat.ELECTRONIC,
    "contains_personal": YesNo.YES,
    "classification": Classification.CONFIDENTIAL,
    "next_review_on": date(2027, 1, 4),
}
"""Ten answers beside the name, two of them sealed."""


@dataclass(frozen=True)
class House:
    """Where it lies, its school, and the DPO at work in it."""

    folder: Path
    school: School
    occasion: Occasion


@contextmanager
def house(synchronous: str = "full") -> Iterator[House]:
    """A fresh installation in a folder that goes with the block, with its school in view."""
    with tempfile.TemporaryDirectory(prefix="safehold-benchmark-", ignore_cleanup_errors=True) as folder:
        vault.unlock(vault.Vault({1: SECRET.encode()}))
        heads.open_folder(Path(folder) / "heads")
        file_store.open_store(f"{folder}/files")
        db.initialize(database_at(f"sqlite:///{folder}/benchmark.db", synchronous))
        db.connect()
        try:
            Runner(db.obj, str(MIGRATIONS)).up()
            school = add_school()
            by = Actor(NAME, user=add_person(school), role=Role.DPO, school=school.id)
            with doors.looking_at(school.id):
                yield House(Path(folder), school, Occasion(by, NOW, facts_of(school, TODAY)))
        finally:
            db.close()


def add_school(name: str = "Quillbrook Primary School") -> School:
    """One more school."""
    school = School(created_at=NOW, **{**PRIMARY, "name": name})
    with recording(Actor.robot("benchmark"), NOW, chain=school.id) as trace:
        store(trace, Happened.SCHOOL_SET_UP, school, new=True)
    return school


def add_person(school: School) -> UUID:
    """The DPO of a school, who can sign in."""
    user = User(name=NAME, email=EMAIL, password=passwords_for(CHEAP).hash(PASSWORD), created_at=NOW)
    with recording(Actor.robot("benchmark"), NOW, chain=INSTALLATION) as trace:
        store(trace, Happened.JOINED, user, new=True)
    with recording(Actor.robot("benchmark"), NOW, chain=school.id) as trace:
        store(trace, Happened.ACCESS_CHANGED, Membership(school=school.id, user=user.id, role=Role.DPO, created_at=NOW), new=True)
    person: UUID = user.id
    return person


def named(number: int) -> dict[str, Any]:
    """The answers about one asset."""
    return {"name": f"Pupil database {number:06d}", **ANSWERS}


def twin_of(folder: Path, synchronous: str = "full") -> Any:
    """The table of assets as a bare peewee model in a database of its own: the same columns in clear, the same indexes, nothing sealed or traced."""
    pragmas = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": synchronous, "busy_timeout": 5000, "cache_size": -16000}
    beside = SqliteDatabase(folder / "bare.db", pragmas=pragmas, lock_type="IMMEDIATE")

    class BareAsset(Model):
        id = BinaryUUIDField(primary_key=True, default=new_id)

        class Meta:
            database = beside
            legacy_table_names = False

    for field in ASSETS.table._meta.sorted_fields:
        if field.name != "id" and not isinstance(field, BlindIndex):
            BareAsset._meta.add_field(field.name, _in_clear(field))
    columns = BareAsset._meta.fields
    BareAsset.add_index(columns["school"], columns["number"], unique=True)
    BareAsset.add_index(BareAsset.index(columns["school"], columns["archived_at"], fn.LOWER(columns["name"]), columns["id"], name="bare_by_name"))
    beside.connect()
    beside.create_tables([BareAsset])
    return BareAsset


def _in_clear(field: Field) -> Field:
    kinds = ((ForeignKeyField, BinaryUUIDField), (BigIntegerField, BigIntegerField), (BooleanField, BooleanField), (IntegerField, IntegerField))
    kind = next((plain for kind, plain in kinds if isinstance(field, kind)), DateField if isinstance(field, DayField) else TextField)
    default = "" if field.default == () else field.default
    return kind(null=field.null, default=default, index=False) if default is not None else kind(null=field.null)


def in_clear(number: int, school: School) -> dict[str, Any]:
    """The same answers as a bare model takes them, with what our engine adds of its own accord."""
    answers = {name: getattr(answer, "value", answer) for name, answer in named(number).items()}
    return {**answers, "school": school.id, "number": number, "created_at": 0, "changed_at": 0, "errors": 0, "warnings": 3}
