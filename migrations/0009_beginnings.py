"""Beginnings of words are looked up instead of gathered: SQLite's index keeps those of two and three letters, behind the 13 of what marks a word."""

from peewee import SqliteDatabase

STATEMENTS = (
    "DROP TABLE search_word",
    """
    CREATE VIRTUAL TABLE search_word USING fts5(
        words, content = 'search_entry', content_rowid = 'id', tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '15 16'
    )
    """,
    "INSERT INTO search_word (search_word) VALUES ('rebuild')",
)


def up(migrator, db):
    """Make the index anew from the entries; the triggers that keep it name it, and stay."""
    if isinstance(db, SqliteDatabase):
        for statement in STATEMENTS:
            db.execute_sql(statement)
