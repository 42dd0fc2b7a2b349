"""Making a token and ending it, on the account page and under People."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.roles import Role
from models.token import ApiToken
from registry.accounts.rights import roles_within
from tests.bearing import Program, token_of
from tests.browsing import check_page, problems, send, sign_in, visit
from tests.people import Person

MAKE = "/account/tokens/make"


def make(client: FlaskClient, **answers: str) -> str:
    """The token that the page shows once."""
    page = send(client, MAKE, **{"name": "Monthly figures", "role": "governor", "days": "90", **answers})
    check_page(page)
    found = re.search(r'value="(safehold_[^"]+)"', page.text)
    assert found
    return found[1]


def test_a_token_is_made_shown_once_used_and_ended(app: Flask, client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    assert "Make a token" in visit(client, "/account").text
    secret = make(client)
    program = Program(app.test_client(), secret)
    assert program.read("/api/")["role"] == "governor"
    page = visit(client, "/account").text
    assert "Monthly figures" in page
    assert "Last used on 23 November 2026. Works until 21 February 2027." in page
    assert secret not in page
    end = re.search(r"/account/tokens/[0-9a-f-]{36}/end", page)
    assert end
    assert send(client, end[0], "/account").status_code == 302
    program.read("/api/", 401)
    assert "Monthly figures" not in visit(client, "/account").text
    assert send(client, end[0], "/account").status_code == 404
    history = visit(client, "/audit").text
    assert "made a token with which another program may act for them" in history
    assert "ended a token with which another program could act for somebody" in history


def test_what_cannot_be_made_is_said_at_its_question(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    page = send(client, MAKE, name=" ", role="dpo", days="3650")
    assert page.status_code == 422
    assert problems(page) == ["Enter a name of 80 characters or fewer.", "Choose what the token may do.", "Choose how long it works."]
    assert ApiToken.select().count() == 0


@pytest.mark.parametrize("key", ["hana", "dev", "ola", "ian", "tess", "gus"])
def test_only_roles_no_higher_than_ones_own_are_offered(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    names = set(re.findall(r'<input [^>]*name="role"[^>]*value="(\w+)"', visit(client, MAKE).text))
    role = people[key].actor.role
    assert role
    assert names == {each.value for each in roles_within(role)}


def test_those_who_manage_people_end_tokens_of_their_school_and_no_other(
    app: Flask, client: FlaskClient, hana: Person, dev: Person, otto: Person
) -> None:
    ours, theirs = Program(app.test_client(), token_of(dev)), Program(app.test_client(), token_of(otto, Role.GOVERNOR))
    sign_in(client, hana)
    assert "/people/tokens" in visit(client, "/people").text
    page = visit(client, "/people/tokens").text
    assert "Dev Marchetti" in page
    assert "Otto Renwick" not in page
    for token in ApiToken.select():
        status = send(client, f"/people/tokens/{token.id}/end", "/account").status_code
        assert status == (302 if token.user == dev.user else 404)
    ours.read("/api/", 401)
    theirs.read("/api/")
    assert "No program has a token for this school" in visit(client, "/people/tokens").text


def test_nobody_else_sees_or_ends_the_tokens_of_others(client: FlaskClient, dev: Person, ola: Person) -> None:
    token_of(dev)
    sign_in(client, ola)
    visit(client, "/people/tokens", 403)
    key = ApiToken.get().id
    assert send(client, f"/people/tokens/{key}/end", "/account").status_code == 403
    assert send(client, f"/account/tokens/{key}/end", "/account").status_code == 404
    assert ApiToken.get().ended_at is None
