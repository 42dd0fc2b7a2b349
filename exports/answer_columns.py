"""Which column of a file of answers is what: who the pupil is, and which use each other column is about. Nothing is guessed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from exports import csv_file, workbook_file
from exports.columns import spelling
from exports.dates_in_files import DateOrder, date_order, parse_day
from exports.unreadable import Unreadable
from exports.workbook_safety import is_workbook
from models.names import fold
from models.vocabulary import ImageUseKind
from registry.answers.from_file import FileRow
from registry.images.uses import Use
from registry.importing.uploads import FileRows

HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        *("Number in the MIS", "MIS number", "MIS ID", "Admission number", "Admission no", "Adm no", "Adno", "Pupil number", "Student number"),
        *("Pupil ID", "Student ID", "Student code", "External ID", "School ID", "Arbor ID"),
    ),
    "name": (
        *("Name", "Pupil", "Pupil name", "Student", "Student name", "Child", "Child name", "Child's name", "Full name", "Known as", "Preferred name"),
        *("Name of child", "Name of pupil", "Your child's name"),
    ),
    "first": ("Forename", "First name", "Firstname", "Preferred forename", "Chosen name", "Given name"),
    "last": ("Surname", "Last name", "Lastname", "Family name", "Preferred surname"),
    "class": ("Class", "Class name", "Reg", "Reg group", "Registration group", "Form", "Tutor group", "Form group"),
    "signer": (
        *("Signed by", "Parent", "Parent name", "Parent or carer", "Carer", "Carer name", "Your name", "Parent/carer name", "Completed by"),
        *("Respondent", "Answered by", "Name of parent or carer"),
    ),
    "date": (
        *("Date", "Date given", "Date signed", "Date on the form", "Given on", "Answered on", "Completion time", "Completed", "Submitted"),
        *("Submitted at", "Submission date", "Timestamp", "Response date"),
    ),
}
"""What columns are called in other programs, by what they hold."""

_HELD = {spelling(heading): held for held, headings in HEADINGS.items() for heading in headings}
NO_PUPIL = "No column says which pupil a row is about. Name one “Admission number” or “Pupil name”."
NO_USE = "No column is called like a use of pictures that the form asks about. Name each such column as the use is called."
WHICH_DAY = "Nobody can say of “{}” which figure is the day and which the month. Write the dates as 2026-11-19, and upload the file again."
SEVERAL_SHEETS = "More than one sheet of this workbook may be meant. Save the one with the answers by itself, and upload that."


@dataclass(frozen=True)
class Columns:
    """The places of the columns, each counted from 0."""

    held: dict[str, int]
    uses: dict[int, Use]
    unknown: tuple[str, ...]

    def cell(self, row: Sequence[str], name: str) -> str:
        """What a row says of something; nothing where no column holds it."""
        return row[self.held[name]].strip() if name in self.held else ""


def take_in(raw: bytes, uses: Sequence[Use]) -> FileRows:
    """The rows of a file or workbook; raises Unreadable with a sentence."""
    if not raw.strip():
        raise Unreadable("Choose a file, or paste the rows of your list.")
    file = _from_workbook(raw, fit_of(uses)) if is_workbook(raw) else _from_csv(raw)
    rows_of(file, uses)
    return file


def columns_of(headings: Sequence[str], uses: Sequence[Use]) -> Columns:
    """What each column holds; raises Unreadable when no pupil or no use can be found, or two columns hold the same."""
    held: dict[str, int] = {}
    found: dict[int, Use] = {}
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        use = _use_of(heading, uses)
        if use is not None:
            found[place] = use
        elif (name := _HELD.get(spelling(heading))) is not None and name not in held:
            held[name] = place
        else:
            unknown.append(heading)
    twice = [use.name for use, many in Counter(found.values()).items() if many > 1]
    if twice:
        raise Unreadable(f"Two columns are about “{twice[0]}”. Leave one of them out of the file.")
    if not held.keys() & {"number", "name"} and not {"first", "last"} <= held.keys():
        raise Unreadable(NO_PUPIL)
    if not found:
        raise Unreadable(NO_USE)
    return Columns(held, found, tuple(unknown))


def rows_of(file: FileRows, uses: Sequence[Use]) -> list[FileRow]:
    """What each row says; raises Unreadable."""
    columns = columns_of(file.headings, uses)
    day = _day_reader([columns.cell(row, "date") for row in file.rows], file.since_1904)
    return [_row(file, place, columns, day) for place in range(len(file.rows))]


def _row(file: FileRows, place: int, columns: Columns, day: Callable[[str], date]) -> FileRow:
    cells, line = file.rows[place], file.lines[place]
    doubts = file.doubts.get(place, {})
    problems = [file.problems[line]] if line in file.problems else []
    problems += [sentence for column, sentence in doubts.items() if column in columns.uses or column in columns.held.values()]
    given_on = None
    if written := columns.cell(cells, "date"):
        try:
            given_on = day(written)
        except ValueError as problem:
            problems.append(str(problem))
    name = columns.cell(cells, "name") or " ".join(filter(None, (columns.cell(cells, "first"), columns.cell(cells, "last"))))
    answers = {use: cells[column] for column, use in columns.uses.items()}
    known = {"number": columns.cell(cells, "number"), "class_name": columns.cell(cells, "class"), "signer": columns.cell(cells, "signer")}
    return FileRow(line, name, answers=answers, given_on=given_on, problems=tuple(problems), **known)


def _day_reader(cells: Sequence[str], since_1904: bool) -> Callable[[str], date]:
    """What reads the days of a column, all in the one order that it shows; raises Unreadable when it shows none, or several."""
    filled = [cell for cell in cells if cell]
    order = date_order(filled)
    if order in (DateOrder.AMBIGUOUS, DateOrder.MIXED):
        raise Unreadable(WHICH_DAY.format(filled[0]))
    if order is DateOrder.EXCEL_SERIAL and since_1904:
        order = DateOrder.EXCEL_SERIAL_1904
    return partial(parse_day, order=order)


def fit_of(uses: Sequence[Use]) -> Callable[[Sequence[str]], int]:
    """What counts how many cells of a row are spelt like headings that are known here."""
    return lambda cells: sum(spelling(cell) in _HELD or _use_of(cell, uses) is not None for cell in cells if cell)


def _use_of(heading: str, uses: Sequence[Use]) -> Use | None:
    """The one use that a heading names, by its name, the question on the form, its code or its kind; None when there is none, or several."""
    wanted, code = fold(heading), heading.strip().casefold()
    by_name = [use for use in uses if wanted in (fold(use.name), fold(use.sentence))]
    by_kind = [use for use in uses if use.kind == code or (isinstance(use.kind, ImageUseKind) and fold(use.kind.label) == wanted)]
    fitting = by_name or by_kind
    return fitting[0] if wanted and len(fitting) == 1 else None


def _from_csv(raw: bytes) -> FileRows:
    sheet = csv_file.read(raw)
    problems = {each.line: each.sentence for each in sheet.problems}
    return FileRows(sheet.headings, sheet.rows, sheet.line_numbers, problems, sheet.notes, sheet.digest)


def _from_workbook(raw: bytes, fit: Callable[[Sequence[str]], int]) -> FileRows:
    """The only sheet there is, or the only one whose headings are known."""
    sheets = workbook_file.sheets_of(raw, fit)
    known = [sheet for sheet in sheets if sheet.fit >= 2] or sheets
    if len(known) != 1:
        raise Unreadable(SEVERAL_SHEETS)
    return workbook_file.read(raw, known[0].title, fit)
