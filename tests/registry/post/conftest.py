"""A school whose mail is set up, with a mail server that listens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from models.letter import Letter
from models.mail import MailSettings, Security
from models.outgoing import Sending
from models.school import School
from registry import records
from registry.post import mail
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.talk.comments import write
from tests.mailbox import Mailbox, mail_server
from tests.people import NOW, Person

ANSWERS: dict[str, Any] = {
    "host": "127.0.0.1", "port": 25, "security": Security.NONE, "user": None, "password": None,
    "sender": "safehold@quillbrook.example", "base_address": "https://safehold.quillbrook.example",
}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server at work."""
    with mail_server() as box:
        yield box


@pytest.fixture
def set_up(mailbox: Mailbox, hana: Person, in_quillbrook: School) -> MailSettings:
    """Mail as Hana set it up."""
    mail.enter(hana.actor, {**ANSWERS, "port": mailbox.port}, NOW - timedelta(days=1), seen=None)
    kept = mail.settings()
    assert kept is not None
    return kept


@pytest.fixture
def files(occasion: Occasion) -> Any:
    """Paper files, on which people comment."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


@pytest.fixture
def mention(files: Any, occasion: Occasion) -> Callable[..., UUID]:
    """What has Dev mention people in a comment; the comment."""
    seconds = count()

    def by_dev(*people: Person) -> UUID:
        later = replace(occasion, at=occasion.at + timedelta(seconds=next(seconds)))
        key: UUID = write(ASSETS, files, "Sam Patel is in here", [person.user for person in people], occasion=later).id
        return key

    return by_dev


@pytest.fixture
def letter() -> Callable[[], Letter]:
    """What finds the one letter there is, as it is kept now."""
    return lambda: Letter.select().get()


@pytest.fixture
def states() -> Callable[[], dict[Sending, int]]:
    """What counts the letters by their state."""

    def counted() -> dict[Sending, int]:
        found: dict[Sending, int] = {}
        for row in Letter.select():
            found[row.state] = found.get(row.state, 0) + 1
        return found

    return counted
