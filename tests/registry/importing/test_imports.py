"""A file becomes records: judged row by row, saved whole or not at all, traced record by record."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.link import Link
from models.statements import rows_of
from models.upload import Upload
from registry import records
from registry.access import Forbidden
from registry.definition import Register
from registry.importing import imports, uploads
from registry.importing.imports import GoneAlready, NotAsShown
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import Judged, Preview, Verdict, judge
from registry.many.bulk import insert_many
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone
from registry.trace.audit import Happened, changes_of, recording
from registry.trace.verification import verify_chain, verify_rows

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def file(headings: Sequence[str], *rows: Sequence[str], problems: Mapping[int, str] | None = None) -> FileRows:
    return FileRows(headings, [list(row) for row in rows], [*range(2, len(rows) + 2)], problems or {}, [], "f" * 64)


def judged(columns: Sequence[str], rows: Sequence[Sequence[str]], by: Any, register: Register = ASSETS, **more: Any) -> Preview:
    return judge(register, file(columns, *rows), Reading(tuple(columns), **more), by)


def one(columns: Sequence[str], row: Sequence[str], by: Any, **more: Any) -> Judged:
    return judged(columns, [row], by, **more).rows[0]


def save(columns: Sequence[str], rows: Sequence[Sequence[str]], occasion: Occasion, register: Register = ASSETS) -> imports.Outcome:
    kept = file(columns, *rows)
    upload = uploads.keep(register, kept, occasion.by, occasion.at)
    reading = Reading(tuple(columns))
    return imports.save(register, upload, reading, occasion, shown=judge(register, kept, reading, occasion.by).mark)


def assert_all_verifies(school: Any) -> None:
    assert [*verify_chain(school.id), *verify_rows()] == []


# --- verdicts ---------------------------------------------------------------------------------------------------------


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


# --- saving -----------------------------------------------------------------------------------------------------------


def test_saving_adds_and_changes_with_one_entry_each_and_one_for_the_file(occasion: Occasion, school: Any) -> None:
    known = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    before = AuditEntry.select().count()
    rows = [["Paper files", "Ian Sollis"], ["Pupil database", "Dev Marchetti"], ["Accident book", ""]]
    outcome = save(["name", "owner"], rows, occasion)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (2, 1, 0)
    assert {row.name: row.owner for row in Asset.select()} == {"Paper files": "Ian Sollis", "Pupil database": "Dev Marchetti", "Accident book": None}
    assert AuditEntry.select().count() == before + 3 + 1 + 1, "the records, the file, and that all this was one deed"
    entry = AuditEntry.select().where(AuditEntry.subject == "upload").get()
    assert {name: new for name, (_old, new) in (changes_of(entry) or {}).items()} == {
        "register": "assets", "file": "f" * 64, "added": 2, "changed": 1, "unchanged": 0, "left_out": 0,
    }  # fmt: skip
    assert records.find(ASSETS, known.id, occasion.by).version == 2
    assert not Upload.select().count()
    assert_all_verifies(school)


def test_links_come_in_with_their_other_ends(occasion: Occasion, school: Any) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Brightcloud"}, occasion)
    known = records.add(ASSETS, {"name": "Old", "suppliers": (supplier.id,)}, occasion)
    save(["name", "suppliers"], [["A", "SU-0001"], ["B", "Brightcloud"], ["Old", "SU-1"]], occasion)
    found = records.find(SUPPLIERS, supplier.id, occasion.by)
    assert len(records.answers_of(SUPPLIERS, found, occasion.by)["assets"]) == 3
    assert (found.version, records.find(ASSETS, known.id, occasion.by).version) == (3, 1)
    assert Link.select().count() == 6
    assert_all_verifies(school)


def test_links_of_a_record_that_is_there_are_changed(occasion: Occasion, school: Any) -> None:
    records.add(SUPPLIERS, {"name": "Brightcloud"}, occasion)
    records.add(SUPPLIERS, {"name": "Otherwise"}, occasion)
    known = records.add(ASSETS, {"name": "Old"}, occasion)
    for cell in ("SU-0001", "SU-0002"):
        save(["name", "suppliers"], [["Old", cell]], occasion)
    assert len(records.answers_of(ASSETS, records.find(ASSETS, known.id, occasion.by), occasion.by)["suppliers"]) == 1
    assert_all_verifies(school)


def test_a_row_in_trouble_keeps_the_whole_file_out(occasion: Occasion) -> None:
    with pytest.raises(CannotBeDone):
        save(["name", "format"], [["Paper files", "paper"], ["Other", "papyrus"]], occasion)
    assert (Asset.select().count(), Upload.select().count()) == (0, 1)


def test_a_file_with_nothing_new_is_not_saved(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files"}, occasion)
    with pytest.raises(CannotBeDone):
        save(["name"], [["Paper files"]], occasion)


def test_a_second_press_of_the_button_saves_nothing_and_says_what_the_first_did(occasion: Occasion, elsewhere: Occasion) -> None:
    kept, reading = file(["name"], ["Paper files"]), Reading(("name",))
    upload = uploads.keep(ASSETS, kept, occasion.by, occasion.at)
    mark = judge(ASSETS, kept, reading, occasion.by).mark
    first = imports.save(ASSETS, upload, reading, occasion, shown=mark)
    with pytest.raises(GoneAlready):
        imports.save(ASSETS, upload, reading, occasion, shown=mark)
    assert imports.outcome_of(upload.id, occasion.by) == first
    assert imports.outcome_of(upload.id, elsewhere.by) is None
    assert first.sentence == "1 added"
    assert Asset.select().count() == 1


def test_two_people_who_bring_the_same_file_do_not_double_it(occasion: Occasion, ola: Any) -> None:
    kept, reading = file(["name"], ["Paper files"]), Reading(("name",))
    theirs = replace(occasion, by=ola.actor)
    uploaded = [uploads.keep(ASSETS, kept, each.by, each.at) for each in (occasion, theirs)]
    mark = judge(ASSETS, kept, reading, occasion.by).mark
    imports.save(ASSETS, uploaded[0], reading, occasion, shown=mark)
    with pytest.raises(NotAsShown):
        imports.save(ASSETS, uploaded[1], reading, theirs, shown=mark)
    assert (Asset.select().count(), Upload.select().count()) == (1, 1)


def test_what_changed_between_judging_and_saving_is_seen_inside_the_transaction(occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, reading = file(["name", "location"], ["Paper files", "Attic"]), Reading(("name", "location"))
    upload = uploads.keep(ASSETS, kept, occasion.by, occasion.at)
    mark = judge(ASSETS, kept, reading, occasion.by).mark
    really, calls = imports.judge, []

    def judge_while_somebody_adds(*given: Any) -> Preview:
        preview = really(*given)
        if not calls:
            records.add(ASSETS, {"name": "Paper files"}, occasion)
        calls.append(preview)
        return preview

    monkeypatch.setattr(imports, "judge", judge_while_somebody_adds)
    with pytest.raises(NotAsShown):
        imports.save(ASSETS, upload, reading, occasion, shown=mark)
    assert (len(calls), Asset.select().count(), Upload.select().count()) == (2, 1, 1)


def test_those_who_may_not_import_are_forbidden(occasion: Occasion, tess: Any, ian: Any) -> None:
    kept, reading = file(["name"], ["Paper files"]), Reading(("name",))
    upload = uploads.keep(ASSETS, kept, occasion.by, occasion.at)
    for person in (tess, ian):
        with pytest.raises(Forbidden):
            imports.save(ASSETS, upload, reading, replace(occasion, by=person.actor), shown="")


def test_a_bulk_row_is_stored_exactly_as_a_single_one(occasion: Occasion) -> None:
    answers = {"name": "Paper files", "owner": "Ola Brandt", "individuals": ("pupils",), "data_categories": ("names", "ages"),
               "next_review_on": date(2027, 1, 4), "recover_within_hours": 4, "format": "paper", "notes": None}  # fmt: skip
    single = records.add(ASSETS, answers, occasion)
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, ASSETS, [answers], occasion, number=2)
    many = Asset.get(Asset.number == 2)
    apart = {"id", "number", "owner"}
    for field in rows_of(Asset).fields:
        if field.name not in apart:
            assert many.__data__.get(field.name) == records.find(ASSETS, single.id, occasion.by).__data__.get(field.name), field.name
    assert many.owner == "Ola Brandt"
    entries = AuditEntry.select().where(AuditEntry.record.in_([single.id, many.id])).order_by(AuditEntry.number)
    assert [(entry.deed, entry.subject, entry.changed, changes_of(entry)) for entry in entries[:1]] == [
        (entry.deed, entry.subject, entry.changed, changes_of(entry)) for entry in entries[1:]
    ]


def test_an_import_of_many_rows_verifies(occasion: Occasion, school: Any) -> None:
    save(["name", "owner"], [[f"Asset {number}", "Ola Brandt"] for number in range(1100)], occasion)
    assert sorted(row.number for row in Asset.select(Asset.number)) == [*range(1, 1101)]
    assert_all_verifies(school)


# --- the file between the steps ---------------------------------------------------------------------------------------


def test_a_file_is_kept_sealed_and_found_by_its_owner_only(occasion: Occasion, elsewhere: Occasion, ola: Any) -> None:
    kept = file(["name", "owner"], ["Paper files", "Wilhelmina Featherstone"], problems={2: "x"})
    upload = uploads.keep(ASSETS, kept, occasion.by, occasion.at)
    assert uploads.file_of(uploads.find(ASSETS, upload.id, occasion.by, occasion.at)) == kept
    assert "Featherstone" not in str(db.execute_sql("SELECT * FROM upload").fetchall())
    for register, by in ((PROCESSING, occasion.by), (ASSETS, ola.actor), (ASSETS, elsewhere.by)):
        with pytest.raises(NotFound):
            uploads.find(register, upload.id, by, occasion.at)
    with pytest.raises(NotFound):
        uploads.find(ASSETS, uuid4(), occasion.by, occasion.at)


def test_a_file_is_gone_after_a_day(occasion: Occasion) -> None:
    old = uploads.keep(ASSETS, file(["name"], ["Paper files"]), occasion.by, occasion.at)
    tomorrow = occasion.at + timedelta(days=1)
    with pytest.raises(NotFound):
        uploads.find(ASSETS, old.id, occasion.by, tomorrow)
    uploads.keep(ASSETS, file(["name"], ["Paper files"]), occasion.by, tomorrow)
    assert Upload.select().count() == 1


def test_what_was_decided_is_kept(occasion: Occasion) -> None:
    upload = uploads.keep(ASSETS, file(["name"], ["Paper files"]), occasion.by, occasion.at)
    decided = uploads.Decided(["name", None], {"next_review_on": "day_first"}, {3: {"format": "paper"}}, frozenset({1, 4}))
    uploads.decide(upload, decided)
    assert uploads.decided_of(uploads.find(ASSETS, upload.id, occasion.by, occasion.at)) == decided


def test_the_deed_of_an_imported_record_is_named(occasion: Occasion) -> None:
    save(["name"], [["Paper files"]], occasion)
    assert AuditEntry.select().where((AuditEntry.subject == "asset") & (AuditEntry.deed == Happened.IMPORTED.value)).count() == 1


def test_two_presses_at_the_same_moment_save_once(occasion: Occasion, school: Any) -> None:
    kept, reading = file(["name"], *[[f"Asset {number}"] for number in range(300)]), Reading(("name",))
    upload = uploads.keep(ASSETS, kept, occasion.by, occasion.at)
    mark = judge(ASSETS, kept, reading, occasion.by).mark
    together = Barrier(2)

    def press() -> str:
        db.connect(reuse_if_open=True)
        try:
            with doors.looking_at(school.id):
                together.wait()
                return imports.save(ASSETS, upload, reading, occasion, shown=mark).sentence
        except (GoneAlready, NotAsShown) as problem:
            return type(problem).__name__
        finally:
            db.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(each.result() for each in [pool.submit(press) for _ in range(2)])
    assert said == ["300 added", "GoneAlready"]
    assert Asset.select().count() == 300
    assert_all_verifies(school)
