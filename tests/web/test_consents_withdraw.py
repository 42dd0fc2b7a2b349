"""The office takes a yes back in two clicks, for whoever asks."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.image_answer import ImageAnswer
from models.school import School
from models.take_down import TakeDown
from models.vocabulary import AnswerMethod, Decider, ImageBasis, ImageDecision, NoAnswer, Outcome
from registry import records
from registry.images.facts import verdicts
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.publications import PUBLICATIONS
from tests.browsing import plain, sign_in, text_of, token, visit
from tests.people import NOW, Person
from tests.pictured import THE_DAY, a_carer, a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def ann(occasion: Occasion, sam: Any) -> Any:
    return a_carer(occasion, "Ann Patel", sam, relation="mother")


@pytest.fixture
def sam(occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel")


@pytest.fixture
def published(occasion: Occasion, website: Use, sam: Any, ann: Any) -> UUID:
    """A picture of Sam on the website, with his mother's yes."""
    an_answer(occasion, sam, website, carer=ann.id)
    told = {"name": "Sports day 2026", "use": website.id, "published_on": date(2026, 10, 1), "pupils": (sam.id,)}
    return records.add(PUBLICATIONS, told, occasion).id  # type: ignore[no-any-return]


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def withdraw(client: FlaskClient, person: Any, **sent: Any) -> Any:
    page = f"/consents/withdraw/{person.id}"
    return client.post(page, data={"csrf_token": token(client, page), "method": "spoken", **sent})


def answers() -> list[Any]:
    return [*ImageAnswer.select().order_by(ImageAnswer.number)]


def test_two_clicks_take_a_yes_back_and_every_check_says_no(office: FlaskClient, website: Use, sam: Any, ann: Any, published: UUID) -> None:
    here = f"/consents/withdraw/{sam.id}"
    first = visit(office, here).text
    assert f'href="{here}?use={website.id.hex}"' in first
    second = visit(office, f"{here}?use={website.id.hex}").text
    assert f'value="carer-{ann.id.hex}" checked' in second, "the one who said yes is the one who most likely asks"
    assert "1 publication can still be seen with Sam Patel in it" in plain(second)
    done = withdraw(office, sam, use=website.id.hex, who=f"carer-{ann.id.hex}")
    assert done.status_code == 302
    assert "1 take-down task followed" in text_of(office, here)
    given = answers()[-1]
    assert (given.decision, given.carer, given.decider, given.method) == (ImageDecision.WITHDRAWN, ann.id, Decider.PARENT, AnswerMethod.SPOKEN)
    assert given.decided_on == NOW.date()
    assert verdicts([sam.id], website, THE_DAY)[sam.id].outcome is Outcome.BLOCK
    assert [task.publication for task in TakeDown.select()] == [published]


def test_without_consent_somebody_objects(office: FlaskClient, occasion: Occasion, sam: Any) -> None:
    told = a_use(occasion, "Displays", "internal_display", basis=ImageBasis.PUBLIC_TASK, no_answer=NoAnswer.ALLOW)
    assert "the family may object" in text_of(office, f"/consents/withdraw/{sam.id}")
    withdraw(office, sam, use=str(told.id), who="self")
    assert [(each.decision, each.decider) for each in answers()] == [(ImageDecision.OBJECTED, Decider.PUPIL)]
    assert verdicts([sam.id], told, THE_DAY)[sam.id].outcome is Outcome.BLOCK


