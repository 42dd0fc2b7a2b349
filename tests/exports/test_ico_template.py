"""The record of processing in the ICO's layout, out and back; and a school's own workbook in that layout."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exports import brought, ico_workbook, settling
from exports.ico_layout import CONTROLLER, PROCESSOR
from exports.ico_words import one, several
from models import doors
from models.vocabulary import Art6, Art9, Individuals, Right, Schedule1, YesNo
from registry import records
from registry.access import Deed, Forbidden
from registry.importing.uploads import Decided, FileRows
from registry.importing.verdicts import Preview, Verdict, judge
from registry.records import Occasion
from registry.registers.data_protection.processing import PROCESSING
from registry.schema import read_answers, schema_for
from tests.exports.workbooks import saved

pytestmark = pytest.mark.usefixtures("in_quillbrook")

PAYROLL = {
    "name": "Payroll", "role": "joint", "business_function": "hr", "purpose": "To pay staff; on time\nand rightly",
    "individuals": ["staff", "referees"],
    "joint_controller": "Larch Trust, 1 High Street", "joint_controller_contact": "A. Person, 01234 567890",
    "data_categories": "Name\nBank details; sort code",
    "recipients": "HMRC", "third_countries": "France", "exceptional_safeguards": "None were needed", "retention": "6 years",
    "security_measures": "Locked; alarmed",
    "art6": ["6.1.c", "6.1.f"], "art9": ["9.2.b"], "lia_interest": "To pay", "lia_necessity": "No other way", "lia_balance": "Expected",
    "lia_link": "S:/lia",
    "rights": ["access", "objection"], "automated_significant": "no", "profiling": "yes", "automated_note": "A person looks",
    "source_of_data": "Staff",
    "consent_link": "S:/consent", "location": "Office", "dpia_required": "screen", "dpia_progress": "Begun", "dpia_link": "S:/dpia",
    "breach_occurred": "no",
    "breach_link": "S:/breach", "sch1": ["part1.1"], "retention_policy_link": "S:/policy", "kept_per_policy": "no", "kept_not_reason": "A court case",
    "processor_contract_link": "S:/contract",
}  # fmt: skip
HOSTING = {
    "name": "Hosting for the trust", "role": "processor", "controller_acted_for": "Larch Trust", "controller_contact": "B. Person",
    "controller_representative": "C. Person", "processing_categories": "Hosting", "security_measures": "Locks", "third_countries": "Spain",
}  # fmt: skip


@pytest.fixture
def kept(occasion: Occasion) -> None:
    for typed in (PAYROLL, HOSTING, {"name": "Trips"}):
        records.add(PROCESSING, read_answers(schema_for(PROCESSING, occasion.by, Deed.ADD), typed, partial=True), occasion)


def whole(occasion: Occasion, school: Any) -> bytes:
    return b"".join(ico_workbook.export(PROCESSING, school, occasion))


def judged(file: FileRows, occasion: Occasion) -> Preview:
    columns = settling.columns_of(PROCESSING, file, occasion.by)
    return judge(PROCESSING, file, settling.reading_of(PROCESSING, settling.decided(columns, Decided()), occasion.by), occasion.by)


def sheet_of(raw: bytes, title: str, occasion: Occasion) -> FileRows:
    return brought.rows_of(raw, title, PROCESSING, occasion.by)


@pytest.mark.usefixtures("kept")
def test_it_has_the_columns_of_the_template_under_who_the_school_is(occasion: Occasion, school: Any, tmp_path: Path) -> None:
    (tmp_path / "ico.xlsx").write_bytes(whole(occasion, school))
    book = load_workbook(tmp_path / "ico.xlsx")
    assert book.sheetnames == ["Controller", "Processor"]
    sheet = book["Controller"]
    assert [cell.value for cell in sheet[1]][:4] == [
        None,
        "Organisation",
        "Data protection officer (if applicable)",
        "Representative (if applicable)",
    ]
    assert [cell.value for cell in sheet[2]][:3] == ["Name", "Quillbrook Primary School", "Dev Marchetti"]
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == ["Name", "Address", "Email", "Telephone"]
    assert [cell.value for cell in sheet[8]] == [column.words for column in CONTROLLER.columns]
    assert [cell.value for cell in sheet[8]][:12] == [
        "Business function", "Purpose of processing", "Name and contact details of joint controller", "Categories of individuals",
        "Categories of personal data", "Categories of recipients", "Link to contract with processor",
        "Names of third countries / international organisations", "Safeguards for exceptional transfers", "Retention schedule",
        "General description of technical and organisational measures", "Art 6 lawful basis",
    ]  # fmt: skip
    assert sheet["L9"].value == "Legal obligation (Article 6(1)(c)); Legitimate interests (Article 6(1)(f))"
    assert sheet["C9"].value == "Larch Trust, 1 High Street\nContact: A. Person, 01234 567890"
    assert [cell.value for cell in book["Processor"][8]] == [column.words for column in PROCESSOR.columns]
    assert book["Processor"]["A9"].value == "Larch Trust\nContact: B. Person"
    assert book["Processor"].max_row == 9


@pytest.mark.usefixtures("kept")
def test_it_comes_back_as_the_same(occasion: Occasion, school: Any) -> None:
    raw = whole(occasion, school)
    controller, processor = (judged(sheet_of(raw, title, occasion), occasion) for title in ("Controller", "Processor"))
    assert [row.verdict for row in controller.rows] == [Verdict.SAME, Verdict.CHANGES]
    assert controller.rows[1].answers == {"role": "controller"}, "an activity on the controller's sheet is the school's own"
    assert [row.verdict for row in processor.rows] == [Verdict.SAME]


@pytest.mark.usefixtures("kept")
def test_in_an_empty_school_it_makes_what_the_template_can_hold(occasion: Occasion, elsewhere: Occasion, school: Any) -> None:
    raw = whole(occasion, school)
    assert elsewhere.by.school
    with doors.looking_at(elsewhere.by.school):
        for title, typed in (("Controller", PAYROLL), ("Processor", HOSTING)):
            file = sheet_of(raw, title, elsewhere)
            file = replace(file, headings=["x" if heading == "Reference" else heading for heading in file.headings])
            row = judged(file, elsewhere).rows[0]
            assert row.problems == {}
            assert row.answers == read_answers(schema_for(PROCESSING, elsewhere.by, Deed.ADD), typed, partial=True)


def test_a_schools_own_workbook_is_recognised_put_together_and_judged(occasion: Occasion) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Controller docs"
    headings = [
        "Business function", "Purpose of processing", "Name and contact details of joint controller (if applicable)", "Categories of individuals",
        "Categories of personal data", "Categories of recipients", "Retention schedule (if possible)",
        "Article 6 lawful basis for processing personal data",
        "Rights available to individuals", "Existence of automated decision-making, including profiling (if applicable)", "Our own column",
    ]  # fmt: skip
    for row in (
        ["Name and contact details"], ["Saltmere School", "1 High Street"], [], headings,
        ["Human resources", "Payroll", "N/A", "Employees", "Contact details", "HMRC", "6 years", "Article 6(1)(b) - contract", "Access", "No", "x"],
        [None, None, "N/A", "Employees", "Bank details", "Bank; HMRC", "6 years", "Article 6(1)(b) - contract", "Rectification", "No", "x"],
        ["Human resources", "Payroll", "", "Martians", "Pay", "", "", "", "", "", ""],
        ["Marketing", "Payroll", "", "Pupils, parents and staff", "Names", "", "", "consent", "", "", ""],
    ):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("B5:B6")
    file = sheet_of(saved(book), "Controller docs", occasion)
    first, second = judged(file, occasion).rows
    assert (first.line, second.line) == (5, 8)
    assert first.problems.keys() == {"individuals"}
    assert "“Martians” is not one of the choices" in first.problems["individuals"]
    assert {name: first.answers[name] for name in ("name", "role", "business_function", "art6", "rights", "profiling", "recipients")} == {
        "name": "Payroll", "role": "controller", "business_function": "hr", "art6": ("6.1.b",), "rights": ("access",
        "rectification"), "profiling": "no",
        "recipients": ("HMRC", "Bank; HMRC"),
    }  # fmt: skip
    assert first.answers["data_categories"] == ("Contact details", "Bank details", "Pay")
    assert second.answers["name"] == "Communications and publicity: Payroll"
    assert second.answers["individuals"] == ("pupils", "parents_carers", "staff")
    assert [column.heading for column in settling.columns_of(PROCESSING, file, occasion.by) if column.answers is None] == ["Our own column"]
    assert any("4 rows became 2" in note for note in file.notes)
    assert any("“Saltmere School”" in note for note in file.notes), "who the school is was left out with a word"


def test_other_lists_are_not_taken_for_the_template(occasion: Occasion) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["Activity", "Purpose", "Retention schedule", "Recipients"], ["Payroll", "To pay", "S:/schedule", "HMRC"]):
        sheet.append(row)
    assert sheet_of(saved(book), "Sheet", occasion).headings == ("Activity", "Purpose", "Retention schedule", "Recipients")


def test_those_who_may_not_export_are_forbidden(occasion: Occasion, ola: Any, school: Any) -> None:
    with pytest.raises(Forbidden):
        ico_workbook.export(PROCESSING, school, replace(occasion, by=ola.actor))


@pytest.mark.parametrize(
    ("words", "text", "meant"),
    [
        (Art6, "Public task - Article 6(1)(e)", "Public task"),
        (Art6, "Art 6.1 (f)", "Legitimate interests"),
        (Art6, "6(1)(c)\n6(1)(e)", "Legal obligation; Public task"),
        (Art9, "9(2)(g) substantial public interest", "Substantial public interest"),
        (Individuals, "Employees; next of kin", "Staff; Emergency contacts"),
        (Individuals, "Pupils & goldfish", "Pupils & goldfish"),
        (Right, "Right to erasure", "To have it erased, where Article 17 allows"),
        (Schedule1, "Part 2, paragraph 18", "Safeguarding children and people at risk"),
    ],
)
def test_choices_are_recognised_when_that_is_certain(words: Any, text: str, meant: str) -> None:
    assert several(words, text) == meant


def test_one_choice_is_recognised_or_stands_as_it_is() -> None:
    assert (one(YesNo, "Y"), one(YesNo, " perhaps ")) == ("Yes", "perhaps")
