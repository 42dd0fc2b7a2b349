"""A channel at work, and one that Quillbrook has turned on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.outgoing import Sending
from models.school import School
from models.webhook import HookCall, HookKind, Webhook
from registry.hooks import calling, hooks
from tests.channel import Channel, channel_at_work
from tests.people import NOW, Person

BASE = "https://safehold.quillbrook.example"


@pytest.fixture
def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Channel]:
    """A channel on this computer, which the program may call and whose certificate it trusts."""
    with channel_at_work(tmp_path) as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        monkeypatch.setattr(calling, "PATIENCE", 0.5)
        calling.allow_here(True)
        yield made
        calling.allow_here(False)


@pytest.fixture
def add(in_quillbrook: School, hana: Person, channel: Channel) -> Callable[..., Webhook]:
    """What adds a channel of Quillbrook, and turns it on."""

    def made(kind: HookKind = HookKind.PLAIN, **different: Any) -> Webhook:
        answers = {"name": "Leadership", "kind": kind, "address": channel.address, **different}
        key, _secret = hooks.add(hana.actor, answers, BASE, NOW)
        hooks.turn(hana.actor, key, NOW, is_on=True)
        return hooks.find(hana.actor, key)

    return made


@pytest.fixture
def states() -> Callable[[], list[Sending]]:
    """What becomes of each call, in the order in which they were made."""
    return lambda: [row.state for row in HookCall.select().order_by(HookCall.id)]
