"""Channels are told each morning what is due, and at once what somebody waits for; nothing twice, nothing by name."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.base import db
from models.message import News
from models.outgoing import Sending
from models.school import School
from models.vocabulary import ImageFlag
from models.webhook import HookCall, HookKind, Webhook
from registry import outgoing, records
from registry.hooks import hooks, telling
from registry.hooks.telling import tell_all, try_now
from registry.occasion import Occasion
from registry.outgoing import BACK_OFF, STUCK, NotSent
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.flags import FLAGS
from registry.talk import outbox
from registry.talk.outbox import Word
from registry.trace.audit import Happened, recording
from tests.channel import Channel
from tests.least import add_least
from tests.people import NOW, Person
from tests.registry.hooks.conftest import BASE

Adding = Callable[..., Webhook]
States = Callable[[], list[Sending]]
TODAY = NOW.date()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def due(in_quillbrook: School, occasion: Occasion) -> list[Any]:
    """Something late, something due today, something soon, and something that is not looked at yet."""
    days = (-3, 0, 6, 8)
    return [records.add(ASSETS, {"name": f"Sam Patel {days}", "next_review_on": TODAY + timedelta(days=days)}, occasion) for days in days]


def ask_for_approval(row: Any, occasion: Occasion, *people: Person) -> None:
    with recording(occasion.by, occasion.at) as trace:
        word = Word(news=News.APPROVAL_ASKED, register="assets", record=row.id, about=row.id)
        outbox.put(trace, occasion.by, word, [person.user for person in people])
        trace.note(Happened.EXPORTED, "asset")


def test_each_morning_it_is_told_once_what_is_due(due: list[Any], add: Adding, channel: Channel) -> None:
    add()
    assert tell_all(NOW) == "1 calls made, 0 to be tried again, 0 failed."
    tell_all(NOW + MINUTE)
    tell_all(NOW + timedelta(hours=8))
    (told,) = channel.told
    assert (told.said["event"], told.said["late"], told.said["today"], told.said["soon"]) == ("due", 1, 1, 1)
    assert [each["words"] for each in told.said["things"]] == [f"Check this entry again: IA-000{number}" for number in (1, 2, 3)]
    assert all(each["link"].startswith(f"{BASE}/calendar/events/") for each in told.said["things"])
    assert b"Patel" not in told.body
    tell_all(NOW + timedelta(days=1))
    assert [each.said["day"] for each in channel.told] == ["2026-11-23", "2026-11-24"]
    assert len({each.headers["X-Safehold-Event"] for each in channel.told}) == 2


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (NOW.replace(hour=6, minute=59), False),  # Monday
        (NOW.replace(hour=7, minute=0), True),
        (NOW.replace(day=28), False),  # Saturday
        (NOW.replace(day=29), False),
        (NOW.replace(month=6, day=29, year=2026, hour=6, minute=0), True),  # seven in the morning by London's clock
        (NOW.replace(month=6, day=29, year=2026, hour=5, minute=59), False),
    ],
)
def test_only_on_a_working_morning(due: list[Any], add: Adding, channel: Channel, at: Any, is_told: bool) -> None:
    add()
    tell_all(at)
    assert bool(HookCall.select().count()) is is_told


def test_a_channel_that_is_off_is_told_nothing(due: list[Any], add: Adding, channel: Channel, hana: Person) -> None:
    hook = add()
    hooks.turn(hana.actor, hook.id, NOW, is_on=False)
    tell_all(NOW)
    assert channel.told == []


def test_nothing_is_said_when_nothing_is_due(add: Adding, channel: Channel, states: States, in_quillbrook: School) -> None:
    add()
    tell_all(NOW)
    tell_all(NOW + MINUTE)
    assert channel.told == []
    assert states() == [Sending.DROPPED]


def test_a_limit_on_pictures_is_told_to_no_channel(add: Adding, channel: Channel, occasion: Occasion) -> None:
    add_least(FLAGS, "Sam Patel", occasion, level=ImageFlag.NO_IMAGES, next_review_on=TODAY)
    add()
    tell_all(NOW)
    assert channel.told == []


def test_another_school_is_told_to_nobody_here(add: Adding, channel: Channel, elsewhere: Occasion) -> None:
    add_least(ASSETS, "Theirs", elsewhere, next_review_on=TODAY)
    add()
    tell_all(NOW)
    assert channel.told == []


def test_what_somebody_waits_for_is_told_at_once_and_once(
    due: list[Any], add: Adding, channel: Channel, occasion: Occasion, hana: Person, dina: Person
) -> None:
    add()
    ask_for_approval(due[0], Occasion(occasion.by, NOW + MINUTE, occasion.school), hana, dina)
    tell_all(NOW + 2 * MINUTE)
    tell_all(NOW + 3 * MINUTE)
    news = [each.said for each in channel.told if each.said["event"] == "news"]
    assert [each["things"][0]["words"] for each in news] == ["Approval is asked for: IA-0001"]
    assert news[0]["link"] == f"{BASE}/registers/assets/{due[0].id}"


def test_what_was_asked_before_it_was_turned_on_is_not_told(due: list[Any], add: Adding, channel: Channel, occasion: Occasion, hana: Person) -> None:
    ask_for_approval(due[0], Occasion(occasion.by, NOW - MINUTE, occasion.school), hana)
    add()
    tell_all(NOW)
    assert [each.said["event"] for each in channel.told] == ["due"]


def test_a_channel_that_is_busy_is_tried_again_later_and_later_under_the_same_name(
    due: list[Any], add: Adding, channel: Channel, states: States
) -> None:
    add()
    channel.answer(503, 429)
    tell_all(NOW)
    tell_all(NOW + timedelta(seconds=50))
    assert len(channel.told) == 1
    tell_all(NOW + BACK_OFF[0])
    tell_all(NOW + BACK_OFF[0] + BACK_OFF[1])
    assert states() == [Sending.SENT]
    assert len(channel.told) == 3
    assert len({each.headers["X-Safehold-Event"] for each in channel.told}) == 1
    assert len({each.headers["X-Safehold-Signature"] for each in channel.told}) == 3


def test_after_the_last_try_it_has_failed(due: list[Any], add: Adding, channel: Channel, states: States) -> None:
    add()
    channel.answer(*[500] * 9)
    at = NOW.replace(hour=7)
    for wait in (timedelta(), *BACK_OFF, timedelta(hours=1)):
        at += wait
        tell_all(at)
    assert states() == [Sending.FAILED]
    assert len(channel.told) == len(BACK_OFF) + 1


@pytest.mark.parametrize(("answer", "state"), [(404, Sending.FAILED), (302, Sending.FAILED), ("hang up", Sending.UNSURE), ("wait", Sending.UNSURE)])
def test_what_cannot_help_or_may_have_arrived_is_not_tried_again(
    due: list[Any], add: Adding, channel: Channel, states: States, answer: int | str, state: Sending, hana: Person
) -> None:
    add()
    channel.answer(answer)
    tell_all(NOW)
    tell_all(NOW + timedelta(hours=7))
    assert states() == [state]
    assert len(channel.told) == 1
    assert hooks.channels(hana.actor)[0].trouble


def test_what_waits_from_yesterday_gives_way_to_today(due: list[Any], add: Adding, channel: Channel, states: States) -> None:
    add()
    channel.answer(503)
    tell_all(NOW)
    tell_all(NOW + timedelta(days=1))
    assert states() == [Sending.DROPPED, Sending.SENT]


def test_a_program_that_stopped_half_way_does_not_tell_it_again(due: list[Any], add: Adding, channel: Channel, states: States) -> None:
    class Stopped(BaseException):
        pass

    def stop() -> None:
        raise Stopped

    add()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(outgoing, "keep", lambda *_row, **_what: stop())
        with pytest.raises(Stopped):
            tell_all(NOW)
    tell_all(NOW + MINUTE)
    assert states() == [Sending.SENDING]
    tell_all(NOW + STUCK)
    assert states() == [Sending.UNSURE]
    assert len(channel.told) == 1


def test_what_cannot_be_said_keeps_no_other_channel_from_being_told(due: list[Any], add: Adding, channel: Channel, states: States) -> None:
    broken, whole = add(name="First"), add(name="Second")
    HookCall.insert(hook=broken.id, key="news:odd", register="no-such-register", record=broken.id, made_at=NOW).execute()
    tell_all(NOW)
    assert sorted(states()) == [Sending.FAILED, Sending.SENT, Sending.SENT]
    assert HookCall.get(HookCall.key == "news:odd").why == "The program could not say this (NoSuchRegister)."
    assert HookCall.get(HookCall.hook == whole.id).state is Sending.SENT


def test_two_runners_at_once_tell_it_once(due: list[Any], add: Adding, channel: Channel, states: States, database: str) -> None:
    add()
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        tell_all(NOW)
        db.close()

    runners = [threading.Thread(target=run) for _runner in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert states() == [Sending.SENT]
    assert len(channel.told) == 1


@pytest.mark.parametrize("kind", HookKind)
def test_a_test_is_told_whether_it_is_on_or_not(add: Adding, channel: Channel, kind: HookKind, hana: Person, school: School, states: States) -> None:
    hook = add(kind)
    hooks.turn(hana.actor, hook.id, NOW, is_on=False)
    try_now(hana.actor, hook.id, school, NOW)
    assert "this is a test" in channel.told[0].body.decode()
    assert states() == [Sending.SENT]
    channel.answer(404)
    with pytest.raises(NotSent, match="refused it"):
        try_now(hana.actor, hook.id, school, NOW + MINUTE)
    assert hooks.channels(hana.actor)[0].trouble.startswith("The channel refused it")
    tell_all(NOW + timedelta(hours=1))
    assert len(channel.told) == 2


def test_calls_of_long_ago_are_forgotten(due: list[Any], add: Adding, channel: Channel) -> None:
    add()
    tell_all(NOW)
    tell_all(NOW + telling.KEPT + timedelta(days=1))
    assert HookCall.select().count() == 1
