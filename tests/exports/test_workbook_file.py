"""Workbooks as schools have them are read as a person would read them."""

from collections.abc import Sequence
from datetime import date, datetime
from datetime import time as clock_time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exports import workbook_file
from exports.unreadable import Unreadable
from tests.exports.workbooks import HEADINGS, INLINE, changed, fit, read, saved, with_rows, with_shared_texts, workbook


def one(*cells: Any) -> Sequence[str]:
    """What one row of cells under as many headings is read as."""
    return read(workbook([f"Heading {place}" for place in range(len(cells))], cells)).rows[0]


def test_cells_are_read_as_a_person_would_have_typed_them() -> None:
    moment = datetime.fromisoformat("2027-01-04 10:30")
    assert one("  Paper files\u00a0", 250, 250.0, 0.1 + 0.2, True, date(2027, 1, 4), moment, clock_time(9, 15), 1e15 - 1) == (
        "Paper files", "250", "250", "0.3", "Yes", "2027-01-04", "2027-01-04 10:30", "09:15", "999999999999999",
    )  # fmt: skip


def test_numbers_are_read_as_their_format_shows_them() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Assets"
    sheet.append(["Room", "Share", "Odd"])
    sheet.append([12, 0.5, 3.5])
    sheet["A2"].number_format, sheet["B2"].number_format, sheet["C2"].number_format = "0000", "0%", '"about" 0.0'
    assert read(saved(book)).rows == [("0012", "50%", "3.5")]


def test_a_blank_first_column_a_title_and_rows_above_the_headings_do_no_harm() -> None:
    file = read(workbook([], [None, "Information asset register 2026"], [None, "Approved by", "Hana"], [], [None, *HEADINGS], [None, "Files", "Ola"]))
    assert file.headings == HEADINGS
    assert file.rows == [("Files", "Ola", "", "")]
    assert file.lines == [6]
    assert "Row 2 stands above the headings and was left out: “Information asset register 2026”." in file.notes


def test_an_unknown_list_starts_at_its_first_row() -> None:
    assert read(workbook(["Colour", "Taste"], ["red", "sweet"])).headings == ("Colour", "Taste")


def test_merged_headings_and_merged_cells_say_the_same_everywhere() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Assets"
    for row in ([None, "Contacts", None], (*HEADINGS[:2], "Phone", None), ["Files", "Ola", 1, 2], ["Tapes", None, 3, 4]):
        sheet.append(list(row))
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("C2:D2")
    sheet.merge_cells("B3:B4")
    file = read(saved(book))
    assert file.headings == ("Asset", "Owner", "Phone", "Phone (2)")
    assert file.rows == [("Files", "Ola", "1", "2"), ("Tapes", "Ola", "3", "4")]
    assert "2 merged cells were read as if each cell in it said the same." in file.notes


def test_days_counted_from_1904_are_the_days_that_were_meant() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet.title = "Assets"
    sheet.append(HEADINGS)
    sheet.append(["Files", "Ola", date(2027, 1, 4)])
    file = read(saved(book))
    assert (file.rows[0][2], file.since_1904) == ("2027-01-04", True)


def test_what_a_formula_came_to_is_taken_and_said() -> None:
    raw = with_rows(
        f'<row r="1">{INLINE.format("A1", "Asset")}{INLINE.format("B1", "Next review")}</row>'
        f'<row r="2">{INLINE.format("A2", "Files")}<c r="B2" t="str"><f>cmd|/c calc!A1</f><v>2027-01-04</v></c></row>'
    )
    file = read(raw)
    assert file.rows == [("Files", "2027-01-04")]
    assert file.notes[0].startswith("1 cell is worked out by formulas, in “Next review”.")
    assert not file.doubts


