"""The lines of a list as other programs take them: the same stored rows as the page shows, with codes instead of words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import Field

from models.link import Link
from models.statements import stored_rows
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.lists.views import sees_findings
from registry.plain import plain_column

STATE = ("starter", "archived", "approved_number", "changed_since_approval")


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line: its id, and everything that is given of it."""

    id: UUID
    given: dict[str, Any]


def plain_lines(register: Register, by: Actor, columns: Sequence[Question], stored: Sequence[Sequence[Any]]) -> list[PlainLine]:
    """The lines of stored rows, each being what `registry.lists.lines.engine_columns` names and the columns that hold answers."""
    if not stored:
        return []
    keys, numbers, errors, warnings, starters, archived, approved, since, titles, *held = zip(*stored, strict=True)
    ids = [UUID(bytes=bytes(key)) for key in keys]
    own = dict(zip((question for question in columns if isinstance(question.column, Field)), held, strict=True))
    answers = {question.name: _answers(question, own.get(question), by, ids) for question in columns if may_show(question, by)}
    answers = {register.title.name: _answers(register.title, titles, by, ids), **answers}
    rows = zip(*answers.values(), strict=True)
    found = zip(errors, warnings, strict=True) if sees_findings(register, by) else [None] * len(ids)
    states = zip(map(bool, starters), (away is not None for away in archived), approved, map(bool, since), strict=True)
    lines = []
    for record, number, state, row, counts in zip(ids, numbers, states, rows, found, strict=True):
        given = {"id": str(record), "reference": f"{register.table.PREFIX}-{number:04d}", **dict(zip(STATE, state, strict=True))}
        given |= {"errors": counts[0], "warnings": counts[1]} if counts else {}
        lines.append(PlainLine(record, given | {"answers": dict(zip(answers, row, strict=True))}))
    return lines


def may_show(question: Question, by: Actor) -> bool:
    """Whether an answer that the reader may see leads to records that they may see as well."""
    return not question.to or may(by, Deed.SEE, register_of(question.to))


def _answers(question: Question, held: Sequence[Any] | None, by: Actor, ids: Sequence[UUID]) -> Iterable[Any]:
    if isinstance(question.column, Field):
        return plain_column(question.column, held or (), ids)
    ends = _far_ends(question.name, ids)
    return [ends.get(record, []) for record in ids]


def _far_ends(slug: str, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The records of one register that touch each of these. One query."""
    query = Link.select(Link.near, Link.far).where(Link.near.in_(list(ids)) & (Link.far_register == slug)).order_by(Link.far)
    found: dict[UUID, list[str]] = {}
    for near, far in stored_rows(query):
        found.setdefault(UUID(bytes=bytes(near)), []).append(str(UUID(bytes=bytes(far))))
    return found
