"""The runner looks every minute at what is due and does it, beside the pages or apart from them, and ends when it is told to."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from huey.exceptions import HueyException

from models.base import db
from models.job import JobRun
from models.school import Installation
from registry.jobs import jobs, runs
from registry.jobs.job import Job, JobFailed
from registry.rules.job_times import Daily
from settings import PROJECT
from tests import databases
from tests.people import NOW
from tests.serving import environment
from web import runner


@pytest.fixture(autouse=True)
def of_long_ago(database: str) -> None:
    """An installation that has seen many nights."""
    Installation.update(created_at=NOW - timedelta(days=900)).execute()


@pytest.fixture
def done() -> list[str]:
    """What was done, in order."""
    return []


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch, done: list[str]) -> Callable[..., Job]:
    """What makes this the only job there is."""

    def made(deed: Callable[[datetime], str] = lambda now: "Done.") -> Job:
        def counted(now: datetime) -> str:
            done.append("done")
            return deed(now)

        job = Job(name="only", words="Only", times=Daily(time(2)), deed=counted)
        monkeypatch.setattr(runs, "JOBS", (job,))
        monkeypatch.setattr(jobs, "JOBS", (job,))
        return job

    return made


@pytest.fixture
def running(database: str) -> Iterator[Callable[[], runner.Runner]]:
    """What starts a runner, which ends with the test."""
    begun: list[runner.Runner] = []

    def begin() -> runner.Runner:
        begun.append(runner.begin(0))
        return begun[-1]

    yield begin
    for each in begun:
        each.end(10)
        assert not each.thread.is_alive()
        assert not any(worker.is_alive() for _, worker in each.consumer.worker_threads)
    empty_queue()


def empty_queue() -> None:
    """The queue is no table of ours, so nobody else empties it between tests."""
    runner.work().queue.storage.flush_queue()


def until(true: Callable[[], Any], patience: float = 20) -> None:
    """Wait, shortly, until something is true."""
    quiet = threading.Event()
    for _ in range(int(patience / 0.02)):
        if true():
            return
        quiet.wait(0.02)
    raise AssertionError("It never came true.")


def is_done(name: str) -> bool:
    return bool(JobRun.select().where((JobRun.name == name) & JobRun.last_done_at.is_null(False)).exists())


def test_what_is_due_is_done_soon_after_the_start(only: Callable[..., Job], running: Callable[[], runner.Runner], done: list[str]) -> None:
    only()
    running()
    until(lambda: is_done("only"))
    assert done == ["done"]


def test_two_runners_at_once_do_it_once(only: Callable[..., Job], running: Callable[[], runner.Runner], done: list[str]) -> None:
    only()
    running(), running()
    until(lambda: is_done("only"))
    until(lambda: runner.work().queue.pending_count() == 0)
    assert done == ["done"]


def test_of_many_that_are_due_in_one_lane_none_waits_for_the_next_minute(
    monkeypatch: pytest.MonkeyPatch, running: Callable[[], runner.Runner], done: list[str]
) -> None:
    def slowly(number: int) -> Job:
        def deed(_now: datetime) -> str:
            done.append(f"job {number}")
            threading.Event().wait(0.05)
            return "Done."

        return Job(name=f"job-{number}", words="Job", times=Daily(time(2)), deed=deed)

    every = tuple(slowly(number) for number in range(6))
    monkeypatch.setattr(runs, "JOBS", every)
    running()
    until(lambda: all(is_done(job.name) for job in every))
    assert sorted(done) == [f"job {number}" for number in range(6)]


def test_what_is_asked_for_while_its_lane_is_busy_comes_next(
    monkeypatch: pytest.MonkeyPatch, running: Callable[[], runner.Runner], done: list[str]
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def long(_now: datetime) -> str:
        begun.set()
        go_on.wait(10)
        return "Done."

    first = Job(name="long", words="Long", times=Daily(time(2)), deed=long)
    second = Job(name="second", words="Second", times=Daily(time(2)), deed=lambda now: str(done.append("second") or "Done."))
    monkeypatch.setattr(runs, "JOBS", (first, second))
    runs.run(second, datetime.now(UTC))
    running()
    assert begun.wait(20)
    runner.ask(second, datetime.now(UTC))
    until(lambda: runner.work().queue.pending_count() == 0)
    go_on.set()
    until(lambda: done == ["second", "second"])


def test_it_waits_a_moment_and_can_be_ended_before(database: str, only: Callable[..., Job], done: list[str]) -> None:
    only()
    waiting = runner.begin(60)
    waiting.end(10)
    assert not waiting.thread.is_alive()
    assert done == []


def test_what_breaks_is_logged_without_a_word_of_it(
    only: Callable[..., Job], running: Callable[[], runner.Runner], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_now: datetime) -> str:
        raise ValueError("Sam Patel")

    monkeypatch.setattr(runner.log, "propagate", True)
    only(breaks)
    running()
    until(lambda: "ValueError" in caplog.text)
    assert "Job only: ValueError at tests/web/test_runner.py" in caplog.text
    assert "Sam Patel" not in caplog.text
    assert JobRun.get(JobRun.name == "only").last_done_at is None


def test_what_could_not_be_done_is_said_in_the_log(
    only: Callable[..., Job], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_now: datetime) -> str:
        raise JobFailed("The store cannot be reached.")

    monkeypatch.setattr(runner.log, "propagate", True)
    runner.report(runs.run(only(fails), NOW))
    assert "Job only: The store cannot be reached." in caplog.text


def test_asking_twice_waits_once_in_the_queue_and_holds_a_name_only(only: Callable[..., Job]) -> None:
    job = only()
    runner.ask(job, NOW)
    runner.ask(job, NOW + timedelta(seconds=1))
    queue = runner.work().queue
    (held,) = queue.storage.enqueued_items()
    text, _, signature = bytes(held).rpartition(b":")
    assert text.endswith(b'"web.runner.do", ["night"]]')
    assert len(signature) == 40
    empty_queue()


def test_a_task_that_somebody_else_put_into_the_database_is_not_done(only: Callable[..., Job], done: list[str]) -> None:
    job = only()
    runner.ask(job, NOW)
    queue = runner.work().queue
    (held,) = queue.storage.enqueued_items()
    empty_queue()
    forged = bytes(held).replace(b"night", b"evil!")
    for planted in (forged, b"cos\nsystem\n(S'echo'\ntR.", bytes(held)[:-1] + b"x"):
        queue.storage.enqueue(planted)
        with pytest.raises(ValueError, match=r"(?i)signature|separator"):
            queue.dequeue()
    assert (queue.pending_count(), done) == (0, [])


def test_a_task_of_another_name_is_refused(only: Callable[..., Job]) -> None:
    only()
    queue = runner.work().queue
    message = queue._registry.create_message(runner.work().do.s("only"))
    with pytest.raises(HueyException, match="not found"):
        queue._registry.create_task(message._replace(name="os.system"))


def test_a_lane_that_is_not_there_any_more_is_passed_over(done: list[str]) -> None:
    runner._do("gone")
    assert (JobRun.select().count(), done) == (0, [])


def test_whoever_only_looks_does_not_take_the_turn_of_those_who_write(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    begin = type(db.obj).begin
    monkeypatch.setattr(type(db.obj), "begin", lambda self, *words: (taken.append("turn"), begin(self, *words))[1])
    queue = runner.work().queue
    assert queue.dequeue() is None
    assert queue.read_schedule() == []
    assert taken == []


def test_apart_it_does_what_is_due_and_ends_at_once_when_it_is_told_to(app: Flask, database: str, tmp_path: Path, key_file: Path) -> None:
    databases.leave()
    surroundings = environment(data_folder=tmp_path, database_url=database, secret_file=key_file, runner="apart")
    log = tmp_path / "said.txt"
    with log.open("wb") as said:
        process = subprocess.Popen([sys.executable, "-m", "app", "jobs"], cwd=PROJECT, env=surroundings, stdout=said, stderr=said)
    try:
        databases.use(database, is_migrated=True)
        until(lambda: process.poll() is not None or (is_done("clear-up") and is_done("send-messages")), 60)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, log.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()
    assert "Doing jobs: send-messages, breach-alerts, digests" in log.read_text(encoding="utf-8")


def test_every_job_is_a_command_for_cron(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    first, again = run(args=["run-jobs"]), run(args=["run-jobs"])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert len(first.output.splitlines()) == len(jobs.JOBS)
    assert again.output == ""
    for job in jobs.JOBS:
        done = run(args=["run-job", job.name])
        assert (done.exit_code, done.output.endswith(".\n")) == (0, True), done.output
    assert run(args=["run-job", "nothing"]).exit_code == 2


def test_a_command_that_could_not_do_its_job_ends_non_zero(app: Flask, only: Callable[..., Job], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_now: datetime) -> str:
        raise JobFailed("The store cannot be reached.")

    job = only(fails)
    done = app.test_cli_runner().invoke(args=["run-jobs"])
    assert (done.exit_code, "The store cannot be reached." in done.stderr) == (1, True)
    broken = replace(job, name="clear-up", deed=lambda now: {}[str(now)])
    monkeypatch.setattr(jobs, "JOBS", (broken,))
    done = app.test_cli_runner().invoke(args=["run-job", "clear-up"])
    assert (done.exit_code, "KeyError" in done.stderr) == (1, True)


def test_checks_from_the_terminal_count_as_done(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    run(args=["verify-audit"])
    assert not is_done("verify-audit"), "the records were not looked at"
    run(args=["verify-audit", "--rows"])
    run(args=["check-files"])
    assert is_done("verify-audit")
    assert is_done("check-files")
