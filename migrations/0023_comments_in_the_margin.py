"""A comment may be about one part of a record, and then stands in its margin."""

from peewee import TextField


def up(migrator, db):
    """Add the column; every comment that there is speaks of the whole record."""
    migrator.migrate(migrator.add_column("comment", "section", TextField(null=True)))
