"""A register as a workbook: every kind of answer as what it is, and back again exactly, by property."""

import tempfile
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from exports import brought, register_csv, register_template, register_xlsx, sealed_text, selection, settling
from exports.csv_cells import trim
from exports.selection import Chosen
from models import doors, put_away
from models.audit import AuditEntry
from registry import placing, records
from registry.access import Deed, Forbidden, may
from registry.catalogue import REGISTERS
from registry.definition import Question, Register
from registry.importing.uploads import Decided, FileRows
from registry.importing.verdicts import Verdict, judge
from registry.kinds import kind_of
from registry.lists.views import View
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.schema import questions_for, read_answers, schema_for
from registry.trace.audit import Happened, recording
from tests.exports.test_register_csv import add_some_everywhere

pytestmark = pytest.mark.usefixtures("in_quillbrook")

FIRST_DAY = date(1900, 1, 1)
EVIL = ("=1+1", "+44 20", "@x", "-", "'", "<r>x</r>", "_x0041_", "_x005F_", "0012", "1.5E+10", "#REF!", "TRUE", "a;b", "\u200b", "N/A", "&amp;<x>")


def workbook_of(chosen: Chosen | list[Chosen], occasion: Occasion) -> bytes:
    return b"".join(register_xlsx.export(chosen if isinstance(chosen, list) else [chosen], occasion))


def opened(raw: bytes, folder: Path) -> Any:
    path = folder / "opened.xlsx"
    path.write_bytes(raw)
    return load_workbook(path)


# --- how it looks ----------------------------------------------------------------------------------------------------


def test_days_are_days_numbers_numbers_and_identifiers_text(occasion: Occasion, tmp_path: Path) -> None:
    answers = {
        "name": "=Minibus keys",
        "owner": "0012",
        "format": "paper",
        "next_review_on": "2027-01-04",
        "recover_within_hours": "450",
        "notes": "a\nb",
    }
    records.add(ASSETS, read_answers(schema_for(ASSETS, occasion.by, Deed.ADD), answers, partial=True), occasion)
    sheet = opened(workbook_of(selection.everything(ASSETS, occasion.by), occasion), tmp_path)["Information assets"]
    found = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert [found[name].data_type for name in ("Reference", "Asset", "Owner", "Next review", "Back within (hours)")] == ["s", "s", "s", "d", "n"]
    assert (found["Asset"].value, found["Owner"].value) == ("=Minibus keys", "0012")
    assert (found["Owner"].number_format, found["Next review"].number_format) == ("@", "d mmm yyyy")
    assert found["Next review"].value.date() == date(2027, 1, 4)
    assert (sheet.freeze_panes, sheet.auto_filter.ref.partition(":")[0]) == ("C2", "A1")


def test_choices_are_drop_downs_from_a_hidden_sheet_and_several_choices_are_explained(occasion: Occasion, tmp_path: Path) -> None:
    book = opened(workbook_of(selection.everything(ASSETS, occasion.by), occasion), tmp_path)
    sheet = book["Information assets"]
    places = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).partition(":")[0].rstrip("2"): rule for rule in sheet.data_validations.dataValidation}
    source = rules[places["Format"]].formula1.removeprefix("Choices!").replace("$", "")
    assert [cell[0].value for cell in book["Choices"][source]] == [word.label for word in ASSETS.questions["format"].column.words]  # type: ignore[union-attr]
    assert book["Choices"].sheet_state == "hidden"
    assert places["Whose data"] not in rules
    assert "with semicolons between them" in sheet[f"{places['Whose data']}1"].comment.text


def test_a_whole_school_is_a_sheet_for_each_register(occasion: Occasion, tmp_path: Path) -> None:
    records.add(SUPPLIERS, {"name": "Larch Ltd"}, occasion)
    chosen = register_xlsx.whole_school(occasion.by)
    names = opened(workbook_of(chosen, occasion), tmp_path).sheetnames
    taken = [register for register in REGISTERS if may(occasion.by, Deed.EXPORT, register)]
    assert names == [register.heading for register in taken] + ["Choices"]
    assert "Image flags" not in names, "nobody takes them away"
    noted = AuditEntry.select().where(AuditEntry.deed == Happened.EXPORTED.value)
    assert {entry.subject for entry in noted} == {register.table._meta.table_name for register in taken}


def test_nobody_takes_away_more_than_they_may(occasion: Occasion, ola: Any, tmp_path: Path) -> None:
    theirs = replace(occasion, by=ola.actor)
    with pytest.raises(Forbidden):
        register_xlsx.whole_school(ola.actor)
    with pytest.raises(Forbidden):
        register_xlsx.export([selection.everything(ASSETS, ola.actor)], theirs)
    assert not AuditEntry.select().where(AuditEntry.deed == Happened.EXPORTED.value).count()


