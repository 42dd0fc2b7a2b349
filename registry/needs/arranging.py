"""What people agree about something that needs somebody: who sees to it, that it may wait, that it does not apply, or that it was done."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from models.arrangement import Arrangement
from models.base import new_id
from models.message import News
from models.need import Need
from registry import records
from registry.access import Forbidden, Permission, may, require, school_of
from registry.accounts.colleagues import Colleague, colleagues
from registry.actor import Actor
from registry.definition import Deadline, Register
from registry.needs.keeping import DEADLINE
from registry.needs.needs import visible_to
from registry.needs.owners import may_act, who_act
from registry.occasion import Occasion
from registry.records import NotFound
from registry.rows import CannotBeDone, set_answers, store
from registry.rules.plain_dates import full_day, months_after
from registry.schema import Invalid
from registry.talk import outbox
from registry.trace.audit import Happened, NothingNoted, recording

LONGEST = 500
LONGEST_WAIT = timedelta(days=184)
LONGEST_EXCUSE = timedelta(days=366)


@dataclass(frozen=True)
class One:
    """One thing that needs somebody: the record, what is to be done, and what was agreed."""

    register: Register
    row: Any
    code: str
    severity: str
    question: str
    due: date | None
    statutory: bool
    owner: str
    arrangement: Arrangement | None

    @property
    def deadline(self) -> Deadline | None:
        """What was declared, where it is a deadline."""
        return next((each for each in self.register.deadlines if each.code == self.code), None)

    @property
    def last_wait(self) -> date | None:
        """The last day to which a statutory deadline may be put off; None where the law sets none."""
        return self.due if self.statutory else None


def find(register: Register, record: UUID, code: str, by: Actor) -> One:
    """One thing that needs somebody, of those that the reader may know of; raises NotFound, also when it was settled meanwhile."""
    row = records.find(register, record, by)
    seen = visible_to(by)
    own = (Need.record == record) & (Need.register == register.slug) & (Need.code == code)
    need = None if seen is None else Need.select().where(seen & own).order_by(Need.id).first()
    if need is None:
        raise NotFound("This needs nobody any more, or never did.")
    agreed = Arrangement.get_or_none((Arrangement.record == record) & (Arrangement.code == code))
    return One(register, row, code, need.severity, need.question, need.due_on, need.statutory, need.owner, agreed)


def can_be_asked(register: Register, by: Actor) -> list[Colleague]:
    """The colleagues who may see to it: they can do something about the record."""
    return [each for each in colleagues(by) if each.role in who_act(register)]


def assign(one: One, to: UUID | None, occasion: Occasion) -> None:
    """Ask a colleague to see to it, or nobody any more; raises Invalid when they cannot, and Forbidden."""
    if to is not None and to not in {each.id for each in can_be_asked(one.register, occasion.by)}:
        raise Invalid({"assigned_to": ["Choose somebody from the list: only who may change the record can see to it."]})
    _agree(one, {"assigned_to": to}, Happened.ASSIGNED, occasion, tell={to} if to else ())


def snooze(one: One, until: date | None, reason: str, occasion: Occasion) -> date:
    """Let it wait for a reason; the day on which it comes back. Raises Invalid, also beyond the law's day, CannotBeDone and Forbidden."""
    today = _today(occasion)
    if _is_excused(one, today):
        raise CannotBeDone("It was said not to apply here, so there is nothing to put off.")  # one reason is kept: it would take the place of that
    _refuse({"until": _not_until(one, until, today), "reason": _not_a_reason(reason)})
    _agree(one, {"snoozed_until": until, "reason": reason.strip()}, Happened.SNOOZED, occasion)
    return cast("date", until)


def excuse(one: One, until: date | None, reason: str, occasion: Occasion) -> date:
    """Say that a finding does not apply here, and why; the day until which that holds. Raises Invalid and Forbidden. A deadline always applies."""
    if one.severity == DEADLINE:
        raise CannotBeDone("A day by which something is due always applies. Let it wait, or mend the record.")
    require(occasion.by, Permission.EXCUSE_FINDINGS)
    latest = _today(occasion) + LONGEST_EXCUSE
    is_good = until is not None and _today(occasion) < until <= latest
    late = "" if is_good else f"Choose a day after today, by {full_day(latest)}: it is looked at again each year."
    _refuse({"until": late, "reason": _not_a_reason(reason)})
    _agree(one, {"excused_until": until, "snoozed_until": None, "reason": reason.strip()}, Happened.EXCUSED, occasion)
    return cast("date", until)


