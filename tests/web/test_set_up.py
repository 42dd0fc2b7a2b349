"""The first visit: four steps, nothing stored before the last, and one school however many press the button."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import open_house
from models import doors
from models.activity import Activity
from models.audit import AuditEntry
from models.roles import Role
from models.school import School
from models.user import Membership, Session, User
from registry.accounts import links
from registry.accounts.links import Purpose
from registry.rows import CannotBeDone
from registry.school.schools import FirstPerson, set_up_school
from registry.trace.verification import chains, verify_chain, verify_rows
from settings import Settings
from tests import databases
from tests.browsing import check_page, problems, token, visit
from tests.conftest import CHEAP
from tests.people import NOW
from tests.web.conftest import SECRET

STEPS = {
    "school": {"name": "Fernhollow School", "urn": "100 345", "nation": "england", "school_type": "academy", "phases": ["primary", "secondary"]},
    "running": {
        "controller": "academy_trust",
        "public_authority": "yes",
        "financial_year_end": "31 August",
        "bank_holidays": "england-and-wales",
        "regulator_name": "ICO",
        "term_dates": "3 September 2026 to 23 October 2026\r\n2/11/2026 - 18/12/2026",
    },
    "you": {
        "name": "Nell Abara",
        "email": "nell@fernhollow.example",
        "role": "headteacher",
        "password": "seven otters juggle marmalade",
        "again": "seven otters juggle marmalade",
    },
    "begin": {"begin": "empty"},
}


@pytest.fixture(scope="module")
def nothing_yet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with every table and no rows; it was left by its last connection, so it is one file."""
    path = tmp_path_factory.mktemp("nothing-yet") / "empty.db"
    databases.use(f"sqlite:///{path}")
    databases.leave()
    return path


@pytest.fixture
def empty(database: str, app: Flask, nothing_yet: Path, tmp_path: Path) -> Iterator[Flask]:
    """An installation without a school."""
    if database.startswith("sqlite"):
        shutil.copy(nothing_yet, tmp_path)
        database = f"sqlite:///{tmp_path}/empty.db"
    else:
        databases.use_again(database)
        databases.replace_with({table: [] for table in databases.contents()})
    databases.leave()
    fresh = Settings(
        data_folder=tmp_path, database_url=database, secret=SECRET, heads_folder=tmp_path / "fresh", password_memory_kib=CHEAP, testing=True
    )
    open_house(fresh)
    app.extensions["settings"] = fresh
    yield app
    databases.leave()


@pytest.fixture
def secret(empty: Flask) -> str:
    """The secret of the link that the first start prints."""
    return links.make(Purpose.SET_UP, NOW)


def walk(client: FlaskClient, secret: str, *steps: str, **changed: object) -> TestResponse:
    """Answer these steps, one after the other; the answer to the last."""
    response = client.get(f"/set-up/{secret}")
    for step in steps or STEPS:
        path = f"/set-up/{secret}/{step}"
        response = client.post(
            path, data={"csrf_token": token(client, path), **STEPS[step], **(changed if step == (steps or tuple(STEPS))[-1] else {})}
        )
    return response


def test_four_steps_make_a_school_and_sign_its_first_person_in(empty: Flask, secret: str) -> None:
    client = empty.test_client()
    assert client.get(f"/set-up/{secret}").headers["Location"] == f"/set-up/{secret}/school"
    assert visit(client, f"/set-up/{secret}/school").headers["Referrer-Policy"] == "no-referrer"
    assert walk(client, secret).headers["Location"] == "/"
    page = visit(client, "/")
    assert "Fernhollow School" in page.text
    assert "Good morning, Nell." in page.text
    school, member = School.get(), Membership.get()
    assert (school.name, school.urn, school.financial_year_end_month) == ("Fernhollow School", "100345", 8)
    assert school.term_dates == ("2026-09-03 to 2026-10-23", "2026-11-02 to 2026-12-18")
    assert member.role is Role.HEADTEACHER
    assert [fault for chain in chains() for fault in verify_chain(chain)] == []
    assert list(verify_rows()) == []


