"""Jobs from the terminal and from cron, for an installation without a runner, or for whoever cannot wait."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from registry.jobs import jobs, runs
from registry.jobs.runs import Ran
from web import runner


@click.command("run-jobs")
@with_appcontext
def run_jobs() -> None:
    """Do every job that is due, then end: for cron, every few minutes, where no runner is at work."""
    now = datetime.now(UTC)
    done = [ran for job in runs.due(now) if (ran := runs.run_if_due(job, now))]
    for ran in done:
        _tell(ran)
    if not all(ran.is_done for ran in done):
        raise click.ClickException("Not every job could be done.")


@click.command("run-job")
@click.argument("name", type=click.Choice([job.name for job in jobs.JOBS]))
@with_appcontext
def run_job(name: str) -> None:
    """Do one job now, whatever its time; for cron, or to see what it says."""
    _run(name)


@click.command("count-findings")
@with_appcontext
def count_findings() -> None:
    """Work out again which records need mending, for those that time alone has changed; the program does it by itself every night."""
    _run("count-findings")


@click.command("recheck-images")
@with_appcontext
def recheck_images() -> None:
    """Look at every published picture again and make the take-downs that are missing; the program does it by itself every night."""
    _run("recheck-images")


def _run(name: str) -> None:
    job = jobs.find(name)
    if job is not None and not _tell(runs.run(job, datetime.now(UTC))).is_done:
        raise click.ClickException("The job could not be done.")


def _tell(ran: Ran) -> Ran:
    """Say what came of a job; of one that broke, where, in the log."""
    click.echo(ran.sentence, err=not ran.is_done)
    if ran.broke is not None:
        runner.report(ran)
    return ran


def note(name: str, faults: int) -> None:
    """Keep that a check which is also a job was done from the terminal, and whether it found anything."""
    job = jobs.find(name)
    if job is not None:
        sentence = f"{faults:,} faults were found from the terminal." if faults else "Nothing altered, as checked from the terminal."
        runs.note(Ran(job=job, sentence=sentence, is_done=not faults), datetime.now(UTC))


COMMANDS = (run_jobs, run_job, count_findings, recheck_images)