def test_all_uses_at_once(office: FlaskClient, occasion: Occasion, website: Use, sam: Any, published: UUID) -> None:
    press = a_use(occasion, "Press", "local_press")
    a_use(occasion, "Archive", "archive")
    an_answer(occasion, sam, press, decided_by="Raj Patel")
    page = visit(office, f"/consents/withdraw/{sam.id}?use=all").text
    assert page.count('type="hidden" name="use"') == 2, "only where there is a yes"
    assert " checked" not in page, "two people said yes, so somebody has to say who asks"
    withdraw(office, sam, use=[website.id.hex, press.id.hex], who="other", name="  Raj\n Patel ")
    assert [(each.use, each.decided_by, each.decider) for each in answers()[-2:]] == [
        (website.id, "Raj Patel", Decider.OTHER),
        (press.id, "Raj Patel", Decider.OTHER),
    ]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Choose who asks."),
        ({"who": "carer-nobody"}, "Choose who asks."),
        ({"who": "other", "name": " "}, "Enter the name of whoever asks."),
        ({"who": "self", "method": "smoke"}, "Choose how they asked."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(
    office: FlaskClient, website: Use, sam: Any, published: UUID, sent: dict[str, str], problem: str
) -> None:
    refused = withdraw(office, sam, use=website.id.hex, **sent)
    assert refused.status_code == 422
    assert problem in plain(refused.text)
    assert len(answers()) == 1


def test_what_is_to_be_taken_down_waits_on_the_first_page_of_whoever_does_it(
    app: Flask, office: FlaskClient, tess: Person, website: Use, sam: Any, ann: Any, published: UUID
) -> None:
    assert "Take the picture down" not in text_of(office, "/")
    withdraw(office, sam, use=website.id.hex, who=f"carer-{ann.id.hex}")
    (task,) = TakeDown.select()
    needed = "Take the picture down: Sports day 2026, School website TD-0001 Take-down. Owner: Office manager. In 2 days Wednesday 25 November 2026"
    assert needed in text_of(office, "/")
    assert "Owner: Office manager" in text_of(office, f"/registers/take-downs/{task.id}")
    teacher = app.test_client()
    sign_in(teacher, tess)
    assert needed not in text_of(teacher, "/")
    assert "Waiting for others" in text_of(teacher, "/")


def test_twice_at_once_writes_it_once(office: FlaskClient, website: Use, sam: Any, ann: Any, published: UUID) -> None:
    sent = {"use": website.id.hex, "who": f"carer-{ann.id.hex}"}
    first, second = withdraw(office, sam, **sent), withdraw(office, sam, **sent)
    assert (first.status_code, second.status_code) == (302, 409)
    assert len(answers()) == 2
    assert TakeDown.select().count() == 1


def test_a_yes_dated_later_does_not_outlive_its_withdrawal(office: FlaskClient, occasion: Occasion, website: Use, sam: Any, ann: Any) -> None:
    an_answer(occasion, sam, website, carer=ann.id, decided_on=date(2027, 3, 1))
    withdraw(office, sam, use=website.id.hex, who=f"carer-{ann.id.hex}")
    assert verdicts([sam.id], website, date(2027, 3, 2))[sam.id].outcome is Outcome.BLOCK


@pytest.mark.parametrize("key", ["ian", "gus", "tess"])
def test_who_keeps_no_answers_takes_none_back(app: Flask, people: dict[str, Person], website: Use, sam: Any, published: UUID, key: str) -> None:
    client = app.test_client()
    sign_in(client, people[key])
    visit(client, f"/consents/withdraw/{sam.id}", 403)
    sent = {"csrf_token": token(client, "/account"), "use": website.id.hex, "who": "self", "method": "spoken"}
    assert client.post(f"/consents/withdraw/{sam.id}", data=sent).status_code == 403
    assert len(answers()) == 1


@pytest.mark.usefixtures("in_quillbrook", "published")
def test_nobody_of_another_school_is_there(office: FlaskClient, other_school: School, elsewhere: Occasion, sam: Any) -> None:
    with doors.looking_at(other_school.id):
        theirs, use = a_pupil(elsewhere, "Theirs Alone"), a_use(elsewhere)
    visit(office, f"/consents/withdraw/{theirs.id}", 404)
    visit(office, f"/consents/withdraw/{sam.id}?use={use.id}", 404)
    sent = {"csrf_token": token(office, "/account"), "use": use.id.hex, "who": "self", "method": "spoken"}
    for person in (theirs, sam):
        assert office.post(f"/consents/withdraw/{person.id}", data=sent).status_code == 404
    assert len(answers()) == 1


def test_only_another_answer_takes_a_no_back(office: FlaskClient, occasion: Occasion, website: Use, sam: Any, ann: Any) -> None:
    an_answer(occasion, sam, website, ImageDecision.REFUSED, carer=ann.id)
    an_answer(occasion, sam, website, ImageDecision.NOT_ASKED, carer=ann.id, decided_on=date(2026, 10, 1))
    assert "No recorded 7 September 2026" in text_of(office, f"/consents/withdraw/{sam.id}")
    an_answer(occasion, sam, website, carer=ann.id, decided_on=date(2026, 10, 2))
    assert "Yes recorded 2 October 2026" in text_of(office, f"/consents/withdraw/{sam.id}")
