"""Telling channels: once each working morning what is due, and at once what somebody waits for; nothing is told twice."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from models import doors
from models.base import new_id
from models.calendar_link import FedEvent
from models.message import Message, News
from models.outgoing import Sending
from models.roles import Role
from models.school import School
from models.webhook import HookCall, Webhook
from registry import outgoing
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import REGISTERS, find
from registry.feed import events
from registry.feed.entries import called, words_for
from registry.hooks import hooks
from registry.hooks.calling import Call, call
from registry.hooks.saying import SHOWN, Said, Thing, body_of
from registry.outgoing import NotSent
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone

AUDIENCE = Role.OFFICE
"""Nobody knows who reads a channel, so it is told what the office may know of."""

MORNING, SATURDAY = time(7), 6
SOON = timedelta(days=7)
NEWS_LASTS = timedelta(days=1)
KEPT = timedelta(days=365)
AT_ONCE = 100
NOTHING, OVER = "Nothing was due.", "Its day was over, or what it was about is gone."


def tell_all(now: datetime) -> str:
    """Tell every channel that is on what it has not been told; the counts in words."""
    outgoing.find_interrupted(HookCall, now)
    schools = {school.id: school for school in School.select()}
    done: Counter[Sending] = Counter()
    with doors.looking_at(*schools):
        found = [*Webhook.select().where(Webhook.is_on)] if schools else []
    broken: list[Exception] = []
    for hook in found:
        try:
            with doors.looking_at(hook.school_id):
                done += _tell_one(hook, schools[hook.school_id], now)
        except Exception as problem:
            broken.append(problem)
    if broken:
        raise broken[0]
    return f"{done[Sending.SENT]:,} calls made, {done[Sending.WAITING]:,} to be tried again, {done[Sending.FAILED]:,} failed."


def _tell_one(hook: Webhook, school: School, now: datetime) -> Counter[Sending]:
    _put_what_is_due(hook, school, now)
    _put_news(hook, now)
    return Counter(_tell(hook, row, school, now) for row in outgoing.claimed(HookCall, now, AT_ONCE, of=HookCall.hook == hook.id))


def try_now(by: Actor, hook: UUID, school: School, now: datetime) -> None:
    """Tell a channel that this is a test, whether it is on or not. Raises Forbidden, NotFound, and NotSent with the reason."""
    row = hooks.find(by, hook)
    key = new_id()
    HookCall.insert(id=key, hook=row.id, key=f"test:{key.hex}", made_at=now, state=Sending.SENDING, claimed_at=now).execute()
    _make(row, HookCall.get_by_id(key), Said(name=key.hex, event="test", school=school.name, day=_today(now), link=row.base_address), now)


def _put_what_is_due(hook: Webhook, school: School, now: datetime) -> None:
    """Once on each working day, after seven in the morning."""
    local, key = in_zone(now, ZONE), f"due:{_today(now).isoformat()}"
    if local.isoweekday() >= SATURDAY or local.time() < MORNING:
        return
    if not HookCall.select().where((HookCall.hook == hook.id) & (HookCall.key == key)).exists():
        HookCall.delete().where((HookCall.hook == hook.id) & (HookCall.made_at < now - KEPT)).execute()
        events.catch_up(school, local.date(), now)
        _put(hook, key, now, due_day=local.date())


def _put_news(hook: Webhook, now: datetime) -> None:
    """What somebody waits for, once, however many were told of it."""
    by = Actor("", role=AUDIENCE, school=hook.school_id)
    seen = [register.slug for register in REGISTERS if may(by, Deed.SEE, register)]
    since = max(hook.on_since or now, now - NEWS_LASTS)
    told = (Message.school == hook.school_id) & (Message.news == News.APPROVAL_ASKED) & (Message.told_at > since) & Message.register.in_(seen)
    for row in Message.select().where(told).order_by(Message.told_at).limit(AT_ONCE):
        _put(hook, f"news:{row.key}", now, register=row.register, record=row.record)


def _put(hook: Webhook, key: str, now: datetime, **about: Any) -> None:
    HookCall.insert(id=new_id(), hook=hook.id, key=key, made_at=now, **about).on_conflict_ignore().execute()


def _tell(hook: Webhook, row: HookCall, school: School, now: datetime) -> Sending:
    """Tell what was claimed; what became of it."""
    try:
        said = _due(hook, row, school, now) if row.due_day else _news(hook, row, school, now)
        if said is None:
            return outgoing.keep(row, Sending.DROPPED, why=NOTHING if row.due_day == _today(now) else OVER)
        return _make(hook, row, said, now)
    except NotSent as trouble:
        return outgoing.note(row, trouble, now)
    except Exception as broken:  # what cannot be said to one channel must not keep the others from being told
        return outgoing.keep(row, Sending.FAILED, why=f"The program could not say this ({type(broken).__name__}).", tries=row.tries + 1)


def _make(hook: Webhook, row: HookCall, said: Said, now: datetime) -> Sending:
    try:
        call(hook.address, Call(said.name, body_of(hook.kind, said), hook.secret), now)
    except NotSent as trouble:
        if said.event == "test":
            outgoing.keep(row, Sending.FAILED, why=str(trouble))
        raise
    return outgoing.keep(row, Sending.SENT, sent_at=now, why="")


def _due(hook: Webhook, row: HookCall, school: School, now: datetime) -> Said | None:
    """What is late, due today and due soon; none when that is nothing, or the day is over."""
    today = _today(now)
    words = words_for(Actor("", role=AUDIENCE, school=school.id))
    if row.due_day != today or not words:
        return None
    seen = reduce(or_, ((FedEvent.register == register) & (FedEvent.code == code) for register, code in words))
    near = FedEvent.gone_on.is_null() & (FedEvent.due_on <= today + SOON)
    found = [*FedEvent.select().where(seen & near).order_by(FedEvent.due_on, FedEvent.id)]
    if not found:
        return None
    things = [_thing(hook, words, event) for event in found[:SHOWN]]
    link = f"{hook.base_address}/findings/"
    counts = {"late": _many(found, date.min, today), "today": _many(found, today, _next(today)), "soon": _many(found, _next(today), date.max)}
    return Said(name=row.id.hex, event="due", school=school.name, day=today, link=link, things=things, **counts)


def _thing(hook: Webhook, words: dict[tuple[str, str], str], event: FedEvent) -> Thing:
    said = f"{words[event.register, event.code]}: {called(event)}"
    return Thing(words=said, due_on=event.due_on, link=f"{hook.base_address}/calendar/events/{event.id}")


def _many(found: Iterable[FedEvent], first: date, end: date) -> int:
    return sum(event.many for event in found if first <= event.due_on < end)


def _news(hook: Webhook, row: HookCall, school: School, now: datetime) -> Said | None:
    """That approval is asked for, with the reference; none when the record is gone."""
    register = find(row.register)
    table: Any = register.table
    record = table.get_or_none((table.id == row.record) & table.archived_at.is_null())
    if record is None:
        return None
    link = f"{hook.base_address}/registers/{register.slug}/{record.id}"
    thing = Thing(words=f"Approval is asked for: {record.reference}", due_on=None, link=link)
    return Said(name=row.id.hex, event="news", school=school.name, day=_today(now), link=link, things=[thing])


def _today(now: datetime) -> date:
    return in_zone(now, ZONE).date()


def _next(day: date) -> date:
    return day + timedelta(days=1)
