"""A program that serves the schools of the tests, and a clock that stands still until a test moves it."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
import time_machine
from flask import Config, Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from app import create_app, open_house
from settings import Settings
from tests import databases
from tests.conftest import CHEAP
from tests.people import NOW

SECRET = "a secret that only the tests know, of enough bytes"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock: it stands at NOW, and clock.shift moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The choices of an installation under test."""
    return Settings(
        data_folder=tmp_path, database_url=database, secret=SECRET, heads_folder=tmp_path / "heads", password_memory_kib=CHEAP, testing=True
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
    made[0].extensions["settings"] = settings
    with pytest.MonkeyPatch.context() as kept:
        kept.setattr(made[0], "config", Config(made[0].root_path, made[0].config))
        yield made[0]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has been nowhere yet."""
    return app.test_client()
