"""The picture that stands on a school's papers."""

from peewee import BlobField, IntegerField

from models.fields import UtcDateTime
from models.record import OfSchool


class Logo(OfSchool):
    """One picture a school, PNG or JPEG; without one there is a name alone."""

    image = BlobField(null=True)
    version = IntegerField(default=1)
    changed_at = UtcDateTime()

    class Meta:
        indexes = ((("school",), True),)
