"""A file becomes records: saved whole or not at all, traced record by record."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

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
from registry.importing import imports, uploads
from registry.importing.imports import GoneAlready, NotAsShown
from registry.importing.reading import Reading
from registry.importing.verdicts import Preview, judge
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone
from registry.trace.audit import Happened, changes_of, recording
from tests.registry.importing.rows_in_files import assert_all_verifies, file, save

pytestmark = pytest.mark.usefixtures("in_quillbrook")


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
