"""Alerts: after 24, 48, 60 and 71 hours and when they are over, to whoever is on duty; again each hour, and to others, until somebody has read it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from models import doors
from models.base import new_id
from models.breach import Breach
from models.breach_alert import BreachAlert
from models.message import News
from models.roles import Role
from models.school import School
from models.vocabulary import BreachStage, EntryKind, RegulatorDecision
from registry.access import Deed, require
from registry.actor import Actor
from registry.breaches import duty, settling, timeline
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.rules import breach_clock
from registry.rules.breach_clock import Alert
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.talk import outbox
from registry.trace.audit import Happened, Trace, recording

AGAIN = timedelta(hours=1)
"""So long after an alert that nobody has read it is given again, to others as well."""

MOST = 6
"""So often at most: the next alert follows."""

CONTACTS = {Role.HEADTEACHER: "headteacher", Role.DPO: "dpo", Role.DSL: "dsl"}
"""Whoever has read an alert was told: the step that tells them is done."""

ORDER = tuple(alert.value for alert in Alert)
OF_THE_CLOCK = (
    *(Breach.id, Breach.school, Breach.number, Breach.name, Breach.stage, Breach.aware_at, Breach.told_at, Breach.decision),
    *(Breach.people_decision, Breach.people_told_at),
)
"""What is read of a breach for its clock: nothing sealed."""
RUNNING = (BreachStage.REPORTED, BreachStage.OPEN)


def alert_everywhere(now: datetime) -> str:
    """Give every alert that is due in every school, each once; the count in words. Raises what went wrong first, once all others were given."""
    given = 0
    broken: list[Exception] = []
    for school in list(School.select()):
        try:
            with doors.looking_at(school.id):
                robot = Occasion(Actor.robot("breach alerts", school.id), now, facts_of(school, in_zone(now, ZONE).date()))
                given += sum(_given_or_kept(row, robot, broken) for row in running())
        except Exception as problem:
            broken.append(problem)
    if broken:
        raise broken[0]
    return f"Alerts given: {given:,}."


def running(most: int | None = None) -> list[Breach]:
    """The breaches of the schools in view whose clock runs, the nearest to its end first; it runs until the regulator is told or need not be."""
    is_open = Breach.stage.in_(RUNNING) & Breach.aware_at.is_null(False) & Breach.told_at.is_null()
    is_settled = Breach.decision.is_null(False) & (Breach.decision == RegulatorDecision.NOT_REPORTABLE)
    return [*Breach.select(*OF_THE_CLOCK).where(is_open & ~is_settled).order_by(Breach.aware_at).limit(most)]


def unread(row: Breach) -> list[BreachAlert]:
    """The alerts about a breach that nobody has read."""
    return [alert for alert in _all(row) if alert.acknowledged_at is None and _is_given(alert, row)]


def acknowledge(row: Breach, occasion: Occasion) -> int:
    """Note that somebody has read every alert about a breach, so that nobody else is woken for it; how many. Raises Forbidden."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    if not unread(row):
        return 0
    with recording(occasion.by, occasion.at) as trace:
        waiting = unread(row)  # as they are now that nobody else writes: one may have been given again meanwhile
        _note_read(trace, row, waiting, occasion)
    return len(waiting)


def _note_read(trace: Trace, row: Breach, waiting: Sequence[BreachAlert], occasion: Occasion) -> None:
    if not waiting:  # somebody else was quicker
        trace.note(Happened.BREACH_ACKNOWLEDGED, Breach._meta.table_name, row.id)
        return
    if occasion.by.role in CONTACTS:
        settling.note_told(trace, row, CONTACTS[occasion.by.role], occasion)
    for alert in waiting:
        alert.acknowledged_at, alert.acknowledged_by = occasion.at, occasion.by.user  # type: ignore[assignment]
        store(trace, Happened.BREACH_ACKNOWLEDGED, alert)
    timeline.write(trace, row, EntryKind.ALERT, occasion, text=", ".join(Alert(alert.alert).label for alert in waiting) + ": read.")


def _all(row: Breach) -> list[BreachAlert]:
    return [*BreachAlert.select().where(BreachAlert.breach == row.id).order_by(BreachAlert.given_at)]


def _is_given(alert: BreachAlert, row: Breach) -> bool:
    """Whether an alert is of the clock as it runs now: what was given before its moment was given by another one, and comes again."""
    assert row.aware_at is not None  # noqa: S101 - a clock runs from an instant
    return alert.alert == Alert.START or alert.given_at >= breach_clock.alert_at(row.aware_at, Alert(alert.alert))


def _given_or_kept(row: Breach, robot: Occasion, broken: list[Exception]) -> int:
    """What was given for one breach; what goes wrong with it is kept, and must not keep others from being told."""
    try:
        return _alert(row, robot)
    except Exception as problem:
        broken.append(problem)
        return 0


def _alert(row: Breach, robot: Occasion) -> int:
    """Give the alerts of one breach that are due and were not given, and again the last that nobody has read."""
    assert row.aware_at is not None  # noqa: S101 - a clock runs from an instant
    kept = {each.alert: each for each in _all(row)}
    given = {word: each for word, each in kept.items() if _is_given(each, row)}
    due = [alert for alert in breach_clock.alerts_by(row.aware_at, robot.at) if alert.value not in given]
    last = max(given.values(), key=lambda each: ORDER.index(each.alert), default=None)
    if due:
        return _give(row, due, kept, robot)
    if last is None or last.acknowledged_at or last.times >= MOST or robot.at - last.given_at < AGAIN * last.times:
        return 0
    return _give_again(row, last, robot)


def _give(row: Breach, due: Sequence[Alert], kept: Mapping[str, BreachAlert], robot: Occasion) -> int:
    """What came due at once is given at once, and told with the last of it."""
    with recording(robot.by, robot.at) as trace:
        for alert in due:
            given = _given_now(trace, row, alert, robot, before=kept.get(alert.value))
            timeline.write(trace, row, EntryKind.ALERT, robot, text=f"{alert.label}.")
        outbox.put(trace, robot.by, _word(row, given), [each.id for each in duty.on_duty(row.school_id, _today(robot))])
    return 1


def _given_now(trace: Trace, row: Breach, alert: Alert, robot: Occasion, *, before: BreachAlert | None) -> BreachAlert:
    """An alert as it is given; one that another clock gave before is given anew."""
    if before is None:
        given = BreachAlert(id=new_id(), school=row.school_id, breach=row.id, alert=alert.value, given_at=robot.at)
    else:
        given = before
        given.given_at, given.times, given.acknowledged_at, given.acknowledged_by = robot.at, 1, None, None
    store(trace, Happened.BREACH_ALERTED, given, new=before is None)
    return given


def _give_again(row: Breach, last: BreachAlert, robot: Occasion) -> int:
    people = [*duty.on_duty(row.school_id, _today(robot)), *duty.deputies(row.school_id)]
    try:
        with recording(robot.by, robot.at) as trace:
            last.times += 1
            store(trace, Happened.BREACH_ALERTED, last)
            outbox.put(trace, robot.by, _word(row, last), {each.id for each in people})
    except CannotBeDone:  # somebody has read it at this moment
        return 0
    return 1


def _word(row: Breach, alert: BreachAlert) -> outbox.Word:
    """The word of an alert as it was stored last: each time another one, for nobody is told one thing twice."""
    return outbox.Word(news=News.BREACH, register=BREACHES.slug, record=row.id, about=alert.id, again=alert.version)


def _today(robot: Occasion) -> Any:
    return in_zone(robot.at, ZONE).date()
