"""Which questions a record is asked: those that depend on nothing, and those whose condition its other answers meet."""

from collections.abc import Callable
from typing import Any

from registry.definition import Question, Register


def asked_of(register: Register, answer: Callable[[str], Any]) -> frozenset[str]:
    """The names of the questions asked; `answer` gives what is answered to a question by its name."""
    asked: set[str] = set()
    for question in register.questions.values():
        if question.when is None or (_is_asked(register.questions[question.when[0].name], asked) and meets(question, answer(question.when[0].name))):
            asked.add(question.name)
    return frozenset(asked)


def meets(question: Question, answer: Any) -> bool:
    """Whether the answer that a question depends on is one of those that it asks for."""
    if question.when is None:
        return True
    given = answer if isinstance(answer, tuple | list) else (answer,)
    return any(each in question.when[1] for each in given)


def is_answered(answer: Any) -> bool:
    """Whether there is anything in an answer; no and nought are answers."""
    return answer not in (None, "", ())


def _is_asked(question: Question, asked: set[str]) -> bool:
    return question.when is None or question.name in asked
