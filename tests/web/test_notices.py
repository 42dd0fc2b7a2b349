"""The bell: it counts what somebody was told, leads to it, and tells nobody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.message import Message
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.talk.comments import write
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.least import add_least
from tests.people import NOW, Person


def bell(client: FlaskClient, path: str = "/") -> str:
    """What the bell says."""
    found = re.search(r'<a class="sh-header__item sh-header__bell" href="/notices">(.*?)</a>', visit(client, path).text, re.DOTALL)
    assert found
    return plain(found[1])


def inside(client: FlaskClient, start: str, end: str) -> list[str]:
    """What the notices say between these tags."""
    return [plain(each) for each in re.findall(re.escape(start) + "(.*?)" + end, visit(client, "/notices").text, re.DOTALL)]


def test_the_bell_counts_until_a_notice_is_followed(client: FlaskClient, ola: Person, files: Any, occasion: Occasion) -> None:
    comment = write(ASSETS, files, "See this", (ola.user,), occasion=occasion).id
    where = f"/registers/assets/{files.id}/comments#comment-{comment}"
    sign_in(client, ola)
    assert bell(client) == "Notices, unread: 1"
    assert "Dev Marchetti mentioned you in a comment on IA-0001" in inside(client, '<button class="sh-link" type="submit">', "</button>")
    assert bell(client) == "Notices, unread: 1", "looking changes nothing"
    (notice,) = Message.select()
    followed = send(client, f"/notices/{notice.id}", page="/notices")
    assert followed.headers["Location"] == where
    assert bell(client) == "Notices"
    assert "Dev Marchetti mentioned you in a comment on IA-0001" in inside(client, f'<a class="govuk-link" href="{where}">', "</a>")


def test_whoever_was_asked_to_see_to_something_is_led_to_the_record(client: FlaskClient, dev: Person, ola: Person, occasion: Occasion) -> None:
    task = add_least(TAKE_DOWNS, "Sports day", occasion, due_on=NOW.date() + timedelta(days=2))
    sign_in(client, dev)
    where = f"/findings/take-downs/{task.id}/TD1"
    send(client, where, page=where, do="assign", assigned_to=str(ola.user))
    (notice,) = Message.select()
    own = client.application.test_client()
    sign_in(own, ola)
    followed = send(own, f"/notices/{notice.id}", page="/notices")
    assert followed.headers["Location"] == f"/registers/take-downs/{task.id}"
    visit(own, followed.headers["Location"])


def test_all_are_marked_as_read_at_once(client: FlaskClient, ola: Person, files: Any, occasion: Occasion) -> None:
    for _ in range(3):
        write(ASSETS, files, "See this", (ola.user,), occasion=occasion)
    sign_in(client, ola)
    assert "3 unread." in text_of(client, "/notices")
    send(client, "/notices/read", page="/notices")
    said = text_of(client, "/notices")
    assert "3 notices marked as read." in said
    assert "Unread" not in said
    assert "Mark all as read" not in said


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_nobody_follows_or_reads_what_others_were_told(
    client: FlaskClient, people: dict[str, Person], who: str, ola: Person, files: Any, occasion: Occasion
) -> None:
    write(ASSETS, files, "See this", (ola.user,), occasion=occasion)
    (notice,) = Message.select()
    sign_in(client, people[who])
    assert "Nothing yet" in visit(client, "/notices").text
    assert bell(client) == "Notices"
    assert send(client, f"/notices/{notice.id}", page="/notices").status_code == 404
    assert send(client, "/notices/read", page="/notices").status_code == 302
    assert Message.get_by_id(notice.id).read_at is None


def test_a_stranger_has_no_bell(client: FlaskClient) -> None:
    assert "/notices" not in visit(client, "/sign-in").text
