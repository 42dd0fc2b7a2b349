"""Nothing is written without a trace, nothing of the trace is ever changed, and no entry is lost however many write at once."""

import multiprocessing
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import peewee
import pytest

from models import doors, heads, vault
from models.asset import Asset
from models.audit import AuditDetail, AuditEntry, AuditHead
from models.base import db
from models.database import database_at
from models.school import School
from registry import records
from registry.actor import Actor
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.audit import Happened, NothingNoted, changes_of, erase_values, recording
from registry.trace.chain import INSTALLATION
from registry.trace.verification import chains, verify_chain, verify_rows
from tests.conftest import VAULT
from tests.people import NOW, Person, note_something
from tests.tampering import sql

WRITERS, WRITES = 8, 10


def head(chain: UUID) -> tuple[int, bytes]:
    row = AuditHead.get_by_id(chain)
    return row.number, bytes(row.digest)


def test_a_recording_that_says_nothing_is_rolled_back(dev: Person, school: School) -> None:
    before = head(school.id)
    with pytest.raises(NothingNoted), recording(dev.actor, NOW):
        School.update(name="Changed in silence").where(School.id == school.id).execute()
    assert School.get_by_id(school.id).name == "Quillbrook Primary School"
    assert head(school.id) == before


def test_a_recording_that_breaks_leaves_nothing(dev: Person, school: School) -> None:
    before, kept = head(school.id), heads.last(school.id)

    def break_after_a_note() -> None:
        with recording(dev.actor, NOW) as trace:
            note_something(trace)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        break_after_a_note()
    assert (head(school.id), heads.last(school.id)) == (before, kept)
    with recording(dev.actor, NOW) as trace:
        assert trace.number == before[0], "the next entry takes the number that was not used"
        note_something(trace)


def test_recordings_do_not_nest(dev: Person) -> None:
    with recording(dev.actor, NOW) as trace:
        note_something(trace)
        with pytest.raises(RuntimeError, match="do not nest"), recording(dev.actor, NOW):
            pass


def test_the_door_is_shut_again_after_a_recording(dev: Person) -> None:
    with recording(dev.actor, NOW) as trace:
        note_something(trace)
    with pytest.raises(doors.UnrecordedWrite):
        School.update(name="x")


def test_an_entry_says_who_what_and_when_but_no_value(dev: Person, school: School) -> None:
    record = uuid4()
    with recording(dev.actor, NOW) as trace:
        number = trace.note(Happened.CHANGED, "asset", record, changes={"name": ("Old", "New"), "owner": (None, "Wilhelmina Featherstone")})
    entry = AuditEntry.get((AuditEntry.chain == school.id) & (AuditEntry.number == number))
    assert (entry.actor, entry.deed, entry.subject, entry.record, entry.at) == (dev.user.hex, "changed", "asset", record, NOW)
    assert entry.changed == " name owner "
    assert changes_of(entry) == {"name": ["Old", "New"], "owner": [None, "Wilhelmina Featherstone"]}
    everything = b"".join(bytes(cell) for row in sql("SELECT digest, detail FROM audit_entry") for cell in row if cell)
    everything += b"".join(bytes(sealed) for (sealed,) in sql("SELECT sealed FROM audit_detail"))
    assert b"Featherstone" not in everything


def test_a_robot_signs_with_its_name_and_somebody_without_a_school_in_the_chain_of_the_installation(database: str) -> None:
    with recording(Actor.robot("night shift"), NOW) as trace:
        note_something(trace)
    entry = AuditEntry.select().where(AuditEntry.chain == INSTALLATION).order_by(AuditEntry.number.desc()).get()
    assert entry.actor == "robot:night shift"


def test_the_head_is_kept_outside_the_database_after_each_recording(dev: Person, school: School) -> None:
    with recording(dev.actor, NOW) as trace:
        note_something(trace)
        note_something(trace)
        assert heads.last(school.id) != (trace.number, trace.digest), "not before it is safe"
    assert heads.last(school.id) == (trace.number, trace.digest) == head(school.id)


