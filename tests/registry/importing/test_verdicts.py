"""What would become of each row of a file, and what is said of those that cannot be taken."""

from datetime import date
from typing import Any

import pytest

from models import doors
from registry import records
from registry.importing.reading import Reading
from registry.importing.verdicts import Verdict, judge
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.registry.importing.rows_in_files import file, judged, one

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def test_a_row_of_an_unknown_name_is_new(occasion: Occasion) -> None:
    row = one(["name", "format", "next_review_on"], ["Paper files", "Paper", "2027-01-04"], occasion.by)
    assert (row.verdict, row.answers["name"], row.answers["format"].value, row.answers["next_review_on"]) == (
        Verdict.NEW, "Paper files", "paper", date(2027, 1, 4),
    )  # fmt: skip


def test_a_row_of_a_known_name_changes_what_differs_whatever_its_capitals(occasion: Occasion) -> None:
    known = records.add(ASSETS, {"name": "Paper files", "location": "Office"}, occasion)
    row = one(["name", "location", "description"], ["PAPER  files", "Attic", ""], occasion.by)
    assert (row.verdict, row.record, row.before, row.answers) == (Verdict.CHANGES, known.id, {"location": "Office"}, {"location": "Attic"})


def test_a_blank_cell_leaves_the_answer_as_it_is(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files", "location": "Office"}, occasion)
    assert one(["name", "location"], ["Paper files", ""], occasion.by).verdict is Verdict.SAME


def test_a_reference_goes_before_the_name(occasion: Occasion) -> None:
    known = records.add(ASSETS, {"name": "Paper files"}, occasion)
    row = one(["reference", "name"], ["ia-1", "Pupil files"], occasion.by)
    assert (row.verdict, row.record, row.answers) == (Verdict.CHANGES, known.id, {"name": "Pupil files"})


@pytest.mark.parametrize(
    ("reference", "words"), [("IA-0099", "no information asset IA-0099"), ("SU-0001", "not a reference"), ("banana", "not a reference")]
)
def test_a_reference_that_leads_nowhere_is_refused(occasion: Occasion, reference: str, words: str) -> None:
    row = one(["reference", "name"], [reference, "Pupil files"], occasion.by)
    assert row.verdict is Verdict.REFUSED
    assert words in row.problems["reference"]


def test_a_name_that_two_records_have_is_refused(occasion: Occasion) -> None:
    for _ in range(2):
        records.add(ASSETS, {"name": "Filing cabinet"}, occasion)
    row = one(["name"], ["filing cabinet"], occasion.by)
    assert row.verdict is Verdict.REFUSED
    assert row.problems["name"].startswith("2 information assets are called")


def test_the_second_row_of_one_name_is_refused_with_the_line_of_the_first(occasion: Occasion) -> None:
    first, second = judged(["name"], [["Paper files"], ["paper files"]], occasion.by).rows
    assert (first.verdict, second.verdict) == (Verdict.NEW, Verdict.REFUSED)
    assert "line 2" in second.problems["name"]


def test_a_row_without_a_name_is_reported_and_not_made_a_record(occasion: Occasion) -> None:
    row = one(["name", "location"], ["", "second shelf"], occasion.by)
    assert row.verdict is Verdict.REFUSED
    assert "carries on the row above" in row.problems["name"]


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("format", "papyrus", "not one of the choices"),
        ("next_review_on", "31 June 2026", "June 2026 has 30 days."),
        ("recover_within_hours", "soon", "whole number"),
        ("name", "x" * 201, "200 characters or fewer"),
        ("suppliers", "Nobody Ltd", "There is no supplier called “Nobody Ltd”"),
        ("suppliers", "SU-0042", "There is no supplier SU-0042 here."),
    ],
)
def test_a_cell_that_cannot_be_an_answer_is_refused_with_a_sentence(occasion: Occasion, column: str, text: str, words: str) -> None:
    row = one(["name", column] if column != "name" else ["name"], ["Paper files", text] if column != "name" else [text], occasion.by)
    assert row.verdict is Verdict.REFUSED
    assert words in row.problems[column]


