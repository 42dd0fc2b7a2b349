"""A program that serves the schools of the tests, a clock that stands still until a test moves it, and a few records to look at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
import time_machine
from flask import Config, Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from app import create_app, open_house
from models import doors
from models.base import db
from models.school import School
from registry import records
from registry.catalogue import REGISTERS
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from settings import Settings
from tests import databases
from tests.browsing import sign_in
from tests.conftest import CHEAP
from tests.least import add_least
from tests.people import NOW, Person

SECRET = "a secret that only the tests know, of enough bytes"
NAMES = (
    "Accident book",
    "Bus lists",
    "Central record",
    "Door passes",
    "Exam papers",
    "Free meals list",
    "Gate camera",
    "Hall bookings",
    "Intake forms",
    "Job applications",
    "Key safe",
    "Library loans",
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock: it stands at NOW, and clock.shift moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The choices of an installation under test."""
    return Settings(
        data_folder=tmp_path, database_url=database, secret=SECRET, heads_folder=tmp_path / "heads", password_memory_kib=CHEAP, testing=True,
        synchronous=databases.UNSYNCED,
    )


class CompiledOnce(BytecodeCache):
    """Templates as they were compiled for the first test of this process: compiling them takes most of a page's time."""

    compiled: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture
def new_app(settings: Settings, clock: time_machine.Traveller) -> Flask:
    """A program that this test may add pages to."""
    databases.leave()
    made = create_app(settings)
    made.jinja_env.bytecode_cache = CompiledOnce()
    return made


@pytest.fixture(scope="session")
def made() -> list[Flask]:
    """The program of this process, once a test has asked for one: putting it together takes longer than most tests."""
    return []


@pytest.fixture
def app(request: pytest.FixtureRequest, settings: Settings, clock: time_machine.Traveller, made: list[Flask]) -> Iterator[Flask]:
    """The program on the test's own database, with the choices of this test's installation."""
    if not made:
        made.append(request.getfixturevalue("new_app"))
    databases.leave()
    open_house(settings)
    databases.use_again(settings.database_url)
    db.close()
    made[0].extensions["settings"] = settings
    with pytest.MonkeyPatch.context() as kept:
        kept.setattr(made[0], "config", Config(made[0].root_path, made[0].config))
        yield made[0]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has been nowhere yet."""
    return app.test_client()


@pytest.fixture
def desk(client: FlaskClient, dev: Person) -> FlaskClient:
    """The DPO at a computer."""
    sign_in(client, dev)
    return client


@pytest.fixture
def asset(in_quillbrook: School, occasion: Occasion) -> UUID:
    """An asset of Quillbrook."""
    return records.add(ASSETS, {"name": "Accident book", "owner_role": "headteacher"}, occasion).id  # type: ignore[no-any-return]


@pytest.fixture
def supplier(in_quillbrook: School, occasion: Occasion) -> UUID:
    """A supplier of Quillbrook."""
    key: UUID = records.add(SUPPLIERS, {"name": "Plateful"}, occasion).id
    return key


@pytest.fixture
def files(in_quillbrook: School, occasion: Occasion) -> Any:
    """Paper files, an asset of Quillbrook."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


@pytest.fixture
def shelf(in_quillbrook: School, occasion: Occasion) -> list[UUID]:
    """Twelve assets of Quillbrook, by name."""
    return [records.add(ASSETS, {"name": name}, occasion).id for name in NAMES]


@pytest.fixture
def theirs(other_school: School, elsewhere: Occasion) -> dict[str, UUID]:
    """One record of the other school in each register."""
    with doors.looking_at(other_school.id):
        return {register.slug: add_least(register, "Theirs alone", elsewhere).id for register in REGISTERS}
