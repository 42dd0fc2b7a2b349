"""A file that somebody is importing: kept sealed between the steps, gone once it is saved, given up, or a day old."""

from peewee import ForeignKeyField, TextField

from models.base import BaseModel
from models.fields import EncryptedText, UtcDateTime
from models.school import School
from models.user import User


class Upload(BaseModel):
    """The rows of one file and what was decided about them, for the person who brought it only."""

    school = ForeignKeyField(School, on_delete="CASCADE", lazy_load=False, index=False)
    user = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False)
    register = TextField()
    sheet = EncryptedText()
    decided = EncryptedText(null=True)  # which column answers what, and the cells that were mended
    uploaded_at = UtcDateTime(index=True)
