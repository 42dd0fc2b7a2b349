"""What another program can do with a token: everything its owner may, with the same gate, trace and sentences."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.roles import Role
from models.school import School
from models.token import ApiTokenUse
from registry import catalogue, records
from registry.accounts import people as accounts
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.schema import names_for
from tests.bearing import Program, check_answer, header, token_of
from tests.browsing import sign_in, visit
from tests.people import NOW, Person
from web import lock_out

LIST = "/api/registers/assets"
FINDINGS = re.compile(r'"findings":\{.*?"description":"What is to be mended, errors first."\}')


@pytest.fixture
def program(client: FlaskClient, dev: Person) -> Program:
    """A program with a token of the DPO."""
    return Program(client, token_of(dev))


def add(program: Program, **answers: object) -> dict:  # type: ignore[type-arg]
    """A new asset, as the API gives it."""
    return dict(program.ask("POST", LIST, 201, json={"answers": {"name": "Pupil database", **answers}}).get_json())


def place(record: dict) -> str:  # type: ignore[type-arg]
    return f"{LIST}/{record['id']}"


def test_a_token_says_who_it_acts_for_and_what_it_opens(program: Program) -> None:
    start = program.read("/api/")
    assert (start["name"], start["role"], start["school"]) == ("Dev Marchetti", "dpo", "Quillbrook Primary School")
    for opened in start["registers"]:
        assert program.read(opened["address"])["found"] == 0


def test_what_is_added_is_read_back_listed_and_shown_on_its_page(program: Program, dev: Person) -> None:
    sent = {"owner": "Ola Brandt", "format": "electronic", "next_review_on": "2027-01-04", "risks": ["Theft; or loss"], "recover_within_hours": 1200}
    response = program.ask("POST", LIST, 201, json={"answers": {"name": "Pupil database", **sent}})
    made = program.read(response.headers["Location"])
    assert made == response.get_json()
    assert response.headers["ETag"] == '"1"'
    assert {name: made["answers"][name] for name in sent} == sent
    assert (made["reference"], made["version"], made["starter"]) == ("IA-0001", 1, False)
    assert made["findings"]
    (line,) = program.read(f"{LIST}?column=owner&column=next_review_on")["records"]
    assert line["answers"] == {"name": "Pupil database", "owner": "Ola Brandt", "next_review_on": "2027-01-04"}
    assert (line["id"], line["warnings"]) == (made["id"], sum(each["severity"] == "warning" for each in made["findings"]))


def test_the_entry_names_the_person(program: Program, dev: Person, school: School) -> None:
    add(program)
    entry = AuditEntry.select().where(AuditEntry.chain == school.id).order_by(AuditEntry.number.desc()).first()
    assert (entry.deed, entry.actor) == ("added", dev.user.hex)


def test_only_what_is_sent_changes(program: Program) -> None:
    made = add(program, owner="Ola Brandt")
    changed = program.ask("PATCH", place(made), json={"version": 1, "answers": {"manager": "Ian Sollis"}}).get_json()
    assert (changed["version"], changed["answers"]["owner"], changed["answers"]["manager"]) == (2, "Ola Brandt", "Ian Sollis")
    same = program.ask("PATCH", place(made), json={"version": 2, "answers": {"manager": "Ian Sollis"}}).get_json()
    assert same["version"] == 2, "nothing was different, so nothing was saved"


def test_a_stale_change_saves_nothing_and_shows_the_record_as_it_is(program: Program) -> None:
    made = add(program, owner="Ola Brandt")
    program.ask("PATCH", place(made), json={"version": 1, "answers": {"owner": "Tess Quayle"}})
    problem = program.ask("PATCH", place(made), 409, json={"version": 1, "answers": {"owner": "Ian Sollis"}}).get_json()
    assert problem["version"] == 2
    assert problem["record"] == program.read(place(made))
    assert problem["record"]["answers"]["owner"] == "Tess Quayle"


@pytest.mark.parametrize("deed", ["archive", "restore", "confirm"])
def test_a_deed_on_a_version_that_has_moved_on_is_refused(program: Program, deed: str) -> None:
    made = add(program)
    program.ask("PATCH", place(made), json={"version": 1, "answers": {"owner": "Tess Quayle"}})
    program.ask("POST", f"{place(made)}/{deed}", 412, headers={"If-Match": '"1"'})
    program.ask("POST", f"{place(made)}/{deed}", 200, headers={"If-Match": '"2"'})
    program.ask("POST", f"{place(made)}/{deed}", 422, headers={"If-Match": "W/2"})


def test_archiving_and_bringing_back_can_be_said_twice(program: Program, school: School) -> None:
    made = add(program)
    for deed, found in (("archive", 0), ("archive", 0), ("restore", 1), ("restore", 1)):
        program.ask("POST", f"{place(made)}/{deed}")
        assert program.read(LIST)["found"] == found
    deeds = [entry.deed for entry in AuditEntry.select().where(AuditEntry.record == UUID(made["id"])).order_by(AuditEntry.number)]
    assert deeds == ["added", "archived", "restored"]


def test_the_same_request_with_one_key_makes_one_record(program: Program) -> None:
    sent = {"json": {"answers": {"name": "Pupil database"}}, "headers": {"Idempotency-Key": "our-number-17"}}
    first = program.ask("POST", LIST, 201, **sent).get_json()
    assert program.ask("POST", LIST, 201, **sent).get_json() == first
    other = {**sent, "json": {"answers": {"name": "Something else"}}}
    assert "IA-0001" in program.ask("POST", LIST, 409, **other).get_json()["detail"]
    assert program.read(LIST)["found"] == 1
    program.ask("POST", LIST, 422, **{**sent, "headers": {"Idempotency-Key": "not one word"}})


def test_a_key_means_nothing_to_anybody_else(app: Flask, program: Program, ola: Person, otto: Person) -> None:
    sent = {"json": {"answers": {"name": "Pupil database"}}, "headers": {"Idempotency-Key": "our-number-17"}}
    tokens = (program.token, token_of(ola), token_of(otto))
    assert len({Program(app.test_client(), token).ask("POST", LIST, 201, **sent).get_json()["id"] for token in tokens}) == 3


def test_every_wrong_answer_is_named_in_the_words_of_the_form(program: Program) -> None:
    problem = program.ask("POST", LIST, 422, json={"answers": {"format": "Electronic", "nonsense": 1, "next_review_on": "2027-02-30"}}).get_json()
    assert problem["errors"]["name"] == ["Enter the asset."]
    assert problem["errors"]["next_review_on"] == ["February 2027 has 28 days."]
    assert problem["errors"]["nonsense"] == ["This is not a question that you may answer here."]
    assert "format" in problem["errors"]
    assert program.read(LIST)["found"] == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"answers": {}, "more": 1}', "application/json", 422),
        (b'{"answers": []}', "application/json", 422),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'"' + b"x" * 3 * 1024 * 1024 + b'"', "application/json", 413),
    ],
)
def test_a_body_that_is_no_object_of_answers_is_refused(program: Program, body: bytes, kind: str, status: int) -> None:
    program.ask("POST", LIST, status, data=body, content_type=kind)


def test_links_are_ids_from_either_end_and_must_be_there(program: Program, occasion: Occasion, elsewhere: Occasion) -> None:
    assert occasion.by.school
    assert elsewhere.by.school
    with doors.looking_at(occasion.by.school):
        ours = str(records.add(SUPPLIERS, {"name": "Plateful"}, occasion).id)
    with doors.looking_at(elsewhere.by.school):
        theirs = str(records.add(SUPPLIERS, {"name": "Theirs"}, elsewhere).id)
    made = add(program, suppliers=[ours])
    assert made["answers"]["suppliers"] == [ours]
    assert program.read(f"/api/registers/suppliers/{ours}")["answers"]["assets"] == [made["id"]]
    (line,) = program.read(f"{LIST}?column=suppliers")["records"]
    assert line["answers"]["suppliers"] == [ours]
    program.ask("POST", LIST, 422, json={"answers": {"name": "Another", "suppliers": [theirs]}})


def test_a_list_goes_on_where_it_says_in_the_order_of_the_page(program: Program, client: FlaskClient) -> None:
    for number in range(12):
        add(program, name=f"Asset {number:02}", format="paper" if number % 2 else "electronic")
    address, names = f"{LIST}?rows=10&sort=changed&q=asset", []
    while address:
        page = program.read(address)
        assert page["found"] == 12
        names += [record["answers"]["name"] for record in page["records"]]
        before, address = page["earlier"], page["later"]
    assert sorted(names) == [f"Asset {number:02}" for number in range(12)]
    assert len(program.read(before)["records"]) == 10
    assert program.read(f"{LIST}?format=paper")["found"] == 6
    assert program.read(f"{LIST}?show=archived")["counts"]["archived"] == 0


def test_a_slip_in_what_is_asked_is_refused_and_not_passed_over(program: Program) -> None:
    assert set(program.read(f"{LIST}?rows=11&nonsense=1&format=Paper", 422)["errors"]) == {"rows", "nonsense", "format"}


def test_the_history_is_told_in_the_sentences_of_its_page(program: Program, client: FlaskClient) -> None:
    made = add(program)
    program.ask("PATCH", place(made), json={"version": 1, "answers": {"owner": "Ola Brandt"}})
    latest, first = program.read(f"{place(made)}/history")["entries"]
    assert latest["sentence"] == "Dev Marchetti changed Owner"
    assert latest["changes"] == [{"label": "Owner", "before": "", "after": "Ola Brandt"}]
    assert first["sentence"] == "Dev Marchetti added this information asset"
    assert [entry["number"] for entry in program.read(f"{place(made)}/history?before={latest['number']}")["entries"]] == [first["number"]]
    program.read(f"{place(made)}/history?before=first", 422)


@pytest.mark.parametrize("key", ["dina", "ian", "gus"])
def test_what_a_role_may_not_see_is_not_there(app: Flask, program: Program, people: dict[str, Person], key: str) -> None:
    made = add(program, owner="Ola Brandt", manager="Ian Sollis", technical_contact="Mirela Tannahill")
    theirs = Program(app.test_client(), token_of(people[key]))
    seen = names_for(ASSETS, people[key].actor)
    given = theirs.read(place(made))
    assert set(given["answers"]) <= seen
    links = {question.name for question in ASSETS.links}
    assert ("findings" in given) == (seen >= set(ASSETS.questions) - links)
    described = FINDINGS.sub("", theirs.ask("GET", "/api/openapi.json").text)  # those of registers whose every answer they may see
    elsewhere = {name for register in catalogue.REGISTERS if register is not ASSETS for name in names_for(register, people[key].actor)}
    for name in set(ASSETS.questions) - seen:
        theirs.read(f"{LIST}?column={name}", 422)
        assert name in links | elsewhere or f'"{name}"' not in described  # a register of that name may be theirs
        assert f'"{name}"' not in theirs.ask("GET", f"{place(made)}/history").text


def test_a_token_in_a_lower_role_may_only_what_that_role_may(app: Flask, dev: Person, program: Program) -> None:
    made = add(program)
    reader = Program(app.test_client(), token_of(dev, Role.GOVERNOR))
    assert reader.read("/api/")["role"] == "governor"
    reader.read(place(made))
    reader.ask("PATCH", place(made), 403, json={"version": 1, "answers": {"owner": "x"}})


def test_a_refusal_for_the_role_is_noted_like_on_the_pages(client: FlaskClient, tess: Person, school: School) -> None:
    Program(client, token_of(tess)).read(LIST, 403)
    entry = AuditEntry.select().where(AuditEntry.chain == school.id).order_by(AuditEntry.number.desc()).first()
    assert (entry.deed, entry.subject, entry.actor) == ("refused", "api.listing", tess.user.hex)


def test_a_changed_role_narrows_the_token_at_once(program: Program, hana: Person, dev: Person) -> None:
    program.read(LIST)
    accounts.change_role(hana.actor, accounts.find_member(hana.actor, dev.user), Role.GOVERNOR, NOW)
    assert "role" in program.read(LIST, 401)["detail"]


def test_an_expired_token_is_refused_with_a_sentence(program: Program, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=31))
    response = program.ask("GET", LIST, 401)
    assert "expired" in response.get_json()["detail"]
    assert "invalid_token" in response.headers["WWW-Authenticate"]


def test_the_day_of_use_is_written_once_a_day(program: Program, clock: time_machine.Traveller) -> None:
    program.read(LIST)
    (use,) = ApiTokenUse.select()
    assert use.used_on == NOW.date()
    ApiTokenUse.update(used_on=NOW.date(), id=UUID(int=1)).execute()
    program.read(LIST)
    assert ApiTokenUse.get().id == UUID(int=1), "the second request of the day left it alone"
    clock.shift(timedelta(days=1))
    program.read(LIST)
    assert ApiTokenUse.get().used_on == NOW.date() + timedelta(days=1)


def test_guessing_tokens_rests_after_a_while_and_shuts_nobody_out(client: FlaskClient, program: Program) -> None:
    for number in range(lock_out.ADDRESS):
        lock_out.begin(f"token:{number}", "api:127.0.0.1", NOW)
    response = client.get(LIST, headers=header("safehold_guess"))
    check_answer(response)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    program.read(LIST)
    assert client.get("/sign-in").status_code == 200
    lock_out.begin("hana@quillbrook.example", "127.0.0.1", NOW)


def test_a_failure_is_a_problem_with_a_reference_and_nothing_else(
    app: Flask, program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = add(program, owner="Ola Brandt")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(Asset, "reference", property(lambda _row: 1 / 0))
    response = program.ask("GET", place(made), 500)
    assert len(response.get_json()["reference"]) == 8
    assert "division" not in response.text


def test_the_readable_page_tells_of_each_register_what_the_role_may(client: FlaskClient, people: dict[str, Person]) -> None:
    for key, status in (("dev", 200), ("gus", 200), ("tess", 403)):
        browser = client.application.test_client()
        sign_in(browser, people[key])
        assert "/api/registers/assets" in visit(browser, "/help/api/assets", status).text or status == 403
        assert ("PATCH" in visit(browser, "/help/api/assets", status).text) == (key == "dev")
        assert ("/help/api/assets" in visit(browser, "/help/api").text) == (status == 200)
