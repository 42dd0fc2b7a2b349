"""The page of jobs: what the program does by itself, when each was done last, why it failed if it did, and a button to have it done now."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.job import JobRun
from registry.access import Permission, may
from registry.accounts.colleagues import may_everywhere
from registry.jobs import jobs as every_job
from registry.jobs import runs
from registry.jobs.job import Job
from registry.records import NotFound
from web import chrome, runner
from web.guard import current_actor, needs, now

blueprint = Blueprint("jobs", __name__, url_prefix="/settings/jobs")


@dataclass(frozen=True)
class JobLine:
    """One job as the page shows it."""

    job: Job
    run: JobRun | None
    is_late: bool

    @property
    def has_failed(self) -> bool:
        """Whether it failed when it was tried last."""
        run = self.run
        return run is not None and run.last_failed_at is not None and (run.last_done_at is None or run.last_done_at < run.last_failed_at)

    @property
    def is_asked_for(self) -> bool:
        """Whether somebody asked for it and it has not begun yet."""
        run = self.run
        return run is not None and run.asked_at is not None and (run.last_begun_at is None or run.last_begun_at < run.asked_at)


@blueprint.get("")
@needs(Permission.SEE_JOBS)
def everything() -> ResponseReturnValue:
    """Every job, and how it went last."""
    lines = job_lines(now())
    apart = current_app.extensions["settings"].runner == "apart"
    by = current_actor()
    shown = {"may_run": may(by, Permission.RUN_JOBS), "of_all": may_everywhere(by, Permission.SEE_JOBS)}
    return render_template("settings/jobs.html", lines=lines, apart=apart, **shown)


@blueprint.post("/<name>/run")
@needs(Permission.RUN_JOBS)
def run(name: str) -> ResponseReturnValue:
    """Have one job done now."""
    job = every_job.find(name)
    if job is None:
        raise NotFound("There is no such job.")
    runner.ask(job, now())
    chrome.tell("success", f"“{job.words}” is done as soon as the program is free, usually within a minute. Open this page afresh to see it.")
    return redirect(url_for("jobs.everything"))


def job_lines(at: datetime) -> list[JobLine]:
    """Every job with how it went last."""
    known, late = runs.known(), {each.job.name for each in runs.late(at)}
    return [JobLine(job, known.get(job.name), job.name in late) for job in every_job.JOBS]