def test_a_damaged_cell_is_refused_unless_the_answer_is_exactly_that_already(occasion: Occasion) -> None:
    def damage(text: str) -> str | None:
        return "damaged" if "E+" in text else None

    records.add(ASSETS, {"name": "6.37E+15"}, occasion)
    assert one(["name"], ["6.38E+15"], occasion.by, damage=damage).problems == {"name": "damaged"}
    assert one(["reference", "name"], ["IA-1", "6.37E+15"], occasion.by, damage=damage).verdict is Verdict.SAME


def test_a_mended_cell_takes_the_place_of_the_one_in_the_file(occasion: Occasion) -> None:
    row = one(["name", "format"], ["Paper files", "papyrus"], occasion.by, mended={0: {"format": "paper"}})
    assert row.verdict is Verdict.NEW


def test_a_row_left_out_is_not_looked_at(occasion: Occasion) -> None:
    assert one(["name"], [""], occasion.by, left_out=frozenset({0})).verdict is Verdict.LEFT_OUT


def test_what_the_reader_of_files_refused_stays_refused(occasion: Occasion) -> None:
    kept = file(["name"], ["Paper files"], problems={2: "Too many cells."})
    assert judge(ASSETS, kept, Reading(("name",)), occasion.by).rows[0].problems == {"": "Too many cells."}


def test_an_archived_record_is_not_changed_and_its_name_is_free(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.archive(ASSETS, row, occasion)
    assert "archived" in one(["reference", "name"], ["IA-1", "Other"], occasion.by).problems[""]
    assert one(["reference", "name"], ["IA-1", "Paper files"], occasion.by).verdict is Verdict.SAME
    assert one(["name"], ["Paper files"], occasion.by).verdict is Verdict.NEW


def test_a_record_of_another_school_is_never_matched(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Paper files"}, elsewhere)
        records.add(SUPPLIERS, {"name": "Brightcloud"}, elsewhere)
    assert one(["name"], ["Paper files"], occasion.by).verdict is Verdict.NEW
    assert one(["reference", "name"], ["IA-1", "Paper files"], occasion.by).problems["reference"] == "There is no information asset IA-0001 here."
    assert one(["name", "suppliers"], ["Paper files", "SU-0001; Brightcloud"], occasion.by).verdict is Verdict.REFUSED


def test_linked_records_are_named_by_reference_or_exact_name(occasion: Occasion) -> None:
    first, second = (records.add(SUPPLIERS, {"name": name}, occasion) for name in ("Brightcloud", "Papers; Pens Ltd"))
    named = judged(["name", "suppliers"], [["A", "su-1; SU-0002"], ["B", "brightcloud"], ["C", "Papers; Pens Ltd"]], occasion.by).rows
    assert [row.answers["suppliers"] for row in named] == [(first.id, second.id), (first.id,), (second.id,)]


def test_without_a_column_of_names_a_row_needs_its_reference(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files"}, occasion)
    known, nameless = judged(["reference", "location"], [["IA-1", "Attic"], ["", "Cellar"]], occasion.by).rows
    assert (known.verdict, nameless.verdict, [*nameless.problems]) == (Verdict.CHANGES, Verdict.REFUSED, [""])


def test_a_name_in_a_form_that_cannot_be_read_is_refused_once(occasion: Occasion) -> None:
    assert [*one(["name"], ["x" * 201], occasion.by).problems.values()] == ["Use 200 characters or fewer. You have used 201."]


def test_the_mark_of_a_preview_moves_with_every_answer(occasion: Occasion) -> None:
    marks = {judged(["name", "location"], [["Paper files", place]], occasion.by).mark for place in ("Attic", "Cellar", "Attic")}
    assert len(marks) == 2
