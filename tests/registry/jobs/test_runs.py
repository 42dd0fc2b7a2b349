"""Each job is done once however many runners there are, and how it went is kept."""

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from models.base import db
from models.job import JobRun
from models.school import Installation
from models.turns import if_free, one_at_a_time
from registry.jobs import jobs, runs
from registry.jobs.job import Job, JobFailed
from registry.rules.job_times import Daily, Every
from settings import PROJECT
from tests import databases
from tests.people import NOW
from web.runner import AT_ONCE

pytestmark = pytest.mark.usefixtures("of_long_ago")
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def of_long_ago(database: str) -> None:
    """An installation that has seen many nights."""
    Installation.update(created_at=NOW - timedelta(days=900)).execute()


@pytest.fixture
def done() -> list[datetime]:
    """When the job of a test was done."""
    return []


@pytest.fixture
def job(done: list[datetime]) -> Job:
    """A job of every night."""

    def deed(now: datetime) -> str:
        done.append(now)
        return "Done."

    return Job(name="test-job", words="Test", times=Daily(time(2)), deed=deed)


def failing(job: Job, error: Exception) -> Job:
    """The same job, which cannot do its work."""

    def deed(_now: datetime) -> str:
        raise error

    return replace(job, deed=deed)


@pytest.fixture
def only_this(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program with this one job."""
    monkeypatch.setattr(runs, "JOBS", (job,))


def kept() -> JobRun:
    row: JobRun = JobRun.get(JobRun.name == "test-job")
    return row


def test_a_job_is_done_when_it_is_due_and_not_again_before_its_next_turn(job: Job, done: list[datetime]) -> None:
    ran = runs.run_if_due(job, NOW)
    assert ran is not None
    assert (ran.sentence, ran.is_done) == ("Done.", True)
    assert runs.run_if_due(job, NOW + timedelta(hours=1)) is None
    assert runs.run_if_due(job, TOMORROW) is not None
    assert done == [NOW, TOMORROW]
    assert (kept().last_begun_at, kept().last_done_at, kept().last_failed_at, kept().said) == (TOMORROW, TOMORROW, None, "Done.")


def test_the_first_night_of_an_installation_is_the_one_to_come(job: Job) -> None:
    Installation.update(created_at=NOW).execute()
    assert runs.run_if_due(job, NOW + timedelta(hours=1)) is None
    assert runs.run_if_due(job, TOMORROW) is not None


def test_why_it_could_not_be_done_is_kept_in_a_sentence(job: Job) -> None:
    ran = runs.run_if_due(failing(job, JobFailed("The store cannot be reached.")), NOW)
    assert ran is not None
    assert (ran.is_done, ran.broke) == (False, None)
    assert (kept().last_done_at, kept().last_failed_at, kept().why) == (None, NOW, "The store cannot be reached.")
    assert runs.run_if_due(job, NOW + timedelta(minutes=5)) is None, "not at once"
    assert runs.run_if_due(job, NOW + timedelta(minutes=10)) is not None


def test_of_an_error_only_its_kind_is_kept(job: Job) -> None:
    ran = runs.run(failing(job, ValueError("Sam Patel")), NOW)
    assert isinstance(ran.broke, ValueError)
    assert "ValueError" in kept().why
    assert "Sam" not in kept().why


def test_while_another_is_at_it_or_at_a_neighbour_it_waits_for_the_next_look(job: Job, done: list[datetime]) -> None:
    found: list[object] = []

    def other_worker() -> None:
        db.connect(reuse_if_open=True)
        found.append(runs.run_if_due(job, NOW))
        db.close()

    def deed(_now: datetime) -> str:
        worker = threading.Thread(target=other_worker)
        worker.start()
        worker.join(10)
        return "Done."

    runs.run(replace(job, name="neighbour", deed=deed), NOW)
    assert found == [None]
    assert done == []
    assert runs.run_if_due(job, NOW) is not None


def test_what_was_asked_for_is_done_at_the_next_look(job: Job, only_this: None) -> None:
    runs.run(job, NOW)
    assert runs.due(NOW) == []
    runs.ask(job, NOW + timedelta(seconds=1))
    assert runs.due(NOW + timedelta(seconds=2)) == [job]
    assert runs.run_if_due(job, NOW + timedelta(seconds=2)) is not None
    assert runs.due(NOW + timedelta(seconds=3)) == []


def test_a_job_is_late_after_a_day_and_says_since_when_and_why(job: Job, only_this: None) -> None:
    Installation.update(created_at=NOW - timedelta(hours=26)).execute()
    assert runs.late(NOW) == (), "the installation is no older than that"
    Installation.update(created_at=NOW - timedelta(days=9)).execute()
    (late,) = runs.late(NOW)
    assert (late.job, late.since, late.why) == (job, None, "")
    runs.run(job, NOW)
    assert runs.late(NOW + timedelta(hours=26)) == ()
    runs.run(failing(job, JobFailed("No.")), TOMORROW)
    (late,) = runs.late(NOW + timedelta(hours=27))
    assert (late.since, late.why) == (NOW, "No.")


def test_every_job_can_be_done_twice_at_any_time_and_says_what_it_did() -> None:
    assert len({job.name for job in jobs.JOBS}) == len(jobs.JOBS)
    for job in jobs.JOBS:
        first, again = runs.run(job, NOW), runs.run(job, NOW)
        assert (first.is_done, again.is_done) == (True, True), first.sentence
        assert first.sentence.endswith(".")
    assert runs.due(NOW) == []


def test_jobs_of_the_night_do_not_keep_letters_waiting() -> None:
    lanes = {job.name: job.lane for job in jobs.JOBS}
    assert lanes["verify-audit"] != lanes["send-messages"]
    of_every_minute = [job.lane for job in jobs.JOBS if isinstance(job.times, Every)]
    assert "night" not in of_every_minute
    assert len(set(of_every_minute)) == len(of_every_minute) < AT_ONCE, "each has a hand of its own, and the night one more"


RACE = """
import sys
from datetime import datetime
from tests import databases
from registry.jobs import runs
from registry.jobs.job import Job
from datetime import time
from registry.rules.job_times import Daily
databases.use(sys.argv[1], is_migrated=True)
def deed(now):
    with open(sys.argv[2], "a") as file:
        file.write("done\\n")
    return "Done."
job = Job(name="race", words="Race", times=Daily(time(2)), deed=deed)
print("ready", flush=True)
sys.stdin.readline()
for minute in range(200):
    runs.run_if_due(job, datetime.fromisoformat(sys.argv[3]))
"""


def test_two_processes_at_once_do_each_thing_once(database: str, tmp_path: Path) -> None:
    databases.leave()
    log = tmp_path / "done.txt"
    command = [sys.executable, "-c", RACE, database, str(log), NOW.isoformat()]
    runners = [subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for each in runners:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in runners:
        each.communicate("go\n", timeout=60)
    assert [each.returncode for each in runners] == [0, 0]
    assert log.read_text(encoding="utf-8") == "done\n"


def test_a_turn_that_is_taken_is_not_free_and_is_given_back(database: str) -> None:
    databases.leave()
    script = "import sys; from tests import databases; from models.turns import one_at_a_time\ndatabases.use(sys.argv[1], is_migrated=True)\n"
    script += "with one_at_a_time('job-x'):\n    print('held', flush=True); sys.stdin.readline()"
    with subprocess.Popen([sys.executable, "-c", script, database], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        databases.use(database, is_migrated=True)
        with if_free("job-x") as is_ours, if_free("job-y") as is_also_ours:
            assert (is_ours, is_also_ours) == (False, True)
        other.kill()
        other.wait()
    with one_at_a_time("job-x"):
        pass
    with if_free("job-x") as is_ours:
        assert is_ours
    assert not db.in_transaction()