def end(one: One, occasion: Occasion) -> None:
    """Agree that nothing is agreed any more: it needs somebody again. Raises Forbidden, and CannotBeDone."""
    if _is_excused(one, _today(occasion)) and not may(occasion.by, Permission.EXCUSE_FINDINGS):
        raise CannotBeDone("It was said not to apply here. Only those who may say so can take that back.")
    if one.arrangement is not None:
        _agree(one, {"assigned_to": None, "snoozed_until": None, "excused_until": None, "reason": None}, Happened.ASSIGNED, occasion)


def undo(one: One, occasion: Occasion) -> None:
    """Take back what somebody has just agreed themselves; raises CannotBeDone when another has agreed something since, and Forbidden."""
    if one.arrangement is None or one.arrangement.arranged_by != occasion.by.user:
        raise CannotBeDone("Somebody else has agreed something about it since, so nothing was taken back. Open it to see what stands now.")
    end(one, occasion)


def done(one: One, occasion: Occasion) -> None:
    """Answer the question of the day on which it was done with today; raises CannotBeDone where there is none, Forbidden, and Conflict."""
    if one.deadline is None or not one.deadline.done:
        raise CannotBeDone("This is settled by answering the question, not by a tick.")
    records.change(one.register, one.row, {one.deadline.done: _today(occasion), **_next(one, occasion)}, occasion)
    end(one, occasion)


def _next(one: One, occasion: Occasion) -> Mapping[str, Any]:
    """Where the next day is set by hand, it is set anew: a day that was met is not to remind anybody again."""
    if one.question != "next_review_on":
        return {}
    return {one.question: months_after(_today(occasion), occasion.school.review_months)}


def _agree(one: One, what: Mapping[str, Any], happened: Happened, occasion: Occasion, *, tell: Collection[UUID] = ()) -> None:
    if not may_act(one.register, occasion.by):
        raise Forbidden("What is to be done about a record is agreed by those who can do something about it.")
    with suppress(NothingNoted), recording(occasion.by, occasion.at) as trace:
        agreed, is_new = _agreed_now(one, occasion)  # looked for when nobody else writes: two people at once agree one thing
        if not set_answers(agreed, dict(what)):
            return
        agreed.arranged_by, agreed.arranged_at = occasion.by.user, occasion.at  # type: ignore[assignment]
        store(trace, happened, agreed, new=is_new)
        trace.note(happened, one.register.table._meta.table_name, one.row.id)
        outbox.put(trace, occasion.by, outbox.Word(news=News.ASSIGNED, register=one.register.slug, record=one.row.id, about=new_id()), tell)


def _agreed_now(one: One, occasion: Occasion) -> tuple[Arrangement, bool]:
    """What is agreed by now, or nothing yet; whether it is nothing."""
    found = Arrangement.get_or_none((Arrangement.record == one.row.id) & (Arrangement.code == one.code))
    own = {"register": one.register.slug, "record": one.row.id, "code": one.code}
    return found or Arrangement(id=new_id(), school=school_of(occasion.by), **own), found is None


def _is_excused(one: One, today: date) -> bool:
    until = one.arrangement.excused_until if one.arrangement else None
    return until is not None and until > today


def _today(occasion: Occasion) -> date:
    return occasion.school.today or occasion.at.date()


def _not_until(one: One, until: date | None, today: date) -> str:
    if until is None or until <= today:
        return "Choose the day on which it comes back, after today."
    if one.last_wait is not None and until > one.last_wait:
        return f"It is due by {full_day(one.last_wait)}, and cannot be put off beyond that day."
    if until > today + LONGEST_WAIT:
        return f"Choose a day by {full_day(today + LONGEST_WAIT)}."
    return ""


def _not_a_reason(reason: str) -> str:
    if not reason.strip():
        return "Say why, so that others know."
    return f"Shorten the reason to {LONGEST} characters." if len(reason) > LONGEST else ""


def _refuse(wrong: Mapping[str, str]) -> None:
    """Raise Invalid for whatever is wrong."""
    found = {field: [sentence] for field, sentence in wrong.items() if sentence}
    if found:
        raise Invalid(found)
