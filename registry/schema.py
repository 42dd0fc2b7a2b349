"""The one gate for form, file and JSON: what this person may answer in this register, and what each answer must be."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError

from models.roles import Role
from registry.access import Deed, may
from registry.actor import Actor
from registry.definition import Question, Register
from registry.kinds import kind_of
from registry.typed import Answer

ANYBODY = "anybody in this role"


class Invalid(Exception):
    """Answers that cannot be stored as they are: sentences by the name of the question."""

    def __init__(self, messages: Mapping[str, list[str]]) -> None:
        super().__init__("Some answers cannot be saved as they are.")
        self.messages = dict(messages)


def questions_for(register: Register, by: Actor, deed: Deed = Deed.SEE) -> tuple[Question, ...]:
    """The questions of a register that this person may see (or answer, for ADD and CHANGE), in order."""
    return _questions(register, by.role, by.is_robot, deed)


def names_for(register: Register, by: Actor, deed: Deed = Deed.SEE) -> frozenset[str]:
    """The names of those questions."""
    return _names(register, by.role, by.is_robot, deed)


@lru_cache(maxsize=1024)
def _names(register: Register, role: Role | None, robot: bool, deed: Deed) -> frozenset[str]:
    return frozenset(question.name for question in _questions(register, role, robot, deed))


@lru_cache(maxsize=1024)
def _questions(register: Register, role: Role | None, robot: bool, deed: Deed) -> tuple[Question, ...]:
    actor = Actor(ANYBODY, role=role, is_robot=robot)
    return tuple(question for question in register.questions.values() if may(actor, deed, register, question))


def anybody_like(by: Actor) -> Actor:
    """Somebody in the same role, for what is worked out once for everybody in it."""
    return Actor(ANYBODY, role=by.role, is_robot=by.is_robot)


def schema_for(register: Register, by: Actor, deed: Deed, only: frozenset[str] | None = None) -> Schema:
    """The schema of what this person may answer; a question they may not answer is absent, and so an unknown key."""
    names = tuple(question.name for question in questions_for(register, by, deed) if only is None or question.name in only)
    return _schema(register, names)


@lru_cache(maxsize=1024)
def _schema(register: Register, names: tuple[str, ...]) -> Schema:
    answers: dict[str, Any] = {name: _field(register.questions[name]) for name in names}
    return Schema.from_dict(answers, name=f"{register.slug} answers")(unknown=RAISE)


def _field(question: Question) -> Answer:
    answer = kind_of(question.column).field(required=question.required, metadata={"missing": question.says_missing})
    if question.usual is not None:
        answer.blank = question.usual
    return answer


def read_answers(schema: Schema, given: Mapping[str, Any], partial: bool = False) -> dict[str, Any]:
    """The answers as they will be stored; raises Invalid with a sentence for each that cannot be."""
    try:
        return dict(schema.load(given, partial=partial))
    except ValidationError as problem:
        raise Invalid(_sentences(problem.normalized_messages(), schema)) from None


def _sentences(messages: Mapping[str, Any], schema: Schema) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = {}
    for name, said in messages.items():
        lines = said if isinstance(said, list) else list(_flattened(said))
        if name not in schema.fields:
            lines = ["This is not a question that you may answer here."]
        elif lines == ["Missing data for required field."]:
            lines = [schema.fields[name].metadata["missing"]]
        sentences[str(name)] = [str(line) for line in lines]
    return sentences


def _flattened(messages: Mapping[str, Any] | Iterable[Any]) -> Iterable[Any]:
    for each in messages.values() if isinstance(messages, Mapping) else messages:
        if isinstance(each, Mapping | list):
            yield from _flattened(each)
        else:
            yield each
