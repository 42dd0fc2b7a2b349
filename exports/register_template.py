"""An empty workbook to be filled in: a heading for everything that can be brought in, with what is asked, and drop-downs."""

from datetime import datetime

from exports import dictionary
from exports.finished_workbook import FinishedWorkbook
from exports.register_xlsx import REFERENCES
from exports.workbook import DICTIONARY, Page, written
from exports.workbook_columns import column_of
from registry.actor import Actor
from registry.definition import Register
from registry.importing.reading import offered


def empty(register: Register, by: Actor, at: datetime) -> FinishedWorkbook:
    """A sheet with headings and no rows, and one that says what each of them means."""
    columns = [REFERENCES, *(column_of(register, each, explained=True) for each in offered(register, by))]
    return written(f"{register.heading} to fill in", at, (Page(register.heading, columns, ()), dictionary.page(register, by)))


def meanings(register: Register, by: Actor, at: datetime) -> FinishedWorkbook:
    """The dictionary alone."""
    return written(f"{DICTIONARY}: {register.many}", at, (dictionary.page(register, by),))
