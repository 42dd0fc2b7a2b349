"""What a database leaves on the disk of rows that are gone, and how it lets go of that: neither forgets bytes by itself."""

from collections.abc import Iterable, Iterator

from peewee import PeeweeException

from models.base import db
from models.database import QueuedSqlite
from models.statements import learn_sizes

WAIT = "5s"
"""For a table that somebody is using; until it is let go nobody else gets at it either, so it is given up soon."""

STATISTICS = "pg_catalog.pg_statistic"
"""Where PostgreSQL keeps samples of what columns hold; whoever owns the database may write it anew."""


def lose(tables: Iterable[str]) -> tuple[str, ...]:
    """Write these tables anew, so that nothing of rows that are gone is left in their files; the names of those that somebody was using.

    SQLite overwrites what is deleted (`secure_delete`), but not what an older version of the program deleted: its whole file is written anew,
    and the file of changes beside it is emptied. PostgreSQL only marks what is deleted, and a plain VACUUM leaves bytes in the gaps, so that
    each table is written into a new file, with its samples; nobody else gets at it meanwhile, some seconds for a hundred thousand rows. What
    PostgreSQL wrote into its log of changes (WAL) stays there until that is recycled, as it does in archives and backups made from it, and
    no database can say when a disk overwrites the blocks of a file that it deleted. Not inside a transaction. Raises RuntimeError there.
    """
    if db.in_transaction():
        raise RuntimeError("What is not committed yet cannot be lost.")
    if isinstance(db.obj, QueuedSqlite):
        with db.obj.alone():
            return (*_in_a_file(),)
    return (*_in_the_server(tables),)


def _in_a_file() -> Iterator[str]:
    try:
        learn_sizes()  # some builds keep samples of what columns hold
        db.execute_sql("VACUUM")
        is_busy = bool(db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    except PeeweeException:  # somebody is reading all the time, or the disk has no room for a second copy
        is_busy = True
    if is_busy:
        yield "the whole file"


def _in_the_server(tables: Iterable[str]) -> Iterator[str]:
    db.execute_sql(f"SET lock_timeout = '{WAIT}'")
    try:
        for name in (*(f'"{table}"' for table in tables), STATISTICS):
            try:
                db.execute_sql(f"VACUUM (FULL, ANALYZE) {name}")
            except PeeweeException:
                yield name.strip('"')
    finally:
        db.execute_sql("SET lock_timeout = DEFAULT")
