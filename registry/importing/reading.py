"""How the cells of a file are read into answers: through the same gate as a form, each column with what was settled about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marshmallow import ValidationError
from peewee import Field

from registry.access import Deed
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.importing.matching import Named, Unclear
from registry.kinds import kind_of
from registry.schema import questions_for, schema_for

_RECURRING = frozenset({"choice", "choices", "number", "day", "link", "one"})
_MAY_BE_DAMAGED = frozenset({"line", "text", "sealed"})
_DAMAGE_STARTS = frozenset("0123456789+-#")


@dataclass(frozen=True)
class Reading:
    """What was settled about a file: the question that each column answers, how days are written, what a damaged cell looks like."""

    columns: Sequence[str | None]
    days: Mapping[str, Callable[[str], date]] = field(default_factory=dict)  # each raises ValueError with a sentence
    damage: Callable[[str], str | None] = lambda _text: None
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


class Refused(ValueError):
    """A cell that cannot be taken as it is; the message is a sentence."""


def offered(register: Register, by: Actor) -> tuple[Question, ...]:
    """The questions that a file may answer: those this person may answer on the form."""
    return questions_for(register, by, Deed.ADD)


def readers(register: Register, by: Actor, reading: Reading) -> dict[str, Callable[[str], Any]]:
    """What reads the cells of each question that a column answers; each raises Refused."""
    named = set(reading.columns)
    fields = schema_for(register, by, Deed.ADD).fields
    made: dict[str, Callable[[str], Any]] = {}
    for question in offered(register, by):
        if question.name in named:
            made[question.name] = _reader(question, fields[question.name].deserialize, reading)
    return made


def _reader(question: Question, gate: Callable[[str], Any], reading: Reading) -> Callable[[str], Any]:
    kind = kind_of(question.column).name
    if question.to:
        there = Named(register_of(question.to))
        return remembered(lambda text: _named(there.one if kind == "one" else there.any_named, text))
    if kind == "day" and question.name in reading.days:
        day = reading.days[question.name]
        return remembered(lambda text: _through(gate, _day(day, text)))
    if kind in _MAY_BE_DAMAGED and isinstance(question.column, Field):
        return lambda text: _undamaged(gate, reading.damage, text)
    return remembered(lambda text: _through(gate, text)) if kind in _RECURRING else lambda text: _through(gate, text)


def remembered(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader for columns whose cells recur: each text is read once, and refused in the same words each time."""
    known: dict[str, Any] = {}

    def again(text: str) -> Any:
        if text not in known:
            try:
                known[text] = read(text)
            except Refused as problem:
                known[text] = problem
        found = known[text]
        if isinstance(found, Refused):
            raise Refused(*found.args)
        return found

    return again


def _through(gate: Callable[[str], Any], text: str) -> Any:
    try:
        return gate(text)
    except ValidationError as problem:
        raise Refused(" ".join(map(str, problem.messages))) from None


def _undamaged(gate: Callable[[str], Any], damage: Callable[[str], str | None], text: str) -> Any:
    if text[0] in _DAMAGE_STARTS and (sentence := damage(text)):
        raise Refused(sentence)
    return _through(gate, text)


def _day(day: Callable[[str], date], text: str) -> str:
    try:
        return day(text).isoformat()
    except ValueError as problem:
        raise Refused(str(problem)) from None


def _named(find: Callable[[str], Any], text: str) -> Any:
    try:
        return find(text)
    except Unclear as problem:
        raise Refused(str(problem)) from None
