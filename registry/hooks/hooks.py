"""The channels of a school: added, turned on and off, removed, each with a trace, and listed with how they were told last."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.base import new_id
from models.outgoing import Sending
from models.webhook import HookCall, HookKind, Webhook
from registry.access import Permission, require, school_of
from registry.actor import Actor
from registry.records import NotFound
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, recording
from registry.trace.chain import gone_seal

MOST = 10


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One channel as those who look after it see it; never its address or its secret."""

    id: UUID
    name: str
    kind: HookKind
    is_on: bool
    told_at: datetime | None
    trouble: str


def channels(by: Actor) -> list[Channel]:
    """Every channel of the school, by name. Raises Forbidden."""
    require(by, Permission.MANAGE_HOOKS)
    return sorted((_channel(row) for row in Webhook.select()), key=lambda each: each.name.casefold())


def add(by: Actor, answers: Mapping[str, Any], base_address: str, at: datetime) -> tuple[UUID, str]:
    """Add a channel, which is off; its id, and the secret with which its calls are signed. Raises Forbidden and CannotBeDone."""
    require(by, Permission.MANAGE_HOOKS)
    secret = secrets.token_urlsafe(32)
    row = Webhook(id=new_id(), school=school_of(by), secret=secret, base_address=base_address, made_at=at, **answers)
    with recording(by, at) as trace:
        if Webhook.select().count() >= MOST:
            raise CannotBeDone(f"There are {MOST} channels already. Remove one that nobody reads first.")
        store(trace, Happened.HOOK_ADDED, row, {"kind": (None, row.kind)}, new=True)
    return row.id, secret


def turn(by: Actor, hook: UUID, at: datetime, *, is_on: bool, base_address: str = "") -> None:
    """Have a channel told, or told no more. What happened before it was turned on is not told. Raises Forbidden and NotFound.

    Its links begin with the address given, where one is: it may be another than when the channel was added.
    """
    with recording(by, at) as trace:
        row = find(by, hook)
        before, row.is_on, row.on_since = row.is_on, is_on, at if is_on else None
        row.base_address = base_address or row.base_address
        store(trace, Happened.HOOK_CHANGED, row, {"is_on": (before, is_on)})


def remove(by: Actor, hook: UUID, at: datetime) -> None:
    """Remove a channel for good, with its address and its secret. Raises Forbidden and NotFound."""
    with recording(by, at) as trace:
        row, table = find(by, hook), Webhook._meta.table_name
        HookCall.delete().where(HookCall.hook == row.id).execute()
        Webhook.delete().where(Webhook.id == row.id).execute()
        trace.note(Happened.HOOK_REMOVED, table, row.id, seal=gone_seal(table, row.id.bytes))


def find(by: Actor, hook: UUID) -> Webhook:
    """One channel of the school. Raises Forbidden and NotFound."""
    require(by, Permission.MANAGE_HOOKS)
    row: Webhook | None = Webhook.get_or_none(Webhook.id == hook)
    if row is None:
        raise NotFound("There is no such channel.")
    return row


def _channel(row: Any) -> Channel:
    calls = HookCall.select().where(HookCall.hook == row.id)
    last = calls.where(HookCall.claimed_at.is_null(False)).order_by(HookCall.claimed_at.desc()).first()
    told = calls.where(HookCall.state == Sending.SENT).order_by(HookCall.sent_at.desc()).first()
    trouble = last.why if last is not None and last.state != Sending.SENT else ""
    return Channel(id=row.id, name=row.name, kind=row.kind, is_on=row.is_on, told_at=told.sent_at if told else None, trouble=trouble)
