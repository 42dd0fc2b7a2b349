"""72 elapsed hours, whatever the clocks on the walls do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import RegulatorDecision
from registry.rules import breach_clock
from registry.rules.breach_clock import SETTLED, Alert, BreachState, TimeLeft
from registry.rules.local_time import NoSuchTime, to_utc

LONDON = "Europe/London"
AWARE = datetime(2026, 11, 20, 16, 35, tzinfo=UTC)
LAST = datetime(2026, 11, 23, 16, 35, tzinfo=UTC)
TICK = timedelta(microseconds=1)
FIRST, FINAL = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")

instants = st.datetimes(FIRST, FINAL, timezones=st.just(UTC))
anywhere = st.datetimes(FIRST, FINAL, timezones=st.timezones())


@pytest.mark.parametrize(("aware", "last"), [
    ("2026-03-27 16:30", "2026-03-30 17:30"),  # the clocks go forward meanwhile: never the same time three days later
    ("2026-10-24 12:00", "2026-10-27 11:00"),  # and back
    ("2026-12-23 15:00", "2026-12-26 15:00"),  # Christmas and a weekend do not count for nothing
    ("2026-11-17 14:00", "2026-11-20 14:00"),  # told by a processor, who knew a day earlier
    ("2028-02-27 09:00", "2028-03-01 09:00"),
])  # fmt: skip
def test_the_deadline_as_the_school_reads_it(aware: str, last: str) -> None:
    due = breach_clock.deadline(to_utc(datetime.fromisoformat(aware), LONDON))
    assert due.astimezone(ZoneInfo(LONDON)).replace(tzinfo=None) == datetime.fromisoformat(last)


def test_a_time_that_no_clock_showed_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        to_utc(datetime.fromisoformat("2026-03-29 01:30"), LONDON)


@given(anywhere)
def test_it_is_always_72_hours(aware: datetime) -> None:
    assert (breach_clock.deadline(aware) - aware.astimezone(UTC)).total_seconds() == 259_200
    assert breach_clock.decide_by(aware) < breach_clock.deadline(aware)


@pytest.mark.parametrize("call", [breach_clock.deadline, lambda moment: breach_clock.state(AWARE, moment)])
def test_a_time_without_its_zone_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match="zone"):
        call(AWARE.replace(tzinfo=None))  # type: ignore[operator]


@pytest.mark.parametrize(("now", "told_at", "decision", "state"), [
    (AWARE, None, None, "assessing"),
    (LAST, None, None, "assessing"),
    (LAST, None, RegulatorDecision.REPORT, "due"),
    (LAST + TICK, None, None, "overdue"),
    (LAST + TICK, None, RegulatorDecision.REPORT, "overdue"),
    (LAST + TICK, None, RegulatorDecision.NOT_REPORTABLE, "not_reportable_reasoned"),
    (LAST + TICK, LAST, RegulatorDecision.REPORT, "submitted_in_time"),  # at exactly 72 hours
    (LAST + TICK, LAST + timedelta(seconds=1), None, "submitted_late"),
    (LAST, AWARE, RegulatorDecision.NOT_REPORTABLE, "submitted_in_time"),  # it was told after all
])  # fmt: skip
def test_how_it_stands(now: datetime, told_at: datetime | None, decision: RegulatorDecision | None, state: str) -> None:
    assert breach_clock.state(AWARE, now, told_at, decision) == BreachState(state)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=9)), st.sampled_from([None, *RegulatorDecision]))
def test_what_is_settled_stays_settled_and_what_is_overdue_was_open(aware: datetime, gone: timedelta, decision: RegulatorDecision | None) -> None:
    now = breach_clock.state(aware, aware + gone, None, decision)
    later = breach_clock.state(aware, aware + gone + timedelta(days=1), None, decision)
    assert (later == now) if now in SETTLED or now is BreachState.OVERDUE else later in (now, BreachState.OVERDUE)


@pytest.mark.parametrize(("after", "needs"), [(timedelta(hours=72), False), (timedelta(hours=72, seconds=1), True)])
def test_a_late_report_needs_its_reason(after: timedelta, needs: bool) -> None:
    assert breach_clock.needs_reason_for_delay(AWARE, AWARE + after) is needs


@pytest.mark.parametrize(("gone", "left"), [
    (timedelta(0), TimeLeft(72, 0, False)),
    (timedelta(hours=64, minutes=17), TimeLeft(7, 43, False)),
    (timedelta(hours=71, minutes=59, seconds=59), TimeLeft(0, 0, False)),
    (timedelta(hours=72), TimeLeft(0, 0, False)),
    (timedelta(hours=75, minutes=5, seconds=30), TimeLeft(3, 5, True)),
])  # fmt: skip
def test_the_time_left(gone: timedelta, left: TimeLeft) -> None:
    assert breach_clock.time_left(AWARE, AWARE + gone) == left


@pytest.mark.parametrize(("gone", "share"), [(timedelta(hours=-1), 0.0), (timedelta(hours=36), 0.5), (timedelta(days=9), 1.0)])
def test_how_much_is_gone(gone: timedelta, share: float) -> None:
    assert breach_clock.share_gone(AWARE, AWARE + gone) == share


@pytest.mark.parametrize(("hours", "alerts"), [(-1, 0), (0, 1), (23, 1), (24, 2), (48, 3), (60, 4), (71, 5), (72, 5), (73, 6)])
def test_alerts_come_at_their_hours(hours: int, alerts: int) -> None:
    assert breach_clock.alerts_by(AWARE, AWARE + timedelta(hours=hours)) == tuple(Alert)[:alerts]


@given(instants)
def test_an_alert_is_there_at_its_very_instant(aware: datetime) -> None:
    for alert in Alert:
        at = breach_clock.alert_at(aware, alert)
        assert alert in breach_clock.alerts_by(aware, at)
        assert alert not in breach_clock.alerts_by(aware, at - TICK)
    assert all(one < other for one, other in pairwise(breach_clock.alert_at(aware, alert) for alert in Alert))
