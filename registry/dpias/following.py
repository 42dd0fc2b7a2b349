"""A DPIA that follows one of another school: what was sent last, where this school has its own words, and what comes of it being sent again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models import doors
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
    "name", "article_35", "regulator_items", "criteria", "concerns_pupils", "screening_because", "need", "nature", "scope", "context", "purposes",
    "flows", "consultations", "not_consulted_because", "necessity", "proportionality", "minimisation", "told", "rights", "processors_held",
    "transfers_safe", "risks", "kept_under_review_by", "review_when",
)  # fmt: skip
"""What is sent. What somebody decided, the regulator’s part, days, and links to what the sending school has of its own stay there."""

Answers = Mapping[str, Any]


def answers_of(row: Dpia) -> dict[str, Any]:
    """What would be sent of a DPIA."""
    return {name: getattr(row, name) for name in SENT}


def as_text(answers: Answers) -> str:
    """What was sent, as it is kept."""
    return json.dumps({name: [*value] if isinstance(value, tuple) else value for name, value in answers.items()}, ensure_ascii=False)


def sent_last(row: Dpia) -> dict[str, Any]:
    """What was sent last to a DPIA that follows another."""
    told = json.loads(row.sent or "{}")
    return {name: answer_kept(DPIAS.questions[name].column, told.get(name)) for name in SENT}


def own_answers(row: Dpia) -> tuple[Question, ...]:
    """The answers in which a DPIA differs from what was sent last."""
    base = sent_last(row)
    return tuple(DPIAS.questions[name] for name in SENT if getattr(row, name) != base[name])


def merged(row: Dpia, new: Answers) -> dict[str, Any]:
    """The answers of a DPIA that follows another once that is sent anew: its own differences survive."""
    base = sent_last(row)
    return {name: _merged(DPIAS.questions[name].column, base[name], getattr(row, name), new[name]) for name in SENT}


def changes(row: Dpia, new: Answers) -> dict[str, tuple[Any, Any]]:
    """What sending these answers anew would change in it, old and new, with what is kept of the sending beside it."""
    comes_to = {**merged(row, new), "sent": as_text(new)}
    return {name: (before, after) for name, after in comes_to.items() if (before := getattr(row, name)) != after}


def labels(names: Iterable[str]) -> tuple[str, ...]:
    """How these answers are headed, in the order of the steps."""
    wanted = frozenset(names)
    return tuple(DPIAS.questions[name].label for name in SENT if name in wanted)


def _merged(column: Any, base: Any, own: Any, new: Any) -> Any:
    if isinstance(column, ChoicesField):
        return column.python_value(column.db_value(three_ways.ticks(base or (), own or (), new or ())))
    if isinstance(column, RowsField):
        shape = column.shape
        rows = three_ways.rows(rows_in(shape, base), rows_in(shape, own), rows_in(shape, new), shape.parts[0].name)
        return written(shape, rows) or None
    return three_ways.answer(base, own, new)



@dataclass(frozen=True)
class Followed:
    """What a DPIA follows: the school and the number it has there (none once that is gone), and whether it is kept apart by now."""

    school: str
    reference: str | None
    is_apart: bool


def followed_by(row: Dpia) -> Followed | None:
    """What a DPIA follows; none where it is of this school alone. The name and the number are all that is told of the other school."""
    if row.sent_from is None or row.sent_from_school is None:
        return None
    school = School.get_or_none(School.id == row.sent_from_school)
    with doors.looking_at(row.sent_from_school):
        source = Dpia.select(Dpia.id, Dpia.number).where(Dpia.id == row.sent_from).first()
    return Followed(school.name if school else "another school", source.reference if source else None, row.sent is None)


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
