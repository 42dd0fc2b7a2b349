"""What somebody was typing is kept for them alone, offered again, and outlives their session."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.school import School
from models.user import Draft, Session
from registry.records import Occasion
from tests.browsing import plain, sign_in, token, visit
from tests.people import NOW, Person
from tests.web.filling_in import ADD, change_of, fill_in, hidden, stored


def keep_draft(client: FlaskClient, address: str, pairs: object, proof: str | None = None) -> TestResponse:
    """What the script does a few seconds after the typing stops."""
    return client.post(address, json=pairs, headers={"X-CSRFToken": proof or token(client, "/registers/assets/add")})


def test_what_was_typed_can_be_put_back(client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person, clock: time_machine.Traveller) -> None:
    sign_in(client, dev)
    place = f"/registers/assets/{asset}/draft?section=review"
    kept = keep_draft(client, place, [["version", "1"], ["accuracy_check", "Half a sent"], ["csrf_token", "secret"]])
    assert kept.json == {"at": "09:14"}
    clock.shift(timedelta(minutes=20))
    began = visit(client, change_of(asset, "review")).text
    assert "You were typing here at 09:14" in plain(began)
    assert "Half a sent" not in began
    back = visit(client, change_of(asset, "review") + "&draft=back").text
    assert "Half a sent" in back
    fill_in(client, change_of(asset, "review"), accuracy_check="Half a sentence.")
    assert Draft.select().count() == 0
    assert stored(asset, occasion).accuracy_check == "Half a sentence."


def test_a_draft_is_sealed_and_only_for_whoever_typed_it(client: FlaskClient, asset: UUID, dev: Person, hana: Person) -> None:
    sign_in(client, dev)
    keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["version", "1"], ["accuracy_check", "Half a sentence"]])
    assert b"Half" not in bytes(Draft.select(Draft.typed).tuples().get()[0])
    client = client.application.test_client()
    sign_in(client, hana)
    assert "You were typing here" not in visit(client, change_of(asset, "review")).text


def test_a_draft_is_thrown_away_when_asked(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["version", "1"]])
    client.post(f"/registers/assets/{asset}/draft/throw-away?section=review", data={"csrf_token": token(client, ADD)})
    assert "You were typing here" not in visit(client, change_of(asset, "review")).text


def test_a_draft_of_a_new_record_comes_back_as_the_same_record(client: FlaskClient, in_quillbrook: School, dev: Person) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    keep_draft(client, "/registers/assets/add/draft", [["token", hidden(page, "token")], ["name", "Half"]])
    back = visit(client, f"{ADD}?draft=back").text
    assert 'value="Half"' in back
    assert hidden(back, "token") == hidden(page, "token")


@pytest.mark.parametrize("pairs", [{}, "x", [["a"]], [["a", 1]], [1], None])
def test_a_draft_that_is_no_form_is_refused(client: FlaskClient, asset: UUID, dev: Person, pairs: object) -> None:
    sign_in(client, dev)
    assert keep_draft(client, f"/registers/assets/{asset}/draft?section=review", pairs).status_code == 400


def test_a_draft_nested_too_deeply_is_refused(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    headers = {"X-CSRFToken": token(client, f"/registers/assets/{asset}/change"), "Content-Type": "application/json"}
    assert client.post(f"/registers/assets/{asset}/draft?section=review", data="[" * 60_000, headers=headers).status_code == 400


def test_half_a_character_in_a_draft_is_left_out(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    pairs = [["version", "1"], ["accuracy_check", "Every\ud800 term"]]
    assert keep_draft(client, f"/registers/assets/{asset}/draft?section=review", pairs).status_code == 200
    assert "Every term" in visit(client, change_of(asset, "review") + "&draft=back").text


def test_an_enormous_draft_is_refused(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    assert keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["a", "x" * 300_000]]).status_code == 413


@pytest.mark.parametrize("began", ["without scripts", "with a draft before"])
def test_a_session_that_ends_while_somebody_types_loses_nothing(
    client: FlaskClient, asset: UUID, occasion: Occasion, dev: Person, clock: time_machine.Traveller, began: str
) -> None:
    sign_in(client, dev)
    page = visit(client, change_of(asset, "review")).text
    if began == "with a draft before":
        keep_draft(client, f"/registers/assets/{asset}/draft?section=review", [["version", "1"], ["accuracy_check", "A long"]])
    clock.shift(timedelta(hours=2))
    sent = {"csrf_token": hidden(page, "csrf_token"), "version": "1", "accuracy_check": "A long thought"}
    ended = client.post(change_of(asset, "review"), data=sent)
    assert ended.headers["Location"].startswith("/sign-in?next=")
    proof = hidden(visit(client, ended.headers["Location"]).text, "csrf_token")
    returned = client.post(ended.headers["Location"], data={"csrf_token": proof, "email": dev.email, "password": "correct horse battery staple"})
    arrived = client.get(returned.headers["Location"], follow_redirects=True)
    assert "You were typing here" in arrived.text
    assert "Change review" in arrived.text
    assert stored(asset, occasion).version == 1


def test_a_new_record_sent_after_the_session_ended_comes_back_whole(
    client: FlaskClient, in_quillbrook: School, dev: Person, clock: time_machine.Traveller
) -> None:
    sign_in(client, dev)
    page = visit(client, ADD).text
    clock.shift(timedelta(hours=2))
    address = f"{ADD}?section=what-it-is"
    client.post(address, data={"csrf_token": hidden(page, "csrf_token"), "token": hidden(page, "token"), "name": "Half a name"})
    assert "What you typed is kept for you" in visit(client, "/sign-in").text
    sign_in(client, dev)
    back = visit(client, f"{address}&draft=back").text
    assert 'value="Half a name"' in back
    assert hidden(back, "token") == hidden(page, "token")


def test_what_comes_from_a_session_that_was_ended_on_purpose_is_not_kept(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    visit(client, change_of(asset, "review"))
    Session.update(ended_at=NOW).execute()
    client.post(change_of(asset, "review"), data={"version": "1", "accuracy_check": "From a stolen laptop"})
    assert Draft.select().count() == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_after_a_session_ended_is_not_kept(
    client: FlaskClient, asset: UUID, dev: Person, clock: time_machine.Traveller, site: str
) -> None:
    sign_in(client, dev)
    clock.shift(timedelta(hours=2))
    client.post(change_of(asset, "review"), data={"accuracy_check": "Planted"}, headers={"Sec-Fetch-Site": site})
    assert Draft.select().count() == 0


@pytest.mark.parametrize("section", ["%00", "review%00", "%F0%9F%A6%89" * 200, "review"])
def test_what_comes_too_late_for_an_address_that_nobody_has_does_no_harm(
    client: FlaskClient, asset: UUID, dev: Person, clock: time_machine.Traveller, section: str
) -> None:
    sign_in(client, dev)
    clock.shift(timedelta(hours=2))
    assert client.post(f"/registers/assets/{asset}/change?section={section}", data={"accuracy_check": "A thought"}).status_code == 302
