"""A check becomes a publication in one step, with those only for whom the answer is still yes."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.image_check import ImageCheck
from models.publication import Publication
from models.school import School
from models.take_down import TakeDown
from models.vocabulary import ImageDecision, NameShown, Outcome
from registry import records
from registry.images import evidence
from registry.images.checking import Looked, Question, check
from registry.images.uses import Use
from registry.linking import linked_ids
from registry.records import Occasion
from registry.registers.images.uses import USES
from registry.school.schools import facts_of
from tests.browsing import plain, problems, sign_in, token, visit
from tests.people import NOW, Person
from tests.pictured import THE_DAY, a_limit, a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def sam(occasion: Occasion, website: Use) -> Any:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, decided_by="Ann Patel")
    return pupil


@pytest.fixture
def zofia(occasion: Occasion, website: Use) -> Any:
    pupil = a_pupil(occasion, "Zofia Nowak")
    an_answer(occasion, pupil, website)
    return pupil


@pytest.fixture
def checked(occasion: Occasion, website: Use, sam: Any, zofia: Any) -> UUID:
    """A check of Sam, Zofia and Ben, who said no."""
    ben = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, ben, website, ImageDecision.REFUSED)
    return keep(occasion, website)


def keep(occasion: Occasion, use: Use, **wishes: Any) -> UUID:
    asked = Question(use=use, names="Sam Patel, Zofia Nowak, Ben Lee", on=THE_DAY, **{"shown": NameShown.FIRST, **wishes})
    return evidence.keep(check(asked), occasion).id


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def page_of(check: UUID) -> str:
    return f"/consents/publish?check={check}"


def form_of(client: FlaskClient, check: UUID) -> dict[str, Any]:
    """The form as it stands when it is opened, with a name typed into it."""
    page = visit(client, page_of(check)).text
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|check|token)" value="([^"]+)"', page))
    ticked = re.findall(r'name="person" type="checkbox" value="([^"]+)" checked', page)
    day = {f"published_on-{part}": value for part, value in (("day", "24"), ("month", "11"), ("year", "2026"))}
    return {**hidden, **day, "person": ticked, "name": "Sports day 2026", "name_shown": "first", "address": "Our news page", "image": "IMG 0412"}


def publish(client: FlaskClient, form: dict[str, Any], **other: Any) -> TestResponse:
    return client.post("/consents/publish", data={**form, **other})


def publications() -> list[Publication]:
    return [*Publication.select().order_by(Publication.number)]


def test_everybody_allowed_is_ticked_and_written_down_in_one_step(office: FlaskClient, checked: UUID, website: Use, sam: Any, zofia: Any) -> None:
    form = form_of(office, checked)
    assert form["person"] == [str(zofia.id), str(sam.id)], "by surname, and without Ben"
    assert "1 name of the check is left out" in plain(visit(office, page_of(checked)).text)
    assert publish(office, form).status_code == 302
    (row,) = publications()
    assert (row.name, row.use, row.published_on, row.name_shown) == ("Sports day 2026", website.id, THE_DAY, NameShown.FIRST)
    assert (row.image_check, row.address, row.image) == (checked, "Our news page", "IMG 0412")
    assert set(linked_ids(row.id)["pupils"]) == {sam.id, zofia.id}
    assert TakeDown.select().count() == 0


def test_the_same_form_sent_twice_writes_it_once(office: FlaskClient, checked: UUID) -> None:
    form = form_of(office, checked)
    first, second = publish(office, form), publish(office, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(publications()) == 1


@pytest.mark.parametrize("other", ["person", "name_shown", "name"])
def test_the_same_form_sent_again_with_something_else_in_it_is_not_passed_over(
    office: FlaskClient, checked: UUID, sam: Any, zofia: Any, other: str
) -> None:
    form = {**form_of(office, checked), "person": [str(zofia.id)]}
    publish(office, form)
    refused = publish(office, {**form, other: {"person": [str(zofia.id), str(sam.id)], "name_shown": "none", "name": "Sports day 2027"}[other]})
    assert refused.status_code == 409
    assert "This form was sent before and is kept as PB-0001." in plain(refused.text)
    (row,) = publications()
    assert linked_ids(row.id)["pupils"] == (zofia.id,)


def test_a_yes_taken_back_in_between_is_told_and_nothing_is_written(
    office: FlaskClient, occasion: Occasion, checked: UUID, website: Use, sam: Any, zofia: Any
) -> None:
    form = form_of(office, checked)
    an_answer(occasion, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    refused = publish(office, form)
    assert refused.status_code == 409
    said = plain(refused.text)
    assert "Nothing was written down." in said
    assert "Sam Patel, 3 Oak Not for the website." in said
    assert publications() == []
    again = {**form, "person": re.findall(r'name="person" type="checkbox" value="([^"]+)" checked', refused.text)}
    assert again["person"] == [str(zofia.id)], "what was typed is kept, and the safe ones are ticked"
    assert publish(office, again).status_code == 302


def test_a_limit_set_in_between_reads_the_same_to_the_byte(
    office: FlaskClient, dina: Person, school: School, occasion: Occasion, checked: UUID, website: Use, sam: Any, zofia: Any
) -> None:
    form = form_of(office, checked)
    a_limit(Occasion(dina.actor, NOW, facts_of(school, NOW.date())), sam, reason="Secret")
    an_answer(occasion, zofia, website, ImageDecision.WITHDRAWN, decided_on=NOW.date())
    page = plain(publish(office, form).text)
    assert "Zofia Nowak, 3 Oak Not for the website. Sam Patel, 3 Oak Not for the website." in page
    assert "ecret" not in page
    assert publications() == []


def test_nobody_slips_in_whom_the_check_did_not_allow(office: FlaskClient, occasion: Occasion, checked: UUID) -> None:
    outsider = a_pupil(occasion, "Ola Lee")
    for person in (outsider.id, UUID(int=7)):
        assert publish(office, form_of(office, checked), person=[str(person)]).status_code == 409
    assert publications() == []


def test_more_of_a_name_than_the_use_allows_stops_it(office: FlaskClient, checked: UUID) -> None:
    refused = publish(office, form_of(office, checked), name_shown="full")
    assert refused.status_code == 409
    assert "Too much of the name for the website" in plain(refused.text)
    assert publications() == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Enter"),
        ({"person": []}, "Tick who is in the picture."),
        ({"person": ["nobody"]}, "Tick who is in the picture."),
        ({"published_on-day": "31"}, "November 2026 has 30 days."),
        ({"published_on-day": "1"}, "Enter the day of the check or a later one"),
        ({"published_on-day": "", "published_on-month": "", "published_on-year": ""}, "Enter the day on which it was or will be published."),
        ({"name_shown": "loud"}, "“loud” is not one of the choices."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_is_kept(
    office: FlaskClient, checked: UUID, wrong: dict[str, Any], sentence: str
) -> None:
    refused = publish(office, form_of(office, checked), **wrong)
    assert refused.status_code == 422
    assert any(said.startswith(sentence) for said in problems(refused)), problems(refused)
    assert 'value="IMG 0412"' in refused.text
    assert publications() == []


def test_a_yes_that_ends_before_the_day_of_publication_does_not_count(
    office: FlaskClient, occasion: Occasion, checked: UUID, website: Use, sam: Any
) -> None:
    an_answer(occasion, sam, website, decided_by="Ann Patel", decided_on=date(2026, 9, 9), valid_until=THE_DAY)
    later = {"published_on-day": "25"}
    assert publish(office, form_of(office, checked), **later).status_code == 409
    assert publish(office, form_of(office, checked)).status_code == 302


def test_a_yes_that_begins_on_the_day_of_publication_makes_no_task(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, pupil, website, decided_on=THE_DAY)
    assert publish(office, form_of(office, keep(occasion, website))).status_code == 302
    assert TakeDown.select().count() == 0


def test_a_check_that_allowed_nobody_says_so(office: FlaskClient, occasion: Occasion, website: Use, sam: Any) -> None:
    told = evidence.keep(check(Question(use=website, names="Nobody Known", on=THE_DAY)), occasion)
    assert "The check allowed nobody" in plain(visit(office, page_of(told.id)).text)


def test_a_check_that_did_not_say_yes_to_the_picture_leads_nowhere(
    office: FlaskClient, occasion: Occasion, website: Use, sam: Any, checked: UUID
) -> None:
    refused = keep(occasion, website, looked=Looked(was_asked=True, on_school_device=False))
    assert ImageCheck.get_by_id(refused).outcome is Outcome.BLOCK
    assert "The check did not say yes to the picture" in plain(visit(office, page_of(refused)).text)
    form = {**form_of(office, checked), "check": str(refused)}
    assert publish(office, form).status_code == 409
    assert publications() == []


def test_a_use_put_away_since_has_to_be_checked_anew(office: FlaskClient, occasion: Occasion, website: Use, checked: UUID) -> None:
    form = form_of(office, checked)
    records.archive(USES, records.find(USES, website.id, occasion.by), occasion)
    assert publish(office, form).status_code == 409
    visit(office, page_of(checked), 409)
    assert publications() == []


@pytest.mark.parametrize("key", ["ian", "gus", "tess"])
def test_who_writes_down_no_publications_is_refused(app: Flask, people: dict[str, Person], office: FlaskClient, checked: UUID, key: str) -> None:
    form = form_of(office, checked)
    client = app.test_client()
    sign_in(client, people[key])
    visit(client, page_of(checked), 403)
    assert publish(client, {**form, "csrf_token": token(client, "/account")}).status_code == 403
    assert publications() == []


def test_a_check_of_another_school_is_not_there(
    office: FlaskClient, other_school: School, elsewhere: Occasion, checked: UUID
) -> None:
    with doors.looking_at(other_school.id):
        use = a_use(elsewhere)
        theirs_person = a_pupil(elsewhere, "Sam Patel")
        an_answer(elsewhere, theirs_person, use)
        theirs = keep(elsewhere, use)
    for wrong in (theirs, UUID(int=7), "nothing"):
        visit(office, f"/consents/publish?check={wrong}", 404)
        assert publish(office, form_of(office, checked), check=str(wrong)).status_code == 404
    assert publish(office, form_of(office, checked), person=[str(theirs_person.id)]).status_code == 409
    assert publications() == []


def test_a_form_of_somebody_else_is_refused(app: Flask, office: FlaskClient, dev: Person, checked: UUID) -> None:
    form = form_of(office, checked)
    client = app.test_client()
    sign_in(client, dev)
    assert publish(client, {**form, "csrf_token": token(client, "/account")}).status_code == 422


def test_once_it_is_out_the_task_comes_with_the_first_no(office: FlaskClient, occasion: Occasion, checked: UUID, website: Use, sam: Any) -> None:
    publish(office, form_of(office, checked))
    later = Occasion(occasion.by, NOW + timedelta(minutes=1), occasion.school)
    an_answer(later, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    assert [(task.publication, task.person) for task in TakeDown.select()] == [(publications()[0].id, sam.id)]
    assert ImageCheck.get_by_id(checked).outcome is Outcome.BLOCK, "the check stays as it was answered"
