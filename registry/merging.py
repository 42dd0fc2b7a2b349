"""Two people, one record: what was there before both, what the other saved meanwhile, and what is about to be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.audit import AuditEntry
from models.user import User
from registry.actor import Actor
from registry.definition import Question, Register
from registry.kinds import kind_of
from registry.records import answers_of
from registry.trace.audit import LEAVING_THE_VERSION, changes_of

ERASED = object()
"""What was there before is no longer known; nothing equals it, so that somebody is asked."""


class Side(StrEnum):
    """Whose answer is to stand."""

    BOTH = "both"  # both changed it, each in their own way: somebody must choose
    THEIRS = "theirs"
    YOURS = "yours"


@dataclass(frozen=True)
class Difference:
    """One question whose answer is not what it was before."""

    question: Question
    side: Side
    before: Any
    theirs: Any
    yours: Any


@dataclass(frozen=True)
class Merging:
    """What differs, who saved meanwhile, and when they last did."""

    differences: tuple[Difference, ...]
    names: tuple[str, ...]
    at: datetime | None

    @property
    def clashes(self) -> tuple[Difference, ...]:
        """The questions that both answered differently."""
        return tuple(each for each in self.differences if each.side is Side.BOTH)

    @property
    def needs_a_look(self) -> bool:
        """Whether the other person changed anything that stands in this form."""
        return any(each.side is not Side.YOURS for each in self.differences)

    def answers(self, choices: Mapping[str, Side]) -> dict[str, Any]:
        """What is to be saved: yours where only you changed it, or where you are chosen. Raises KeyError for what nobody chose."""
        stands = {each.question.name: choices[each.question.name] if each.side is Side.BOTH else each.side for each in self.differences}
        return {each.question.name: each.yours for each in self.differences if stands[each.question.name] is Side.YOURS}


def merge(register: Register, row: Any, opened: int, *, yours: Mapping[str, Any], by: Actor) -> Merging:
    """Compare answers about to be saved, which were typed into version `opened` of a record, with the record as it is now."""
    now = answers_of(register, row, by)
    entries = _entries_since(row, opened)
    before = {**now, **_undone(register, entries)}
    found = [_difference(register.questions[name], before[name], now[name], answer) for name, answer in yours.items() if name in now]
    telling = [entry for entry in entries if set(entry.changed.split()) & set(yours)] or entries
    names = tuple(dict.fromkeys(_name(entry.actor) for entry in telling))
    return Merging(tuple(each for each in found if each), names, telling[0].at if telling else None)


def _difference(question: Question, before: Any, theirs: Any, yours: Any) -> Difference | None:
    if yours == theirs:
        return None
    if yours == before:
        return Difference(question, Side.THEIRS, before, theirs, yours)
    return Difference(question, Side.YOURS if theirs == before else Side.BOTH, None if before is ERASED else before, theirs, yours)


def _entries_since(row: Any, version: int) -> Sequence[AuditEntry]:
    """The entries of the trace that made later versions of a record, the newest first: each save made one version and one entry."""
    table = row._meta.table_name
    mine = (AuditEntry.chain == row.school_id) & (AuditEntry.subject == table) & (AuditEntry.record == row.id)
    saves = AuditEntry.deed.not_in([happened.value for happened in LEAVING_THE_VERSION])
    return list(AuditEntry.select().where(mine & saves).order_by(AuditEntry.number.desc()).limit(row.version - version))


def _undone(register: Register, entries: Sequence[AuditEntry]) -> dict[str, Any]:
    """The answers that these entries changed, as they were before the oldest of them."""
    before: dict[str, Any] = {}
    for entry in entries:
        values = changes_of(entry)
        for name in entry.changed.split():
            if name in register.questions:
                before[name] = ERASED if values is None else _as_answer(register.questions[name], values[name][0])
    return before


def _as_answer(question: Question, kept: Any) -> Any:
    """An answer from the trace, as the record would give it."""
    return kind_of(question.column).field().deserialize(kept)


def _name(signature: str) -> str:
    user = None if ":" in signature else User.get_or_none(User.id == UUID(signature))
    return user.name if user else "Safehold itself"
