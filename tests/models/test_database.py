"""Which database an address names, and how writers queue before SQLite."""

import threading
from pathlib import Path

import peewee
import pytest
from playhouse.postgres_ext import PooledPsycopg3Database

from models.database import QueuedSqlite, database_at


@pytest.fixture
def sqlite(tmp_path: Path) -> QueuedSqlite:
    database = database_at(f"sqlite:///{tmp_path}/folder/school.db")
    assert isinstance(database, QueuedSqlite)
    database.execute_sql("CREATE TABLE thing (number INTEGER)")
    database.close()
    return database


def test_an_address_of_sqlite_is_careful_and_makes_its_folder(sqlite: QueuedSqlite) -> None:
    with sqlite.connection_context():
        told = [sqlite.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "synchronous")]
    assert told == ["wal", 1, 2]


def test_an_address_of_postgresql_is_a_pool() -> None:
    database = database_at("postgresql://safehold@127.0.0.1:5433/school")
    assert isinstance(database, PooledPsycopg3Database)
    assert (database.database, database.connect_params["port"]) == ("school", 5433)


@pytest.mark.parametrize("address", ["mysql://x/y", "school.db", ""])
def test_any_other_address_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(ValueError, match="begins with sqlite:/// or postgresql://"):
        database_at(address)


def count(database: QueuedSqlite) -> int:
    return int(database.execute_sql("SELECT COUNT(*) FROM thing").fetchone()[0])


def test_the_turn_is_given_back_after_an_error(sqlite: QueuedSqlite) -> None:
    def break_half_way() -> None:
        with sqlite.atomic():
            sqlite.execute_sql("INSERT INTO thing VALUES (1)")
            sqlite.execute_sql("INSERT INTO nothing VALUES (1)")

    with sqlite.connection_context():
        for _ in range(2):
            with pytest.raises(peewee.OperationalError):
                break_half_way()
        with sqlite.atomic():
            sqlite.execute_sql("INSERT INTO thing VALUES (2)")
        assert count(sqlite) == 1


def test_a_transaction_that_cannot_begin_gives_the_turn_back(sqlite: QueuedSqlite) -> None:
    with sqlite.connection_context():
        sqlite.execute_sql("BEGIN")
        with pytest.raises(peewee.OperationalError), sqlite.atomic():
            pass
        sqlite.execute_sql("ROLLBACK")
        with sqlite.atomic():
            sqlite.execute_sql("INSERT INTO thing VALUES (1)")
        assert count(sqlite) == 1


def test_writers_wait_for_each_other_and_none_is_turned_away(sqlite: QueuedSqlite) -> None:
    problems: list[BaseException] = []

    def write() -> None:
        try:
            with sqlite.connection_context():
                for _ in range(20):
                    with sqlite.atomic():
                        (number,) = sqlite.execute_sql("SELECT COUNT(*) FROM thing").fetchone()
                        sqlite.execute_sql("INSERT INTO thing VALUES (?)", (number,))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with sqlite.connection_context():
        assert [number for (number,) in sqlite.execute_sql("SELECT number FROM thing ORDER BY number")] == list(range(120))
