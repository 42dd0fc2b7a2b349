"""How answers become a stored row: the same for one new record and for five thousand, without making an object of each."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from peewee import TextField

from models.fields import DayField, EncryptedText, KeyedText
from models.statements import plain, rows_of
from registry.checks import count_findings
from registry.definition import Register
from registry.rules.school_facts import SchoolFacts

Put = Callable[[list[Any], UUID, Any], None]


class Press:
    """Turns the answers of one register into stored rows, with everything that is the same for all of them worked out once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.whole = rows_of(register.table)
        places = {field.name: place for place, field in enumerate(self.whole.fields)}
        self._id, self._errors, self._warnings = places["id"], places["errors"], places["warnings"]
        blank = register.table()
        self._blank = list(self.whole.values(blank))
        self._unanswered = {question.name: getattr(blank, question.name) for question in register.columns}
        self._puts = {field.name: _put(field, places) for field in self.whole.fields if field.name != "id"}

    def blank(self, record: UUID, **known: Any) -> list[Any]:
        """A row without an answer, with what the engine knows by column; made once for many rows whose school and moment are the same."""
        values = self._blank.copy()
        for name, value in known.items():
            self._puts[name](values, record, value)
        return values

    def values(self, record: UUID, given: Mapping[str, Any], school: SchoolFacts, blank: Sequence[Any]) -> list[Any]:
        """One new row as it will be stored, its findings counted. Answers that are links are not part of it."""
        values, puts = [*blank], self._puts
        values[self._id] = record.bytes
        for name, answer in given.items():
            if answer is not None and name in puts:
                puts[name](values, record, answer)
        answers: Any = SimpleNamespace(**{**self._unanswered, **given})
        values[self._errors], values[self._warnings] = count_findings(self._register, answers, school)
        return values


@cache
def press_of(register: Register) -> Press:
    """The press of a register; made once."""
    return Press(register)


def _put(column: Any, places: Mapping[str, int]) -> Put:
    """What puts an answer into its place among the stored values; a sealed one is sealed, and its tokens stand beside it."""
    place = places[column.name]
    if isinstance(column, KeyedText):
        return _put_keyed(place, [(places[key.name], key.token) for key in column.indexes])
    if not isinstance(column, EncryptedText):
        convert = column.db_value
        return _put_plain(place, convert if isinstance(column, TextField | DayField) else lambda answer: plain(convert(answer)))
    tokens = [(places[index.name], index.token) for index in column.indexes]

    def put_sealed(values: list[Any], record: UUID, answer: str) -> None:
        values[place] = column.seal(record, answer) if answer else None
        for token_place, token in tokens:
            values[token_place] = token(answer)

    return put_sealed


def _put_keyed(place: int, keys: list[tuple[int, Callable[[str], str | None]]]) -> Put:
    def put(values: list[Any], _record: UUID, answer: str) -> None:
        values[place] = answer
        for key_place, token in keys:
            values[key_place] = token(answer)

    return put


def _put_plain(place: int, convert: Callable[[Any], Any]) -> Put:
    def put(values: list[Any], _record: UUID, answer: Any) -> None:
        values[place] = convert(answer)

    return put
