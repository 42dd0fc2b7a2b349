"""The runner: huey's scheduler looks every minute at what is due, and its workers do it, inside the serving program or apart from it."""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from huey.consumer import Consumer
from peewee import Database

from models import vault
from models.base import db
from registry.jobs import runs
from registry.jobs.job import Job
from registry.jobs.queue import queue_in
from registry.rules.job_times import Daily
from web.log import described, log

FIRST_LOOK = 30.0
"""Seconds after the start of the serving program: whoever waits for the first page goes first."""

AT_ONCE = 5
"""One for what takes the night, and one for each thing that is done every minute: letters, alerts, channels, and asking programs."""

POLLING: dict[str, Any] = {"workers": AT_ONCE, "initial_delay": 0.5, "backoff": 1.5, "max_delay": 5.0, "scheduler_interval": 10}
GRACE = 25
"""Seconds that a letter which is being sent may take when a runner of its own is told to end."""

FAREWELL = 5.0
"""The same in the serving program, before which somebody may be sitting."""


class Work:
    """The queue with its two tasks: looking what is due, and doing what is due in one lane."""

    def __init__(self, database: Database) -> None:
        self.queue = queue_in(database)
        self.queue.on_shutdown(name="leave")(_leave)
        self.look = self.queue.periodic_task(lambda _minute: True, name="look")(self._look)
        self.do = self.queue.task(name="do")(_do)

    def ask(self, job: Job) -> None:
        """Have the jobs of a lane looked after, unless that waits already."""
        if job.lane not in {task.args[0] for task in self.queue.pending() if task.args}:
            self.do(job.lane)

    def _look(self) -> None:
        db.connect(reuse_if_open=True)
        for job in runs.due(datetime.now(UTC)):
            self.ask(job)


@dataclass
class Runner:
    """A runner at work beside the pages."""

    consumer: Consumer
    thread: threading.Thread

    def end(self, patience: float = FAREWELL) -> None:
        """Begin nothing more, and wait a while for what is being done; what takes longer is done once the program runs again."""
        self.consumer.stop_flag.set()
        until = time.monotonic() + patience
        for thread in (self.thread, *(worker for _, worker in self.consumer.worker_threads)):
            if thread.is_alive():
                thread.join(max(until - time.monotonic(), 0))


class Inside(Consumer):  # type: ignore[misc]
    """A consumer that leaves the signals to the program it runs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stop_flag_timeout = 5.0  # it looks after its threads no oftener; the flag itself is seen at once

    def _set_signal_handlers(self) -> None:
        pass


@lru_cache(maxsize=1)
def _work_on(database: Database, _secret: bytes) -> Work:
    return Work(database)


def work() -> Work:
    """The queue in the program's database."""
    return _work_on(db.obj, vault.current().queue_key)


def ask(job: Job, now: datetime) -> None:
    """Have a job done as soon as a runner is free, whatever its time."""
    runs.ask(job, now)
    work().ask(job)


def begin(first_look: float = FIRST_LOOK) -> Runner:
    """Start a runner in this program, beside the pages."""
    consumer = Inside(work().queue, **POLLING)
    thread = threading.Thread(target=_begin_later, args=(consumer, first_look), name="runner", daemon=True)
    thread.start()
    return Runner(consumer, thread)


def serve_apart() -> None:
    """Be a runner and nothing else, until the system says otherwise; what is being done then is finished first."""
    Consumer(work().queue, **POLLING, graceful_signal="TERM", shutdown_timeout=GRACE).run()


def _begin_later(consumer: Consumer, first_look: float) -> None:
    if not consumer.stop_flag.wait(first_look):
        consumer.run()


def _do(lane: str) -> None:
    """Do what is due in a lane, one after the other; what somebody asks for meanwhile comes after it."""
    db.connect(reuse_if_open=True)
    tried: set[str] = set()
    while job := next((job for job in runs.due(datetime.now(UTC)) if job.lane == lane and job.name not in tried), None):
        tried.add(job.name)
        ran = runs.run_if_due(job, datetime.now(UTC))
        if ran is not None:
            report(ran)


def report(ran: runs.Ran) -> None:
    """Write to the log what came of a job; of what is done every minute only the failures."""
    if ran.broke is not None:
        log.error("Job %s: %s", ran.job.name, described(ran.broke))
    elif not ran.is_done:
        log.warning("Job %s: %s", ran.job.name, ran.sentence)
    elif isinstance(ran.job.times, Daily):
        log.info("Job %s: %s", ran.job.name, ran.sentence)


def _leave() -> None:
    if not db.is_closed():
        db.close()
