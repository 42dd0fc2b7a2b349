"""When the program last looked at every published picture by itself."""

from peewee import BigIntegerField


def up(migrator, db):
    """Add the moment to the one row about the program itself."""
    migrator.migrate(migrator.add_column("installation", "pictures_checked_at", BigIntegerField(null=True)))
