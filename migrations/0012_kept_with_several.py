"""One file kept with several records: its bytes are stored once."""

from peewee import BinaryUUIDField


def up(migrator, db):
    """Add which file's bytes those of another are; a file of before has its own."""
    migrator.migrate(
        migrator.add_column("attachment", "content", BinaryUUIDField(null=True)),
        migrator.add_index("attachment", ("school_id", "content")),
    )
