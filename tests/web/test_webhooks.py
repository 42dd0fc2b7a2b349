"""The page of channels: added turned off, tried, turned on and off, removed; nothing secret shown twice."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from models import doors
from models.school import School
from models.webhook import Webhook
from registry.hooks import calling
from tests.browsing import plain, problems, send, sign_in, visit
from tests.channel import Channel, channel_at_work
from tests.people import Person

PAGE = "/settings/webhooks"


@pytest.fixture
def office(client: FlaskClient, hana: Person) -> FlaskClient:
    """The headteacher at a computer."""
    sign_in(client, hana)
    return client


@pytest.fixture
def channel(client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Channel]:
    """A channel on this computer."""
    with channel_at_work(tmp_path) as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        calling.allow_here(True)
        yield made
        calling.allow_here(False)


def added(client: FlaskClient, address: str, kind: str = "teams") -> str:
    """The address under which a new channel is looked after."""
    assert send(client, PAGE, name="Leadership", kind=kind, address=address).status_code in (200, 302)
    found = re.search(r'action="(/settings/webhooks/[0-9a-f-]+)/test"', visit(client, PAGE).text)
    assert found
    return found[1]


def test_a_channel_is_added_turned_off_and_its_address_is_never_shown(office: FlaskClient) -> None:
    assert "No channel is told anything" in visit(office, PAGE).text
    added(office, "https://hooks.example/secret-part")
    page = visit(office, PAGE)
    assert "Leadership Off Microsoft Teams. Not told anything yet." in plain(page.text)
    assert "secret-part" not in page.text


def test_the_secret_of_a_program_is_shown_once(office: FlaskClient, school: School) -> None:
    page = send(office, PAGE, name="Ours", kind="plain", address="https://hooks.example/x")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    with doors.looking_at(school.id):
        secret = Webhook.get().secret
    assert f'value="{secret}"' in page.text
    assert secret not in visit(office, PAGE).text


def test_what_cannot_be_kept_is_told_at_its_question(office: FlaskClient) -> None:
    page = send(office, PAGE, name="", kind="", address="http://hooks.example/")
    assert page.status_code == 422
    assert problems(page) == [
        "Enter what you call the channel.",
        "Choose what the channel belongs to.",
        "Enter the whole address that the channel gave you. It begins with https://",
    ]


def test_a_test_says_what_came_of_it(office: FlaskClient, channel: Channel) -> None:
    path = added(office, channel.address, "slack")
    send(office, f"{path}/test", PAGE)
    page = plain(visit(office, PAGE).text)
    assert "The channel took the test." in page
    assert "Last told on Monday 23 November 2026" in page
    assert "this is a test" in channel.told[0].said["text"]
    channel.answer(404)
    send(office, f"{path}/test", PAGE)
    assert "The test was not sent. The channel refused it" in plain(visit(office, PAGE).text)


def test_a_channel_inside_the_building_is_not_called(office: FlaskClient) -> None:
    path = added(office, "https://localhost:9/")
    send(office, f"{path}/test", PAGE)
    assert "leads to a computer inside a building" in plain(visit(office, PAGE).text)


def test_it_is_turned_on_and_off_and_removed(office: FlaskClient) -> None:
    path = added(office, "https://hooks.example/x")
    send(office, f"{path}/on", PAGE)
    assert "Leadership On" in plain(visit(office, PAGE).text)
    send(office, f"{path}/off", PAGE)
    assert "Leadership Off" in plain(visit(office, PAGE).text)
    send(office, f"{path}/remove", PAGE)
    assert "No channel is told anything" in visit(office, PAGE).text
    assert send(office, f"{path}/on", PAGE).status_code == 404


def test_the_data_protection_officer_may_look_after_them_and_the_office_may_not(client: FlaskClient, dev: Person, ola: Person) -> None:
    sign_in(client, dev)
    assert 'href="/settings/webhooks"' in visit(client, PAGE).text
    other = client.application.test_client()
    sign_in(other, ola)
    visit(other, PAGE, 403)


def test_what_was_done_stands_in_the_history_in_words(office: FlaskClient, dev: Person) -> None:
    added(office, "https://hooks.example/x")
    other = office.application.test_client()
    sign_in(other, dev)
    assert "added a channel that can be told what is due" in plain(visit(other, "/audit").text)
