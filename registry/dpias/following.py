"""A DPIA that follows one of another school: what was sent last, where this school has its own words, and what comes of it being sent again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.dpia import Dpia
from models.fields import ChoicesField, RowsField
from models.school import School
from registry.definition import Question
from registry.kinds import kind_of
from registry.many.recalling import answer_kept
from registry.registers.data_protection.dpias import DPIAS
from registry.rules import three_ways
from registry.rules.row_text import rows_in, written

SENT = (
    "name", "article_35", "regulator_items", "criteria", "concerns_pupils", "need", "nature", "scope", "context", "purposes",
    "flows", "consultations", "not_consulted_because", "necessity", "proportionality", "minimisation", "told", "rights", "processors_held",
    "transfers_safe", "risks", "kept_under_review_by", "review_when",
)  # fmt: skip
"""What is sent. What somebody decided, with the reasons, the regulator’s part, days, and links to what the sending school has stay there."""

APPROVED = "approved"
OF_EACH_SCHOOL: Mapping[str, tuple[str, ...]] = {"risks": (APPROVED,), "consultations": ("said", "taken_up")}
"""Parts of rows that never leave a school: who approved measures there, and what people said to it."""

KNOWN_BY: Mapping[str, tuple[str, ...]] = {"risks": ("risk",), "flows": ("sender", "receiver"), "consultations": ("party",)}
"""By which parts the rows of an answer are the same as before."""

REFERENCE = "reference"
Answers = Mapping[str, Any]


def answers_of(row: Dpia) -> dict[str, Any]:
    """What would be sent of a DPIA."""
    return {name: _to_be_sent(name, getattr(row, name)) for name in SENT}


def as_text(answers: Answers, reference: str) -> str:
    """What was sent, as it is kept, with what the DPIA that it came from is called there."""
    told = {name: [*value] if isinstance(value, tuple) else value for name, value in answers.items()}
    return json.dumps({REFERENCE: reference, **told}, ensure_ascii=False)


def sent_last(row: Dpia) -> dict[str, Any]:
    """What was sent last to a DPIA that follows another."""
    told = json.loads(row.sent or "{}")
    return {name: answer_kept(DPIAS.questions[name].column, told.get(name)) for name in SENT}


def own_answers(row: Dpia) -> tuple[Question, ...]:
    """The answers in which a DPIA differs from what was sent last."""
    base, here = sent_last(row), answers_of(row)
    return tuple(DPIAS.questions[name] for name in SENT if here[name] != base[name])


def merged(row: Dpia, new: Answers) -> dict[str, Any]:
    """The answers of a DPIA that follows another once that is sent anew: its own differences survive."""
    base = sent_last(row)
    return {name: _merged(DPIAS.questions[name], base[name], getattr(row, name), new[name]) for name in SENT}


def changes(row: Dpia, new: Answers, reference: str) -> dict[str, tuple[Any, Any]]:
    """What sending these answers anew would change in it, old and new, with what is kept of the sending beside it."""
    comes_to = {**merged(row, new), "sent": as_text(new, reference)}
    return {name: (before, after) for name, after in comes_to.items() if (before := getattr(row, name)) != after}


def labels(names: Iterable[str]) -> tuple[str, ...]:
    """How these answers are headed, in the order of the steps."""
    wanted = frozenset(names)
    return tuple(DPIAS.questions[name].label for name in SENT if name in wanted)


def _to_be_sent(name: str, said: Any) -> Any:
    """An answer without what stays in its school."""
    column: Any = DPIAS.questions[name].column
    if name not in OF_EACH_SCHOOL or not said:
        return said
    rows = rows_in(column.shape, said)
    return written(column.shape, ({part: text for part, text in row.items() if part not in OF_EACH_SCHOOL[name]} for row in rows))


def _merged(question: Question, base: Any, own: Any, new: Any) -> Any:
    column: Any = question.column
    if isinstance(column, ChoicesField):
        return column.python_value(column.db_value(three_ways.ticks(base or (), own or (), new or ())))
    if isinstance(column, RowsField):
        here = rows_in(column.shape, own)
        then, now = rows_in(column.shape, base), rows_in(column.shape, new)
        rows = three_ways.rows(then, here, now, KNOWN_BY[question.name], beside=(APPROVED,))
        return written(column.shape, (row if row in here else _unapproved(row) for row in rows)) or None
    return three_ways.answer(base, own, new)


def _unapproved(row: three_ways.Row) -> three_ways.Row:
    """What was approved were other measures."""
    return {part: said for part, said in row.items() if part != APPROVED}


@dataclass(frozen=True)
class Followed:
    """What a DPIA follows: the name of the school, and what it is called there; nothing any more where it is kept apart by now."""

    school: str
    reference: str

    @property
    def is_apart(self) -> bool:
        """Whether the link was cut."""
        return not self.reference


def followed_by(row: Dpia) -> Followed | None:
    """What a DPIA follows; none where it is of this school alone. Nothing is read in the other school: it said so when it was sent."""
    if row.sent_from is None:
        return None
    school = School.get_or_none(School.id == row.sent_from_school)
    return Followed(school.name if school else "another school", json.loads(row.sent)[REFERENCE] if row.sent else "")


@dataclass(frozen=True)
class Difference:
    """An answer that is this school’s own, in words: as it was sent, and as it is here."""

    question: Question
    sent: str
    own: str


def differences(row: Dpia) -> tuple[Difference, ...]:
    """Where a DPIA differs from what was sent last, as people read it."""
    base = sent_last(row)
    return tuple(
        Difference(each, kind_of(each.column).words(base[each.name]), kind_of(each.column).words(getattr(row, each.name)))
        for each in own_answers(row)
    )  # fmt: skip