def test_one_deed_may_write_to_two_chains(dev: Person, school: School, other_school: School) -> None:
    before = {chain: head(chain)[0] for chain in (INSTALLATION, school.id, other_school.id)}
    with recording(dev.actor, NOW, chain=INSTALLATION) as trace:
        note_something(trace)
        note_something(trace.beside(school.id))
        assert trace.beside(school.id) is trace.beside(school.id)
        assert trace.beside(INSTALLATION) is trace
    after = {chain: head(chain)[0] for chain in before}
    assert after == {INSTALLATION: before[INSTALLATION] + 1, school.id: before[school.id] + 1, other_school.id: before[other_school.id]}
    assert [fault for chain in chains() for fault in verify_chain(chain)] == []


def test_something_that_cannot_be_kept_is_refused_and_leaves_nothing(dev: Person, school: School) -> None:
    before = head(school.id)
    with pytest.raises(TypeError), recording(dev.actor, NOW) as trace:
        note_something(trace, name=object())
    assert head(school.id) == before


REFUSED = ("UPDATE audit_entry SET deed = 'added'", "DELETE FROM audit_entry", "UPDATE audit_entry SET at = 1 WHERE number = 1")


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_itself_refuses_to_change_the_trace(statement: str, database: str) -> None:
    before = sql("SELECT * FROM audit_entry ORDER BY chain, number")
    with pytest.raises(peewee.DatabaseError, match=r"The trace is never changed\."), db.atomic():
        sql(statement)
    assert sql("SELECT * FROM audit_entry ORDER BY chain, number") == before


def test_erased_values_are_gone_from_the_database_and_only_those(occasion: Occasion, in_quillbrook: School) -> None:
    one, other = (records.add(ASSETS, {"name": name}, occasion) for name in ("One", "Other"))
    records.change(ASSETS, one, {"name": "One again"}, occasion)
    before = AuditDetail.select().count()
    with recording(occasion.by, occasion.at) as trace:
        assert erase_values(trace, in_quillbrook.id, "asset", one.id) == 2
    assert AuditDetail.select().count() == before - 2
    assert [changes_of(entry) for entry in AuditEntry.select().where(AuditEntry.record == one.id)] == [None, None, None]
    assert changes_of(AuditEntry.get(AuditEntry.record == other.id)) == {"name": [None, "Other"]}


def write(occasion: Occasion, school: UUID, who: str) -> None:
    """One writer of several at once."""
    with doors.looking_at(school):
        for each in range(WRITES):
            at = occasion.at + timedelta(seconds=each)
            records.add(ASSETS, {"name": f"{who} {each}"}, Occasion(occasion.by, at, occasion.school))


def nothing_is_lost(school: School, before: int, writers: int) -> None:
    with doors.looking_at(school.id):
        numbers = sorted(number for (number,) in Asset.select(Asset.number).tuples())
    assert numbers == list(range(1, writers * WRITES + 1))
    assert head(school.id)[0] == before + writers * WRITES
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_threads_that_write_at_once_lose_no_entry(occasion: Occasion, school: School) -> None:
    before, problems = head(school.id)[0], []

    def writing(who: str) -> Callable[[], None]:
        def run() -> None:
            try:
                write(occasion, school.id, who)
            except BaseException as problem:
                problems.append(problem)
            finally:
                db.close()

        return run

    threads = [threading.Thread(target=writing(f"Thread {each}")) for each in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    nothing_is_lost(school, before, WRITERS)


def write_in_a_process_of_its_own(address: str, folder: Path, occasion: Occasion, school: UUID) -> None:
    """What another process does: open the house, and write."""
    vault.unlock(VAULT)
    heads.open_folder(folder)
    db.initialize(database_at(address))
    with db.connection_context():
        write(occasion, school, "Process")


def test_two_processes_that_write_at_once_lose_no_entry(occasion: Occasion, school: School, database: str, tmp_path: Path) -> None:
    before = head(school.id)[0]
    context = multiprocessing.get_context("spawn")
    asked = (database, tmp_path / "heads", occasion, school.id)
    processes = [context.Process(target=write_in_a_process_of_its_own, args=asked) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    nothing_is_lost(school, before, 2)
