"""Doing jobs, each by one runner at a time, and keeping how each went last, so that a night that was missed is seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.base import new_id
from models.job import JobRun
from models.school import Installation
from models.turns import if_free, one_at_a_time
from registry.jobs.job import Job, JobFailed
from registry.jobs.jobs import JOBS
from registry.rules.job_times import Past, is_due

TOO_LONG = timedelta(hours=26)
"""After so long without being done a job is late: a day, one hour more when the clocks go back, and one to do it in."""

BROKEN = "It stopped at an error in the program ({kind}). The log of the program says where; it is tried again by itself."


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of doing a job: the sentence of what it did, or why it could not, and the error if it broke."""

    job: Job
    sentence: str
    is_done: bool
    broke: BaseException | None = None


@dataclass(frozen=True, kw_only=True)
class Late:
    """A job that was not done for more than a day: since when, none when it never was, and why it failed if it was tried."""

    job: Job
    since: datetime | None
    why: str


def known() -> dict[str, JobRun]:
    """How each job went last, by its name; one question."""
    return {row.name: row for row in JobRun.select()}


def due(now: datetime) -> list[Job]:
    """The jobs that are to be begun now."""
    rows, began = known(), _beginning()
    return [job for job in JOBS if is_due(job.times, _past(rows.get(job.name), began), now, job.again)]


def late(now: datetime) -> tuple[Late, ...]:
    """The jobs that have not been done for more than a day; none while the installation is younger than that."""
    began = _beginning()
    if began is None or now - began <= TOO_LONG:
        return ()
    rows = known()
    return tuple(
        Late(job=job, since=row.last_done_at if row else None, why=_why(row))
        for job in JOBS
        for row in (rows.get(job.name),)
        if row is None or row.last_done_at is None or now - row.last_done_at > TOO_LONG
    )


def ask(job: Job, now: datetime) -> None:
    """Have a job done at the next look, whatever its time."""
    _keep(job, asked_at=now)


def run_if_due(job: Job, now: datetime) -> Ran | None:
    """Do a job, unless another is at it or at its neighbours, or was quicker; what came of it."""
    with if_free(f"job-{job.lane}") as is_ours:
        row = JobRun.get_or_none(JobRun.name == job.name)
        return _run(job, now) if is_ours and is_due(job.times, _past(row, _beginning()), now, job.again) else None


def run(job: Job, now: datetime) -> Ran:
    """Do a job now, whatever its time, once those before it have finished."""
    with one_at_a_time(f"job-{job.lane}"):
        return _run(job, now)


def _run(job: Job, now: datetime) -> Ran:
    _keep(job, last_begun_at=now)
    try:
        done = Ran(job=job, sentence=job.deed(now), is_done=True)
    except JobFailed as failed:
        done = Ran(job=job, sentence=str(failed), is_done=False)
    except Exception as broken:
        done = Ran(job=job, sentence=BROKEN.format(kind=type(broken).__name__), is_done=False, broke=broken)
    note(done, now)
    return done


def note(ran: Ran, now: datetime) -> None:
    """Keep how a job went."""
    if ran.is_done:
        _keep(ran.job, last_done_at=now, said=ran.sentence)
    else:
        _keep(ran.job, last_failed_at=now, why=ran.sentence)


def _keep(job: Job, **what: datetime | str) -> None:
    JobRun.insert(id=new_id(), name=job.name).on_conflict_ignore().execute()
    JobRun.update(**what).where(JobRun.name == job.name).execute()


def _beginning() -> datetime | None:
    """When this installation was made; the work of the nights before that is done."""
    row = Installation.get_or_none()
    return row.created_at if row else None


def _past(row: JobRun | None, began: datetime | None) -> Past:
    if row is None:
        return Past(done_at=began)
    return Past(asked_at=row.asked_at, begun_at=row.last_begun_at, done_at=row.last_done_at or began, failed_at=row.last_failed_at)


def _why(row: JobRun | None) -> str:
    failed_since = row is not None and row.last_failed_at is not None and (row.last_done_at is None or row.last_failed_at > row.last_done_at)
    return row.why if row is not None and failed_since else ""
