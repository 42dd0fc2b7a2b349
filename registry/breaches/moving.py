"""Moving a breach from stage to stage, and setting its times: each in one recording, with an entry in its timeline."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.message import News
from models.vocabulary import BreachKind, BreachStage, EntryKind
from registry import records
from registry.access import Deed, Forbidden, require
from registry.accounts.colleagues import working_in
from registry.breaches import duty, timeline
from registry.breaches.judged import standing
from registry.breaches.steps import lay_out, steps_of
from registry.occasion import Occasion
from registry.registers.data_protection import HANDLERS
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.rules.breach_clock import deadline
from registry.rules.breach_stages import NEED_A_REASON, ClosingFacts, Gap, gaps, may_move
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, full_day
from registry.schema import Invalid
from registry.talk import outbox
from registry.trace.audit import Happened, recording
from registry.typed import LONGEST_TEXT, ZONE

SAY_WHY = "Say why."
SHORTER = f"Shorten it to {LONGEST_TEXT:,} characters."
CLOSED = "This breach is closed. Open it again first."
CHANGED_SINCE = "Somebody else has changed this breach since you opened this page, so nothing was saved. Open the page afresh to see what is new."
LONGEST_NAME = 200
APPROVED = "approved"
"""What closing needs to know and is no answer of the breach."""


@dataclass(frozen=True, kw_only=True)
class Times:
    """The three times of a breach, and why the clock does not start when it was noticed."""

    occurred_at: datetime | None
    discovered_at: datetime | None
    aware_at: datetime
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class TakenUp:
    """What is said of a report when it is taken up: what kind of breach it is, and what it is called."""

    kind: BreachKind
    name: str


def take_up(row: Breach, said: TakenUp, occasion: Occasion) -> None:
    """Begin to handle a report, and lay out the steps for its kind. Raises Forbidden, Conflict, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    _demand_move(row, BreachStage.OPEN, occasion)
    name = " ".join(said.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid({"name": [f"Call it something of at most {LONGEST_NAME} letters, without names of people."]})
    changes = _moved(row, {"stage": BreachStage.OPEN, "kind": said.kind, "name": name, "in_charge": occasion.by.user})
    with recording(occasion.by, occasion.at) as trace:
        records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_MOVED)
        timeline.write(trace, row, EntryKind.STAGE, occasion, text=f"{BreachStage.OPEN.label}: {said.kind.label.lower()}.")
        lay_out(trace, row, occasion, steps_of(row))


def move(row: Breach, stage: BreachStage, occasion: Occasion, *, why: str = "") -> None:
    """Move a breach to another stage. Raises Forbidden, Conflict, CannotBeDone for a move there is not, and Invalid for a reason that is missing."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    _demand_move(row, stage, occasion)
    left = open_gaps(row) if stage is BreachStage.CLOSED else ()
    hard = [gap.sentence for gap in left if not gap.may_be_excused]
    if hard:
        raise CannotBeDone(" ".join(hard))
    if not why.strip() and (left or stage in NEED_A_REASON or row.stage is BreachStage.CLOSED):
        raise Invalid({"why": [SAY_WHY]})
    if len(why) > LONGEST_TEXT:
        raise Invalid({"why": [SHORTER]})
    changes: dict[str, Any] = {"stage": stage, "closed_at": occasion.at if stage is BreachStage.CLOSED else None}
    with recording(occasion.by, occasion.at) as trace:
        records.amend(trace, BREACHES, row, _moved(row, changes), occasion=occasion, happened=Happened.BREACH_MOVED)
        timeline.write(trace, row, EntryKind.STAGE, occasion, text="\n".join(filter(None, (f"{stage.label}.", why.strip()))))
        if stage is BreachStage.OPEN:
            lay_out(trace, row, occasion, steps_of(row))


def open_gaps(row: Breach) -> tuple[Gap, ...]:
    """What is missing before a breach can be closed."""
    known = {each.name: getattr(row, each.name) for each in fields(ClosingFacts) if each.name != APPROVED}
    return gaps(ClosingFacts(**known, approved=standing(row).is_approved))


def set_times(row: Breach, times: Times, occasion: Occasion, *, seen: int | None = None) -> None:
    """Keep other times; a clock that starts at another instant shows both deadlines in the timeline.

    The reason of before stays while the clock does. `seen` is the version of the breach as it was read. Raises Forbidden, Conflict when
    somebody else was quicker, CannotBeDone for a breach that is closed or was changed since it was read, and Invalid.
    """
    require(occasion.by, Deed.CHANGE, BREACHES)
    if row.stage in (BreachStage.CLOSED, BreachStage.NO_BREACH):
        raise CannotBeDone(CLOSED)
    if seen is not None and seen != row.version:
        raise CannotBeDone(CHANGED_SINCE)
    if len(times.because) > LONGEST_TEXT:
        raise Invalid({"because": [SHORTER]})
    if times.aware_at == row.aware_at:
        times = replace(times, because=times.because.strip() or row.aware_because or "")
    _demand(row, times, occasion)
    said = {name: getattr(times, name) for name in ("occurred_at", "discovered_at", "aware_at")} | {"aware_because": times.because.strip() or None}
    changes = _moved(row, said)
    if not changes:
        return
    told = _times_told(row, times)
    with recording(occasion.by, occasion.at) as trace:
        records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_TIMED)
        timeline.write(trace, row, EntryKind.TIMES, occasion, text=told)


def put_in_charge(row: Breach, person: UUID, occasion: Occasion) -> None:
    """Say who is in charge of a breach; they are told. Raises Forbidden, Invalid and Conflict."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    people = {each.id: each.name for each in working_in(row.school_id) if each.role in HANDLERS}
    if person not in people:
        raise Invalid({"in_charge": ["Choose somebody who works here and handles breaches."]})
    if person == row.in_charge_id:
        return
    with recording(occasion.by, occasion.at) as trace:
        changes = _moved(row, {"in_charge": person})
        records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_MOVED)
        timeline.write(trace, row, EntryKind.STAGE, occasion, text=f"In charge: {people[person]}.")
        word = outbox.Word(news=News.ASSIGNED, register=BREACHES.slug, record=row.id, about=new_id())
        outbox.put(trace, occasion.by, word, [person])


