"""What the grid of a class gives away, to whom, and what it does with what no form of ours would send."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from models.vocabulary import Relation, RollStatus, YesNoUnknown
from registry import records
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES
from tests.browsing import sign_in, text_of, token, visit
from tests.people import Person
from tests.pictured import a_carer, a_limit, a_pupil, a_use, an_answer
from tests.web.gridding import CLASS, GRID, address, by_mother, cell, fields, fields_in, stored
from tests.web.test_query_counts import asked


@pytest.fixture
def website(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?")


@pytest.fixture
def esme(in_quillbrook: School, occasion: Occasion) -> Any:
    return a_pupil(occasion, "Esme Garrick", CLASS)


@pytest.fixture
def mother(occasion: Occasion, esme: Any) -> Any:
    return a_carer(occasion, "Ann Garrick", esme, relation=Relation.MOTHER, responsibility=YesNoUnknown.YES)


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def test_the_page_says_that_a_recorded_yes_is_no_permission(office: FlaskClient, website: Use, esme: Any) -> None:
    page = text_of(office, address())
    assert "answers recorded" in page
    assert "A recorded yes is no permission to publish" in page
    assert "may be published" not in page.lower()


def test_a_limited_child_looks_in_the_grid_like_any_other(
    office: FlaskClient, occasion: Occasion, dina: Person, website: Use, esme: Any, mother: Any
) -> None:
    an_answer(occasion, esme, website, carer=mother.id)
    before = re.sub(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"', "", visit(office, address()).text)
    a_limit(Occasion(dina.actor, occasion.at, occasion.school), esme)
    after = re.sub(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"', "", visit(office, address()).text)
    assert before == after


def test_cells_of_another_school_are_passed_over(
    office: FlaskClient, school: School, other_school: School, elsewhere: Occasion, website: Use, esme: Any
) -> None:
    with doors.looking_at(other_school.id):
        theirs = a_pupil(elsewhere, "Theirs Alone", CLASS)
        their_use = a_use(elsewhere)
    sent = fields(office, address())
    sent |= {cell(theirs): "Y", f"s-{theirs.id.hex}": "guardian", "uses": f"{sent['uses']},{their_use.id.hex}", cell(theirs, 1): "Y"}
    answer = office.post(GRID, data=sent)
    assert "Theirs" not in answer.text
    assert stored(school) == []
    assert stored(other_school) == []


def test_ten_thousand_cells_are_a_request_like_another(office: FlaskClient, school: School, website: Use, esme: Any, mother: Any) -> None:
    sent = fields(office, address())
    flood = {f"{number:032x}-{place}": "Y" for number in range(1_250) for place in range(8)}
    assert office.post(GRID, data={**sent, **flood, cell(esme): "Y", **by_mother(esme, mother)}).status_code == 303
    assert len(stored(school)) == 1


@pytest.mark.parametrize("who", ["tess", "ian", "gus"])
def test_whoever_keeps_no_answers_does_not_get_in(client: FlaskClient, people: dict[str, Person], website: Use, esme: Any, who: str) -> None:
    sign_in(client, people[who])
    assert client.get(address()).status_code == 403
    assert client.post(GRID, data={"csrf_token": token(client, "/account"), "class": CLASS}).status_code == 403


def test_a_pupil_who_moved_class_while_the_grid_was_open_keeps_their_letter(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any, mother: Any
) -> None:
    sent = {**fields(office, address()), cell(esme): "Y", **by_mother(esme, mother)}
    with doors.looking_at(school.id):
        records.change(PUPILS, records.find(PUPILS, esme.id, occasion.by), {"class_name": "5 Kite"}, occasion)
    assert office.post(GRID, data=sent).status_code == 303
    assert len(stored(school)) == 1


def test_a_class_is_read_in_as_many_statements_whether_it_is_large_or_small(
    office: FlaskClient, occasion: Occasion, website: Use, esme: Any, mother: Any
) -> None:
    pages = (address(), "/consents/sheet?class=4+Heron", GRID)
    few = [statements(office, page) for page in pages]
    for number in range(29):
        pupil = a_pupil(occasion, f"Pupil {number}", CLASS)
        an_answer(occasion, pupil, website, carer=a_carer(occasion, f"Parent {number}", pupil, relation=Relation.MOTHER).id)
    assert [statements(office, page) for page in pages] == few
    assert few[0] <= 8


def statements(client: FlaskClient, page: str) -> int:
    visit(client, page)
    with asked() as found:
        visit(client, page)
    return len(found)


def test_a_use_that_was_put_away_meanwhile_takes_no_letter_with_it_in_silence(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any, mother: Any
) -> None:
    press = a_use(occasion, "Local press", "local_press")
    sent = {**fields(office, address()), cell(esme, 0): "Y", cell(esme, 1): "N", **by_mother(esme, mother)}
    with doors.looking_at(school.id):
        records.archive(USES, records.find(USES, press.id, occasion.by), occasion)
    answer = office.post(GRID, data=sent)
    assert answer.status_code == 422
    assert "A use that stood here is not asked about any more" in answer.text
    assert stored(school) == []
    assert fields_in(answer.text)[cell(esme, 0)] == "Y"
    assert office.post(GRID, data=fields_in(answer.text)).status_code == 303
    assert len(stored(school)) == 1


@pytest.mark.parametrize("class_name", ["9 Nowhere", "x" * 5_000, "' OR 1=1 --", "فصل", "4 heron", " ", "%", "🦉"])
def test_what_is_no_class_is_a_page_that_says_so(office: FlaskClient, website: Use, esme: Any, class_name: str) -> None:
    visit(office, address(class_name), 404)
    visit(office, f"/consents/sheet?{urlencode({'class': class_name})}", 404)
    for page in (GRID, "/consents/sheet"):
        assert office.post(page, data={"csrf_token": token(office, address()), "class": class_name}).status_code == 404


def test_a_pupil_who_left_meanwhile_takes_no_letter_with_them_in_silence(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any, mother: Any
) -> None:
    tom = a_pupil(occasion, "Tom Hale", CLASS)
    sent = {**fields(office, address()), cell(esme): "Y", **by_mother(esme, mother), cell(tom): "N", f"s-{tom.id.hex}": "guardian"}
    with doors.looking_at(school.id):
        records.change(PUPILS, records.find(PUPILS, tom.id, occasion.by), {"status": RollStatus.LEFT}, occasion)
    answer = office.post(GRID, data=sent)
    assert answer.status_code == 422
    assert "Somebody who stood here is no pupil at the school any more" in answer.text
    assert stored(school) == []
    assert office.post(GRID, data=fields_in(answer.text)).status_code == 303
    assert [each.person for each in stored(school)] == [esme.id]
