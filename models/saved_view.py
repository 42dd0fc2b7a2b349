"""Lists that people keep under a name: the part of an address that asks for them, for one person or for the whole school."""

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.fields import EncryptedText, UtcDateTime
from models.record import OfSchool
from models.school import School
from models.user import User


class SavedView(OfSchool):
    """A name for the address of a list; sealed, because people write names of people into both."""

    register = TextField()
    name = EncryptedText()
    asked = EncryptedText(null=True)  # nothing for the whole list
    owner = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)  # nobody's when it is the school's
    version = IntegerField(default=1)
    made_at = UtcDateTime()

    class Meta:
        indexes = ((("school", "register"), False),)


class UsualView(BaseModel):
    """With which saved view one person wants a register to open; theirs alone, and so without a trace, as a draft is."""

    user = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False, index=False)
    school = ForeignKeyField(School, on_delete="CASCADE", lazy_load=False, index=False)
    register = TextField()
    view = BinaryUUIDField(index=True)

    class Meta:
        indexes = ((("user", "school", "register"), True),)