def _moved(row: Breach, answers: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (before, after) for name, after in answers.items() if (before := getattr(row, name)) != after}


def _demand_move(row: Breach, stage: BreachStage, occasion: Occasion) -> None:
    if not may_move(row.stage, stage, occasion.by.role):
        raise CannotBeDone(f"A breach that is “{row.stage.label.lower()}” cannot be moved to “{stage.label.lower()}” by you.")


def _demand(row: Breach, times: Times, occasion: Occasion) -> None:
    wrong: dict[str, list[str]] = {}
    for name in ("occurred_at", "discovered_at", "aware_at"):
        at = getattr(times, name)
        if at is not None and at > occasion.at + timeline.A_LITTLE:
            wrong[name] = ["That time is still to come."]
    if times.occurred_at and times.discovered_at and times.occurred_at > times.discovered_at:
        wrong.setdefault("occurred_at", ["It cannot have been noticed before it happened. Correct one of the two."])
    if times.discovered_at and times.aware_at < times.discovered_at:
        wrong.setdefault("aware_at", ["The school cannot have been aware before anything was noticed. Correct one of the two."])
    if row.told_at and times.aware_at > row.told_at:
        wrong.setdefault("aware_at", ["The regulator had been told before that, so the school was aware already. Correct the time."])
    is_other = times.aware_at != (times.discovered_at or times.aware_at) or (row.aware_at is not None and times.aware_at != row.aware_at)
    if is_other and not times.because.strip():
        wrong["because"] = ["Say why the clock starts then: it is what the regulator asks first."]
    if wrong:
        raise Invalid(wrong)


def _times_told(row: Breach, times: Times) -> str:
    if row.aware_at is None or row.aware_at == times.aware_at:
        return times.because.strip() or "The times were entered."
    before, after = (_words(deadline(each)) for each in (row.aware_at, times.aware_at))
    return f"The last moment to tell the regulator was {before}; it is {after}.\n{times.because.strip()}"


def _words(instant: datetime) -> str:
    local = in_zone(instant, ZONE)
    return f"{full_day(local)}, {clock(local)} {local.tzname()}"


def demand_open(row: Breach) -> None:
    """Raise CannotBeDone unless the breach is being handled."""
    if row.stage is not BreachStage.OPEN:
        raise CannotBeDone("Take the breach up first." if row.stage is BreachStage.REPORTED else CLOSED)


def demand_head(occasion: Occasion) -> None:
    """Raise Forbidden unless it is for them to decide today: the headteacher, or whoever stands in while they are away."""
    if not duty.may_decide(occasion.by, in_zone(occasion.at, ZONE).date()):
        raise Forbidden("The headteacher decides, or whoever stands in while they are away, after the advice of the data protection officer.")
