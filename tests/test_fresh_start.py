"""A start of the real program on a folder of its own: the first one, later ones, two at once, and those that must not go on."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from peewee import Database

from models.database import database_at
from tests.serving import command, free_port, get, serving, started

pytestmark = pytest.mark.slow
ANOTHER_SECRET = "another secret, which never opened this database"


only_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
"""What is read of both databases in the same words of peewee, and is over before anything is written."""


@pytest.fixture
def settings(new_database: Callable[[], dict[str, str]]) -> dict[str, str]:
    """The settings that name a new empty database of either kind."""
    return new_database()


@pytest.fixture(scope="module")
def served_before(new_database: Callable[[], dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A data folder and database in which the program has been started and stopped once."""
    folder, settings = tmp_path_factory.mktemp("served"), new_database()
    with serving(folder, afresh=True, **settings) as program:
        program.end()
    return folder, settings


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A data folder in which the demonstration has been served once, what the program said, and its sign-in page."""
    folder = tmp_path_factory.mktemp("demonstrated")
    with serving(folder, afresh=True, demo="yes") as program:
        page = get(f"{program.address}/sign-in").text
        program.end()
        return folder, program.words, page


@contextmanager
def opened(address: str) -> Iterator[Database]:
    """A database by itself, without the program."""
    database = database_at(address)
    database.connect()
    try:
        yield database
    finally:
        database.close()
        if hasattr(database, "close_all"):
            database.close_all()


def contents(folder: Path) -> list[str]:
    """Everything in the database file of a folder; nothing when there is none."""
    if not (folder / "safehold.db").exists():
        return []
    with closing(sqlite3.connect(folder / "safehold.db")) as plain:
        return list(plain.iterdump())


def tables(folder: Path, settings: dict[str, str]) -> list[str]:
    """What a database holds, looked at from outside."""
    if "database_url" in settings:
        with opened(settings["database_url"]) as database:
            return sorted(database.get_tables())
    file = folder / "safehold.db"
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as plain:
        return sorted(name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def test_the_first_start_prints_a_link_that_leads_to_the_set_up(tmp_path: Path, settings: dict[str, str]) -> None:
    with serving(tmp_path, afresh=True, **settings) as program:
        assert program.set_up_link.startswith(f"{program.address}/set-up/")
        assert get(program.set_up_link).status == 302, "to its first step"
        assert get(f"{program.address}/set-up/{'a' * 43}").status == 404
        assert str(tmp_path / "secret.key") in program.words
        health = get(f"{program.address}/healthz")
        assert (health.status, health.kind) == (200, "application/json")
        assert json.loads(health.text)
        assert program.end() in (0, -15, 143)
    assert {"school", "audit_entry", "activity", "asset", "supplier"} <= set(tables(tmp_path, settings))


def test_a_second_start_migrates_nothing_and_makes_the_first_link_useless(served_before: tuple[Path, dict[str, str]]) -> None:
    folder, settings = served_before
    with serving(folder, afresh=True, **settings) as program:
        first = program.set_up_link
    with serving(folder, afresh=True, **settings) as program:
        old = first.rpartition("/")[2]
        assert get(f"{program.address}/set-up/{old}").status == 404
        assert get(program.set_up_link).status == 302, "to its first step"
        assert "brought up to date" not in program.words


@only_sqlite
def test_a_key_that_does_not_open_the_database_stops_the_start_before_anything_is_written(served_before: tuple[Path, dict[str, str]]) -> None:
    folder, settings = served_before
    before = contents(folder)
    for words in (("serve", "--no-browser", "--port", str(free_port())), ("verify-audit",)):
        done = command(*words, data_folder=folder, secret=ANOTHER_SECRET, **settings)
        assert done.returncode != 0
        assert "SAFEHOLD_SECRET does not open this database" in done.stderr
        assert ANOTHER_SECRET not in done.stderr + done.stdout
        assert "Traceback" not in done.stderr
    assert contents(folder) == before


def test_a_missing_key_file_is_not_replaced_by_a_new_one(served_before: tuple[Path, dict[str, str]]) -> None:
    folder, settings = served_before
    done = command("migrate", data_folder=folder, secret_file=folder / "elsewhere.key", **settings)
    assert done.returncode != 0
    assert "elsewhere.key is missing, and it opens this database" in done.stderr
    assert not (folder / "elsewhere.key").exists()


@only_sqlite
def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, settings: dict[str, str]) -> None:
    assert command("migrate", data_folder=tmp_path, **settings).returncode == 0
    with opened(settings.get("database_url", f"sqlite:///{tmp_path}/safehold.db")) as database:
        database.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_of_the_future', '2031-01-01 00:00:00')")
    done = command("serve", "--no-browser", data_folder=tmp_path, **settings)
    assert done.returncode != 0
    assert "newer version of Safehold (it knows 9999_of_the_future)" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_starts_at_once_both_serve_one_database(tmp_path: Path, settings: dict[str, str]) -> None:
    with started(tmp_path, afresh=True, **settings) as one, started(tmp_path, afresh=True, **settings) as other:
        for program in (one, other):
            program.wait_until_it_answers()
            assert "Traceback" not in program.words
        assert one.words.count("brought up to date") + other.words.count("brought up to date") == 1
        last = other if get(other.set_up_link).status == 302 else one
        assert get(f"{one.address}/set-up/{last.set_up_link.rpartition('/')[2]}").status == 302
    done = command("verify-audit", "--rows", data_folder=tmp_path, **settings)
    assert done.returncode == 0, done.stderr


def test_a_taken_port_is_told_with_another_to_choose(tmp_path: Path) -> None:
    with serving(tmp_path, afresh=True) as program:
        port = int(program.address.rpartition(":")[2])
        done = command("serve", "--no-browser", "--port", str(port), data_folder=tmp_path)
        assert done.returncode != 0
        assert f"Cannot listen on port {port}" in done.stderr
        assert f"--port {port + 1}" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_misspelt_setting_is_told_with_the_right_one(tmp_path: Path) -> None:
    done = command("serve", "--no-browser", data_folder=tmp_path, tread="8")
    assert done.returncode != 0
    assert "SAFEHOLD_TREAD is not a setting of Safehold. Did you mean SAFEHOLD_THREADS?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_demonstration_has_a_folder_of_its_own(demonstrated: tuple[Path, str, str]) -> None:
    folder, words, page = demonstrated
    assert "(demonstration)" in words
    assert "Hana Whitlow" in page
    assert "Otto Renwick" in page
    assert (folder / "demo" / "safehold.db").is_file()
    assert not (folder / "safehold.db").exists()


def test_a_demonstration_that_was_stopped_half_way_says_how_to_mend_it(demonstrated: tuple[Path, str, str], tmp_path: Path) -> None:
    shutil.copytree(demonstrated[0], tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "demo" / "safehold.db")) as database:
        database.execute("UPDATE installation SET demonstration = 0")
        database.commit()
    done = command("migrate", data_folder=tmp_path, demo="yes")
    assert done.returncode
    assert "stopped while it was being filled. Delete the folder" in done.stdout + done.stderr


def test_a_program_without_a_school_shows_nobody_and_no_link(served_before: tuple[Path, dict[str, str]]) -> None:
    folder, settings = served_before
    with serving(folder, afresh=True, **settings) as program:
        html = get(f"{program.address}/sign-in").text
    assert "Safehold is not set up yet" in html
    assert 'name="as"' not in html
    assert "/set-up/" not in html
