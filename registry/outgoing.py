"""What goes out of the program, whichever way: claimed before it is sent, tried again ever later, and never sent twice unasked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from models.outgoing import Outgoing, Sending

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360))
"""How long something waits after each try that did not succeed; the one after the last wait is the last."""

STUCK = timedelta(minutes=10)
"""What has been under way for so long was broken off."""

INTERRUPTED = "The program stopped while this was being sent. It may have arrived, so it is not sent again by itself."


class Fate(Enum):
    """What becomes of something after a trouble."""

    AGAIN = "again"
    NEVER = "never"
    UNSURE = "unsure"


class NotSent(Exception):
    """Something did not go out, or may have; the message is a sentence without an address and without anything that the other side said."""

    def __init__(self, sentence: str, fate: Fate) -> None:
        super().__init__(sentence)
        self.fate = fate


Row = TypeVar("Row", bound=Outgoing)


def find_interrupted(table: type[Outgoing], now: datetime) -> int:
    """Mark what was being sent when a program stopped: it may have gone out. How many."""
    stuck = (table.state == Sending.SENDING) & (table.claimed_at <= now - STUCK)
    return int(table.update(state=Sending.UNSURE, why=INTERRUPTED).where(stuck).execute())


def claimed(table: type[Row], now: datetime, most: int, *, of: Any = True) -> Iterator[Row]:
    """What is due, of this condition, each taken so that nobody else sends it, at the moment at which it is asked for."""
    is_due = (table.state == Sending.WAITING) & (table.next_try_at.is_null() | (table.next_try_at <= now))
    for row in [*table.select().where(is_due & of).order_by(table.made_at, table.id).limit(most)]:
        if table.update(state=Sending.SENDING, claimed_at=now).where((table.id == row.id) & is_due).execute():
            yield row


def note(row: Outgoing, trouble: NotSent, now: datetime) -> Sending:
    """Keep what became of what did not go out for certain."""
    tries = row.tries + 1
    if trouble.fate is Fate.UNSURE:
        return keep(row, Sending.UNSURE, why=str(trouble), tries=tries)
    if trouble.fate is Fate.NEVER or tries > len(BACK_OFF):
        return keep(row, Sending.FAILED, why=str(trouble), tries=tries)
    return keep(row, Sending.WAITING, why=str(trouble), tries=tries, next_try_at=now + BACK_OFF[tries - 1])


def keep(row: Outgoing, state: Sending, **what: object) -> Sending:
    """Keep how far something that was claimed has come; the state."""
    table = type(row)
    table.update(state=state, **what).where((table.id == row.id) & (table.state == Sending.SENDING)).execute()
    return state


def taken_back(row: Outgoing, why: str) -> bool:
    """Whether something that nobody has begun to send is not sent any more."""
    table = type(row)
    still_waits = (table.id == row.id) & (table.state == Sending.WAITING)
    return bool(table.update(state=Sending.DROPPED, why=why).where(still_waits).execute())
