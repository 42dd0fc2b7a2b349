"""One person in two schools: a page left open at one never writes into the other."""

import pytest
from flask.testing import FlaskClient

from models.audit import AuditEntry
from models.roles import Role
from models.school import School
from models.user import Membership
from registry.actor import Actor
from registry.rows import store
from registry.trace.audit import Happened, recording
from tests.browsing import send, sign_in, token, visit
from tests.people import NOW, Person
from tests.web.test_schools import FACTS


@pytest.fixture
def both(client: FlaskClient, hana: Person, school: School, other_school: School) -> FlaskClient:
    """Hana, headteacher of both schools, looking at the first."""
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        membership = Membership(school=other_school.id, user=hana.user, role=Role.HEADTEACHER, created_at=NOW)
        store(trace, Happened.ACCESS_CHANGED, membership, new=True)
    sign_in(client, hana)
    look_at(client, school)
    return client


def look_at(client: FlaskClient, school: School) -> None:
    assert send(client, "/switch-school", school=school.id).status_code == 302


FORMS = {
    "/school": ("/school", {**FACTS, "name": "Written into the wrong school"}),
    "/starter/": ("/starter/", {}),
    "/registers/assets/starter": ("/registers/assets/starter", {"all": "1"}),
    "/people/invite": ("/people/invite", {"name": "Nell Abara", "email": "nell@quillbrook.example", "role": "dpo"}),
    "/registers/assets/": ("/registers/assets/export.csv", {}),
    "/registers/assets/import": ("/registers/assets/import", {"pasted": "Asset\nPupil database"}),
}


@pytest.mark.parametrize("page", FORMS)
def test_a_form_of_one_school_is_refused_once_another_is_in_view(both: FlaskClient, other_school: School, page: str) -> None:
    address, answers = FORMS[page]
    left_open = token(both, page)
    look_at(both, other_school)
    before = AuditEntry.select().where(AuditEntry.chain == other_school.id).count()
    assert both.post(address, data={"csrf_token": left_open, **answers}).status_code == 400
    assert School.get_by_id(other_school.id).name == "Saltmere Academy"
    assert AuditEntry.select().where(AuditEntry.chain == other_school.id).count() == before


def test_a_page_left_open_works_again_when_its_school_is_back_in_view(both: FlaskClient, school: School, other_school: School) -> None:
    left_open = token(both, "/school")
    look_at(both, other_school)
    look_at(both, school)
    assert both.post("/school", data={"csrf_token": left_open, **FACTS, "name": "Quillbrook"}).status_code == 302
    assert School.get_by_id(school.id).name == "Quillbrook"


def test_the_refusal_says_that_another_school_may_be_in_view(both: FlaskClient, other_school: School) -> None:
    left_open = token(both, "/school")
    look_at(both, other_school)
    page = both.post("/school", data={"csrf_token": left_open, **FACTS})
    assert "another school" in page.text
    visit(both, "/")
