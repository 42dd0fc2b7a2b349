"""Everything one may see is found, by reference, by words and by exact names; and nothing else, whatever is typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import doors
from models.school import School
from registry import records
from registry.access import LEADERS, Access
from registry.actor import Actor
from registry.definition import Question, Register, Section
from registry.lists import query
from registry.lists.views import View
from registry.many import bulk
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.search import search_entries, search_words, searching
from registry.search.searching import MOST_COUNTED
from registry.trace.audit import Happened, recording
from tests.people import NOW, Person
from tests.registry.search.finding import WORDS, add, found, search

pytestmark = pytest.mark.usefixtures("noise", "in_quillbrook")


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


def test_the_other_schools_rows_are_never_among_the_entries_read(occasion: Occasion, other_school: School) -> None:
    assert found(occasion, "pupil") == {}
    with doors.looking_at(other_school.id):
        assert found(occasion, "pupil") == {}, "the actor's school counts, not what else is open"
