"""What stands once in a school, however it is spelled, such as a serial number: refused a second time, with the record that has it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from models.fields import KeyOf
from registry.definition import Register
from registry.schema import Invalid

MOST_AT_ONCE = 500


@cache
def keys_of(register: Register) -> tuple[KeyOf, ...]:
    """The columns of a register whose values stand once in a school."""
    return tuple(column for column in register.table._meta.sorted_fields if isinstance(column, KeyOf))


def demand_apart(register: Register, answers: Iterable[Mapping[str, Any]], *, record: UUID | None = None) -> None:
    """Raise Invalid when any of these answers stands in another record already, or twice among them. `record` is the one that is changed."""
    keys = keys_of(register)
    given = [*answers] if keys else []
    for key in keys:
        texts = [each[key.of.name] for each in given if each.get(key.of.name)]
        spelled = [token for text in texts if (token := key.token(text))]
        label = register.questions[key.of.name].label
        if len(spelled) > len(set(spelled)):
            twice = next(text for text in texts if spelled.count(key.token(text) or "") > 1)
            raise Invalid({key.of.name: [f"{label} {twice} is there twice. Each stands once."]})
        for holder in _holders(register, key, spelled, record):
            words = f"{holder.reference} has the {_in_a_sentence(label)} {getattr(holder, key.of.name)} already. Open that one, or correct it here."
            raise Invalid({key.of.name: [words]})


def _holders(register: Register, key: KeyOf, spelled: Sequence[str], record: UUID | None) -> Iterable[Any]:
    table = register.table
    for start in range(0, len(spelled), MOST_AT_ONCE):
        others = table.select().where(key.in_(spelled[start : start + MOST_AT_ONCE]))
        yield from (each for each in others if each.id != record)


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]
