"""An entry of the history, its values or its head that is changed behind the program's back is found, and named by its number."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from models import heads
from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace import seals, verification
from registry.trace.audit import erase_values, recording
from registry.trace.chain import INSTALLATION
from registry.trace.fault import Fault
from registry.trace.verification import chains, entry_count, row_count, verify_chain, verify_rows
from tests.registry.trace.story import Story, faults
from tests.tampering import sql


def named(found: list[Fault]) -> list[tuple[int | None, str]]:
    return [(fault.number, fault.message) for fault in found]


def changed(number: int) -> tuple[int, str]:
    return number, f"Entry {number} was changed, moved or put in behind the program's back."


COLUMNS: dict[str, Any] = {
    "at": 1,
    "actor": uuid4().hex,
    "deed": "restored",
    "subject": "supplier",
    "record": uuid4().bytes,
    "changed": " owner ",
    "detail": b"\1" * 32,
    "seal": b"\2" * 32,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_entry_is_named(column: str, story: Story) -> None:
    number = story.first + 1
    sql(f"UPDATE audit_entry SET {column} = ? WHERE chain = ? AND number = ?", COLUMNS[column], story.chain.bytes, number)
    found = faults()
    assert named(found)[0] == changed(number)
    assert {fault.number for fault in found} == {number}
    assert {fault.chain for fault in found} == {story.chain}


@pytest.mark.parametrize("column", ["record", "detail", "seal"])
def test_an_entry_whose_bytes_grew_or_vanished_is_named(column: str, story: Story) -> None:
    number = story.first + 1
    (before,) = sql(f"SELECT {column} FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, number)[0]
    for value in (bytes(before) + b"\0", None):
        sql(f"UPDATE audit_entry SET {column} = ? WHERE chain = ? AND number = ?", value, story.chain.bytes, number)
        assert changed(number) in named(faults())


def test_a_changed_digest_is_named_with_the_entry_that_was_bound_to_it(story: Story) -> None:
    number = story.first + 1
    sql("UPDATE audit_entry SET digest = ? WHERE chain = ? AND number = ?", b"\3" * 32, story.chain.bytes, number)
    assert named(faults()) == [changed(number), changed(number + 1)]


def test_entries_removed_from_the_middle_are_missing(story: Story) -> None:
    first = story.first + 1
    sql("DELETE FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, first)
    assert named(faults())[0] == (first, f"Entry {first} is missing.")
    sql("DELETE FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, first + 1)
    assert named(faults())[0] == (first, f"Entries {first} to {first + 1} are missing.")


def test_the_first_entry_removed_is_missing(story: Story) -> None:
    sql("DELETE FROM audit_entry WHERE chain = ? AND number = 1", story.chain.bytes)
    assert named(faults())[0] == (1, "Entry 1 is missing.")


def test_the_values_of_a_removed_entry_are_left_over(story: Story) -> None:
    number = story.first + 1
    sql("DELETE FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, number)
    assert (number, f"Values are kept for entry {number}, which is not there.") in named(faults())


def test_a_removed_end_is_missing(story: Story) -> None:
    sql("DELETE FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, story.last)
    assert named(faults())[0] == (story.last, f"Entry {story.last} is missing. The end of the history was cut off.")


def test_a_removed_end_is_missing_even_when_the_head_was_set_back(story: Story) -> None:
    sql("DELETE FROM audit_entry WHERE chain = ? AND number > ?", story.chain.bytes, story.last - 2)
    sql("DELETE FROM audit_detail WHERE chain = ? AND number > ?", story.chain.bytes, story.last - 2)
    (digest,) = sql("SELECT digest FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, story.last - 2)[0]
    sql("UPDATE audit_head SET number = ?, digest = ? WHERE id = ?", story.last - 2, digest, story.chain.bytes)
    missing = f"Entries {story.last - 1} to {story.last} are missing. The head kept outside the database knows of them."
    assert named(faults()) == [(story.last - 1, missing)]


def test_a_removed_end_is_found_in_the_records_when_the_file_was_set_back_as_well(story: Story, tmp_path: Path) -> None:
    test_a_removed_end_is_missing_even_when_the_head_was_set_back(story)
    number, digest = sql("SELECT number, digest FROM audit_head WHERE id = ?", story.chain.bytes)[0]
    (tmp_path / "heads" / story.chain.hex).write_text(f"{number:020d} {bytes(digest).hex()}\n")
    assert faults() == []
    assert [fault.record for fault in verify_rows()] == [story.server.id]


def test_two_entries_that_changed_places_are_named(story: Story) -> None:
    one, other = story.first, story.first + 2
    for old, new in ((one, -1), (other, one), (-1, other)):
        sql("UPDATE audit_entry SET number = ? WHERE chain = ? AND number = ?", new, story.chain.bytes, old)
    assert [fault for fault in named(faults()) if "moved" in fault[1]] == [changed(number) for number in range(one, other + 2)]


def test_an_entry_added_at_the_end_is_named(story: Story) -> None:
    _copy(story, story.last, story.last + 1)
    expected = f"Entry {story.last + 1} was added at the end behind the program's back, or the head was set back."
    assert named(faults())[:2] == [changed(story.last + 1), (story.last + 1, expected)]


def test_an_entry_added_at_the_end_with_its_head_is_named(story: Story) -> None:
    _copy(story, story.last, story.last + 1)
    sql("UPDATE audit_head SET number = ? WHERE id = ?", story.last + 1, story.chain.bytes)
    assert named(faults())[0] == changed(story.last + 1)


def test_an_entry_put_in_before_the_first_is_named(story: Story) -> None:
    _copy(story, story.last, -7)
    _copy(story, story.last, 0)
    assert [number for number, message in named(faults()) if "put in before the first" in message] == [-7, 0]
    assert changed(1) not in named(faults())


def test_an_entry_put_in_the_middle_is_named(story: Story) -> None:
    middle = story.first + 1
    for table in ("audit_entry", "audit_detail"):
        sql(f"UPDATE {table} SET number = number + 1000 WHERE chain = ? AND number >= ?", story.chain.bytes, middle)
        sql(f"UPDATE {table} SET number = number - 999 WHERE chain = ? AND number > 1000", story.chain.bytes)
    _copy(story, story.first, middle)
    sql("UPDATE audit_head SET number = number + 1 WHERE id = ?", story.chain.bytes)
    assert {changed(number) for number in range(middle, story.last + 2)} <= set(named(faults()))


def test_an_entry_of_another_chain_is_no_entry_of_this_one(story: Story, other_school: School) -> None:
    number = story.last + 1
    sql("UPDATE audit_entry SET chain = ?, number = ? WHERE chain = ? AND number = 2", story.chain.bytes, number, other_school.id.bytes)
    found = faults()
    assert changed(number) in named([fault for fault in found if fault.chain == story.chain])
    assert (2, "Entry 2 is missing.") in named([fault for fault in found if fault.chain == other_school.id])


def test_a_changed_head_is_named(story: Story) -> None:
    sql("UPDATE audit_head SET digest = ? WHERE id = ?", b"\4" * 32, story.chain.bytes)
    assert named(faults()) == [(story.last, f"The head of this chain was changed: it does not fit entry {story.last}.")]
    sql("UPDATE audit_head SET number = ? WHERE id = ?", story.last + 5, story.chain.bytes)
    assert named(faults())[0][1] == f"Entries {story.last + 1} to {story.last + 5} are missing. The end of the history was cut off."


def test_a_head_that_was_taken_away_does_not_hide_its_chain(story: Story) -> None:
    sql("DELETE FROM audit_head WHERE id = ?", story.chain.bytes)
    assert named(faults()) == [(story.last, "The head of this chain is missing from the database.")]


def test_a_chain_that_was_taken_away_whole_is_missing(story: Story) -> None:
    for table, column in (("audit_head", "id"), ("audit_entry", "chain"), ("audit_detail", "chain")):
        sql(f"DELETE FROM {table} WHERE {column} = ?", story.chain.bytes)
    assert (1, f"Entries 1 to {story.last} are missing. The head kept outside the database knows of them.") in named(faults())


def test_a_missing_file_of_the_head_is_named(story: Story, tmp_path: Path) -> None:
    (tmp_path / "heads" / story.chain.hex).unlink()
    expected = "No head is kept for this chain outside the database, so an end that was cut off could not be seen."
    assert named(faults()) == [(story.last, expected)]


def test_a_file_of_the_head_with_something_else_in_it_is_named(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "heads" / story.chain.hex
    file.write_text(f"{story.first:020d} {'5' * 64}\n")
    assert named(faults()) == [(story.first, f"Entry {story.first} is not the one whose head is kept outside the database.")]
    file.write_text("nonsense")
    assert len(faults()) == 1


def test_a_head_outside_that_lags_behind_is_no_fault_for_a_stop_may_come_between(story: Story, tmp_path: Path) -> None:
    (digest,) = sql("SELECT digest FROM audit_entry WHERE chain = ? AND number = ?", story.chain.bytes, story.first)[0]
    (tmp_path / "heads" / story.chain.hex).write_text(f"{story.first:020d} {bytes(digest).hex()}\n")
    assert faults() == []


def test_changed_values_are_named(story: Story) -> None:
    number = story.first
    sql("UPDATE audit_detail SET sealed = ? WHERE chain = ? AND number = ?", b"forged", story.chain.bytes, number)
    assert named(faults()) == [(number, f"The values of entry {number} were changed, or are those of another entry.")]


def test_removed_values_are_named(story: Story) -> None:
    number = story.first
    sql("DELETE FROM audit_detail WHERE chain = ? AND number = ?", story.chain.bytes, number)
    assert named(faults()) == [(number, f"The values of entry {number} were removed, and no entry says that they were erased.")]


def test_values_that_changed_places_are_named(story: Story) -> None:
    one, other = story.first, story.first + 1
    for old, new in ((one, -1), (other, one), (-1, other)):
        sql("UPDATE audit_detail SET number = ? WHERE chain = ? AND number = ?", new, story.chain.bytes, old)
    assert [number for number, _message in named(faults())] == [one, other]


def test_values_put_beside_an_entry_that_has_none_are_named(story: Story) -> None:
    number = story.last  # archived: no values
    sql("INSERT INTO audit_detail (chain, number, sealed) VALUES (?, ?, ?)", story.chain.bytes, number, b"forged")
    assert named(faults()) == [(number, f"Values were put beside entry {number}, which has none.")]


def test_after_values_were_erased_the_chain_still_verifies(story: Story, occasion: Occasion) -> None:
    with recording(occasion.by, occasion.at + timedelta(hours=1)) as trace:
        assert erase_values(trace, story.chain, "asset", story.files.id) == 2
    assert faults() == []
    assert [*verify_rows()] == []
    sql("DELETE FROM audit_detail WHERE chain = ? AND number = ?", story.chain.bytes, story.first + 1)
    assert len(faults()) == 1, "erasing one record's values does not excuse another's"


def test_an_erasure_does_not_excuse_what_vanishes_afterwards(story: Story, occasion: Occasion) -> None:
    with recording(occasion.by, occasion.at) as trace:
        erase_values(trace, story.chain, "asset", story.files.id)
    records.change(ASSETS, records.find(ASSETS, story.files.id, occasion.by), {"notes": "Later"}, occasion)
    sql("DELETE FROM audit_detail WHERE chain = ? AND number = ?", story.chain.bytes, story.last + 2)
    assert [number for number, _message in named(faults())] == [story.last + 2]


def test_the_chain_of_another_school_stays_without_a_fault(story: Story, other_school: School) -> None:
    sql("UPDATE audit_entry SET at = 1 WHERE chain = ?", story.chain.bytes)
    assert {fault.chain for fault in faults()} == {story.chain}
    assert [*verify_chain(other_school.id), *verify_chain(INSTALLATION)] == []


def test_verifying_tells_how_far_it_is(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "BATCH", 3)
    monkeypatch.setattr(seals, "BATCH", 2)
    entries: list[int] = []
    for chain in chains():
        assert [*verify_chain(chain, entries.append)] == []
    assert (sum(entries), max(entries)) == (entry_count(), 3)
    compared: list[int] = []
    assert [*verify_rows(compared.append)] == []
    assert (sum(compared), max(compared)) == (row_count(), 2)


def test_entries_appended_while_verifying_are_no_fault(story: Story, occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    look = verification._head
    appended = []

    def append_first(chain: UUID) -> Any:
        if len(appended) < 3:
            appended.append(records.add(ASSETS, {"name": "Meanwhile"}, occasion))
        return look(chain)

    monkeypatch.setattr(verification, "_head", append_first)
    assert [*verify_chain(story.chain)] == []
    assert len(appended) == 3


def test_the_heads_know_every_chain(story: Story, other_school: School) -> None:
    assert set(heads.chains()) == {INSTALLATION, story.chain, other_school.id} == set(chains())
    assert chains()[0] == INSTALLATION


def _copy(story: Story, old: int, new: int) -> None:
    columns = "chain, at, actor, deed, subject, record, changed, seal, digest"
    copied = f"SELECT ?, {columns} FROM audit_entry WHERE chain = ? AND number = ?"
    sql(f"INSERT INTO audit_entry (number, {columns}) {copied}", new, story.chain.bytes, old)
