"""What every test can ask for: a database of either kind, two schools, their people, a program that serves them."""

import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from models import doors, file_store, heads, vault
from models.base import db
from models.school import School
from registry.accounts.passwords import Passwords
from registry.files import virus_scan
from registry.records import Occasion
from registry.school.schools import facts_of
from registry.search import search_entries
from tests import databases
from tests.keys import opened_from_file
from tests.people import NOW, PASSWORD, Person, add_schools_and_people

os.environ["OPENPYXL_LXML"] = "False"  # as exports has it, for tests that import openpyxl first
VAULT = vault.Vault({1: b"a secret that only the tests know, of enough bytes"})
CHEAP = 64  # KiB for a password, so that signing in costs a test nothing


FRESH = itertools.count()
"""Numbers the databases that tests make on the server, so that no two have one name."""

Prepared = tuple[str, Path, dict[str, object]]


class ModuleTogether(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps what a module makes at a great cost in one process: the program that its journeys walk through, a tree that was set up, the parsed code.

    Journeys on PostgreSQL are in one process altogether, where their demonstration is filled once.
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        is_journey, is_of_the_whole = module.startswith("tests/browser/"), module.count("/") == 1
        if is_journey and "postgresql" in test:
            return "journeys on postgresql"
        return module if is_journey or is_of_the_whole else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModuleTogether:
    """What deals the tests out; xdist's own groups are marked in a way that pytest has given up."""
    return ModuleTogether(config, log)


def pytest_collection_finish() -> None:
    """Look for rubbish seldom, and never among what stays to the end: the tests and the modules of the program."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def missing(how_to_get_it: str) -> None:
    """Skip what cannot run on this machine; on the machine that judges a change, nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(how_to_get_it)
    pytest.skip(how_to_get_it)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database that lives as long as the run."""
    programs = databases.postgresql_programs()
    if programs is None:
        missing(databases.HOW_TO_GET_POSTGRESQL)
        return
    with databases.postgresql_server(programs) as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Callable[[], dict[str, str]]:
    """What makes a new empty database and gives the settings that name it: none for the file in the data folder."""
    if request.param == "sqlite":
        return dict
    server: str = request.getfixturevalue("postgresql")
    return lambda: {"database_url": databases.create(server, f"fresh_{next(FRESH)}")}


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def prepared(request: pytest.FixtureRequest, prepared_already: dict[str, Prepared]) -> Prepared:
    """A database of each kind with the schools and people in it: its address, its heads, and what it holds."""
    if request.param not in prepared_already:
        prepared_already[request.param] = prepare(request)
    return prepared_already[request.param]


@pytest.fixture(scope="session")
def prepared_already() -> dict[str, Prepared]:
    """Those that were made: the fixture of the two kinds is set up anew whenever a test of the other kind comes between."""
    return {}


def prepare(request: pytest.FixtureRequest) -> Prepared:
    """Make one of them."""
    tmp_path_factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    vault.unlock(VAULT)
    folder = tmp_path_factory.mktemp("prepared")
    heads.open_folder(folder / "heads")
    kind = request.param
    address = f"sqlite:///{folder}/prepared.db" if kind == "sqlite" else request.getfixturevalue("postgresql")
    databases.use(address)
    quillbrook, saltmere, people = add_schools_and_people(Passwords(CHEAP).hash(PASSWORD))
    search_entries.rebuild()
    known: dict[str, object] = {"schools": (quillbrook, saltmere), "people": people}
    if kind == "sqlite":
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        databases.keep_as_it_is()
    databases.leave()
    return address, folder, known


@pytest.fixture
def database(prepared: Prepared, tmp_path: Path) -> Iterator[str]:
    """The schools and people as they were at the start, in a database that this test may do anything to; its address."""
    address, folder, _known = prepared
    shutil.copytree(folder / "heads", tmp_path / "heads")
    vault.unlock(VAULT)
    heads.open_folder(tmp_path / "heads")
    file_store.open_store(str(tmp_path / "files"))
    virus_scan.use(None)
    if address.startswith("sqlite"):
        shutil.copy(folder / "prepared.db", tmp_path / "safehold.db")
        address = f"sqlite:///{tmp_path}/safehold.db"
    databases.use_again(address)
    if address.startswith("postgresql"):
        databases.put_back()
    yield address
    databases.leave()


@pytest.fixture
def key_file(database: str, tmp_path: Path) -> Path:
    """The secret of the tests in a file, as a school has it, with the program opened from it."""
    return opened_from_file(tmp_path)


@pytest.fixture
def people(database: str, prepared: Prepared) -> dict[str, Person]:
    """Everybody, by first name."""
    return prepared[2]["people"]  # type: ignore[return-value]


@pytest.fixture
def school(database: str, prepared: Prepared) -> School:
    """Quillbrook Primary School."""
    return prepared[2]["schools"][0]  # type: ignore[index, no-any-return]


@pytest.fixture
def other_school(database: str, prepared: Prepared) -> School:
    """Saltmere Academy, which must not be seen from Quillbrook."""
    return prepared[2]["schools"][1]  # type: ignore[index, no-any-return]


@pytest.fixture
def hana(people: dict[str, Person]) -> Person:
    """The headteacher."""
    return people["hana"]


@pytest.fixture
def dev(people: dict[str, Person]) -> Person:
    """The data protection officer."""
    return people["dev"]


@pytest.fixture
def dina(people: dict[str, Person]) -> Person:
    """The safeguarding lead."""
    return people["dina"]


@pytest.fixture
def ola(people: dict[str, Person]) -> Person:
    """The school office."""
    return people["ola"]


@pytest.fixture
def ian(people: dict[str, Person]) -> Person:
    """The IT provider."""
    return people["ian"]


@pytest.fixture
def tess(people: dict[str, Person]) -> Person:
    """A teacher."""
    return people["tess"]


@pytest.fixture
def gus(people: dict[str, Person]) -> Person:
    """A governor."""
    return people["gus"]


@pytest.fixture
def otto(people: dict[str, Person]) -> Person:
    """The data protection officer of the other school."""
    return people["otto"]


@pytest.fixture
def occasion(dev: Person, school: School) -> Occasion:
    """The DPO at work in Quillbrook."""
    return Occasion(dev.actor, NOW, facts_of(school, NOW.date()))


@pytest.fixture
def elsewhere(otto: Person, other_school: School) -> Occasion:
    """Otto at work in the other school."""
    return Occasion(otto.actor, NOW, facts_of(other_school, NOW.date()))


@pytest.fixture
def in_quillbrook(school: School) -> Iterator[School]:
    """Quillbrook's records open for reading."""
    with doors.looking_at(school.id):
        yield school
