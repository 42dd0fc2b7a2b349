"""How mail is sent: entered, changed, turned off and on by those who answer for every school of the installation, each with a trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.mail import ONLY_ROW, MailSettings
from models.message import Message, Way
from models.school import Installation
from registry.access import Permission, require
from registry.accounts.colleagues import may_everywhere
from registry.actor import Actor
from registry.rows import CannotBeDone, set_answers, store
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import INSTALLATION

SECRET = ("user", "password")
CHANGED = "changed"
HERE = ("127.0.0.1", "::1", "localhost")


def settings() -> MailSettings | None:
    """How mail is sent, if somebody has entered it."""
    found: MailSettings | None = MailSettings.get_or_none(MailSettings.id == ONLY_ROW)
    return found


def in_use() -> MailSettings | None:
    """How mail is sent, unless it was turned off or never entered: then no letter is made at all."""
    found = settings()
    return found if found is not None and found.is_on and reaches_somebody(found) else None


def reaches_somebody(entered: MailSettings) -> bool:
    """Whether letters may go out at all: from the demonstration nothing reaches anybody but a mail server on this very computer."""
    return entered.host in HERE or not Installation.get().demonstration


def may_set_up(by: Actor) -> bool:
    """Whether somebody may say how mail is sent: it goes out for every school, so they must lead or administer each that anybody does."""
    return may_everywhere(by, Permission.MANAGE_MAIL)


def demand_set_up(by: Actor) -> None:
    """Raise Forbidden or CannotBeDone unless they may."""
    require(by, Permission.MANAGE_MAIL)
    if not may_set_up(by):
        raise CannotBeDone("Mail is set up for all schools of this installation at once, by somebody who leads or administers each of them.")


def enter(by: Actor, answers: Mapping[str, Any], at: datetime, *, seen: int | None) -> bool:
    """Keep how mail is sent; whether anything is different. `seen` is the version that was read, None when there was none.

    An empty password keeps the one there is, as long as the user name stays, but for no other mail server than the one that it was entered for:
    whoever can read it there may never have known it. Raises Forbidden and CannotBeDone.
    """
    demand_set_up(by)
    with recording(by, at, chain=INSTALLATION) as trace:
        row = settings()
        if (row.version if row else None) != seen:
            raise CannotBeDone("Somebody else has changed this in the meantime, so nothing was saved. Open the page afresh to see what is new.")
        if row is None:
            row = MailSettings(id=ONLY_ROW, changed_at=at, **answers)
            store(trace, Happened.MAIL_CHANGED, row, {name: (None, _told(name, value)) for name, value in answers.items()}, new=True)
            _leave_at_the_bell()
            return True
        return _change(trace, row, answers, at)


def _change(trace: Trace, row: MailSettings, answers: Mapping[str, Any], at: datetime) -> bool:
    if not answers["password"] and answers["user"] == row.user:
        if row.password and answers["host"] != row.host:
            raise CannotBeDone(f"The password that is kept was entered for {row.host}, and is sent nowhere else. Enter it again, or another.")
        answers = {**answers, "password": row.password}
    changes = set_answers(row, dict(answers))
    row.changed_at = at
    told = {name: ("", CHANGED) if name in SECRET else change for name, change in changes.items()}
    store(trace, Happened.MAIL_CHANGED, row, told)
    return bool(changes)


def turn(by: Actor, at: datetime, *, is_on: bool) -> None:
    """Stop sending, or begin again; what was told meanwhile stays at the bell. Raises Forbidden and CannotBeDone."""
    demand_set_up(by)
    with recording(by, at, chain=INSTALLATION) as trace:
        row = settings()
        if row is None:
            raise CannotBeDone("Enter how mail is sent first.")
        if is_on and not row.is_on:
            _leave_at_the_bell()
        before, row.is_on, row.changed_at = row.is_on, is_on, at
        store(trace, Happened.MAIL_CHANGED, row, {"is_on": (before, is_on)})


def _leave_at_the_bell() -> None:
    """What people were told before there was mail is not sent to them all at once."""
    Message.update(state=Way.BELL).where(Message.state == Way.WAITING).execute()


def _told(name: str, value: Any) -> Any:
    return (CHANGED if value else "") if name in SECRET else value
