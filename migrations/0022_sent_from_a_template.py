"""A DPIA may follow one of another school of the same trust: which, and what was sent last."""

from peewee import BinaryUUIDField, BlobField


def up(migrator, db):
    """Add three columns, empty for every DPIA that there is, and the index by which copies are found."""
    migrator.migrate(
        migrator.add_column("dpia", "sent_from_school", BinaryUUIDField(null=True)),
        migrator.add_column("dpia", "sent_from", BinaryUUIDField(null=True)),
        migrator.add_column("dpia", "sent", BlobField(null=True)),
        migrator.add_index("dpia", ("school_id", "sent_from")),
    )
