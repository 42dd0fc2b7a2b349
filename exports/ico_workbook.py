"""The record of processing as a workbook in the layout of the ICO's documentation template: a controller and a processor sheet."""

from collections.abc import Iterator, Sequence

from exports.finished_workbook import FinishedWorkbook
from exports.ico_layout import CONTROLLER, PROCESSOR, SHEETS, IcoSheet
from exports.register_csv import note, rows, today_of
from exports.selection import Chosen
from exports.workbook import Column, Page, written
from models.roles import Role
from models.school import School
from models.vocabulary import ActivityRole
from registry.access import Deed, school_of
from registry.accounts.people import people_in_role
from registry.definition import Register
from registry.lists.views import View
from registry.records import Occasion
from registry.schema import questions_for

_DETAILS = ("Name", "Address", "Email", "Telephone")
_ROLE = "role"


def export(register: Register, school: School, occasion: Occasion) -> FinishedWorkbook:
    """Note the export in the trace, then write the workbook. Raises Forbidden."""
    held = {_ROLE, *(name for sheet in SHEETS for name in sheet.names)}
    chosen = Chosen(register, View(), tuple(question for question in questions_for(register, occasion.by, Deed.EXPORT) if question.name in held))
    note([chosen], occasion)
    return written("Documentation of processing activities", occasion.at, (_page(sheet, chosen, school, occasion) for sheet in SHEETS))


def _page(sheet: IcoSheet, chosen: Chosen, school: School, occasion: Occasion) -> Page:
    columns = [Column(column.words, "text", width=column.width) for column in sheet.columns]
    return Page(sheet.title, columns, _rows(sheet, chosen, occasion), frozen=0, above=[*_header(school), _groups(sheet)])


def _header(school: School) -> list[Sequence[str]]:
    """Who the school is and whom to ask, as far as the program knows; what it does not know stays to be filled in."""
    officers = people_in_role(school.id, Role.DPO)
    known = {
        "Name": (school.name, "; ".join(name for name, _email in officers)),
        "Email": ("", "; ".join(email for _name, email in officers)),
    }
    blocks = ("", "Organisation", "Data protection officer (if applicable)", "Representative (if applicable)")
    return [blocks, *((detail, *known.get(detail, ("", "")), "") for detail in _DETAILS), ()]


def _groups(sheet: IcoSheet) -> Sequence[str]:
    return [sheet.groups.get(place, "") for place in range(len(sheet.columns))]


def _rows(sheet: IcoSheet, chosen: Chosen, occasion: Occasion) -> Iterator[list[str]]:
    """The activities of one sheet: what the school does for others on the processor's, everything else on the controller's."""
    names = ("reference", *(question.name for question in chosen.questions))
    for cells in rows(chosen, occasion.by, today_of(occasion), school_of(occasion.by)):
        answers = dict(zip(names, cells, strict=True))
        belongs = PROCESSOR if answers.get(_ROLE) == ActivityRole.PROCESSOR.label else CONTROLLER
        if belongs is sheet:
            yield [column.said(answers) for column in sheet.columns]
