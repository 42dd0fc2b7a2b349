"""A process that is killed in the middle of its work leaves all of it or nothing, and the next one goes on as if nothing had been."""

import contextlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from models import doors, file_store, secret_file, vault
from models.activity import Activity
from models.asset import Asset
from models.attachment import Attachment, LooseFile
from models.audit import AuditEntry
from models.image_answer import ImageAnswer
from models.school import School
from models.take_down import TakeDown
from models.upload import Upload
from models.vocabulary import ImageDecision
from registry import records
from registry.files import arriving, file_check
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.trace import resealing
from registry.trace.audit import Happened, recording
from tests import databases
from tests.crashing import ROWS
from tests.people import NOW, Person
from tests.serving import begun
from tests.tampering import faults

pytestmark = pytest.mark.slow

Crash = Callable[..., bool]


@pytest.fixture
def crash(database: str, tmp_path: Path, school: School, dev: Person) -> Crash:
    """What begins some work in another process, does something here, and kills it so many seconds later; whether it had finished by then."""

    def crashed(work: str, after: float, meanwhile: Callable[[], object] = lambda: None) -> bool:
        databases.leave()
        arguments = [work, database, str(tmp_path / "heads"), str(school.id), str(dev.user)]
        with begun("tests.crashing", *arguments) as (worker, said):
            assert said.readline() == "begins\n"
            databases.use(database)
            meanwhile()
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(after)
            worker.kill()
            return "done" in said.read()

    return crashed


def test_an_import_that_is_killed_leaves_all_of_it_or_nothing(crash: Crash, school: School, occasion: Occasion) -> None:
    for tries, after in enumerate((0.1, 0.25, 60), start=1):
        finished = crash("import", after)
        with doors.looking_at(school.id):
            held = Asset.select().count()
            assert held in (0, ROWS)
            assert held or not finished
            entries = AuditEntry.select().where((AuditEntry.chain == school.id) & (AuditEntry.deed == Happened.IMPORTED))
            assert entries.where(AuditEntry.subject == "asset").count() == held, "one for each record, and none for a record that is not there"
            assert Upload.select().count() == tries - bool(held), "a file that was not saved waits for another try"
            assert faults() == []
        if held:
            break
    assert held == ROWS, "left alone, the work is done"
    with doors.looking_at(school.id):
        assert records.add(ASSETS, {"name": "The next one"}, occasion).number == held + 1
        assert faults() == []


def test_a_transaction_that_is_killed_in_its_middle_never_was(crash: Crash, school: School, occasion: Occasion) -> None:
    before = AuditEntry.select().count()
    crash("middle", 0)
    with doors.looking_at(school.id):
        assert (Asset.select().count(), AuditEntry.select().count()) == (0, before)
        assert faults() == []
        assert records.add(ASSETS, {"name": "The next one"}, occasion).number == 1, "nobody is kept waiting by a process that is gone"
        assert faults() == []


def test_saving_that_is_killed_leaves_whole_saves(crash: Crash, school: School, occasion: Occasion) -> None:
    for after in (0.1, 0.3):
        crash("save", after)
        with doors.looking_at(school.id):
            for row in Activity.select():
                entries = AuditEntry.select().where(AuditEntry.record == row.id).count()
                assert row.version == entries, "each save left one entry and one version"
                linked = records.answers_of(PROCESSING, row, occasion.by)["assets"]
                for asset in Asset.select().where(Asset.id.in_(linked)):
                    assert records.answers_of(ASSETS, asset, occasion.by)["processing"] == (row.id,)
            assert faults() == []
    with doors.looking_at(school.id):
        row = Activity.select().order_by(Activity.version.desc()).first()
        assert row.version > 2, "nothing was saved before the kill; the test proves nothing"
        assert records.change(PROCESSING, row, {"name": "Admissions, after the crash"}, occasion)
        assert faults() == []


def test_a_yes_taken_back_when_the_process_is_killed_has_its_task_or_was_not_taken_back(crash: Crash, school: School) -> None:
    for after in (0.1, 0.3):
        crash("take back", after)
        with doors.looking_at(school.id):
            withdrawn = {row.person for row in ImageAnswer.select().where(ImageAnswer.decision == ImageDecision.WITHDRAWN)}
            assert sorted(task.person for task in TakeDown.select()) == sorted(withdrawn), "one task for each, and none without"
            assert faults() == []
    assert len(withdrawn) > 1, "nothing was written before the kill; the test proves nothing"


def test_a_new_key_that_is_killed_on_its_way_leaves_a_house_that_opens_and_goes_on(
    crash: Crash, key_file: Path, school: School, occasion: Occasion
) -> None:
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, ASSETS, ({"name": f"Shelf {number}", "owner": "Ola Brandt"} for number in range(600)), occasion, number=1)
    secret_file.add_key(key_file)
    vault.current().learn()
    total = resealing.older_count()
    assert not crash("seal", 0)
    left = resealing.older_count()
    assert 0 < left < total, "it was killed before it began, or after it had finished; the test proves nothing"
    assert faults() == []
    with doors.looking_at(school.id):
        assert {row.owner for row in Asset.select()} == {"Ola Brandt"}
    assert crash("seal", 60)
    assert (resealing.older_count(), faults()) == (0, [])
    assert AuditEntry.select().where(AuditEntry.deed == Happened.RESEALED).count() == total, "each row once"


def test_saving_goes_on_while_keys_change(crash: Crash, key_file: Path, school: School, occasion: Occasion) -> None:
    def change_keys() -> None:
        for _ in range(4):
            secret_file.add_key(key_file)
            vault.current().learn()
            assert resealing.reseal(occasion.at) == []

    crash("save", 0.2, change_keys)
    assert faults() == []
    assert resealing.reseal(occasion.at) == []
    assert (resealing.older_count(), faults()) == (0, [])
    with doors.looking_at(school.id):
        (row,) = Activity.select()
        saves = AuditEntry.select().where((AuditEntry.record == row.id) & (AuditEntry.deed != Happened.RESEALED)).count()
        assert row.version == saves > 2, "no save was lost, and no key made a version"
        assert (row.owner, row.__data__["owner"][1:3]) == ("Ola Brandt", b"\0\5")


def test_files_that_come_in_when_the_process_is_killed_are_whole_or_leave_nothing(crash: Crash, school: School, tmp_path: Path) -> None:
    for after in (0, 0.15, 0.4):
        crash("files", after)
        with doors.looking_at(school.id):
            whole = list(Attachment.select())
            held = set(file_store.current().held())
            loose = {(row.school_id, row.id) for row in LooseFile.select()}
            assert held >= {(file.school_id, file.id) for file in whole}
            assert held - {(file.school_id, file.id) for file in whole} <= loose, "what lies there beside them is known to be loose"
            assert list(file_check.check()) == [], "each that has a row opens, and nothing lies there that nobody knows of"
            arriving.sweep(NOW + arriving.STILL_COMING)
            assert set(file_store.current().held()) == {(file.school_id, file.id) for file in whole}
            assert (LooseFile.select().count(), faults()) == (0, [])
    assert whole, "nothing was added before the kill; the test proves nothing"
