"""The page of the difference: what is no longer in order among the pictures that can still be seen."""

import threading
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.base import db, new_id
from models.image_answer import ImageAnswer
from models.school import Installation, School
from models.take_down import TakeDown
from models.vocabulary import ImageDecision, NameShown
from registry import records
from registry.access import Permission
from registry.images import rechecking
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.take_downs import TAKE_DOWNS
from tests.browsing import plain, sign_in, visit
from tests.people import Person
from tests.pictured import a_pupil, a_use, an_answer
from web.guard import MARK

pytestmark = pytest.mark.usefixtures("in_quillbrook")
NIGHT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


@pytest.fixture
def missing(occasion: Occasion) -> Use:
    """A picture with somebody in it who said no, whose task went astray."""
    use, pupil = a_use(occasion), a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, use, ImageDecision.REFUSED)
    told = {"name": "Sports day 2026", "use": use.id, "published_on": date(2026, 10, 1), "pupils": (pupil.id,), "name_shown": NameShown.NONE}
    records.add(PUBLICATIONS, told, occasion)
    records.archive(TAKE_DOWNS, TakeDown.get(), occasion)
    return use


def test_the_command_does_it_at_any_hour_and_says_what_it_did(app: Flask, missing: Use) -> None:
    run = app.test_cli_runner().invoke
    first, again = run(args=["recheck-images"]), run(args=["recheck-images"])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.output == "1 publications of 2 schools looked at; 1 take-downs made.\n"
    assert again.output == "1 publications of 2 schools looked at; 0 take-downs made.\n"


def test_the_page_lists_the_difference_and_when_it_was_last_looked(client: FlaskClient, ola: Person, occasion: Occasion, missing: Use) -> None:
    sign_in(client, ola)
    first = plain(visit(client, "/consents/recheck").text)
    assert "has not looked by itself yet" in first
    assert "May no longer be shown 1 person" in first
    assert "Sports day 2026 PB-0001 Sam Patel, 3 Oak Not for the website." in first
    rechecking.recheck_everywhere(NIGHT)
    assert "last looked by itself on Tuesday 24 November 2026, 02:05" in plain(visit(client, "/consents/recheck").text)


def test_the_page_of_a_school_with_nothing_published_says_what_it_is_for(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    assert "Nothing published yet" in plain(visit(client, "/consents/recheck").text)


@pytest.mark.parametrize("key", ["ian", "gus", "tess"])
def test_who_keeps_no_answers_does_not_see_the_page(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    visit(client, "/consents/recheck", 403)


def test_nothing_of_another_school_is_listed(client: FlaskClient, ola: Person, other_school: School, elsewhere: Occasion) -> None:
    with doors.looking_at(other_school.id):
        use, pupil = a_use(elsewhere), a_pupil(elsewhere, "Theirs Alone")
        an_answer(elsewhere, pupil, use, ImageDecision.REFUSED)
        records.add(PUBLICATIONS, {"name": "Theirs", "use": use.id, "pupils": (pupil.id,)}, elsewhere)
        assert ImageAnswer.select().count() == 1
    sign_in(client, ola)
    assert "Theirs" not in visit(client, "/consents/recheck").text


def test_every_page_of_this_part_asks_for_the_same_permission(app: Flask) -> None:
    mine = [name for name in app.view_functions if name.partition(".")[0] in ("publishing", "withdrawing", "rechecking")]
    assert len(mine) == 5
    assert {getattr(app.view_functions[name], MARK).deed for name in mine} == {Permission.PUBLISH_IMAGES}


def test_somebody_may_write_between_one_school_and_the_next(monkeypatch: pytest.MonkeyPatch, school: School, missing: Use) -> None:
    with doors.writing_is_recorded():
        for number in range(3):  # so that others follow whichever comes first
            School.insert(**{**school.__data__, "id": new_id(), "name": f"Another {number}"}).execute()
    recheck = rechecking._recheck

    def while_others_write(school: School, now: datetime) -> tuple[int, int]:
        other = threading.Thread(target=somebody_writes)
        other.start()
        other.join(30)
        return recheck(school, now)

    def somebody_writes() -> None:
        db.connect(reuse_if_open=True)
        Installation.update(pictures_checked_at=NIGHT).execute()
        db.close()

    monkeypatch.setattr(rechecking, "_recheck", while_others_write)
    done = rechecking.recheck_everywhere(NIGHT)
    assert (done.schools, done.made) == (5, 1)
