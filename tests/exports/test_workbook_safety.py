"""Workbooks made to do harm, and files that are no workbooks, get a sentence and no time or memory."""

import time
import tracemalloc

import pytest

from exports import workbook_file
from exports.unreadable import Unreadable
from tests.exports.workbooks import HEADINGS, INLINE, changed, complaint, fit, packed, read, with_rows, with_shared_texts, workbook


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
