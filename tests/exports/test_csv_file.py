"""Every file a school might really send, and what comes of it."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.csv_cells import SPACES, trim
from exports.csv_file import RowProblem, Sheet, Unreadable, looks_damaged, read, write

FILES = Path(__file__).parents[1] / "fixtures" / "csv"
SCHOOL_ROWS = [("Pupil records", "Siân Pryce", "2026-09-01"), ("Staff “file”", "José Peña", "2026-10-01")]


def sheet(name: str) -> Sheet:
    return read((FILES / name).read_bytes())


def refusal(raw: bytes, **caps: int) -> str:
    with pytest.raises(Unreadable) as refused:
        read(raw, **caps)
    assert str(refused.value) == refused.value.sentence
    return refused.value.sentence


def written(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    return b"".join(write(headings, rows))


# Encodings


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("utf8.csv", "utf-8"),
        ("utf8_mark.csv", "utf-8-sig"),
        ("unicode_text_le.txt", "utf-16-le"),
        ("unicode_text_be.txt", "utf-16-be"),
        ("utf16_le_no_mark.csv", "utf-16-le"),
        ("utf16_be_no_mark.csv", "utf-16-be"),
    ],
)
def test_unicode_files_read_alike_and_need_no_remark(name: str, encoding: str) -> None:
    found = sheet(name)
    assert (found.headings, found.rows) == (("Name", "Owner", "Reviewed"), SCHOOL_ROWS)
    assert (found.encoding, found.notes, found.problems) == (encoding, (), ())


@pytest.mark.parametrize(("name", "encoding", "called"), [("windows_1252.csv", "cp1252", "Windows"), ("mac_roman.csv", "mac-roman", "older Mac")])
def test_a_guessed_encoding_is_right_and_is_said(name: str, encoding: str, called: str) -> None:
    found = sheet(name)
    assert (found.rows, found.encoding) == (SCHOOL_ROWS, encoding)
    assert found.notes == (f"The file is not UTF-8 and was read as {called} text. Look at names with accents before you save.",)


@pytest.mark.parametrize("name", ["mac_roman_mangled_once.csv", "utf8_mangled_once.csv"])
def test_letters_mangled_before_they_came_here_are_pointed_out(name: str) -> None:
    found = sheet(name)
    assert len(found.rows) == 2
    assert len(found.notes) == 1
    assert "damaged before this file was made" in found.notes[0]
    assert "on line 2" in found.notes[0]


def test_one_broken_letter_does_not_turn_the_others_into_windows_text() -> None:
    found = sheet("one_broken_letter.csv")
    assert found.rows[0][1] == "Siân Pryce"
    assert found.rows[1][1] == "José Pe\ufffda"
    assert found.notes[0] == "1 letter could not be read and shown as \ufffd."


# Line ends, quotation marks and separators


@pytest.mark.parametrize("name", ["cr_only.csv", "lf_only.csv"])
def test_every_kind_of_line_end_ends_a_line(name: str) -> None:
    found = sheet(name)
    assert found.rows == [("Pupil records", "Ola"), ("Staff file", "Hana")]
    assert found.line_numbers == [2, 3]


def test_line_ends_may_be_mixed() -> None:
    assert [row[1] for row in sheet("mixed_line_ends.csv").rows] == ["Ola", "Hana", "Gus"]


def test_a_cell_may_hold_lines_commas_and_doubled_quotation_marks() -> None:
    found = sheet("multi_line_cell.csv")
    assert found.rows[0] == ("Pupil records", 'First line\nsecond "quoted" line, with a comma', "Ola")
    assert found.line_numbers == [2, 4]
    assert (found.notes, found.problems) == ((), ())


def test_inches_survive_however_badly_they_are_quoted() -> None:
    found = sheet("inches.csv")
    models = [row[0] for row in found.rows]
    assert models == ['Macbook Pro 13""', 'Macbook Pro 13"', 'Macbook Pro 13" Retina', 'Macbook Pro 13"', "Macbook Air"]
    assert [row[1] for row in found.rows] == ["SN001", "SN002", "SN003", "SN004", "SN005"]
    assert found.notes == ("2 rows (lines 4, 5) have a quotation mark inside a cell. It was read as part of the text.",)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("name", "delimiter", "row"),
    [
        ("semicolons.csv", ";", ("Pupil records", "1,50", "held here, and there")),
        ("tabs.tsv", "\t", ("Pupil records", "held here, and there")),
        ("bars.csv", "|", ("Pupil records", "held here, and there", "Ola")),
        ("sep_line.csv", ";", ("Pupil records", "Ola")),
    ],
)
def test_the_separator_is_found(name: str, delimiter: str, row: tuple[str, ...]) -> None:
    found = sheet(name)
    assert (found.delimiter, found.rows[0]) == (delimiter, row)


def test_headings_with_two_separators_are_settled_by_the_rows() -> None:
    found = read(b"Name, full;Born, on;Note\nPenhale, Gus;2014-05-01;a\nWhitlow, Hana;1970-01-02;b, c, d\n")
    assert (found.delimiter, found.headings) == (";", ("Name, full", "Born, on", "Note"))


def test_lines_are_counted_from_the_top_of_the_file_even_below_a_sep_line() -> None:
    assert sheet("sep_line.csv").line_numbers == [3]


def test_a_list_of_one_column_is_not_cut_by_what_its_cells_hold() -> None:
    assert read(b"Notes\na; b; c\nd\n").rows == [("a; b; c",), ("d",)]


def test_an_open_quotation_mark_costs_its_own_row_and_none_below_it() -> None:
    found = sheet("open_quote_at_end.csv")
    assert [row[0] for row in found.rows] == ["Pupil records", "Staff file", "Visitors", "Keys"]
    assert found.problems == (RowProblem(3, 'A quotation mark (") opens a cell in this row and is never closed. Close it, or take it away.'),)


def test_an_open_quotation_mark_that_meets_another_further_down_is_found_on_its_own_line() -> None:
    found = sheet("open_quote_closed_later.csv")
    assert found.rows[1:] == [("Staff file", "locked", "Hana"), ("Visitors", "kept, signed", "Gus")]
    assert [problem.line for problem in found.problems] == [2]


def test_a_cell_that_swallowed_whole_rows_without_breaking_a_rule_is_pointed_out() -> None:
    found = sheet("runaway_quote.csv")
    assert found.notes == ("1 row (line 2) has a cell that holds what look like other rows. Look for a quotation mark that is not closed.",)


def test_spaces_around_quoted_cells_do_no_harm() -> None:
    assert sheet("spaces_before_quotes.csv").rows == [("Pupil records", "held here, and there", "Ola")]


def test_spaces_that_cannot_be_seen_are_trimmed_and_a_row_of_them_is_blank() -> None:
    found = sheet("trailing_spaces.csv")
    assert (found.headings, found.rows) == (("Name", "Owner"), [("Pupil records", "Ola")])
    assert found.notes == ("1 blank row was left out.",)


def test_trimming_knows_every_space_that_python_knows() -> None:
    assert {character for character in map(chr, range(0x3001)) if character.isspace()} == set(SPACES)


# Headings and the shape of rows


def test_repeated_and_blank_headings_get_names_of_their_own() -> None:
    found = sheet("same_heading_twice.csv")
    assert found.headings == ("Name", "Owner", "Name (2)", "Column 4", "name (3)")
    assert found.notes == (
        "More than 1 column is headed “Name”. Column 3 is called “Name (2)” here.",
        "Column 4 has no heading. It is called “Column 4” here.",
        "More than 1 column is headed “name”. Column 5 is called “name (3)” here.",
    )


def test_a_made_up_heading_never_takes_the_name_of_a_real_one() -> None:
    assert read(b"Name,Name,Name (2),,Column 4\na,b,c,d,e\n").headings == ("Name", "Name (3)", "Name (2)", "Column 4 (2)", "Column 4")


def test_columns_with_neither_heading_nor_content_are_left_out() -> None:
    found = sheet("blank_columns.csv")
    assert (found.headings, found.rows) == (("Name", "Owner"), [("Pupil records", "Ola"), ("Staff file", "Hana")])
    assert found.notes == ("3 blank columns were left out.",)


def test_a_title_above_the_headings_is_left_out_and_said() -> None:
    found = sheet("title_above.csv")
    assert found.headings == ("Name", "Owner", "Format")
    assert found.line_numbers == [4, 5]
    assert found.notes[0] == "Line 1, “Asset register 2026”, stands above the headings and was left out."


def test_short_rows_are_padded_and_long_rows_are_reported() -> None:
    found = sheet("ragged.csv")
    assert found.rows == [("Pupil records", "Ola", ""), ("Staff file", "Hana", "Cloud"), ("Visitors", "Gus", "Paper")]
    sentence = "This row has 2 cells more than there are headings. Put a cell that holds a comma in quotation marks."
    assert found.problems == ((3, sentence),)
    assert found.notes == ("1 row (line 2) has fewer cells than there are headings. The missing cells are read as blank.",)


def test_blank_rows_are_left_out_and_line_numbers_still_match_the_file() -> None:
    found = sheet("blank_rows.csv")
    assert found.line_numbers == [5, 8]
    assert found.notes[0] == "6 blank rows were left out."


def test_continuation_rows_are_kept_for_the_importer_to_judge() -> None:
    assert [row[1] for row in sheet("continuation_rows.csv").rows] == ["SN001", "", "", "SN002"]


def test_formula_cells_stay_text_and_lose_only_the_apostrophe_that_guards_them() -> None:
    assert sheet("formulas.csv").rows == [("=FALSE()", "=cmd|' /C calc'!A0"), ("+44 20 7946 0000", "@SUM(A1)")]


def test_leading_zeros_are_kept() -> None:
    assert sheet("eaten_serials.csv").rows[1] == ("Laptop 2", "0012345")


def test_the_digest_is_of_the_bytes_as_they_came() -> None:
    raw = (FILES / "utf8.csv").read_bytes()
    assert read(raw).digest == hashlib.sha256(raw).hexdigest()


# What is refused as a whole


def archive(part: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(part, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (archive("xl/workbook.xml"), "This is an Excel workbook. In Excel choose Save As, CSV UTF-8."),
        (archive("word/document.xml"), "This is a Word document."),
        (archive("DevicesWithInventory.csv"), "Unpack it and choose the CSV file inside."),
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Excel or Word file"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture."),
        (b"Name\n\x01\x02\x03\x04\x05\x06", "something other than text"),
        (b"\xef\xbb\xbf", "The file is empty."),
    ],
)
def test_a_file_of_another_kind_is_named(raw: bytes, words: str) -> None:
    assert words in refusal(raw)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.csv", "The file is empty."),
        ("only_blank.csv", "The file is empty."),
        ("only_headings.csv", "The file has headings but no rows below them."),
        ("nul_bytes.csv", "Line 2 holds a NUL character"),
        ("json_with_mark.csv", "This is a JSON file."),
        ("web_page.xls", "This is a web page, even if its name ends in .xls."),
        ("password_column.csv", "The column “Password” would bring passwords into the register, which never keeps them."),
    ],
)
def test_a_file_without_rows_to_take_is_refused_with_the_reason(name: str, words: str) -> None:
    assert words in refusal((FILES / name).read_bytes())


@pytest.mark.parametrize(
    "heading",
    [
        "password",
        "User Password",
        "userPassword",
        "PASSWD",
        "pwd",
        "Wi-Fi password",
        "Password [Required]",
        "Password (change at first sign-in)",
        "Pass word",
        "Activation lock bypass code",
    ],
)
def test_passwords_are_refused_in_every_spelling(heading: str) -> None:
    sentence = refusal(f"User,{heading}\nola,hunter2\n".encode())
    assert heading in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    "heading",
    ["Password last set", "Password policy", "Change password at next sign-in", "Is it password protected?", "Passcode status", "Passport office"],
)
def test_a_heading_about_passwords_is_not_a_password(heading: str) -> None:
    assert read(f"User,{heading}\nola,yes\n".encode()).headings == ("User", heading)


def test_caps_are_kept() -> None:
    raw = b"Name\n" + b"a\n" * 10
    assert len(read(raw, row_cap=10).rows) == 10
    assert refusal(raw, row_cap=9) == "The file has more than 9 rows. Split it into smaller files."
    assert refusal(raw, byte_cap=20).startswith("The file is larger than")
    assert "more than 256 columns" in refusal(b",".join(b"h%d" % number for number in range(257)) + b"\n1\n")


def test_a_title_does_not_cost_a_row_of_the_cap() -> None:
    assert len(read(b"Title,,\na,b,c\n" + b"1,2,3\n" * 10, row_cap=10).rows) == 10


def test_a_million_formatted_blank_rows_are_only_blank_rows() -> None:
    found = read(b"Name,Owner\nPupil records,Ola\n" + b",\n" * 100_000)
    assert (len(found.rows), found.notes) == (1, ("100,000 blank rows were left out.",))


# Writing


def test_a_written_file_is_what_excel_expects() -> None:
    assert written(["Name", "Owner"], [["Pupil records", "Siân"]]) == b"\xef\xbb\xbfName,Owner\r\nPupil records,Si\xc3\xa2n\r\n"


def test_a_register_without_records_is_written_as_its_headings() -> None:
    assert written(["Name"], []) == b"\xef\xbb\xbfName\r\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 20 7946 0000", "+442079460000", "-SUM(A1)", "@A1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A1", " =1", "'=1", "-5+A1"]
)
def test_no_cell_is_written_that_a_spreadsheet_would_run(cell: str) -> None:
    [_, [out]] = list(csv.reader(io.StringIO(written(["H"], [[cell]]).decode("utf-8-sig"), newline="")))
    assert out == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-0.75", "5", "a=b", "'tis", "", "a-b", "2026-11-23"])
def test_numbers_and_ordinary_words_are_written_as_they_are(cell: str) -> None:
    [_, [_, out]] = list(csv.reader(io.StringIO(written(["G", "H"], [["x", cell]]).decode("utf-8-sig"), newline="")))
    assert out == cell


def test_the_first_bytes_leave_before_later_rows_are_drawn() -> None:
    drawn: list[int] = []

    def rows() -> Iterator[list[str]]:
        for number in range(2_000):
            drawn.append(number)
            yield [str(number)]

    chunks = write(["Number"], rows())
    assert next(chunks).startswith(b"\xef\xbb\xbfNumber\r\n0\r\n")
    assert len(drawn) == 500
    assert sum(chunk.count(b"\r\n") for chunk in chunks) == 1_500


any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
tricky_text = st.text(st.sampled_from("'=+-@\t\r\n \u200b\u00a0\",;|＝a1."), max_size=8)


@given(st.lists(st.tuples(any_text | tricky_text, any_text | tricky_text, any_text | tricky_text), min_size=1, max_size=20))
def test_what_is_written_reads_back_the_same(rows: list[tuple[str, str, str]]) -> None:
    expected = [tuple(trim(cell.replace("\r\n", "\n").replace("\r", "\n")) for cell in row) for row in rows]
    expected = [row for row in expected if any(row)]
    raw = written(["First name", "Notes", "Owner"], rows)
    if not expected:
        assert "no rows below" in refusal(raw)
        return
    found = read(raw)
    assert found.rows == expected
    assert found.problems == ()


@given(st.binary(max_size=400) | st.text(st.sampled_from("\"'\n\r,;\t| ab=é"), max_size=60).map(str.encode))
def test_any_bytes_give_rows_or_a_sentence(raw: bytes) -> None:
    try:
        found = read(raw)
    except Unreadable as refused:
        assert refused.sentence.endswith(".")  # noqa: PT017 - either outcome is right
        return
    assert len(found.rows) == len(found.line_numbers) > 0
    assert {len(row) for row in found.rows} == {len(found.headings)}
    assert len({heading.casefold() for heading in found.headings}) == len(found.headings)
    assert list(found.line_numbers) == sorted(set(found.line_numbers))


@pytest.mark.parametrize("cell", ["6.37E+15", "6,37E+15", "1.2e+07", "356938035643809000", "12345.0", "#NAME?", "########"])
def test_an_identifier_that_a_spreadsheet_ate_is_noticed(cell: str) -> None:
    sentence = looks_damaged(f" {cell} ")
    assert sentence is not None
    assert f"“{cell}”" in sentence


@pytest.mark.parametrize("cell", ["", "1E10", "0012345", "SN-E+15", "356938035643809", "10.4", "C02XL0ABJGH5", "#12"])
def test_a_whole_identifier_is_left_alone(cell: str) -> None:
    assert looks_damaged(cell) is None
