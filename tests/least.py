"""The least that a record of any register can be: its name, and the records without which it says nothing."""

from dataclasses import replace
from typing import Any

from models import doors
from registry import records
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Register
from registry.kinds import kind_of
from registry.records import Occasion


def least(register: Register, name: str, occasion: Occasion) -> dict[str, Any]:
    """The answers without which a record of this register cannot be stored; what it names is the first there is, or is made."""
    choices = getattr(register.title.column, "words", None)
    answers: dict[str, Any] = {register.title.name: next(iter(choices)) if choices else name}
    for question in register.ones:
        if question.required:
            far = register_of(question.to)
            there = far.table.get_or_none(far.table.archived_at.is_null())
            answers[question.name] = (there or add_least(far, name, occasion)).id
    return answers


def add_least(register: Register, name: str, occasion: Occasion, **more: Any) -> Any:
    """Such a record, written by the program itself where this person may not."""
    assert occasion.by.school
    if not may(occasion.by, Deed.ADD, register):
        occasion = replace(occasion, by=Actor.robot("tests", occasion.by.school))
    with doors.looking_at(occasion.by.school):
        return records.add(register, least(register, name, occasion) | more, occasion)


def typed_least(register: Register, name: str, occasion: Occasion) -> dict[str, str]:
    """The same as a form sends it."""
    answers = least(register, name, occasion)
    return {key: value.value if kind_of(register.questions[key].column).name == "choice" else str(value) for key, value in answers.items()}
