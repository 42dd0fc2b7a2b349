"""What is true of every operation of the API; one without a case here fails."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exports import openapi
from models import doors
from registry import catalogue
from registry.access import Deed, Permission, allowed, may
from registry.actor import Actor
from registry.definition import Register
from registry.records import Occasion
from registry.registers.devices.agreements import AGREEMENTS
from registry.registers.school.term_dates import TERM_DATES
from tests.bearing import Program, check_answer, token_of
from tests.browsing import sign_in
from tests.least import add_least, typed_least
from tests.people import Person
from tests.web.test_every_route import written
from web.guard import MARK

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
CASES: dict[str, dict[str, Any]] = {
    "api.start": {},
    "api.described": {},
    "api.listing": {},
    "api.add": {},
    "api.one": {},
    "api.change": {"version": 1},
    "api.archive": {},
    "api.restore": {},
    "api.confirm": {},
    "api.history": {},
}
"""What each operation is sent beside answers so that whoever may do it succeeds."""
NOBODYS = UUID(int=7)
FOR_EVERYBODY = {"api.start", "api.described"}


class Operation(NamedTuple):
    """One operation of one register, or of none."""

    endpoint: str
    method: str
    address: str
    register: Register | None
    of_a_record: bool


def operations(app: Flask, record: UUID = NOBODYS) -> Iterator[Operation]:
    """Every operation for every register, about one record."""
    for rule in app.url_map.iter_rules():
        if rule.rule == "/api" or rule.rule.startswith("/api/"):
            for register in catalogue.REGISTERS if "slug" in rule.arguments else (None,):
                values = {"slug": register.slug if register else "", "record": record}
                built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
                assert built
                for method in sorted((rule.methods or set()) & METHODS):
                    yield Operation(rule.endpoint, method, built[1], register, "record" in rule.arguments)


def deed_of(app: Flask, operation: Operation) -> Deed | Permission:
    """What the mark of an operation asks of whoever does it."""
    deed: Deed | Permission = getattr(app.view_functions[operation.endpoint], MARK).deed
    return deed


CHANGES = {"api.change": Deed.CHANGE}


def sent(operation: Operation, occasion: Occasion) -> dict[str, Any]:
    """What an operation takes: a name at least, and what such a record cannot be without."""
    assert occasion.by.school
    if operation.register is None or operation.endpoint not in ("api.add", "api.change"):
        return {}
    with doors.looking_at(occasion.by.school):
        answers = typed_least(operation.register, "Something", occasion)
    deed, questions = CHANGES.get(operation.endpoint, Deed.ADD), operation.register.questions
    answers = {name: value for name, value in answers.items() if deed is Deed.ADD or allowed(deed, operation.register, questions[name])}
    return {"json": {**CASES[operation.endpoint], "answers": answers}}


def added(register: Register, occasion: Occasion) -> UUID:
    """A record with nothing but a name."""
    assert occasion.by.school
    with doors.looking_at(occasion.by.school):
        key: UUID = add_least(register, "Something", occasion).id
        return key


def test_every_operation_has_a_case(app: Flask) -> None:
    assert {operation.endpoint for operation in operations(app)} == set(CASES)


def test_every_operation_is_marked_and_none_is_open_to_strangers(app: Flask) -> None:
    assert [operation.endpoint for operation in operations(app) if deed_of(app, operation) is None] == []


def test_whoever_may_succeeds_with_every_operation(app: Flask, client: FlaskClient, people: dict[str, Person], occasion: Occasion) -> None:
    programs = {key: Program(client, token_of(people[key])) for key in ("dev", "dina", "hana")}
    for register in catalogue.REGISTERS:
        for operation in operations(app):
            able = [key for key in programs if may(people[key].actor, deed_of(app, operation), operation.register)]
            if operation.register in (None, register) and able:
                key = added(register, occasion) if operation.of_a_record else NOBODYS
                address = operation.address.replace(str(NOBODYS), str(key))
                status = 201 if operation.endpoint == "api.add" else 200
                if operation.endpoint != "api.confirm" or may(people[able[0]].actor, Deed.CHANGE, register):
                    programs[able[0]].ask(operation.method, address, status, **sent(operation, occasion))


@pytest.mark.parametrize("carried", [None, "", "Bearer", "Bearer ", "Basic ZGV2OmRldg==", "Bearer wrong", "Bearer safehold_" + "x" * 43])
def test_without_a_token_that_works_every_operation_is_refused(app: Flask, client: FlaskClient, hana: Person, carried: str | None) -> None:
    sign_in(client, hana)  # a browser's sign-in counts for nothing here
    for number, operation in enumerate(operations(app)):
        told = carried and (f"{carried[:-3]}{number:03}" if len(carried) > 8 else carried)  # another each time: one token rests after thirty tries
        headers = {} if told is None else {"Authorization": told}
        elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
        response = client.open(operation.address, method=operation.method, headers=headers, environ_overrides=elsewhere)
        assert response.status_code == 401, operation
        assert response.headers["WWW-Authenticate"].startswith('Bearer realm="Safehold registers"')
        check_answer(response)


def test_every_operation_is_refused_to_every_role_that_may_not_do_it(
    app: Flask, client: FlaskClient, people: dict[str, Person], occasion: Occasion
) -> None:
    programs = {key: Program(client, token_of(person)) for key, person in people.items() if key != "otto"}
    for operation in operations(app):
        deed = deed_of(app, operation)
        refused = [key for key in programs if not may(people[key].actor, deed, operation.register)]
        is_for_everybody = operation.endpoint in FOR_EVERYBODY or (deed is Deed.SEE and operation.register in (TERM_DATES, AGREEMENTS))
        assert bool(refused) == (not is_for_everybody), operation
        for key in refused:
            programs[key].ask(operation.method, operation.address, 403, **sent(operation, occasion))


def test_the_record_of_another_school_is_not_there_whatever_is_asked(
    app: Flask, client: FlaskClient, hana: Person, occasion: Occasion, elsewhere: Occasion
) -> None:
    program = Program(client, token_of(hana))
    for register in catalogue.REGISTERS:
        theirs = added(register, elsewhere)
        for operation in operations(app, theirs):
            if operation.register is register and operation.of_a_record and may(hana.actor, deed_of(app, operation), register):
                given = sent(operation, occasion)
                seen = program.ask(operation.method, operation.address, 404, **given)
                other = program.ask(operation.method, operation.address.replace(str(theirs), str(NOBODYS)), 404, **given)
                assert seen.get_json() == other.get_json(), "nobody learns that it exists elsewhere"
        assert program.read(f"/api/registers/{register.slug}?row={theirs}")["records"] == []


def test_the_descriptions_together_name_every_operation_that_anybody_may_do(app: Flask, people: dict[str, Person]) -> None:
    described = [openapi.document(app.extensions["api_paths"], person.actor) for person in people.values()]
    paths = [(path, told) for each in described for path, told in each["paths"].items()]
    named = {(method.upper(), path) for path, told in paths for method in told if method != "parameters"}
    routed = {(each.method, each.address.replace(str(NOBODYS), "{record}"))
              for each in operations(app) if any(may(person.actor, deed_of(app, each), each.register) for person in people.values())}
    assert named == routed


@pytest.mark.parametrize("key", ["hana", "dev", "dina", "ola", "ian", "tess", "gus"])
def test_the_description_names_what_a_role_may_do_and_nothing_else(app: Flask, people: dict[str, Person], key: str) -> None:
    actor: Actor = people[key].actor
    described = openapi.document(app.extensions["api_paths"], actor)
    named = {(method.upper(), path) for path, told in described["paths"].items() for method in told if method != "parameters"}
    allowed = {
        (each.method, each.address.replace(str(NOBODYS), "{record}"))
        for each in operations(app)
        if may(actor, deed_of(app, each), each.register) and (each.register is None or may(actor, Deed.SEE, each.register))
    }
    assert named == allowed


@pytest.mark.parametrize("key", ["hana", "dev", "tess"])
def test_reading_writes_nothing(app: Flask, client: FlaskClient, people: dict[str, Person], key: str) -> None:
    program = Program(client, token_of(people[key]))
    before = written()
    for operation in operations(app):
        if operation.method == "GET":
            client.get(operation.address, headers={"Authorization": f"Bearer {program.token}"})
    assert written() == before


def test_what_is_not_there_or_not_so_asked_is_a_problem_and_no_page(client: FlaskClient, dev: Person, hana: Person) -> None:
    program = Program(client, token_of(dev))
    program.ask("GET", "/api/nothing", 404)
    program.ask("GET", "/api/registers/nothing", 404)
    response = program.ask("DELETE", "/api/registers/assets", 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    sign_in(client, hana)
    assert client.get("/nothing").mimetype == "text/html", "pages keep their own"
    assert client.delete("/account").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_server_adds_nothing_of_html(client: FlaskClient, dev: Person) -> None:
    headers = {"Authorization": f"Bearer {token_of(dev)}"}
    for method, path in (("OPTIONS", "/api/registers/assets"), ("GET", "/api//registers/assets"), ("HEAD", "/api/registers/assets")):
        response = client.open(path, method=method, headers=headers)
        assert response.status_code in (200, 308)
        assert "html" not in response.headers.get("Content-Type", "")