def test_what_is_usual_for_the_type_of_school_is_filled_in(empty: Flask, secret: str) -> None:
    client = empty.test_client()
    walk(client, secret, "school")
    page = visit(client, f"/set-up/{secret}/running").text
    for words in ('value="academy_trust" checked', 'value="yes" checked', 'value="31 August"', 'value="england-and-wales" checked'):
        assert words in page


def test_what_was_typed_stays_when_one_goes_back(empty: Flask, secret: str) -> None:
    client = empty.test_client()
    walk(client, secret, "school", "running", "you")
    assert 'value="Fernhollow School"' in visit(client, f"/set-up/{secret}/school").text
    page = visit(client, f"/set-up/{secret}/you").text
    assert 'value="nell@fernhollow.example"' in page
    assert "otters" not in page


def test_nothing_is_stored_before_the_last_step(empty: Flask, secret: str) -> None:
    walk(empty.test_client(), secret, "school", "running", "you")
    assert [table.select().count() for table in (School, User, Membership, Session, AuditEntry)] == [0] * 5


def test_nothing_typed_can_be_read_from_the_cookie(empty: Flask, secret: str) -> None:
    client = empty.test_client()
    response = walk(client, secret, "school", "running", "you")
    cookie = client.get_cookie("safehold_set_up", path="/set-up")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.path == "/set-up"
    assert "ern" not in cookie.value
    assert "HttpOnly" in response.headers["Set-Cookie"]


def test_a_step_cannot_be_skipped(empty: Flask, secret: str) -> None:
    client = empty.test_client()
    for step in ("running", "you", "begin"):
        assert client.get(f"/set-up/{secret}/{step}").headers["Location"] == f"/set-up/{secret}/school"
    visit(client, f"/set-up/{secret}/nonsense", 404)


