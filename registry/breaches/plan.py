"""The duty plan: who is away when and who stands in, entered once, so that a breach in August finds somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.base import new_id
from models.duty import Duty
from registry.access import Deed, Permission, may, require, school_of
from registry.accounts.colleagues import Colleague, names_of, working_in
from registry.actor import Actor
from registry.breaches.duty import ANSWERABLE
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import set_answers, store
from registry.rules.plain_dates import plain_day
from registry.schema import Invalid
from registry.trace.audit import Happened, recording
from registry.trace.chain import gone_seal

LONGEST = timedelta(days=366)
LONGEST_NOTE = 200
ONE_DAY = timedelta(days=1)
FORMER = "a former colleague"


@dataclass(frozen=True, kw_only=True)
class Away:
    """Somebody is away on some days, the first and the last among them; who stands in, and a note such as a number in August."""

    person: UUID | None
    stand_in: UUID | None
    begins_on: date | None
    ends_on: date | None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """The same as it is kept, with the names of both."""

    row: Any
    person: str
    stand_in: str

    def is_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return bool(self.row.begins_on <= day <= self.row.ends_on)


def can_act(school: UUID) -> list[Colleague]:
    """Those who can be planned: they may handle a breach, so an alert is of use to them. Of a school in view."""
    return [each for each in working_in(school) if may(Actor(each.name, user=each.id, role=each.role), Deed.CHANGE, BREACHES)]


def absences(today: date) -> list[Absence]:
    """Every absence of the school in view that is not over, the next first."""
    rows = list(Duty.select().where(Duty.ends_on >= today).order_by(Duty.begins_on, Duty.id))
    names = names_of(person for row in rows for person in (row.person_id, row.stand_in_id))
    return [Absence(row=row, person=names.get(row.person_id, FORMER), stand_in=names.get(row.stand_in_id, FORMER)) for row in rows]


def find(duty: UUID, by: Actor) -> Duty:
    """One absence of the school in view. Raises Forbidden and NotFound."""
    require(by, Permission.PLAN_BREACHES)
    row: Duty | None = Duty.get_or_none(Duty.id == duty)
    if row is None:
        raise NotFound("There is no such absence in the plan.")
    return row


def enter(away: Away, occasion: Occasion) -> None:
    """Write down that somebody is away. Raises Forbidden and Invalid."""
    require(occasion.by, Permission.PLAN_BREACHES)
    with recording(occasion.by, occasion.at) as trace:
        _demand(away, None, occasion)
        answers = _answers(away)
        row = Duty(id=new_id(), school=school_of(occasion.by), **answers)
        store(trace, Happened.DUTY_CHANGED, row, {name: (None, value) for name, value in answers.items()}, new=True)


def change(row: Duty, away: Away, occasion: Occasion) -> None:
    """Change an absence. Raises Forbidden, Invalid, and CannotBeDone when somebody else was quicker."""
    require(occasion.by, Permission.PLAN_BREACHES)
    with recording(occasion.by, occasion.at) as trace:
        _demand(away, row, occasion)
        store(trace, Happened.DUTY_CHANGED, row, set_answers(row, _answers(away)))


def end(row: Duty, occasion: Occasion) -> None:
    """Somebody is back, or does not go: an absence ends with yesterday, and one that has not begun before today is taken out. Raises Forbidden."""
    require(occasion.by, Permission.PLAN_BREACHES)
    today, table = _today(occasion), Duty._meta.table_name
    with recording(occasion.by, occasion.at) as trace:
        if row.begins_on < today:
            store(trace, Happened.DUTY_CHANGED, row, set_answers(row, {"ends_on": today - ONE_DAY}))
        else:
            Duty.delete().where(Duty.id == row.id).execute()
            trace.note(Happened.DUTY_CHANGED, table, row.id, seal=gone_seal(table, row.id.bytes))


def told_today(school: UUID, today: date) -> str:
    """Who is told of a breach today, in words: "Hana Whitlow; Dev Marchetti is away until 4 January 2027, Dina Okafor stands in"."""
    people = working_in(school)
    here = {each.id: each.name for each in people}
    now = [each for each in absences(today) if each.is_on(today)]
    away = {each.row.person_id: each for each in now}
    return "; ".join(_of_one(each, away.get(each.id), here) for each in people if each.role in ANSWERABLE)


def _of_one(person: Colleague, away: Absence | None, here: Mapping[UUID, str]) -> str:
    if away is None:
        return person.name
    stand_in = here.get(away.row.stand_in_id)
    return f"{person.name} is away until {plain_day(away.row.ends_on)}, {f'{stand_in} stands in' if stand_in else 'and nobody stands in'}"


def _answers(away: Away) -> dict[str, Any]:
    return {
        "person_id": away.person, "stand_in_id": away.stand_in, "begins_on": away.begins_on, "ends_on": away.ends_on,
        "note": away.note.strip() or None,
    }  # fmt: skip


def _demand(away: Away, row: Duty | None, occasion: Occasion) -> None:
    """Refuse what cannot hold; asked inside the recording, so that two plans at once cannot leave nobody."""
    able = {each.id: each.name for each in can_act(school_of(occasion.by))}
    wrong: dict[str, list[str]] = {}
    for name, sentence in (*_wrong_people(away, able), *_wrong_days(away, _today(occasion))):
        wrong.setdefault(name, []).append(sentence)
    if not wrong:
        for name, sentence in _clashes(away, row.id if row else None):
            wrong.setdefault(name, []).append(sentence)
    if len(away.note) > LONGEST_NOTE:
        wrong["note"] = [f"Shorten it to {LONGEST_NOTE} characters."]
    if wrong:
        raise Invalid(wrong)


def _wrong_people(away: Away, able: Mapping[UUID, str]) -> Iterator[tuple[str, str]]:
    if away.person not in able:
        yield "person", "Choose who is away."
    if away.stand_in not in able:
        yield "stand_in", "Choose who stands in."
    elif away.stand_in == away.person:
        yield "stand_in", "Nobody stands in for themselves. Choose a colleague."


def _wrong_days(away: Away, today: date) -> Iterator[tuple[str, str]]:
    if away.begins_on is None:
        yield "begins_on", "Enter the first day."
    if away.ends_on is None:
        yield "ends_on", "Enter the last day."
    elif away.ends_on < today:
        yield "ends_on", "That day is over. Enter the last day that is still to come."
    elif away.begins_on is not None and away.ends_on < away.begins_on:
        yield "ends_on", f"It ends before it begins. Enter {plain_day(away.begins_on)} or a later day."
    elif away.begins_on is not None and away.ends_on - away.begins_on > LONGEST:
        yield "ends_on", "That is more than a year. Look at the year; for longer, change who has the role."


def _clashes(away: Away, itself: UUID | None) -> Iterator[tuple[str, str]]:
    """What is planned already on some of these days and speaks against it."""
    rows = list(Duty.select().where((Duty.begins_on <= away.ends_on) & (Duty.ends_on >= away.begins_on) & (Duty.id != (itself or UUID(int=0)))))
    names = names_of(person for row in rows for person in (row.person_id, row.stand_in_id))
    for row in rows:
        days = f"from {plain_day(row.begins_on)} to {plain_day(row.ends_on)}"
        person = names.get(row.person_id, FORMER)
        if row.person_id == away.stand_in:
            yield "stand_in", f"{person} is away too, {days}. Choose somebody who is there."
        elif row.person_id == away.person:
            yield "person", f"{person} stands in the plan already, {days}. Change that instead."
        elif row.stand_in_id == away.person:
            yield "person", f"{names.get(row.stand_in_id, FORMER)} stands in for {person} {days}. Choose somebody else there first."


def _today(occasion: Occasion) -> date:
    if occasion.school.today is None:
        raise ValueError("A plan needs to know which day it is.")
    return occasion.school.today