def test_a_formula_whose_result_is_not_in_the_file_is_doubted_not_worked_out() -> None:
    file = read(workbook(["Asset", "Next review"], ["Files", "=1+1"]))
    assert file.rows == [("Files", "=1+1")]
    assert file.doubts[0][1].startswith("“=1+1” is a formula, and the file does not hold what it comes to.")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="B2" t="e"><v>#REF!</v></c>', "“#REF!” is a spreadsheet’s error"),
        ('<c r="B2"><v>6.37E+15</v></c>', "“6370000000000000” has more than 15 figures"),
        ('<c r="B2" s="1"><v>99999999</v></c>', "is shown as a day and is none"),
    ],
    ids=["an error", "a number that was rounded", "a day that is none"],
)
def test_a_cell_that_cannot_be_trusted_is_doubted(cell: str, words: str) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Assets"
    sheet["A1"] = date(2027, 1, 4)  # so that style 1 is a day
    rows = f'<row r="1">{INLINE.format("A1", "Asset")}{INLINE.format("B1", "Serial")}</row><row r="2">{INLINE.format("A2", "x")}{cell}</row>'
    whole = f"<sheetData>{rows}</sheetData></worksheet>"
    raw = changed(saved(book), "xl/worksheets/sheet1.xml", lambda old: old[: old.index(b"<sheetData>")] + whole.encode())
    assert words in read(raw).doubts[0][1]


def test_text_comes_back_exactly_as_it_was_written() -> None:
    words = ("_x0041_", "a\nb", "tab\there", "<r>x</r>", "日本 🎒", "00012", "=SUM(A1)", "1.5E+10", "'quoted")
    raw = with_rows(
        '<row r="1">' + "".join(INLINE.format(f"{chr(65 + place)}1", f"h{place}") for place in range(2)) + "</row>"
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>Paper </t></r><r><t>files</t></r><rPh><t>aside</t></rPh></is></c>'
        + INLINE.format("B2", "a_x000D_&#10;b_x005F_x0041_") + "</row>"
    )  # fmt: skip
    assert read(raw).rows == [("Paper files", "a\nb_x0041_")]
    assert one(*words) == words
    shared = [text for text in words if not text.startswith("<r>")]
    assert read(with_shared_texts(["h"] * len(shared), shared)).rows == [tuple(shared)]


def test_sheets_are_offered_with_the_one_that_fits_best_and_hidden_ones_last() -> None:
    book = Workbook()
    first: Any = book.active
    first.title = "Read me"
    first.append(["How to use this", "Who to ask"])
    for title, state, headings in (
        ("Old", "hidden", HEADINGS),
        ("List", "visible", HEADINGS[:3]),
        ("Choices", "hidden", ["x"]),
        ("Empty", "visible", []),
    ):
        sheet: Any = book.create_sheet(title)
        sheet.append(list(headings))
        sheet.sheet_state = state
    sheets = workbook_file.sheets_of(saved(book), fit)
    assert [(sheet.title, sheet.is_hidden, sheet.fit) for sheet in sheets] == [("Read me", False, 0), ("List", False, 3), ("Old", True, 4)]
    assert workbook_file.best_of(sheets).title == "List"


def test_hidden_rows_are_read_and_said() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Assets"
    for row in (HEADINGS, ["Files"], ["Tapes"]):
        sheet.append(list(row))
    sheet.row_dimensions[2].hidden = True
    file = read(saved(book))
    assert len(file.rows) == 2
    assert "1 row is hidden in the spreadsheet and read all the same." in file.notes


def test_a_column_of_passwords_is_refused() -> None:
    with pytest.raises(Unreadable, match="would bring passwords"):
        read(workbook(["Asset", "Owner", "Password"], ["x", "y", "z"]))


@pytest.mark.parametrize(
    ("rows", "words"),
    [([["Asset", "Owner"]], "no rows below"), ([[]], "holds nothing"), ([["Asset"], *[["x"]] * 60], "more than 50 rows")],
    ids=["headings only", "nothing", "too many"],
)
def test_a_sheet_without_rows_or_with_too_many_gets_a_sentence(rows: list[list[str]], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        workbook_file.read(workbook(*rows), "Assets", fit, row_cap=50)


def test_another_programs_prefixes_are_read_too() -> None:
    raw = with_rows(f'<row r="1">{INLINE.format("A1", "Asset")}</row><row r="2">{INLINE.format("A2", "Files")}</row>')

    def prefixed(old: bytes) -> bytes:
        text = old.decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        return text.replace("xmlns=", "xmlns:x=").encode()

    assert read(changed(raw, "xl/worksheets/sheet1.xml", prefixed)).rows == [("Files",)]


def test_a_wrong_size_in_the_sheet_loses_nothing() -> None:
    raw = workbook(HEADINGS, ["Files", "Ola"], ["Tapes", "Ian"])
    lying = changed(raw, "xl/worksheets/sheet1.xml", lambda old: old.replace(b'ref="A1:D3"', b'ref="A1"'))
    assert lying != raw
    assert len(read(lying).rows) == 2
