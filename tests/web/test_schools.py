"""The facts of a school as a page."""

from flask import Flask
from flask.testing import FlaskClient

from models.audit import AuditEntry
from models.school import School
from registry.accounts.people import Invitation, invite
from registry.catalogue import REGISTERS
from registry.trace.audit import Happened, changes_of
from registry.trace.verification import verify_rows
from tests.browsing import check_page, problems, send, sign_in, token, visit
from tests.people import NOW, Person

FACTS = {
    "name": "Quillbrook Primary School",
    "urn": "100001",
    "nation": "england",
    "school_type": "maintained",
    "phases": ["primary"],
    "controller": "governing_body",
    "public_authority": "yes",
    "financial_year_end": "31 March",
    "bank_holidays": "england-and-wales",
    "regulator_name": "ICO",
    "term_dates": "",
    "version": "1",
}


def test_what_is_changed_is_stored_and_told_with_old_and_new(client: FlaskClient, hana: Person, school: School) -> None:
    sign_in(client, hana)
    assert 'value="Quillbrook Primary School"' in visit(client, "/school").text
    assert send(client, "/school", **{**FACTS, "phases": ["primary", "early_years"], "financial_year_end": "31 august"}).status_code == 302
    assert "Saved." in visit(client, "/school").text
    now = School.get_by_id(school.id)
    assert (now.financial_year_end_month, now.financial_year_end_day, now.version) == (8, 31, 2)
    entry = AuditEntry.get(AuditEntry.deed == Happened.SCHOOL_CHANGED.value)
    assert changes_of(entry) == {"phases": [["primary"], ["early_years", "primary"]], "financial_year_end_month": [3, 8]}
    assert entry.chain == school.id


def test_nothing_different_is_nothing_noted(client: FlaskClient, hana: Person, school: School) -> None:
    sign_in(client, hana)
    assert send(client, "/school", **FACTS).status_code == 302
    assert AuditEntry.select().where(AuditEntry.deed == Happened.SCHOOL_CHANGED.value).count() == 0
    assert School.get_by_id(school.id).version == 1


def test_what_cannot_be_is_said_and_kept_in_the_form(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    page = send(client, "/school", **{**FACTS, "financial_year_end": "31 June", "name": ""})
    check_page(page)
    assert problems(page) == ["Enter the name of the school.", "June has 30 days."]
    assert 'value="31 June"' in page.text


def test_the_second_of_two_people_is_told_and_loses_nothing(app: Flask, client: FlaskClient, hana: Person, dev: Person, school: School) -> None:
    other = app.test_client()
    sign_in(other, dev)
    sign_in(client, hana)
    send(client, "/school", **{**FACTS, "regulator_name": "the ICO"})
    late = send(other, "/school", **{**FACTS, "urn": "100009"})
    check_page(late)
    assert late.status_code == 409
    assert "Somebody else has changed these facts" in late.text
    assert 'value="100009"' in late.text
    assert School.get_by_id(school.id).urn == "100001"


def test_the_office_does_not_change_the_school(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    visit(client, "/school", 403)
    assert client.post("/school", data={"csrf_token": token(client, "/account/password"), **FACTS}).status_code == 403


def test_only_the_school_in_view_is_changed(client: FlaskClient, hana: Person, other_school: School) -> None:
    sign_in(client, hana)
    send(client, "/school", **{**FACTS, "id": other_school.id, "school": other_school.id, "name": "Renamed"})
    assert School.get_by_id(other_school.id).name == "Saltmere Academy"


def test_a_person_with_one_school_is_not_offered_another(client: FlaskClient, hana: Person, school: School) -> None:
    sign_in(client, hana)
    assert "Change<span" not in visit(client, "/").text
    page = visit(client, "/switch-school").text
    assert "Quillbrook" in page
    assert "Saltmere" not in page


def test_a_trust_adds_a_school_which_comes_into_view_and_sees_nothing_of_the_first(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    assert "Add another school" in visit(client, "/switch-school").text
    answers = {name: value for name, value in FACTS.items() if name != "version"}
    assert problems(send(client, "/schools/new", **{**answers, "name": ""})) == ["Enter the name of the school."]
    assert send(client, "/schools/new", **{**answers, "name": "Fernhollow School", "urn": "100345"}).headers["Location"] == "/"
    page = visit(client, "/").text
    assert "Fernhollow School" in page
    assert "Quillbrook" not in page
    assert "1 person" in visit(client, "/people").text
    again = send(client, "/schools/new", **{**answers, "name": "Fernhollow School"})
    assert problems(again) == ["You have a school of this name already."]
    assert list(verify_rows()) == []


def test_only_those_who_manage_people_add_a_school(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    visit(client, "/schools/new", 403)
    assert "Add another school" not in visit(client, "/switch-school").text


def test_the_administrator_sees_when_the_school_is_open_and_no_other_records(
    app: Flask, client: FlaskClient, hana: Person, ola: Person, other_school: School
) -> None:
    assert hana.actor.school is not None
    invite(hana.actor, Invitation(name="Nell Abara", email="nell@quillbrook.example", role=hana.actor.role, schools=(hana.actor.school,)), NOW)  # type: ignore[arg-type]
    sign_in(client, hana)
    send(client, f"/people/{ola.user}/role", page=f"/people/{ola.user}", role="admin")
    other = app.test_client()
    sign_in(other, ola)
    page = visit(other, "/")
    for area in ("Data protection", "Images", "Pupils"):
        assert f"{area}</a>" not in page.text
    assert {register.slug for register in REGISTERS if other.get(f"/registers/{register.slug}/").status_code == 200} == {"term-dates"}
    visit(other, "/people")
