"""The grid of a class: what it shows, what it keeps of what was typed, and what it stores."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.audit import AuditEntry
from models.school import School
from models.vocabulary import AnswerMethod, Decider, ImageDecision, Relation, YesNoUnknown
from registry.families.form_words import told
from registry.images.uses import Use, form_version
from registry.records import Occasion
from tests.browsing import sign_in, text_of, visit
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use, an_answer
from tests.web.gridding import CLASS, GRID, address, by_mother, cell, fields, fields_in, send, stored


@pytest.fixture
def website(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?")


@pytest.fixture
def press(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion, "Local press", "local_press", valid_months=None)


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


def test_the_classes_are_offered_with_how_far_they_are(office: FlaskClient, occasion: Occasion, website: Use, esme: Any) -> None:
    a_pupil(occasion, "Sam Patel", "3 Oak")
    an_answer(occasion, esme, website)
    page = text_of(office, GRID)
    assert "4 Heron 1 1 0 0" in page
    assert "3 Oak 1 0 0 1" in page


def test_a_class_that_does_not_exist_is_said_not_to(office: FlaskClient, esme: Any) -> None:
    assert "There is no class of that name here" in visit(office, address("9 Nowhere"), 404).text


def test_a_class_may_be_called_anything(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    a_pupil(occasion, "Sam Patel", "🦉 Owls & “Wrens” <3")
    page = visit(office, GRID).text
    found = re.search(r'href="(/consents/grid\?class=[^"]+)"', page)
    assert found
    assert "Sam Patel" in visit(office, found[1].replace("&amp;", "&")).text


def test_a_new_letter_is_stored_with_who_when_and_what_the_form_asked(
    office: FlaskClient, school: School, ola: Person, website: Use, esme: Any, mother: Any
) -> None:
    done = send(office, address(), {cell(esme): "y", "date": "19 11 2026", "method": "paper", **by_mother(esme, mother)})
    assert done.status_code == 303
    (answer,) = stored(school)
    assert (answer.decision, answer.decider, answer.carer, answer.person, answer.use) == (
        *(ImageDecision.GIVEN, Decider.PARENT, mother.id, esme.id, website.id),
    )
    assert (answer.decided_on.isoformat(), answer.valid_until.isoformat(), answer.method) == ("2026-11-19", "2027-11-19", AnswerMethod.PAPER)
    assert (answer.form_version, answer.wording) == (form_version([website]), website.sentence)
    assert "with parental responsibility" in answer.authority
    entry = AuditEntry.select().where(AuditEntry.record == answer.id).get()
    assert (entry.deed, entry.actor) == ("added", ola.actor.signature)


def test_what_a_form_asks_where_a_use_has_no_sentence_of_its_own_is_kept_as_it_was_printed(
    office: FlaskClient, school: School, press: Use, esme: Any, mother: Any
) -> None:
    send(office, address(), {cell(esme): "Y", **by_mother(esme, mother)})
    (answer,) = stored(school)
    assert answer.wording == told(press).question == "May we use pictures of your child for the local press?"


def test_the_child_who_says_no_is_the_one_who_decided(office: FlaskClient, school: School, website: Use, esme: Any) -> None:
    send(office, address(), {cell(esme): "C"})
    (answer,) = stored(school)
    assert (answer.decision, answer.decider, answer.carer, answer.decided_by) == (ImageDecision.REFUSED, Decider.PUPIL, None, None)


def test_what_is_recorded_stands_in_its_cell_and_is_not_stored_again(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, press: Use, esme: Any, mother: Any
) -> None:
    an_answer(occasion, esme, website, carer=mother.id)
    an_answer(occasion, esme, press, ImageDecision.REFUSED, carer=mother.id)
    sent = fields(office, address())
    assert (sent[cell(esme, 0)], sent[cell(esme, 1)], sent[f"s-{esme.id.hex}"]) == ("Y", "N", mother.id.hex)
    office.post(GRID, data=sent)
    assert len(stored(school)) == 2


def test_a_letter_that_is_no_answer_is_named_and_everything_typed_is_kept(
    office: FlaskClient, school: School, website: Use, press: Use, esme: Any, mother: Any
) -> None:
    answer = send(office, address(), {cell(esme, 0): "R", cell(esme, 1): "N", "date": "3 9 2026", **by_mother(esme, mother)})
    assert answer.status_code == 422
    assert "Esme Garrick, the website: “R” is not an answer. Type Y, N or C" in answer.text
    sent = fields_in(answer.text)
    assert (sent[cell(esme, 0)], sent[cell(esme, 1)], sent["date"], sent[f"s-{esme.id.hex}"]) == ("R", "N", "3 9 2026", mother.id.hex)
    assert 'id="bad-0" aria-invalid="true"' in answer.text
    assert "One letter is not an answer" in answer.text
    unsigned = send(office, address(), {cell(esme, 0): "R", cell(esme, 1): "N"})
    assert "say who signed the form" in unsigned.text
    assert "One letter is not an answer" not in unsigned.text
    assert stored(school) == []


def test_nobody_is_put_down_as_having_signed_who_was_not_chosen(office: FlaskClient, school: School, website: Use, esme: Any, mother: Any) -> None:
    answer = send(office, address(), {cell(esme): "Y"})
    assert answer.status_code == 422
    assert "Esme Garrick: say who signed the form" in answer.text
    assert stored(school) == []


@pytest.mark.parametrize(("chosen", "name", "carer", "stands"), [
    ({"s": "guardian"}, "", False, "Guardian"),
    ({"s": "other"}, "Bo Lund", False, "Bo Lund"),
    ({"s": "other"}, "garrick, ANN", True, None),
])  # fmt: skip
def test_a_signer_may_be_named(
    office: FlaskClient, school: School, website: Use, esme: Any, mother: Any, chosen: dict[str, str], name: str, carer: bool, stands: str | None
) -> None:
    send(office, address(), {cell(esme): "Y", f"s-{esme.id.hex}": chosen["s"], f"n-{esme.id.hex}": name})
    (answer,) = stored(school)
    assert (answer.carer, answer.decided_by) == (mother.id if carer else None, stands)


def test_one_relation_may_be_said_for_every_row_that_says_nobody(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any, mother: Any
) -> None:
    other = a_pupil(occasion, "Zofia Lis", CLASS)
    send(office, address(), {cell(esme): "Y", cell(other): "N", "signed": "mother"})
    first, second = stored(school)
    assert {(first.carer, first.decided_by), (second.carer, second.decided_by)} == {(mother.id, None), (None, "Mother")}


def test_a_yes_of_somebody_without_responsibility_is_kept_as_what_it_is(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any
) -> None:
    gran = a_carer(occasion, "Gwen Hale", esme, relation=Relation.GRANDPARENT, responsibility=YesNoUnknown.NO)
    send(office, address(), {cell(esme): "Y", **by_mother(esme, gran)})
    assert [each.decider for each in stored(school)] == [Decider.OTHER]


def test_the_same_form_twice_adds_nothing_twice(office: FlaskClient, school: School, website: Use, esme: Any, mother: Any) -> None:
    sent = {**fields(office, address()), cell(esme): "Y", **by_mother(esme, mother)}
    for _time in range(2):
        assert office.post(GRID, data=sent).status_code == 303
    send(office, address(blank="yes"), {cell(esme): "Y", **by_mother(esme, mother)})
    assert len(stored(school)) == 1
    assert "of this form was there already" in office.get(address()).text


def test_a_new_form_is_recorded_beside_the_old_one(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any, mother: Any
) -> None:
    an_answer(occasion, esme, website, carer=mother.id)
    assert fields(office, address(blank="yes"))[cell(esme)] == ""
    send(office, address(blank="yes"), {cell(esme): "Y", **by_mother(esme, mother)})
    assert [each.decided_on.isoformat() for each in stored(school)] == ["2026-09-07", "2026-11-23"]


def test_a_grid_that_somebody_else_has_overtaken_loses_nothing_and_says_so(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, press: Use, esme: Any, mother: Any
) -> None:
    sent = {**fields(office, address()), cell(esme, 0): "Y", cell(esme, 1): "Y", **by_mother(esme, mother)}
    an_answer(occasion, esme, website, ImageDecision.REFUSED)
    answer = office.post(GRID, data=sent)
    assert answer.status_code == 409
    assert "Esme Garrick, the website: somebody else has recorded N meanwhile" in answer.text
    assert len(stored(school)) == 1
    again = fields_in(answer.text)
    assert (again[cell(esme, 0)], again[cell(esme, 1)]) == ("Y", "Y")
    assert office.post(GRID, data=again).status_code == 303
    assert len(stored(school)) == 3


def test_what_others_record_about_other_cells_meanwhile_stands_in_nobodys_way(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, press: Use, esme: Any, mother: Any
) -> None:
    sent = {**fields(office, address()), cell(esme, 0): "Y", **by_mother(esme, mother)}
    an_answer(occasion, esme, press, ImageDecision.REFUSED)
    assert office.post(GRID, data=sent).status_code == 303
    assert len(stored(school)) == 2


def test_an_emptied_cell_takes_nothing_back(office: FlaskClient, school: School, occasion: Occasion, website: Use, esme: Any) -> None:
    an_answer(occasion, esme, website)
    send(office, address(), {cell(esme): ""})
    assert len(stored(school)) == 1
    assert fields(office, address())[cell(esme)] == "Y"


def test_a_yes_that_has_run_out_leaves_its_cell_empty(office: FlaskClient, occasion: Occasion, website: Use, esme: Any) -> None:
    an_answer(occasion, esme, website, valid_until=occasion.at.date().replace(day=1))
    assert fields(office, address())[cell(esme)] == ""


@pytest.mark.parametrize("day", ["", "31 11 2026", "24 11 2026", "soon", "1 1 0001"])
def test_a_day_that_cannot_be_on_the_forms_is_refused(
    office: FlaskClient, school: School, website: Use, esme: Any, mother: Any, day: str
) -> None:
    answer = send(office, address(), {cell(esme): "Y", "date": day, **by_mother(esme, mother)})
    assert answer.status_code == 422
    assert 'id="date-error"' in answer.text
    assert stored(school) == []


def test_a_cell_that_was_left_alone_keeps_what_others_recorded_in_it_meanwhile(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, press: Use, esme: Any, mother: Any
) -> None:
    an_answer(occasion, esme, website, carer=mother.id)
    sent = {**fields(office, address()), cell(esme, 1): "R"}
    an_answer(occasion, esme, website, ImageDecision.REFUSED, decided_by="Bo Lund")
    again = fields_in(office.post(GRID, data=sent).text)
    assert (again[cell(esme, 0)], again[cell(esme, 1)]) == ("N", "R")
    assert office.post(GRID, data={**again, cell(esme, 1): "N", **by_mother(esme, mother)}).status_code == 303
    assert [(each.use, each.decision) for each in stored(school)[2:]] == [(press.id, ImageDecision.REFUSED)]
