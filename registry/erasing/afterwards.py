"""What is done once an erasure is committed: bytes of files, words of the search, and what the database leaves on the disk."""

from dataclasses import dataclass
from datetime import datetime

from models import search
from models.audit import AuditDetail, AuditEntry
from models.image_check import ImageCheck
from models.letter import Letter
from models.residue import lose
from models.saved_view import SavedView
from models.school import School
from models.search import INDEX
from models.upload import Upload
from models.user import Draft
from registry.catalogue import find
from registry.erasing import bytes_of_files
from registry.erasing.whole import BESIDE, REPEATING, WHOLE
from registry.trace.audit import ERASING

OTHERS = (AuditDetail, ImageCheck, SavedView, Draft, Upload, Letter)
"""Tables beside those of the records from which an erasure takes something that was said."""


@dataclass(frozen=True)
class Left:
    """What could not be lost yet; asking again is enough, by a command or in the night."""

    files: int = 0
    tables: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether all of it is gone."""
        return not self.files and not self.tables


def tables_touched() -> tuple[str, ...]:
    """The tables from which an erasure takes something that was said, and the index of the search."""
    columns = (column for whole in WHOLE.values() for column in whole.rows)
    touched = (*(find(slug).table for slug in WHOLE), *(column.model for column in columns), *BESIDE, *REPEATING, *OTHERS)
    return (*dict.fromkeys(table._meta.table_name for table in touched), INDEX.__name__)


def was_anything_erased_since(moment: datetime) -> bool:
    """Whether a school erased something at this moment or later, for a nightly job: whoever erased may have been killed before `finish`."""
    schools = School.select(School.id)
    erased = AuditEntry.select().where(AuditEntry.chain.in_(schools) & (AuditEntry.at >= moment) & AuditEntry.deed.in_(ERASING))
    return bool(erased.exists())


def finish() -> Left:
    """Delete the bytes of files that went and lose what is left of erased rows on the disk; what could not be. As often as one likes.

    Not inside a recording. It takes as long as the tables are large, and holds up whoever writes to them; a nightly job or a command may do
    it as well as whoever erased. Until then nobody can reach what was erased through the program. Backups hold it until they age out, a store
    of files that keeps versions (a bucket of S3 may) holds its versions, and PostgreSQL its log of changes, as `models.residue.lose` says.
    """
    files = bytes_of_files.delete_loose()
    search.tidy()
    return Left(files, lose(tables_touched()))
