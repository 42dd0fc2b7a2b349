"""Every file a school might really send, and what comes of it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.csv_cells import SPACES
from exports.csv_file import RowProblem, Unreadable, looks_damaged, read
from tests.exports.csv_files import FILES, SCHOOL_ROWS, sheet

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
