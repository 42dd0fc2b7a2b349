"""A process that is killed in the middle of its work leaves all of it or nothing, and the next one goes on as if nothing had been."""

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models import doors
from models.activity import Activity
from models.asset import Asset
from models.audit import AuditEntry
from models.school import School
from models.upload import Upload
from registry import records
from registry.audit import Happened
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.verification import chains, verify_chain, verify_rows
from settings import PROJECT
from tests import databases
from tests.crashing import ROWS
from tests.people import Person

pytestmark = pytest.mark.slow

Crash = Callable[[str, float], bool]


@pytest.fixture
def crash(database: str, tmp_path: Path, school: School, dev: Person) -> Crash:
    """What begins some work in another process and kills it so many seconds later; whether it had finished by then."""

    def crashed(work: str, after: float) -> bool:
        databases.leave()
        arguments = [work, database, str(tmp_path / "heads"), str(school.id), str(dev.user)]
        with subprocess.Popen([sys.executable, "-m", "tests.crashing", *arguments], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "begins\n"
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(after)
            worker.kill()
            finished = "done" in worker.stdout.read()
        databases.use(database)
        return finished

    return crashed


def faults() -> list[str]:
    """What verify-audit --rows would say."""
    return [fault.message for chain in chains() for fault in verify_chain(chain)] + [fault.message for fault in verify_rows()]


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
