"""The two databases the suite runs on: a fresh SQLite file for each test, and one PostgreSQL server for the whole run."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peewee import Database, PostgresqlDatabase
from playhouse.db_url import parse
from playhouse.migrations import Runner

from models.base import db
from models.database import database_at
from models.tables import TABLES

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
UNSYNCED = "off"
"""No test pulls the plug: SQLite waits for the disk as little as the PostgreSQL server below does."""
_warm: dict[str, Database] = {}
"""Databases of a server whose connections go on from test to test, by address."""

HOW_TO_GET_POSTGRESQL = "PostgreSQL is not installed: sudo apt install postgresql, then run the tests again."


def postgresql_programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest there is."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return folders[-1] if folders else None


@contextlib.contextmanager
def postgresql_server(programs: Path) -> Iterator[str]:
    """A server of our own on the loopback address, which ends with the block; yields the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="safehold-postgresql-"))
    as_postgres = []
    if os.name != "nt" and os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
    port = _free_port()
    cluster = folder / "cluster"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    make = ["-D", str(cluster), "-U", "safehold", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([*as_postgres, str(programs / "initdb"), *make], check=True, **quiet)
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
    control = [*as_postgres, str(programs / "pg_ctl"), "-D", str(cluster), "-w"]
    subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], check=True, **quiet)
    try:
        yield f"postgresql://safehold@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def create(server: str, name: str, copy_of: str = "template1") -> str:
    """Make a PostgreSQL database, empty or a copy of another that nobody is using; its address."""
    outside = PostgresqlDatabase(**parse(server))
    outside.connect()
    outside.connection().autocommit = True
    outside.execute_sql(f"CREATE DATABASE {name} TEMPLATE {copy_of}")
    outside.close()
    return f"{server.rpartition('/')[0]}/{name}"


def use(address: str, *, is_migrated: bool = False) -> None:
    """Make this the database of the program, with every migration done."""
    leave()
    db.initialize(database_at(address, UNSYNCED))
    db.connect(reuse_if_open=True)
    if not is_migrated:
        Runner(db.obj, str(MIGRATIONS)).up()


def use_again(address: str) -> None:
    """Make this the database of the program, as it is.

    Connections to a server go on from test to test, as they do from request to request:
    a new one learns every table anew, which takes longer than most tests.
    """
    leave()
    if address.startswith("postgresql"):
        db.initialize(_warm.setdefault(address, database_at(address, UNSYNCED)))
        db.connect(reuse_if_open=True)
    else:
        db.initialize(database_at(address, UNSYNCED))  # opened when something is asked of it: with a file of its own, that takes long as well


def leave() -> None:
    """Close every connection of this process, but for those that go on and that nobody is using."""
    if db.obj is not None:
        db.close()
        if hasattr(db.obj, "close_all") and (db.obj not in _warm.values() or db.obj._in_use):
            db.obj.close_all()


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in every table, exactly as it is stored."""
    copied = {}
    for table in TABLES:
        columns = ", ".join(f'"{field.column_name}"' for field in table._meta.sorted_fields)
        copied[table._meta.table_name] = sorted(db.execute_sql(f'SELECT {columns} FROM "{table._meta.table_name}"').fetchall(), key=repr)
    return copied


def replace_with(copied: dict[str, list[tuple[Any, ...]]]) -> None:
    """Empty every table of a PostgreSQL database and fill it with what was copied."""
    names = [*(f'"{table._meta.table_name}"' for table in TABLES), "search_word", "queue_task"]
    filled = db.execute_sql(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)).fetchall()
    db.execute_sql("SET session_replication_role = replica")  # past the triggers that guard the trace, and past foreign keys
    for (name,) in filled:
        db.execute_sql(f"DELETE FROM {name}")
    db.execute_sql("SET session_replication_role = DEFAULT")
    for table in TABLES:
        name, fields = table._meta.table_name, table._meta.sorted_fields
        columns, marks = ", ".join(f'"{field.column_name}"' for field in fields), ", ".join(["%s"] * len(fields))
        for row in copied[name]:
            db.execute_sql(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', row)


def keep_as_it_is() -> None:
    """Have a PostgreSQL database remember what is in it now, for `put_back`."""
    names = [*(table._meta.table_name for table in TABLES), "search_word", "queue_task"]
    filled = [name for name in names if db.execute_sql(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()]
    db.execute_sql("CREATE SCHEMA kept")
    for name in filled:
        db.execute_sql(f'CREATE TABLE kept."{name}" AS TABLE "{name}"')
    emptied = [f'IF EXISTS (SELECT 1 FROM "{name}") THEN DELETE FROM "{name}"; END IF;' for name in names]
    filled_again = [f'INSERT INTO "{name}" SELECT * FROM kept."{name}";' for name in filled]
    past_triggers = "SET LOCAL session_replication_role = replica;"  # those that guard the trace, and foreign keys
    body = " ".join((past_triggers, *emptied, *filled_again, "SET LOCAL session_replication_role = DEFAULT;"))
    db.execute_sql(f"CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {body} END $$")


def put_back() -> None:
    """Have what `keep_as_it_is` remembered in the database, and nothing else. Most tables are empty already, and emptying each anew is slow."""
    db.execute_sql("SELECT kept.put_back()")
