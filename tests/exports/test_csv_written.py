"""What is written is what a spreadsheet expects, runs nowhere, and reads back the same."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.csv_cells import trim
from exports.csv_file import read, write
from tests.exports.csv_files import refusal, written


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
