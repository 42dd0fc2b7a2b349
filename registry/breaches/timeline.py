"""The timeline of a breach: written as it happens, amended only by correction."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.breach_entry import BreachEntry
from models.roles import Role
from models.vocabulary import EntryKind
from registry.access import Deed, Forbidden, may, require, school_of
from registry.actor import Actor
from registry.occasion import Occasion
from registry.registers.data_protection import HANDLERS
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import store
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording
from registry.typed import LONGEST_TEXT

A_LITTLE = timedelta(minutes=5)
"""So much ahead of the program's clock may the clock of whoever writes be."""


def write(
    trace: Trace, row: Breach, kind: EntryKind, occasion: Occasion, *, text: str = "", at: datetime | None = None,
    corrects: UUID | None = None, technical: bool = False,
) -> BreachEntry:  # fmt: skip
    """Write one entry inside a recording that is open."""
    entry = BreachEntry(
        id=new_id(), school=school_of(occasion.by), breach=row.id, kind=kind, at=at or occasion.at, written_at=occasion.at,
        written_by=occasion.by.user, text=text or None, corrects=corrects, technical=technical,
    )  # fmt: skip
    store(trace, Happened.BREACH_NOTED, entry, new=True)
    return entry


def note(row: Breach, text: str, occasion: Occasion, *, at: datetime | None = None, technical: bool = False) -> None:
    """Write down what happened, when it did. Raises Forbidden, and Invalid for nothing, too much, or a time to come."""
    _demand_may_note(occasion.by)
    _demand(text, at, occasion)
    technical = technical or occasion.by.role is Role.IT_PROVIDER
    with recording(occasion.by, occasion.at) as trace:
        write(trace, row, EntryKind.NOTE, occasion, text=text.strip(), at=at, technical=technical)
        _name(trace, row)


def correct(row: Breach, entry: UUID, text: str, occasion: Occasion) -> None:
    """Write what is right beside an entry that is wrong, which stays as it was written. Raises Forbidden and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    _demand(text, None, occasion)
    first = BreachEntry.get_or_none((BreachEntry.id == entry) & (BreachEntry.breach == row.id))
    if first is None:
        raise Invalid({"entry": ["There is no such entry in this timeline."]})
    with recording(occasion.by, occasion.at) as trace:
        write(trace, row, EntryKind.CORRECTION, occasion, text=text.strip(), corrects=first.id, technical=first.technical)
        _name(trace, row)


def entries(row: Breach, by: Actor) -> list[Any]:
    """Every entry that somebody may read, newest first: of an IT provider what is technical, and of nobody else but those who handle it."""
    found = BreachEntry.select().where(BreachEntry.breach == row.id)
    if by.role is Role.IT_PROVIDER:
        found = found.where(BreachEntry.technical)
    elif not (by.is_robot or by.role in HANDLERS):
        return []
    return [*found.order_by(BreachEntry.at.desc(), BreachEntry.id.desc())]


def of_times(row: Breach) -> list[Any]:
    """Every change of the times of a breach, newest first, with the two deadlines that it shows."""
    of_times = (BreachEntry.breach == row.id) & (BreachEntry.kind == EntryKind.TIMES)
    return [*BreachEntry.select().where(of_times).order_by(BreachEntry.written_at.desc())]


def may_note(by: Actor) -> bool:
    """Whether somebody may write into a timeline: whoever handles it, and an IT provider what is technical."""
    return may(by, Deed.CHANGE, BREACHES) or (by.role is Role.IT_PROVIDER and may(by, Deed.SEE, BREACHES))


def _demand_may_note(by: Actor) -> None:
    school_of(by)
    if not may_note(by):
        raise Forbidden("Those who handle the breach write down what happens, and the IT provider what is technical.")


def _name(trace: Trace, row: Breach) -> None:
    """Name the breach in the trace, so that its history tells of it."""
    trace.note(Happened.BREACH_NOTED, Breach._meta.table_name, row.id)


def _demand(text: str, at: datetime | None, occasion: Occasion) -> None:
    wrong = {"text": _wrong_text(text), "at": "That time is still to come." if at and at > occasion.at + A_LITTLE else ""}
    found: dict[str, list[str]] = {name: [sentence] for name, sentence in _said(wrong)}
    if found:
        raise Invalid(found)


def _said(wrong: dict[str, str]) -> Iterable[tuple[str, str]]:
    return ((name, sentence) for name, sentence in wrong.items() if sentence)


def _wrong_text(text: str) -> str:
    if not text.strip():
        return "Write what happened."
    return f"Shorten it to {LONGEST_TEXT:,} characters." if len(text) > LONGEST_TEXT else ""