# --- what is left on the disk -----------------------------------------------------------------------------------------


def names_on_disk(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The temporary files that are made from now on."""
    made: list[Any] = []
    really = tempfile.TemporaryFile
    monkeypatch.setattr(put_away.tempfile, "TemporaryFile", lambda: (made.append(really()), made[-1])[1])
    return made


def test_rows_wait_sealed_and_are_forgotten_when_sent_or_given_up(occasion: Occasion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fill_more(occasion, 1_500)
    (tmp_path / "waiting").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "waiting"))
    monkeypatch.setattr(sealed_text, "PIECE", 50_000)
    for end in (b"".join, lambda file: next(iter(file)), lambda file: file.close()):
        made = names_on_disk(monkeypatch)
        file = register_xlsx.export([selection.everything(ASSETS, occasion.by)], occasion)
        (waiting,) = made
        waiting.seek(0)
        held = waiting.read()
        assert len(held) > 50_000
        assert b"Brandt" not in held
        assert b"inlineStr" not in held
        end(file)
        assert waiting.closed
        assert list((tmp_path / "waiting").iterdir()) == []


def test_a_workbook_that_cannot_be_finished_leaves_nothing(occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_all: Any) -> Any:
        yield from (("IA-0001", *["x"] * 5) for _row in range(10_000))
        raise OSError("the disk is full")

    made = names_on_disk(monkeypatch)
    monkeypatch.setattr(register_xlsx, "rows", breaks)
    view = View(columns=("owner", "format", "description", "location"))
    with pytest.raises(OSError, match="full"):
        register_xlsx.export([selection.as_listed(ASSETS, view, occasion.by)], occasion)
    assert [each.closed for each in made] == [True]


def test_memory_does_not_grow_with_the_register(occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_text, "PIECE", 20_000)
    chosen = selection.as_listed(ASSETS, View(columns=("owner", "format")), occasion.by)
    most = []
    register_xlsx.export([chosen], occasion).close()
    for count in (500, 3_500):
        fill_more(occasion, count)
        tracemalloc.start()
        register_xlsx.export([chosen], occasion).close()
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < most[0] * 1.3


def fill_more(occasion: Occasion, count: int) -> None:
    with recording(occasion.by, occasion.at) as trace:
        number = placing.next_number(ASSETS, occasion.by)
        insert_many(trace, ASSETS, ({"name": f"Asset {number + n}", "owner": "Ola Brandt"} for n in range(count)), occasion, number=number)


# --- the way back ----------------------------------------------------------------------------------------------------


def taken_in(register: Register, raw: bytes, occasion: Occasion, sheet: str = "") -> FileRows:
    file = brought.rows_of(raw, sheet, register, occasion.by) if sheet else brought.take_in(raw, register, occasion.by)
    assert isinstance(file, FileRows)
    return file


def judged(register: Register, file: FileRows, occasion: Occasion, without: tuple[str, ...] = ()) -> Any:
    columns = settling.columns_of(register, file, occasion.by)
    worked_out = {each.label for each in register.questions.values() if not may(occasion.by, Deed.ADD, register, each)}
    assert {column.heading for column in columns if column.answers is None} <= worked_out
    for column in columns:
        column.answers = None if column.heading in without else column.answers
    return judge(register, file, settling.reading_of(register, settling.decided(columns, Decided()), occasion.by), occasion.by)


def test_every_answer_of_every_register_comes_back_as_the_same(occasion: Occasion, tmp_path: Path) -> None:
    registers = add_some_everywhere(occasion, 30)
    whole = workbook_of(register_xlsx.whole_school(occasion.by), occasion)
    for register in registers:
        file = taken_in(register, whole, occasion, register.heading)
        assert {row.verdict for row in judged(register, file, occasion).rows} == {Verdict.SAME}


def texts(most: int) -> some.SearchStrategy[str]:
    """What people and programs write, with what spreadsheets stumble over; what cannot be seen at its ends is taken off on every way in."""
    letters = some.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
    return some.one_of(some.sampled_from(EVIL), some.text(letters, max_size=most)).map(trim)


def answers_to(question: Question) -> some.SearchStrategy[Any]:
    """What could be typed into a question, whatever its kind."""
    words: Any = getattr(question.column, "words", ())
    return {
        "number": some.integers(0, 2_000_000_000).map(str),
        "day": some.integers(0, 109_000).map(lambda days: (FIRST_DAY + timedelta(days=days)).isoformat()),
        "choice": some.sampled_from([word.value for word in words] or [""]),
        "choices": some.lists(some.sampled_from([word.value for word in words] or [""]), max_size=4),
        "lines": some.lists(texts(30), max_size=4).map("\n".join),
        "text": texts(120),
        "line": texts(40),
        "sealed": texts(40),
    }[kind_of(question.column).name]


ASKED = [question for question in ASSETS.columns if question is not ASSETS.title]
ONE_ANSWER = some.sampled_from(ASKED).flatmap(lambda question: some.tuples(some.just(question.name), answers_to(question)))
ANSWERS = some.lists(some.lists(ONE_ANSWER, max_size=8).map(dict), min_size=2, max_size=5)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True, phases=[Phase.generate])
@given(typed=ANSWERS)
def test_out_and_into_an_empty_school_and_out_again_gives_the_same_cells(
    kind: str, typed: list[dict[str, Any]], occasion: Occasion, elsewhere: Occasion
) -> None:
    schema = schema_for(ASSETS, occasion.by, Deed.ADD)
    answers = [read_answers(schema, {**each, "name": f"Thing {place}"}, partial=True) for place, each in enumerate(typed)]
    carry(kind, answers, (occasion, elsewhere))


def carry(kind: str, answers: list[dict[str, Any]], at: tuple[Occasion, Occasion]) -> None:
    """Write records of one school into a file, judge it in the other, and compare with what that would write of them."""
    here, there = at
    chosen = selection.everything(ASSETS, here.by)
    cells = list(rows_with(answers, here, chosen))
    raw = b"".join(register_csv.write(chosen.headings, cells)) if kind == "csv" else as_workbook(chosen, cells, here)
    file = taken_in(ASSETS, raw, here)
    assert there.by.school
    with doors.looking_at(there.by.school):
        preview = judged(ASSETS, file, there, without=("Reference",))
        refused = [sentence for row in preview.rows for sentence in row.problems.values()]
        assert not refused or (kind == "csv" and all("spreadsheet" in sentence or "decimal" in sentence for sentence in refused))
        new = [row for row in preview.rows if row.verdict is Verdict.NEW]
        again = list(rows_with([row.answers for row in new], there, selection.everything(ASSETS, there.by)))
    kept = [cells[row.place][1:] for row in new]
    assert [row[1:] for row in again] == kept


def rows_with(answers: list[dict[str, Any]], occasion: Occasion, chosen: Chosen) -> Any:
    """The cells of new records with these answers."""
    words = {question.name: kind_of(question.column) for question in chosen.questions}
    for number, each in enumerate(answers, 1):
        yield (f"IA-{number:04d}", *(words[question.name].cell(each.get(question.name)) for question in chosen.questions))


def as_workbook(chosen: Chosen, cells: list[Any], occasion: Occasion) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register_xlsx, "rows", lambda *_all: iter(cells))
        return b"".join(register_xlsx.written("x", occasion.at, [register_xlsx.page_of(chosen, occasion)]))


def test_an_empty_template_has_a_heading_for_everything_and_explains_it(occasion: Occasion, tmp_path: Path) -> None:
    for register in (each for each in REGISTERS if may(occasion.by, Deed.ADD, each)):
        raw = b"".join(register_template.empty(register, occasion.by, occasion.at))
        book = opened(raw, tmp_path)
        sheet = book[register.heading]
        asked = {question.label: question for question in questions_for(register, occasion.by, Deed.ADD)}
        assert {cell.value for cell in sheet[1]} == {"Reference", *asked}
        assert all(asked[cell.value].ask in cell.comment.text for cell in sheet[1] if cell.value in asked)
        assert sheet.max_row == 1
        assert [cell.value for cell in book["What each column means"]["A"][2:]] == [each.label for each in questions_for(register, occasion.by)]


def test_a_template_that_was_filled_in_comes_in_without_a_question(occasion: Occasion, tmp_path: Path) -> None:
    book = opened(b"".join(register_template.empty(ASSETS, occasion.by, occasion.at)), tmp_path)
    sheet = book["Information assets"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in {"Asset": "Paper files", "Format": "Paper", "Next review": date(2027, 1, 4), "Back within (hours)": 30}.items():
        sheet.cell(2, places[heading], value)
    book.save(tmp_path / "filled.xlsx")
    file = taken_in(ASSETS, (tmp_path / "filled.xlsx").read_bytes(), occasion)
    (row,) = judged(ASSETS, file, occasion).rows
    assert row.answers == {"name": "Paper files", "format": "paper", "next_review_on": date(2027, 1, 4), "recover_within_hours": 30}
