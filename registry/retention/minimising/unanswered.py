"""Questions that hardly any record of the school answers: what nobody fills in, nobody needs to be asked."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import Case, CharField, TextField, fn

from models.fields import ChoiceField, ChoicesField, EncryptedText
from models.statements import stored_rows
from registry.access import Deed, allowed
from registry.catalogue import REGISTERS
from registry.definition import Question, Register
from registry.rules.minimise import unused

UNKNOWN = "unknown"
BY_ENGINE = frozenset({"owner", "owner_role", "next_review_on"})
"""Who answers for a record and looks at it again: the program goes by these where they are answered, and nobody is described by them."""


@dataclass(frozen=True)
class Unanswered:
    """One question, and how many of the records that are asked it answer it."""

    register: Register
    question: Question
    answered: int
    asked: int

    @property
    def is_sealed(self) -> bool:
        """Whether its answers are about people, and so the first to do without."""
        return isinstance(self.question.column, EncryptedText)

    @property
    def says(self) -> str:
        """How many answer it."""
        return unused(self.answered, self.asked)


def unanswered() -> tuple[Unanswered, ...]:
    """Those of every register of the school in view, the personal ones first."""
    found = (each for register in REGISTERS for each in _of_register(register) if each.says)
    return tuple(sorted(found, key=lambda each: not each.is_sealed))


def could_go_unasked(register: Register) -> tuple[Question, ...]:
    """The questions that people answer as they like: no rule reads the answer, no deed gives it, and no record needs it."""
    facts = [*(each.facts for each in register.checks), *(each.facts for each in register.deadlines)]
    read = {each.name for fact in facts for each in fields(fact)} | BY_ENGINE
    return tuple(question for question in register.columns if question.name not in read and _is_optional(register, question))


def _is_optional(register: Register, question: Question) -> bool:
    can_stay_empty = question.usual in (None, ()) or question.usual == UNKNOWN
    by_people = allowed(Deed.ADD, register, question) | allowed(Deed.CHANGE, register, question)
    return can_stay_empty and not question.required and question is not register.title and bool(by_people)


def _of_register(register: Register) -> Iterator[Unanswered]:
    """One question to the database, which counts without opening anything."""
    table, questions = register.table, could_go_unasked(register)
    if not questions:
        return
    sums = [fn.SUM(Case(None, [(condition, 1)], 0)) for each in questions for condition in (_is_answered(each), _is_asked(register, each))]
    (found,) = stored_rows(table.select(*sums).where(table.archived_at.is_null()))
    counts = [int(each or 0) for each in found]
    for question, answered, asked in zip(questions, counts[::2], counts[1::2], strict=True):
        yield Unanswered(register, question, answered, asked)


def _is_answered(question: Question) -> Any:
    column: Any = question.column
    if isinstance(column, ChoiceField) and question.usual is not None:
        return column != question.usual
    if isinstance(column, ChoicesField) or (isinstance(column, CharField | TextField) and not isinstance(column, ChoiceField)):
        return column.is_null(False) & (column != "")
    return column.is_null(False)  # nothing is sealed as nothing


def _is_asked(register: Register, question: Question) -> Any:
    """The condition that a record is asked it: where another answer leads to it, and to that in turn."""
    conditions = [register.table.id.is_null(False)]
    while question.when is not None:
        column, answers = question.when
        has = [column.having(each) for each in answers] if isinstance(column, ChoicesField) else [column.in_(answers)]
        conditions.append(reduce(or_, has))
        question = register.questions[column.name]
    return reduce(and_, conditions)
