"""Which records touch each other: one table for every pair of registers, readable from both ends."""

from peewee import BinaryUUIDField, TextField

from models.record import OfSchool


class Link(OfSchool):
    """Two records that belong together, stored once in each direction so that either end finds the other by one index."""

    near = BinaryUUIDField()
    far_register = TextField()
    far = BinaryUUIDField()

    class Meta:
        indexes = ((("school", "near", "far_register", "far"), True),)
