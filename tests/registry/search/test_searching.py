"""Everything one may see is found, by reference, by words and by exact names; and nothing else, whatever is typed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import doors
from models.base import db, new_id
from models.batch import Together
from models.school import School
from models.search import mark_of, move_mark
from models.statements import rows_of
from registry import records
from registry.access import LEADERS, Access, school_of
from registry.actor import Actor
from registry.definition import Question, Register, Section
from registry.importing import imports, uploads
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import judge
from registry.lists import query
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
from registry.search import search_entries, search_words, searching
from registry.search.searching import MOST_COUNTED, Found
from registry.trace.audit import Happened, NothingNoted, recording, where_it_stands
from tests.people import NOW, Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")
WORDS = "Names, contacts and attendance of every pupil on roll"


@pytest.fixture(autouse=True)
def noise(other_school: School, elsewhere: Occasion) -> None:
    """The same records in the other school, which must never be found."""
    with doors.looking_at(other_school.id):
        for register in (ASSETS, PROCESSING, SUPPLIERS):
            records.add(register, {"name": "Pupil database", "notes": WORDS, "owner": "Ola Brandt"}, elsewhere)
    search_entries.catch_up(other_school.id)


def search(by: Actor, text: str, **asked: Any) -> Found:
    """What is found by somebody who asks now."""
    search_entries.catch_up(school_of(by))
    return searching.search(by, text, **asked)


def add(occasion: Occasion, name: str = "Pupil database", register: Register = ASSETS, **answers: Any) -> UUID:
    """A record of Quillbrook; its id."""
    return records.add(register, {"name": name, **answers}, occasion).id  # type: ignore[no-any-return]


def found(by: Person | Occasion, text: str, **asked: Any) -> dict[str, list[str]]:
    """The titles that a search shows, by register; of what is only close as well."""
    actor = by.by if isinstance(by, Occasion) else by.actor
    return {group.register.slug: [hit.title for hit in group.hits] for group in search(actor, text, **asked).groups}


@pytest.mark.parametrize("typed", ["pupil database", "database pupil", "PUP", "dátabase", "attend contact", "database, pupil!", "roll"])
def test_any_words_or_their_beginnings_find_a_record_in_any_order(occasion: Occasion, typed: str) -> None:
    add(occasion, notes=WORDS)
    add(occasion, "Visitors' book", notes="Signed at the gate")
    assert found(occasion, typed) == {"assets": ["Pupil database"]}
    assert not search(occasion.by, typed).close


@pytest.mark.parametrize("typed", ["base", "upil", "pupil zebra", "pupil a"])
def test_the_end_of_a_word_finds_nothing_and_every_word_must_be_there(occasion: Occasion, typed: str) -> None:
    add(occasion)
    answer = search(occasion.by, typed)
    assert answer.close or not answer.groups


@pytest.mark.parametrize("typed", ["IA-0002", "ia2", "IA 2", "ia-00002"])
def test_a_reference_leads_straight_to_its_record(occasion: Occasion, typed: str) -> None:
    add(occasion, "First")
    second = add(occasion, "Second")
    add(occasion, "Other", SUPPLIERS)
    add(occasion, "Another", SUPPLIERS)
    assert search(occasion.by, typed).straight == (ASSETS, second)


def test_a_bare_number_leads_there_only_where_nothing_else_fits(occasion: Occasion) -> None:
    first = add(occasion, "First")
    assert search(occasion.by, "1").straight == (ASSETS, first)
    add(occasion, "Year 1 reading", PROCESSING)
    assert search(occasion.by, "1").straight is None
    assert found(occasion, "1") == {"processing": ["Year 1 reading"], "assets": ["First"]}
    assert search(occasion.by, "999999999").groups == ()


@pytest.mark.parametrize("typed", ["Ola Brandt", "brandt, ola", "OLA  BRANDT", "Öla Brandt"])
def test_a_sealed_name_is_found_exactly_in_any_spelling(occasion: Occasion, typed: str) -> None:
    add(occasion, owner="Ola Brandt")
    add(occasion, "Other", owner="Ian Sollis", manager="Ola Brandt")
    (group,) = search(occasion.by, typed).groups
    assert group.by_name
    assert {(hit.title, hit.label, hit.extract) for hit in group.hits} == {("Pupil database", "Owner", ()), ("Other", hit_label("manager"), ())}


def hit_label(name: str) -> str:
    """How a question about assets is headed."""
    return ASSETS.questions[name].label


@pytest.mark.parametrize("typed", ["Ola", "Brandt", "Ola Bran"])
def test_part_of_a_sealed_name_finds_nothing(occasion: Occasion, typed: str) -> None:
    add(occasion, owner="Ola Brandt")
    assert found(occasion, typed) == {}


def test_a_hit_says_which_answer_it_was_found_by_in_its_plain_words(occasion: Occasion) -> None:
    add(occasion, notes=WORDS)
    (hit,) = search(occasion.by, "attendance").groups[0].hits
    assert (hit.label, "".join(part for part, _is_meant in hit.extract)) == ("Notes", WORDS)
    assert [part for part, is_meant in hit.extract if is_meant] == ["attendance"]
    assert search(occasion.by, "database").groups[0].hits[0].label == ""


def test_archived_records_are_marked_and_come_last(occasion: Occasion) -> None:
    first = add(occasion, "Pupil one")
    add(occasion, "Pupil two")
    records.archive(ASSETS, records.find(ASSETS, first, occasion.by), occasion)
    assert [(hit.title, hit.archived) for hit in search(occasion.by, "pupil").groups[0].hits] == [("Pupil two", False), ("Pupil one", True)]


def test_names_of_records_come_before_their_notes(occasion: Occasion) -> None:
    add(occasion, "Zebra crossing")
    for number in range(6):
        add(occasion, f"Other {number}", notes="A zebra")
    group = search(occasion.by, "zebra").groups[0]
    assert (group.count, len(group.hits), group.hits[0].title) == (7, 5, "Zebra crossing")
    assert len(search(occasion.by, "zebra", only=ASSETS, shown=100).groups[0].hits) == 7


def test_counting_stops_where_nobody_reads_on(occasion: Occasion) -> None:
    with recording(occasion.by, NOW) as trace:
        bulk.insert_many(trace, ASSETS, ({"name": f"Pupil {each}"} for each in range(MOST_COUNTED + 10)), occasion, number=1)
    for typed in ("pupil", "pup"):
        (group,) = search(occasion.by, typed).groups
        assert group.is_more


def test_where_nothing_has_the_words_what_begins_alike_is_close(occasion: Occasion) -> None:
    add(occasion, "Attendance marks")
    answer = search(occasion.by, "attendence")
    assert answer.close
    assert [hit.title for hit in answer.groups[0].hits] == ["Attendance marks"]
    assert not search(occasion.by, "trampoline").groups


def test_what_a_role_may_not_see_is_neither_found_nor_shown(occasion: Occasion, ian: Person, tess: Person) -> None:
    assert "notes" not in search_words.circle_of(ASSETS, ian.actor)
    assert "description" in search_words.circle_of(ASSETS, ian.actor)
    add(occasion, notes="Kept in the cellar", description="A system", owner="Ola Brandt")
    assert found(occasion, "cellar") == {"assets": ["Pupil database"]}
    assert found(ian, "cellar") == {}
    assert found(ian, "pupil cellar") == {}
    assert found(ian, "system pupil") == {"assets": ["Pupil database"]}
    assert found(ian, "Ola Brandt") == {}
    assert found(tess, "pupil") == {}
    assert found(tess, "IA-0001") == {}
    assert [row.title for row in query.page(ASSETS, ian.actor, View(search="pupil cellar"), NOW.date()).rows] == []


def test_a_question_that_is_narrowed_later_is_found_by_nobody_until_the_words_are_read_again(
    occasion: Occasion, ola: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(occasion, notes="Kept in the cellar")
    assert found(ola, "cellar") == {"assets": ["Pupil database"]}
    narrowed = narrowed_assets()
    monkeypatch.setattr(searching, "REGISTERS", (narrowed,))
    assert found(ola, "cellar") == found(occasion, "cellar") == {}
    monkeypatch.setattr(search_entries, "REGISTERS", (narrowed,))
    monkeypatch.setattr(search_words, "by_table", lambda _name: narrowed)
    assert search_entries.outdated() == [narrowed]
    search_entries.rebuild((narrowed,))
    assert search_entries.outdated() == []
    assert found(ola, "cellar") == {}
    assert found(occasion, "cellar") == {"assets": ["Pupil database"]}
    assert found(ola, "pupil") == found(occasion, "pupil") == {"assets": ["Pupil database"]}


def narrowed_assets() -> Register:
    """The assets of a later version, in which only leaders read the notes."""
    table = ASSETS.table
    questions = (Question(table.name, "Name"), Question(table.notes, "Notes", see=LEADERS))  # type: ignore[attr-defined]
    kept = tuple(column for name, column in table._meta.fields.items() if name not in ("name", "notes"))
    access, sections = Access(see=ASSETS.access.see, add=LEADERS, change=LEADERS), (Section("All", *questions),)
    return Register(slug="assets", table=table, one="asset", many="assets", about="", access=access, sections=sections, kept=kept)


@pytest.mark.parametrize("read", [False, True])
@pytest.mark.parametrize("typed", ["database pupil", "roll every", "tabas", "attendance, names!", "Café pupil"])
def test_the_list_of_a_register_finds_the_same_words_before_anybody_searched_and_after(
    occasion: Occasion, in_quillbrook: School, typed: str, read: bool
) -> None:
    add(occasion, notes=WORDS, description="In the Café")
    add(occasion, "Other")
    if read:
        search_entries.catch_up(in_quillbrook.id)
    assert listed(occasion.by, typed) == ["Pupil database"]
    assert query.count(ASSETS, occasion.by, View(search=typed), NOW.date()) == 1


def listed(by: Actor, typed: str) -> list[str]:
    """The titles that the list of assets shows."""
    return [row.title for row in query.page(ASSETS, by, View(search=typed), NOW.date()).rows]


def test_a_list_follows_a_record_at_once_by_new_words_and_no_old_ones(occasion: Occasion, in_quillbrook: School, ian: Person) -> None:
    record = add(occasion, notes="Kept in the cellar")
    search_entries.catch_up(in_quillbrook.id)
    assert listed(occasion.by, "cellar kept") == ["Pupil database"]
    records.change(ASSETS, records.find(ASSETS, record, occasion.by), {"notes": "Kept in the attic"}, occasion)
    assert (listed(occasion.by, "cellar kept"), listed(occasion.by, "attic kept")) == ([], ["Pupil database"])
    assert listed(ian.actor, "attic kept") == [], "what a role may not see is not looked through either"


@pytest.mark.parametrize(
    "typed", ["", " ", "'", '"', '"*', "* OR NEAR(", "pupil\0data", "😀", "a:b", "-pupil", "^pupil", "\\", "%", "_", ":*", "&|!()", "<->"]
)
def test_nothing_that_is_typed_breaks_the_search(occasion: Occasion, typed: str) -> None:
    add(occasion)
    search(occasion.by, typed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=250), st.text(alphabet="ab 1'\"*:&|!()-^<>\\{}+~%_ANDORT", max_size=40)))
def test_whatever_is_typed_is_looked_for_and_nothing_more(occasion: Occasion, typed: str) -> None:
    search(occasion.by, typed)
    query.count(ASSETS, occasion.by, View(search=typed.replace("\0", "").encode(errors="ignore").decode() or "x"), NOW.date())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_a_record_is_found_by_every_word_of_its_name(occasion: Occasion, name: str) -> None:
    record = add(occasion, name)
    words = search_words.words_asked(name)
    ids = {hit.id for group in search(occasion.by, " ".join(words), shown=1_000).groups for hit in group.hits}
    assert record in ids or not words


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


def test_what_was_archived_or_went_since_the_question_was_asked_is_shown_as_it_is(occasion: Occasion) -> None:
    first, second = add(occasion, "Pupil one"), add(occasion, "Pupil two")
    assert len(found(occasion, "pupil")["assets"]) == 2
    records.archive(ASSETS, records.find(ASSETS, first, occasion.by), occasion)
    shown = searching.search(occasion.by, "pupil").groups[0].hits
    assert {hit.title: hit.archived for hit in shown} == {"Pupil one": True, "Pupil two": False}
    with recording(occasion.by, NOW) as trace:
        ASSETS.table.delete().where(ASSETS.table.id == second).execute()
        trace.note(Happened.ERASED_VALUES, "asset", second)
    (group,) = searching.search(occasion.by, "pupil").groups
    assert (group.count, [hit.title for hit in group.hits]) == (1, ["Pupil one"])
    assert not searching.search(occasion.by, "two").groups


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


def test_the_other_schools_rows_are_never_among_the_entries_read(occasion: Occasion, other_school: School) -> None:
    assert found(occasion, "pupil") == {}
    with doors.looking_at(other_school.id):
        assert found(occasion, "pupil") == {}, "the actor's school counts, not what else is open"
