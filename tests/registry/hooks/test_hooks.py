"""Channels are added turned off, kept sealed, and removed for good, each with a trace."""

from typing import Any

import pytest

from models import doors
from models.audit import AuditEntry
from models.base import db
from models.school import School
from models.webhook import HookCall, HookKind, Webhook
from registry.access import Forbidden
from registry.hooks import hooks
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.trace.seals import verify_rows
from tests.people import NOW, Person
from tests.registry.hooks.conftest import BASE

pytestmark = pytest.mark.usefixtures("in_quillbrook")
ANSWERS: dict[str, Any] = {"name": "Leadership", "kind": HookKind.TEAMS, "address": "https://hooks.example/secret-part"}


def test_a_channel_is_off_until_somebody_turns_it_on(hana: Person) -> None:
    key, _secret = hooks.add(hana.actor, ANSWERS, BASE, NOW)
    assert [each.is_on for each in hooks.channels(hana.actor)] == [False]
    hooks.turn(hana.actor, key, NOW, is_on=True)
    assert [each.is_on for each in hooks.channels(hana.actor)] == [True]
    assert not [*verify_rows()]


def test_neither_its_address_nor_its_secret_lies_in_the_clear(hana: Person) -> None:
    _key, secret = hooks.add(hana.actor, ANSWERS, BASE, NOW)
    stored = b"".join(
        bytes(cell) for row in db.execute_sql('SELECT * FROM "webhook"').fetchall() for cell in row if isinstance(cell, bytes | memoryview)
    )
    assert b"secret-part" not in stored
    assert secret.encode() not in stored
    assert b"Leadership" not in stored
    assert (Webhook.get().address, Webhook.get().secret) == (ANSWERS["address"], secret)


def test_what_is_removed_is_gone_with_all_that_was_kept_of_it(hana: Person) -> None:
    key, _secret = hooks.add(hana.actor, ANSWERS, BASE, NOW)
    HookCall.insert(hook=key, key="due:2026-11-23", made_at=NOW).execute()
    hooks.remove(hana.actor, key, NOW)
    assert Webhook.select().count() == HookCall.select().count() == 0
    deeds = [row.deed for row in AuditEntry.select().where(AuditEntry.subject == "webhook").order_by(AuditEntry.number)]
    assert deeds == ["hook_added", "hook_removed"]
    assert not [*verify_rows()]


def test_there_are_only_so_many(hana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "MOST", 1)
    hooks.add(hana.actor, ANSWERS, BASE, NOW)
    with pytest.raises(CannotBeDone):
        hooks.add(hana.actor, ANSWERS, BASE, NOW)


@pytest.mark.parametrize("key", ["ola", "tess", "dina", "gus", "ian"])
def test_others_may_neither_see_nor_change_them(people: dict[str, Person], key: str, hana: Person) -> None:
    hook, _secret = hooks.add(hana.actor, ANSWERS, BASE, NOW)
    by = people[key].actor
    with pytest.raises(Forbidden):
        hooks.channels(by)
    with pytest.raises(Forbidden):
        hooks.add(by, ANSWERS, BASE, NOW)
    with pytest.raises(Forbidden):
        hooks.turn(by, hook, NOW, is_on=True)
    with pytest.raises(Forbidden):
        hooks.remove(by, hook, NOW)


def test_one_of_another_school_is_not_there(hana: Person, otto: Person, other_school: School) -> None:
    hook, _secret = hooks.add(hana.actor, ANSWERS, BASE, NOW)
    with doors.looking_at(other_school.id):
        assert hooks.channels(otto.actor) == []
        for deed in (lambda: hooks.turn(otto.actor, hook, NOW, is_on=True), lambda: hooks.remove(otto.actor, hook, NOW)):
            with pytest.raises(NotFound):
                deed()
