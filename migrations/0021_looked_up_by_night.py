"""What the night looks up under a rule of the schedule: the day on which the next record may go, and how many have no known day."""

from peewee import DateField, IntegerField


def up(migrator, db):
    """Add the two columns, empty until the first night."""
    migrator.migrate(
        migrator.add_column("retention_rule", "next_due_on", DateField(null=True)),
        migrator.add_column("retention_rule", "unknown_days", IntegerField(null=True)),
    )
