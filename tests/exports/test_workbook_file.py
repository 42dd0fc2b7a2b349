"""Workbooks as schools have them are read; workbooks made to do harm get a sentence."""

import time
import tracemalloc
from collections.abc import Sequence
from datetime import date, datetime
from datetime import time as clock_time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exports import workbook_file
from exports.unreadable import Unreadable
from registry.importing.uploads import FileRows
from tests.exports.workbooks import changed, fit, packed, saved, with_rows, with_shared_texts, workbook

HEADINGS = ("Asset", "Owner", "Next review", "Format")
INLINE = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def read(raw: bytes, title: str = "Assets") -> FileRows:
    return workbook_file.read(raw, title, fit)


def one(*cells: Any) -> Sequence[str]:
    """What one row of cells under as many headings is read as."""
    return read(workbook([f"Heading {place}" for place in range(len(cells))], cells)).rows[0]


def complaint(raw: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        workbook_file.sheets_of(raw, fit)
    return caught.value.sentence


# --- what people have ------------------------------------------------------------------------------------------------


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


# --- what attackers make ---------------------------------------------------------------------------------------------


def test_a_million_empty_formatted_rows_do_not_hurt() -> None:
    rows = [f'<row r="1">{INLINE.format("A1", "Asset")}</row>', f'<row r="2">{INLINE.format("A2", "Files")}</row>']
    rows += [f'<row r="{line}" s="1" customFormat="1"><c r="A{line}" s="1"/><c r="B{line}" s="1"></c></row>' for line in range(3, 1_000_001)]
    rows.append(f'<row r="1000001">{INLINE.format("A1000001", "Tapes")}</row>')
    raw = with_rows("".join(rows))
    begun = time.process_time()
    file = read(raw)
    assert time.process_time() - begun < 8
    assert (file.rows, file.lines) == ([("Files",), ("Tapes",)], [2, 1_000_001])


DECLARES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_are_refused_in_every_part(part: str, encoding: str) -> None:
    def bombed(old: bytes) -> bytes:
        text = old.decode()
        start = text.index("<", text.index("?>")) if text.startswith("<?xml") else 0
        return (DECLARES.decode() + text[start:]).encode(encoding)

    raw = changed(with_shared_texts(HEADINGS, ["Files", "Ola"]), part, bombed)
    with pytest.raises(Unreadable):
        read(raw)


def test_zip_bombs_are_refused_before_they_are_unpacked() -> None:
    row = b'<row r="5"><c r="A5"><v>1</v></c></row>'
    bomb = changed(workbook(HEADINGS), "xl/worksheets/sheet1.xml", lambda old: old.replace(b"</sheetData>", row * 6_000_000 + b"</sheetData>"))
    tracemalloc.start()
    try:
        begun = time.process_time()
        assert complaint(bomb).startswith("Too much would come out of this workbook.")
        assert time.process_time() - begun < 1
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<row r='1'>" + "<c r='A1'><v>1</v></c>" * 250_000 + "</row>", "Too much"),
        (f'<row r="1">{INLINE.format("XFD1", "x")}</row>', "column XFD"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "damaged"),
        ('<row r="x"><c r="A1"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>abc</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>1</v></row>', "damaged"),
        ('<row r="1"><c r="A1" s="9999999"><v>1</v></c></row>', "damaged"),
    ],
    ids=["an endless row", "a far column", "a text that is not there", "no number", "no value", "broken XML", "no such look"],
)
def test_sheets_that_make_no_sense_get_a_sentence(xml: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(with_rows(xml + "<row r='9'><c r='A9'><v>1</v></c></row>"))


def test_a_text_without_end_among_those_shared_is_refused() -> None:
    raw = changed(
        with_shared_texts(["Asset"], ["x"]), "xl/sharedStrings.xml", lambda old: old.replace(b"</si>", b"<r><t>a</t></r>" * 300_000 + b"</si>", 1)
    )
    assert complaint(raw).startswith("Too much")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (OLE, "older Excel file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}), "OpenDocument"),
        (packed({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "Word document"),
        (packed({"xl/workbook.bin": b"x", "[Content_Types].xml": b"<a/>"}), "binary workbook"),
        (packed({"Index/Document.iwa": b"x"}), "Numbers"),
        (packed({"list.csv": b"a,b"}), "packed"),
        (packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "damaged"),
        (b"PK\x03\x04" + bytes(300), "damaged"),
        (workbook(HEADINGS, ["x"])[:-200], "damaged"),
        (packed({f"part{number}.xml": b"" for number in range(5_100)}), "packed|Too much"),
        (b"PK\x03\x04" + bytes(11 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["xls", "encrypted", "ods", "docx", "xlsb", "numbers", "zip", "empty parts", "noise", "cut off", "many parts", "too large"],
)  # fmt: skip
def test_other_files_are_named_with_what_to_do(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        workbook_file.sheets_of(raw, fit)


def test_merged_cells_without_number_are_refused() -> None:
    rows = "".join(f'<row r="{line}">{INLINE.format(f"A{line}", "x")}</row>' for line in range(1, 3_000))
    merges = "".join('<mergeCell ref="A1:A3000"/>' for _ in range(500))
    raw = changed(
        with_rows(rows),
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges.encode() + b"</mergeCells>"),
    )
    with pytest.raises(Unreadable, match="too many merged cells"):
        read(raw)