@pytest.mark.parametrize(
    ("step", "changed", "said"),
    [
        ("school", {"name": " "}, "Enter the name of the school."),
        ("school", {"phases": []}, "Choose the ages that the school teaches."),
        ("school", {"urn": "none"}, "Enter the number only, such as 123456."),
        ("school", {"nation": "scotland"}, "This type of school exists in England only. Choose another type, or another part of the country."),
        ("school", {"nation": "france"}, "“france” is not one of the choices. Choose from: England, Wales, Scotland, Northern Ireland"),
        ("running", {"financial_year_end": "31 June"}, "June has 30 days."),
        ("running", {"financial_year_end": "summer"}, "Enter a day and a month, such as 31 March."),
        ("running", {"term_dates": "autumn"}, "Line 1: enter a first and a last day, such as 3 September 2026 to 23 October 2026."),
        (
            "running",
            {"term_dates": "3/9/2026 to 23/10/2026\n1/10/2026 to 2/12/2026"},
            "Two of these stretches overlap. Let each begin after the one before has ended.",
        ),
        ("running", {"term_dates": "3/9/2026 to 2/9/2026"}, "Line 1: the last day comes before the first."),
        ("you", {"name": ""}, "Enter your name."),
        ("you", {"email": "nell"}, "Enter an email address, such as name@school.example."),
        ("you", {"role": "teacher"}, "Choose a role."),
        ("you", {"again": "otters"}, "The two do not match. Type the same password twice."),
        ("begin", {"begin": "later"}, "Choose what to begin with."),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_question(empty: Flask, secret: str, step: str, changed: dict[str, object], said: str) -> None:
    order = list(STEPS)
    response = walk(empty.test_client(), secret, *order[: order.index(step) + 1], **changed)
    assert response.status_code == 422
    check_page(response)
    assert problems(response) == [said]


def test_a_link_that_has_ended_or_never_was_opens_nothing(empty: Flask, secret: str, clock: time_machine.Traveller) -> None:
    visit(empty.test_client(), f"/set-up/{'A' * 43}/school", 404)
    clock.shift(timedelta(days=7))
    visit(empty.test_client(), f"/set-up/{secret}", 404)


def test_the_second_of_two_browsers_is_told_that_it_is_done(empty: Flask, secret: str) -> None:
    first, second = empty.test_client(), empty.test_client()
    walk(first, secret, "school", "running", "you")
    walk(second, secret, "school", "running", "you")
    assert walk(first, secret, "begin").status_code == 302
    late = second.post(f"/set-up/{secret}/begin", data={"csrf_token": "x", "begin": "empty"})
    assert late.status_code in (400, 404)
    assert School.select().count() == User.select().count() == 1
    assert "This school is set up already" in visit(second, f"/set-up/{secret}/begin", 404).text


def test_of_two_set_ups_at_the_same_instant_one_wins(empty: Flask, secret: str) -> None:
    link = links.find(Purpose.SET_UP, secret, NOW)
    assert link is not None
    facts = {
        "name": "Fernhollow School",
        "nation": "england",
        "school_type": "academy",
        "controller": "academy_trust",
        "public_authority": True,
        "financial_year_end_month": 8,
        "financial_year_end_day": 31,
        "bank_holidays": "england-and-wales",
    }
    person = FirstPerson(name="Nell Abara", email="nell@fernhollow.example", role=Role.HEADTEACHER, password="stored")
    set_up_school(facts, [person], link, NOW)
    with pytest.raises(CannotBeDone):
        set_up_school(facts, [person], link, NOW)
    assert School.select().count() == 1


def test_a_data_protection_officer_names_the_headteacher_and_gets_a_link_for_them(empty: Flask, secret: str) -> None:
    client, head = empty.test_client(), empty.test_client()
    you = {"role": "dpo", "head_name": "Hana Whitlow", "head_email": "hana@fernhollow.example"}
    walk(client, secret, "school", "running", "you", **you)
    page = walk(client, secret, "begin")
    check_page(page)
    assert "The link for Hana Whitlow" in page.text
    found = re.search(r'value="http://localhost(/invitation/[^"]+)"', page.text)
    assert found
    visit(client, "/people", 403)
    new = "another pass of four words"
    head.post(found[1], data={"csrf_token": token(head, found[1]), "password": new, "again": new})
    visit(head, "/people/invite")
    assert list(verify_rows()) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ["Enter the name of the headteacher.", "Enter an email address, such as name@school.example."]),
        ({"head_name": "Hana", "head_email": "NELL@fernhollow.example"}, ["Enter the headteacher’s own address, not yours."]),
    ],
)
def test_a_school_in_which_nobody_could_give_out_roles_is_not_set_up(empty: Flask, secret: str, changed: dict[str, str], said: list[str]) -> None:
    response = walk(empty.test_client(), secret, "school", "running", "you", role="dpo", **changed)
    check_page(response)
    assert problems(response) == said


@pytest.mark.parametrize("role", ["headteacher", "admin"])
def test_a_school_can_begin_with_typical_entries_that_nobody_has_checked_yet(empty: Flask, secret: str, role: str) -> None:
    client = empty.test_client()
    walk(client, secret, "school", "running", "you", role=role)
    assert walk(client, secret, "begin", begin="starter").headers["Location"] == "/"
    page = visit(client, "/").text
    assert "typical entries wait for somebody to check them." in page
    with doors.looking_at(School.get().id):
        assert Activity.select().where(Activity.starter).count() > 20
        assert Activity.select().where(~Activity.starter).count() == 0
    assert list(verify_rows()) == []


def test_before_the_set_up_the_sign_in_page_says_what_to_do(empty: Flask) -> None:
    page = visit(empty.test_client(), "/sign-in").text
    assert "Safehold is not set up yet" in page


def test_once_there_is_a_school_nobody_sets_up_another(client: FlaskClient, school: School) -> None:
    secret = links.make(Purpose.SET_UP, NOW)
    assert "This school is set up already" in visit(client, f"/set-up/{secret}", 404).text


def test_more_than_the_set_up_holds_is_asked_for_later(empty: Flask, secret: str) -> None:
    lines = "\n".join(f"1/1/{year} to 2/1/{year}" for year in range(1900, 2190))
    response = walk(empty.test_client(), secret, "school", "running", term_dates=lines)
    assert problems(response) == ["This is more than the set-up can hold. Leave some of it for later, on the page “Your school”."]
