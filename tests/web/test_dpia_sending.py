"""A DPIA goes from one school to another in the browser: sent, looked at there, kept apart, and undone."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from models import doors
from models.dpia import Dpia
from models.roles import Role
from models.school import School
from models.user import Membership
from registry import records
from registry.actor import Actor
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import store
from registry.trace.audit import Happened, recording
from tests.browsing import sign_in, text_of, visit
from tests.people import NOW, Person
from tests.registry.dpias.conftest import at_work, dpia  # noqa: F401 - fixtures
from tests.web.test_dpias import press


@pytest.fixture
def dev(client: FlaskClient, people: dict[str, Person], other_school: School) -> FlaskClient:
    """The data protection officer of both schools."""
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        member = Membership(school=other_school.id, user=people["dev"].user, role=Role.DPO, created_at=NOW)
        store(trace, Happened.ACCESS_CHANGED, member, {"role": (None, Role.DPO)}, new=True)
    sign_in(client, people["dev"])
    return client


def test_it_is_sent_looked_at_kept_apart_and_undone(
    dev: FlaskClient, people: dict[str, Person], dpia: Any, at_work: Any, other_school: School, elsewhere: Occasion  # noqa: F811
) -> None:
    row = dpia(risks=None)
    there = f"/registers/dpias/{row.id}"
    assert "Send it to your other schools" in text_of(dev, there)
    assert "Saltmere Academy Nothing Not sent yet." in text_of(dev, f"{there}/schools")
    assert "Tick the schools it is to go to." in press(dev, f"{there}/schools", 422)
    ticked = {"school": str(other_school.id), "seen": row.version}
    assert "Sent: Saltmere Academy: Sent as DA-0001." in press(dev, f"{there}/schools", **ticked)
    assert "As it was sent." in text_of(dev, f"{there}/schools")
    assert "There is nothing new." in press(dev, f"{there}/schools", **ticked)

    otto = dev.application.test_client()
    sign_in(otto, people["otto"])
    with doors.looking_at(other_school.id):
        copy = Dpia.get()
        records.change(DPIAS, copy, {"context": "Ours are older."}, elsewhere)
    here = f"/registers/dpias/{copy.id}"
    assert "It follows DA-0001 of Quillbrook Primary School. 1 answer in your own words" in text_of(otto, here)
    assert "Send it to your other schools" not in text_of(otto, here)
    assert "Step 2: context As it is planned. Ours are older." in text_of(otto, f"{here}/followed")
    assert "You lead no other school here." in text_of(otto, f"{here}/schools")
    visit(otto, f"{there}/schools", 404)
    visit(otto, f"{there}/followed", 404)
    visit(dev, f"{there}/followed", 404)
    assert "Own words in: Step 2: context." in text_of(dev, f"{there}/schools")
    assert "DA-0001 was changed since, so nothing was undone." in press(dev, f"{there}/schools", undo="")
    said = press(otto, f"{here}/followed", seen=0)
    assert "changed since you opened" in said
    assert "It is kept apart." in press(otto, f"{here}/followed", seen=copy.version)
    assert "It is kept apart: what is sent from there passes it by." in text_of(otto, f"{here}/followed")
    assert "The school keeps it apart." in text_of(dev, f"{there}/schools")


def test_a_new_one_is_undone_and_who_does_not_lead_sends_nothing(
    dev: FlaskClient, people: dict[str, Person], dpia: Any, other_school: School  # noqa: F811
) -> None:
    there = f"/registers/dpias/{dpia().id}"
    assert "changed since you opened" in press(dev, f"{there}/schools", 409, school=str(other_school.id), seen=7)
    press(dev, f"{there}/schools", school=str(other_school.id), seen=1)
    assert "There was nothing to undo." in press(dev, f"{there}/schools", undo="Saltmere")
    assert "Undone: Saltmere Academy: As it was before." in press(dev, f"{there}/schools", undo="")
    with doors.looking_at(other_school.id):
        assert not Dpia.select().exists()
    assert "There was nothing to undo." in press(dev, f"{there}/schools", undo="")
    for key in ("ola", "gus"):
        browser = dev.application.test_client()
        sign_in(browser, people[key])
        visit(browser, f"{there}/schools", 403)
        assert "Send it to" not in text_of(browser, there)
