"""The bell: it counts what somebody was told, leads to it, and tells nobody else."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.message import Message
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.talk.comments import write
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import Person


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
