"""The page of jobs: what was done last, what failed and why, and the button for those who cannot wait."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.job import JobRun
from registry.jobs import jobs, runs
from registry.jobs.runs import Ran
from tests.browsing import send, sign_in, text_of, token, visit
from tests.people import NOW, Person
from tests.tampering import sql
from web import runner

PAGE = "/settings/jobs"


def note(name: str, sentence: str, *, is_done: bool, at: Any = NOW) -> None:
    """Keep that a job went so."""
    job = jobs.find(name)
    assert job is not None
    runs.note(Ran(job=job, sentence=sentence, is_done=is_done), at)


@pytest.mark.parametrize("key", ["hana", "dev"])
def test_every_job_stands_there_with_how_it_went(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    note("recheck-images", "2,000 publications looked at.", is_done=True)
    note("check-files", "The store cannot be reached.", is_done=False)
    sign_in(client, people[key])
    page = text_of(client, PAGE)
    assert all(job.words in page for job in jobs.JOBS)
    assert "Every day at 02:00. Last done on Monday 23 November 2026, 09:14." in page
    assert "2,000 publications" not in page, "a count of all schools, of which another is somebody else's"
    assert "Check every file Failed" in page
    assert "Failed on Monday 23 November 2026, 09:14. The store cannot be reached." in page
    assert ("Run now" in page) is (key == "hana")


def test_whoever_answers_for_every_school_sees_what_was_done_in_them(client: FlaskClient, hana: Person, otto: Person) -> None:
    note("recheck-images", "2,000 publications looked at.", is_done=True)
    sql("UPDATE membership SET role = 'teacher' WHERE user_id = ?", otto.user.bytes)
    page = text_at(client, hana)
    assert "Last done on Monday 23 November 2026, 09:14. 2,000 publications looked at. On the server: start.py run-job recheck-images" in page


def text_at(client: FlaskClient, person: Person) -> str:
    """What the page says to somebody who signs in."""
    sign_in(client, person)
    return text_of(client, PAGE)


def test_what_was_not_done_for_a_day_is_marked(client: FlaskClient, hana: Person, clock: Any) -> None:
    note("clear-up", "Nothing to do.", is_done=True)
    assert "Not done for more than a day" not in text_at(client, hana)
    clock.shift(timedelta(hours=27))
    assert text_at(client, hana).count("Not done for more than a day") == len(jobs.JOBS)


def test_a_button_has_it_done_by_whoever_runs_jobs(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    send(client, f"{PAGE}/clear-up/run", PAGE)
    assert "Asked for" in text_of(client, PAGE)
    assert JobRun.get(JobRun.name == "clear-up").asked_at == NOW
    (task,) = runner.work().queue.pending()
    assert task.args == ("night",)
    runner.work().queue.execute(task)
    assert JobRun.get(JobRun.name == "clear-up").last_done_at == NOW
    assert send(client, f"{PAGE}/everything/run", PAGE).status_code == 404


def test_the_dpo_sees_and_does_not_press(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    assert client.post(f"{PAGE}/clear-up/run", data={"csrf_token": token(client, "/account")}).status_code == 403


@pytest.mark.parametrize("key", ["ola", "dina", "ian", "tess", "gus"])
def test_nobody_else_sees_it(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    visit(client, PAGE, 403)
