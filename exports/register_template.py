"""An empty workbook to be filled in: a heading for everything that can be brought in, with what is asked, and drop-downs."""

from datetime import datetime
from pathlib import Path

from exports import dictionary
from exports.private_files import PrivateFile
from exports.register_xlsx import REFERENCES, title_of
from exports.workbook import DICTIONARY, Page, Written
from exports.workbook_columns import column_of
from registry.actor import Actor
from registry.definition import Register
from registry.reading import offered


def empty(register: Register, by: Actor, at: datetime, within: Path) -> PrivateFile:
    """A sheet with headings and no rows, and one that says what each of them means."""
    file = PrivateFile(within)
    written = Written(file.path, f"{title_of(register)} to fill in", at)
    written.add(Page(title_of(register), [REFERENCES, *(column_of(register, each, explained=True) for each in offered(register, by))], ()))
    written.add(dictionary.page(register, by))
    written.close()
    return file


def meanings(register: Register, by: Actor, at: datetime, within: Path) -> PrivateFile:
    """The dictionary alone."""
    file = PrivateFile(within)
    written = Written(file.path, f"{DICTIONARY}: {register.many}", at)
    written.add(dictionary.page(register, by))
    written.close()
    return file
