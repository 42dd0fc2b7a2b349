"""What was done to many records at once is undone as a whole, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.batch import Batch, Together
from models.comment import Comment
from models.link import Link
from models.roles import Role
from models.statements import rows_of
from models.supplier import Supplier
from registry import records
from registry.access import Forbidden
from registry.definition import Question, Register, Section
from registry.importing import imports, uploads
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import judge
from registry.linking import linked_ids
from registry.lists.views import View
from registry.many import batches, together, undoing
from registry.many.together import Wish
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone, store
from registry.trace import history
from registry.trace.audit import Happened, changes_of, erase_values, recording
from registry.trace.chain import row_seal
from registry.trace.verification import verify_chain, verify_rows
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")
DAY = date(2027, 3, 1)


def some(occasion: Occasion, *names: str, **answers: Any) -> list[Any]:
    return [records.add(ASSETS, {"name": name, **answers}, occasion) for name in names]


def do(wish: Wish, rows: Sequence[Any], occasion: Occasion) -> Batch:
    view = View(only=tuple(row.id for row in rows))
    plan = together.plan(ASSETS, view, wish, occasion)
    return together.do(ASSETS, view, wish, occasion, shown=plan.mark, stands=plan.stands)


def bring_in(columns: Sequence[str], rows: Sequence[Sequence[str]], occasion: Occasion) -> Batch:
    file = FileRows(columns, [list(row) for row in rows], [*range(2, len(rows) + 2)], {}, [], "f" * 64)
    upload = uploads.keep(ASSETS, file, occasion.by, occasion.at)
    reading = Reading(tuple(columns))
    imports.save(ASSETS, upload, reading, occasion, shown=judge(ASSETS, file, reading, occasion.by).mark)
    found: Batch = batches.recent(occasion.by, ASSETS)[0]
    return found


def again(row: Any) -> Any:
    return Asset.get_by_id(row.id)


def assert_all_verifies(school: Any) -> None:
    assert [*verify_chain(school.id), *verify_rows()] == []


def entries_of(record: Any) -> list[AuditEntry]:
    return list(AuditEntry.select().where(AuditEntry.record == record).order_by(AuditEntry.number))


def test_the_old_answers_come_back_as_new_entries_that_say_which_they_undid(occasion: Occasion, school: Any) -> None:
    rows = [*some(occasion, "Paper files", owner="Ola Brandt"), *some(occasion, "Visitor book")]
    batch = do(Wish(Together.OWNER, {"owner": "Dina Okafor"}), rows, occasion)
    undone = undoing.undo(ASSETS, batch.id, occasion)
    assert [again(row).owner for row in rows] == ["Ola Brandt", None]
    assert Asset.select().where(Asset.owner_index == "ola brandt").count() == 1
    assert [again(row).version for row in rows] == [3, 3]
    last = entries_of(rows[0].id)[-1]
    assert (last.deed, changes_of(last)) == (Happened.UNDONE, {"owner": ["Dina Okafor", "Ola Brandt"], "undid_entry": [None, batch.first]})
    line = history.of_record(ASSETS, again(rows[0]), occasion.by, history.View()).lines[0]
    assert (line.did, line.rest) == ("undid what was done to this information asset", f"in entry {batch.first}")
    assert undone.undone_at == occasion.at
    assert_all_verifies(school)


@pytest.mark.parametrize("kind", [Together.ARCHIVE, Together.RESTORE])
def test_what_was_put_away_or_brought_back_is_as_before(occasion: Occasion, school: Any, kind: Together) -> None:
    rows = some(occasion, "Paper files")
    if kind is Together.RESTORE:
        records.archive(ASSETS, again(rows[0]), occasion)
    before = again(rows[0]).archived_at
    batch = do(Wish(kind), rows, replace(occasion, at=occasion.at + timedelta(hours=1)))
    undoing.undo(ASSETS, batch.id, replace(occasion, at=occasion.at + timedelta(hours=2)))
    assert again(rows[0]).archived_at == before
    assert_all_verifies(school)


def test_confirmed_starter_entries_wait_again(occasion: Occasion, school: Any) -> None:
    row = some(occasion, "Paper files")[0]
    with recording(occasion.by, occasion.at) as trace:
        row.starter = True
        store(trace, Happened.CHANGED, row)
    batch = do(Wish(Together.CONFIRM), [row], occasion)
    undoing.undo(ASSETS, batch.id, occasion)
    assert again(row).starter is True
    assert_all_verifies(school)


def test_nothing_is_undone_when_one_record_was_touched_and_it_is_named(occasion: Occasion, school: Any) -> None:
    rows = some(occasion, "Paper files", "Visitor book")
    batch = do(Wish(Together.REVIEW, {"next_review_on": DAY}), rows, occasion)
    records.change(ASSETS, again(rows[1]), {"location": "Attic"}, occasion)
    assert undoing.touched(ASSETS, batch) == {rows[1].id}
    with pytest.raises(CannotBeDone, match="IA-0002 was changed since, so nothing was undone"):
        undoing.undo(ASSETS, batch.id, occasion)
    assert [again(row).next_review_on for row in rows] == [DAY, DAY]
    assert Batch.get_by_id(batch.id).undone_at is None
    assert_all_verifies(school)


def test_it_is_undone_once(occasion: Occasion) -> None:
    batch = do(Wish(Together.REVIEW, {"next_review_on": DAY}), some(occasion, "Paper files"), occasion)
    undoing.undo(ASSETS, batch.id, occasion)
    with pytest.raises(CannotBeDone, match="undone already"):
        undoing.undo(ASSETS, batch.id, occasion)


def test_old_answers_that_were_erased_do_not_come_back(occasion: Occasion, school: Any) -> None:
    rows = some(occasion, "Paper files")
    batch = do(Wish(Together.REVIEW, {"next_review_on": DAY}), rows, occasion)
    with recording(occasion.by, occasion.at) as trace:
        erase_values(trace, school.id, "asset", rows[0].id)
    with pytest.raises(CannotBeDone, match="erased since"):
        undoing.undo(ASSETS, batch.id, occasion)


def test_an_import_is_taken_away_with_its_links_and_the_rest_is_as_before(occasion: Occasion, school: Any) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Plateful Catering"}, occasion)
    known = records.add(ASSETS, {"name": "Paper files", "location": "Office", "suppliers": (supplier.id,)}, occasion)
    other = records.add(SUPPLIERS, {"name": "Larkfield"}, occasion)
    batch = bring_in(["name", "location", "suppliers"], [["Paper files", "Attic", "Larkfield"], ["Visitor book", "", "Plateful Catering"]], occasion)
    new = Asset.get(Asset.name == "Visitor book")
    assert (batch.kind, batch.many, batch.file_digest) == (Together.IMPORT, 2, "f" * 64)
    undoing.undo(ASSETS, batch.id, occasion)
    assert [row.name for row in Asset.select()] == ["Paper files"]
    assert again(known).location == "Office"
    assert linked_ids(known.id) == {"suppliers": (supplier.id,)}
    assert (linked_ids(supplier.id), linked_ids(other.id)) == ({"assets": (known.id,)}, {})
    assert Link.select().count() == 2
    assert [entry.deed for entry in entries_of(new.id)] == [Happened.IMPORTED, Happened.TAKEN_BACK]
    line = next(line for line in history.everything(occasion.by, history.View()).lines if line.did.startswith("took back"))
    assert (line.did, line.rest) == ("took back a record that is no longer there", "which had been brought in")
    assert_all_verifies(school)
    assert Supplier.get_by_id(supplier.id).version > supplier.version


def test_a_new_record_beside_which_something_was_put_is_touched(occasion: Occasion, dev: Person, school: Any) -> None:
    batch = bring_in(["name"], [["Visitor book"], ["Paper files"]], occasion)
    row = Asset.get(Asset.name == "Visitor book")
    comment = Comment(school=school.id, register="assets", record=row.id, author=dev.user, author_role=Role.DPO, written_at=occasion.at)
    comment.text = "Where is it kept?"
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.COMMENTED, comment, new=True)
    with pytest.raises(CannotBeDone, match=row.reference):
        undoing.undo(ASSETS, batch.id, occasion)
    assert Asset.select().count() == 2


def test_a_row_that_is_gone_without_such_an_entry_is_a_fault_and_so_is_one_put_back(occasion: Occasion, school: Any) -> None:
    batch = bring_in(["name"], [["Visitor book"]], occasion)
    row = Asset.get()
    whole = rows_of(Asset)
    undoing.undo(ASSETS, batch.id, occasion)
    with doors.writing_is_recorded():
        whole.insert(whole.values(row))
    (fault,) = [*verify_rows()]
    assert "put back behind the program's back" in fault.message
    with doors.writing_is_recorded():
        Asset.delete().execute()
    kept = records.add(ASSETS, {"name": "Paper files"}, occasion)
    with doors.writing_is_recorded():
        Asset.delete().where(Asset.id == kept.id).execute()
    (fault,) = [*verify_rows()]
    assert "was removed behind the program's back" in fault.message
    assert row_seal("asset", ("id",), (kept.id.bytes,)) not in [entry.seal for entry in entries_of(kept.id)]


def test_a_colleagues_batch_is_undone_by_leaders_only(occasion: Occasion, people: Mapping[str, Person]) -> None:
    office = replace(occasion, by=people["ola"].actor)
    rows = some(office, "Paper files")
    theirs = do(Wish(Together.REVIEW, {"next_review_on": DAY}), rows, occasion)
    with pytest.raises(NotFound):
        undoing.undo(ASSETS, theirs.id, office)
    assert batches.recent(office.by) == []
    mine = do(Wish(Together.REVIEW, {"next_review_on": date(2027, 4, 1)}), rows, office)
    assert [batch.id for batch in batches.recent(office.by)] == [mine.id]
    assert len(batches.recent(people["hana"].actor)) == 2
    undoing.undo(ASSETS, mine.id, replace(occasion, by=people["hana"].actor))
    assert again(rows[0]).next_review_on == DAY


def test_whoever_lost_the_right_cannot_undo_either(occasion: Occasion, people: Mapping[str, Person]) -> None:
    batch = do(Wish(Together.REVIEW, {"next_review_on": DAY}), some(occasion, "Paper files"), occasion)
    moved_on = replace(occasion.by, role=Role.GOVERNOR)
    with pytest.raises(Forbidden):
        undoing.undo(ASSETS, batch.id, replace(occasion, by=moved_on))


def test_a_batch_of_another_school_does_not_exist(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    batch = do(Wish(Together.REVIEW, {"next_review_on": DAY}), some(occasion, "Paper files"), occasion)
    with doors.looking_at(other_school.id):
        for unknown in (batch.id, uuid4()):
            with pytest.raises(NotFound):
                undoing.undo(ASSETS, unknown, elsewhere)
    assert Batch.get_by_id(batch.id).undone_at is None
    assert db.is_closed() is False


@pytest.mark.parametrize("wish", [Wish(Together.REVIEW, {"next_review_on": DAY}), Wish(Together.ARCHIVE)])
def test_a_record_that_was_as_approved_is_so_again(occasion: Occasion, school: Any, wish: Wish) -> None:
    approved, changed = some(occasion, "Paper files", "Visitor book")
    with recording(occasion.by, occasion.at) as trace:
        for row in (approved, changed):
            records.mark_approved(trace, ASSETS, again(row), 1, occasion=occasion)
    records.change(ASSETS, again(changed), {"location": "Attic"}, occasion)
    batch = do(wish, [approved, changed], occasion)
    assert again(approved).is_as_approved is (wish.kind is Together.ARCHIVE)
    undoing.undo(ASSETS, batch.id, occasion)
    assert [again(row).is_as_approved for row in (approved, changed)] == [True, False]
    assert_all_verifies(school)


def test_answers_that_somebody_may_not_give_any_more_are_not_brought_back_by_them(occasion: Occasion, people: dict[str, Person]) -> None:
    rows, office = some(occasion, "Paper files", owner="Ola Brandt"), replace(occasion, by=people["ola"].actor)
    batch = do(Wish(Together.OWNER, {"owner": "Dina Okafor"}), rows, office)
    table: Any = ASSETS.table
    questions = (Question(table.name, "Name"), Question(table.owner, "Owner", change=frozenset({Role.DPO})))
    kept = tuple(column for name, column in table._meta.fields.items() if name not in ("name", "owner"))
    later = Register(slug="assets", table=table, one="", many="", about="", access=ASSETS.access, sections=(Section("All", *questions),), kept=kept)
    with pytest.raises(Forbidden):
        undoing.undo(later, batch.id, office)
    assert again(rows[0]).owner == "Dina Okafor"
    undoing.undo(later, batch.id, occasion)
    assert again(rows[0]).owner == "Ola Brandt"
