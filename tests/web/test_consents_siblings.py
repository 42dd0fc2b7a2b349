"""One form for brothers and sisters: offered after saving, and recorded only for whoever was ticked."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.school import School
from models.vocabulary import Decider, ImageDecision, Relation, YesNoUnknown
from registry.images.uses import Use
from registry.records import Occasion
from tests.browsing import check_page, plain, sign_in
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use, an_answer
from tests.web.gridding import GRID, address, by_mother, cell, fields, stored


@pytest.fixture
def uses(in_quillbrook: School, occasion: Occasion) -> tuple[Use, Use]:
    return a_use(occasion, valid_months=12), a_use(occasion, "Local press", "local_press")


@pytest.fixture
def children(in_quillbrook: School, occasion: Occasion) -> tuple[Any, Any, Any]:
    """Two at the school and one who has left."""
    names = (("Esme Garrick", "4 Heron", "on_roll"), ("Tom Garrick", "2 Robin", "on_roll"), ("Una Garrick", "6 Kestrel", "left"))
    first, second, third = (a_pupil(occasion, name, class_name, status=status) for name, class_name, status in names)
    return first, second, third


@pytest.fixture
def mother(occasion: Occasion, children: tuple[Any, Any, Any]) -> Any:
    return a_carer(occasion, "Ann Garrick", *children, relation=Relation.MOTHER, responsibility=YesNoUnknown.YES)


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def save(client: FlaskClient, child: Any, mother: Any, *letters: str) -> TestResponse:
    typed = {cell(child, place): letter for place, letter in enumerate(letters)}
    return client.post(GRID, data={**fields(client, address()), **typed, **by_mother(child, mother)}, follow_redirects=True)


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('action="/consents/grid/siblings"') :]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_brothers_and_sisters_are_offered_and_nobody_is_ticked(
    office: FlaskClient, uses: tuple[Use, Use], children: tuple[Any, Any, Any], mother: Any
) -> None:
    answer = save(office, children[0], mother, "Y", "N")
    check_page(answer)
    assert "Tom Garrick, 2 Robin Mother of Esme Garrick too. Yes: School website. No: Local press." in plain(answer.text)
    assert "Una" not in answer.text
    assert re.findall(r'<input [^>]*type="checkbox"[^>]*>', answer.text) != []
    assert " checked" not in answer.text


def test_the_same_answers_are_recorded_for_whoever_is_ticked(
    office: FlaskClient, school: School, uses: tuple[Use, Use], children: tuple[Any, Any, Any], mother: Any
) -> None:
    page = save(office, children[0], mother, "Y", "N").text
    sent = {**hidden(page), "child": f"{mother.id.hex}:{children[1].id.hex}"}
    for _time in range(2):
        office.post(f"{GRID}/siblings", data=sent)
    first, second, third, fourth = stored(school)
    for one, other in ((first, third), (second, fourth)):
        assert other.person == children[1].id
        same = ("use", "decision", "carer", "decider", "method", "decided_on", "valid_until", "form_version", "wording", "authority")
        assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
    assert "Nobody else to ask about" in office.get(f"{GRID}/siblings?first=1&last=2").text


def test_without_a_tick_nothing_is_recorded(
    office: FlaskClient, school: School, uses: tuple[Use, Use], children: tuple[Any, Any, Any], mother: Any
) -> None:
    office.post(f"{GRID}/siblings", data=hidden(save(office, children[0], mother, "Y").text))
    assert len(stored(school)) == 1


def test_what_a_child_said_is_offered_for_no_other_child(
    office: FlaskClient, school: School, uses: tuple[Use, Use], children: tuple[Any, Any, Any], mother: Any
) -> None:
    answer = save(office, children[0], mother, "C", "Y")
    assert [(each.decider, each.decision) for each in stored(school)] == [
        (Decider.PUPIL, ImageDecision.REFUSED),
        (Decider.PARENT, ImageDecision.GIVEN),
    ]
    assert "Yes: Local press." in plain(answer.text)
    assert "No: School website" not in answer.text


def test_somebody_who_is_no_child_of_the_signer_cannot_be_ticked(
    office: FlaskClient, school: School, occasion: Occasion, uses: tuple[Use, Use], children: tuple[Any, Any, Any], mother: Any
) -> None:
    stranger = a_pupil(occasion, "Sam Patel", "2 Robin")
    sent = hidden(save(office, children[0], mother, "Y").text)
    for child in (stranger.id.hex, children[2].id.hex, "nobody", ""):
        office.post(f"{GRID}/siblings", data={**sent, "child": f"{mother.id.hex}:{child}"})
    assert len(stored(school)) == 1


@pytest.mark.parametrize("span", ["first=0&last=0", "first=9&last=1", "first=x", "first=1&last=999999999", "first=99999999999999999&last=-1"])
def test_any_numbers_may_stand_in_the_address(office: FlaskClient, span: str) -> None:
    assert office.get(f"{GRID}/siblings?{span}").status_code == 200


def test_the_answers_of_another_school_are_offered_to_nobody(
    office: FlaskClient, other_school: School, elsewhere: Occasion, uses: tuple[Use, Use]
) -> None:
    with doors.looking_at(other_school.id):
        theirs = a_use(elsewhere)
        one, two = a_pupil(elsewhere, "Theirs One", "1"), a_pupil(elsewhere, "Theirs Two", "2")
        carer = a_carer(elsewhere, "Their Parent", one, two)
        an_answer(elsewhere, one, theirs, carer=carer.id)
    assert "Theirs" not in office.get(f"{GRID}/siblings?first=1&last=9").text
