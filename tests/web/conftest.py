"""A program that serves the schools of the tests, and a clock that stands still until a test moves it."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from app import create_app
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
def app(settings: Settings, clock: time_machine.Traveller) -> Flask:
    """The program on the test's own database."""
    databases.leave()
    made = create_app(settings)
    made.jinja_env.bytecode_cache = CompiledOnce()
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has been nowhere yet."""
    return app.test_client()
