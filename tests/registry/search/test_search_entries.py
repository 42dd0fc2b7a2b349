"""What is kept for searching keeps step with the records, holds no sealed name, and is made anew when it is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from models import doors
from models.base import db, new_id
from models.batch import Together
from models.school import School
from models.search import mark_of, move_mark
from models.statements import rows_of
from registry import records
from registry.importing import imports, uploads
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import judge
from registry.lists.views import View
from registry.many import bulk, together, undoing
from registry.many.together import Wish
from registry.press import press_of
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.school.adoption import adopt
from registry.school.starter import all_that_fits
from registry.search import search_entries, search_words
from registry.trace.audit import Happened, NothingNoted, recording, where_it_stands
from settings import PROJECT
from tests.people import NOW
from tests.registry.search.finding import WORDS, add, found

pytestmark = pytest.mark.usefixtures("noise", "in_quillbrook")


def test_the_index_keeps_the_beginnings_of_words_behind_their_mark(occasion: Occasion, school: School) -> None:
    mark = search_words.words_wanted(ASSETS, occasion.by, ["on"])[0][0][0].removesuffix("on")
    beginnings = ", ".join(str(len(mark) + letters) for letters in (2, 3))
    migration = next((PROJECT / "migrations").glob("*_beginnings.py")).read_text(encoding="utf-8")
    assert f"prefix = '{beginnings.replace(',', '')}'" in migration


def test_whoever_searches_finds_the_records_wherever_they_were_written(occasion: Occasion, in_quillbrook: School) -> None:
    first, second = add(occasion, owner="Ola Brandt"), add(occasion, "Other", SUPPLIERS, notes="A supplier")
    assert found(occasion, "pupil") == {"assets": ["Pupil database"]}
    row = records.find(ASSETS, first, occasion.by)
    records.change(ASSETS, row, {"name": "Renamed", "owner": "Ian Sollis", "suppliers": (second,)}, occasion)
    assert (found(occasion, "Pupil"), found(occasion, "renamed"), found(occasion, "Ola Brandt")) == ({}, {"assets": ["Renamed"]}, {})
    records.archive(ASSETS, records.find(ASSETS, first, occasion.by), occasion)
    assert_in_step(in_quillbrook)
    records.restore(ASSETS, records.find(ASSETS, first, occasion.by), occasion)
    adopt(all_that_fits(in_quillbrook)[:40], occasion)
    with recording(occasion.by, NOW) as trace:
        bulk.insert_many(trace, PROCESSING, ({"name": f"Many {each}"} for each in range(7)), occasion, number=900)
    assert len(found(occasion, "many", only=PROCESSING, shown=9)["processing"]) == 7
    assert_in_step(in_quillbrook)


def test_what_was_imported_done_together_or_undone_is_found(occasion: Occasion, in_quillbrook: School) -> None:
    file = FileRows(("name",), [["Imported one"], ["Imported two"]], [2, 3], {}, [], "f" * 64)
    upload, reading = uploads.keep(ASSETS, file, occasion.by, NOW), Reading(("name",))
    imports.save(ASSETS, upload, reading, occasion, shown=judge(ASSETS, file, reading, occasion.by).mark)
    assert sorted(found(occasion, "imported")["assets"]) == ["Imported one", "Imported two"]
    view, wish = View(search="Imported"), Wish(Together.OWNER, {"owner": "Dina Okafor"})
    plan = together.plan(ASSETS, view, wish, occasion)
    batch = together.do(ASSETS, view, wish, occasion, shown=plan.mark, stands=plan.stands)
    assert len(found(occasion, "Dina Okafor")["assets"]) == 2
    undoing.undo(ASSETS, batch.id, occasion)
    assert found(occasion, "Dina Okafor") == {}
    assert_in_step(in_quillbrook)


def assert_in_step(school: School) -> None:
    """Once somebody asks, the entries are what the records say, and everything is read."""
    search_entries.catch_up(school.id)
    assert search_entries.out_of_step() == 0
    assert mark_of(school.id) == where_it_stands(school.id)[0]


def test_nobody_writes_entries_but_whoever_searches_and_only_for_their_school(
    occasion: Occasion, in_quillbrook: School, other_school: School
) -> None:
    kept, theirs = kept_for_searching(), mark_of(other_school.id)
    add(occasion, "Xylophone lessons")
    assert kept_for_searching() == kept
    search_entries.catch_up(other_school.id)
    assert kept_for_searching() == kept
    search_entries.catch_up(in_quillbrook.id)
    assert kept_for_searching() != kept
    assert mark_of(other_school.id) == theirs
    kept = kept_for_searching()
    search_entries.catch_up(in_quillbrook.id)
    assert kept_for_searching() == kept


def test_many_are_read_some_at_a_time_and_a_mark_never_goes_back(occasion: Occasion, in_quillbrook: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_entries, "AT_ONCE", 3)
    for each in range(8):
        add(occasion, f"Pupil {each}")
    assert_in_step(in_quillbrook)
    stands = mark_of(in_quillbrook.id)
    move_mark(in_quillbrook.id, stands - 2)
    assert mark_of(in_quillbrook.id) == stands


def test_reading_that_is_cut_short_is_done_again(occasion: Occasion, in_quillbrook: School, monkeypatch: pytest.MonkeyPatch) -> None:
    add(occasion)
    with monkeypatch.context() as broken:
        broken.setattr(search_entries, "move_mark", lambda *_mark: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            search_entries.catch_up(in_quillbrook.id)
    assert mark_of(in_quillbrook.id) < where_it_stands(in_quillbrook.id)[0]
    assert found(occasion, "pupil") == {"assets": ["Pupil database"]}
    assert_in_step(in_quillbrook)


def test_several_search_and_save_at_once_and_each_record_has_its_entries_once(occasion: Occasion, in_quillbrook: School) -> None:
    for each in range(30):
        add(occasion, f"Before {each}")
    at_once = Barrier(4)

    def work(turn: int) -> None:
        db.connect(reuse_if_open=True)
        try:
            at_once.wait()
            with doors.looking_at(in_quillbrook.id):
                for each in range(8):
                    if turn % 2:
                        add(occasion, f"Meanwhile {turn} {each}")
                    search_entries.catch_up(in_quillbrook.id)
        finally:
            db.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, turn) for turn in range(4)]:
            done.result()
    assert search_entries.out_of_step() == 0
    assert_in_step(in_quillbrook)
    assert len(found(occasion, "meanwhile", only=ASSETS, shown=50)["assets"]) == 16


def test_what_is_rolled_back_is_not_found(occasion: Occasion) -> None:
    with pytest.raises(NothingNoted):
        record_nothing(occasion)
    assert found(occasion, "never") == {}
    assert search_entries.out_of_step() == 0


def record_nothing(occasion: Occasion) -> None:
    """Store a record without a note in the trace, which is refused as a whole."""
    with recording(occasion.by, NOW):
        row = rows_of(ASSETS.table)
        blank = press_of(ASSETS).blank(new_id(), school=occasion.by.school, number=1, created_at=NOW, changed_at=NOW)
        row.insert(press_of(ASSETS).values(new_id(), {"name": "Never there"}, occasion.school, blank))


def test_a_record_that_is_taken_out_leaves_nothing_behind(occasion: Occasion) -> None:
    record = add(occasion, "Xylophone lessons", notes="A quokka plays", owner="Ola Brandt")
    assert found(occasion, "xylophone") == {"assets": ["Xylophone lessons"]}
    with recording(occasion.by, NOW) as trace:
        ASSETS.table.delete().where(ASSETS.table.id == record).execute()
        trace.note(Happened.ERASED_VALUES, "asset", record)
    assert found(occasion, "xylophone") == {}
    assert search_entries.out_of_step() == 0
    search_entries.rebuild()
    assert not any("quokka" in row or "xylophone" in row for row in kept_for_searching())


def test_sealed_names_are_nowhere_in_what_is_searched(occasion: Occasion, in_quillbrook: School) -> None:
    add(occasion, notes=WORDS, owner="Ola Brandt", manager="Quentin Zybeck")
    add(occasion, "Other", SUPPLIERS, contact_name="Quentin Zybeck", contact_email="zybeck@supplier.example")
    search_entries.catch_up(in_quillbrook.id)
    held = kept_for_searching()
    assert any("attendance" in row for row in held)
    assert not [row for row in held if "zybeck" in row or "brandt" in row or "quentin" in row]


def kept_for_searching() -> list[str]:
    """Every row of every table of the search as text, whatever school it belongs to."""
    tables = [name for name in db.get_tables() if name.startswith("search")]
    assert {"search_entry", "search_mark", "search_recipe"} < {*tables}
    return [readable(row) for name in tables for row in db.execute_sql(f'SELECT * FROM "{name}"').fetchall()]


def readable(row: tuple[Any, ...]) -> str:
    """A stored row in small letters, bytes as far as they are letters."""
    return " ".join(bytes(each).decode(errors="replace") if isinstance(each, bytes | memoryview) else str(each) for each in row).lower()


def test_entries_that_were_lost_or_altered_are_made_anew(occasion: Occasion) -> None:
    add(occasion)
    add(occasion, "Other")
    assert found(occasion, "other") == {"assets": ["Other"]}
    db.execute_sql("DELETE FROM search_entry WHERE id = (SELECT MAX(id) FROM search_entry)")
    db.execute_sql("UPDATE search_entry SET words = 'else'")
    assert found(occasion, "other") == found(occasion, "pupil") == {}
    assert search_entries.out_of_step() > 0
    search_entries.rebuild()
    search_entries.rebuild()
    assert search_entries.out_of_step() == 0
    assert found(occasion, "other") == {"assets": ["Other"]}


def test_a_text_of_more_words_than_are_kept_can_still_be_saved(occasion: Occasion) -> None:
    longest = " ".join(f"w{each}" for each in range(2_800))
    names = ("notes", "description", "location", "retention")
    add(occasion, **{name: longest.replace("w", letter) for name, letter in zip(names, "abcd", strict=True)})
    assert found(occasion, "pupil database") == {"assets": ["Pupil database"]}
