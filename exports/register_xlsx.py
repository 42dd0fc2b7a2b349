"""Registers as an Excel workbook: a list as its reader sees it, or everything that somebody may take away, one sheet a register."""

from collections.abc import Sequence

from exports.finished_workbook import FinishedWorkbook
from exports.register_csv import note, rows, today_of
from exports.selection import REFERENCE_HEADING, Chosen, everything
from exports.workbook import Column, Page, written
from exports.workbook_columns import column_of
from registry.access import Deed, Permission, may, require, school_of
from registry.actor import Actor
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.records import Occasion

REFERENCES = Column(REFERENCE_HEADING, "line", width=11)


def export(chosen: Sequence[Chosen], occasion: Occasion) -> FinishedWorkbook:
    """Note the export in the trace, then write the workbook. Raises Forbidden."""
    note(chosen, occasion)
    return written(" and ".join(each.register.many for each in chosen), occasion.at, (page_of(each, occasion) for each in chosen))


def whole_school(by: Actor) -> list[Chosen]:
    """Everything that this person may take away, register by register; raises Forbidden for whoever may not take the school away at once."""
    require(by, Permission.EXPORT_SCHOOL)
    return [everything(register, by) for register in exportable(by)]


def exportable(by: Actor) -> list[Register]:
    """The registers that this person may take away, in the order of the menu."""
    return [register for register in REGISTERS if may(by, Deed.EXPORT, register)]


def page_of(chosen: Chosen, occasion: Occasion) -> Page:
    """The sheet of one register."""
    columns = [REFERENCES, *(column_of(chosen.register, question) for question in chosen.questions), *(Column(each, "line") for each in chosen.more)]
    found = rows(chosen, occasion.by, today_of(occasion), school_of(occasion.by))
    return Page(chosen.register.heading, columns, found)
