"""The answers of some people for some uses as they were recorded, in the order in which they count; limits have no part in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.fields import EPOCH, MICROSECOND
from models.image_answer import ImageAnswer
from models.statements import stored_rows
from registry.images.statements import as_id
from registry.images.uses import Use
from registry.many.bulk import chunks
from registry.rules.answer_letters import letter_of
from registry.rules.image_answers import placed, takes_the_place, who_answers

Cell = tuple[UUID, UUID]
"""A person and a use."""

_COLUMNS = (
    *(ImageAnswer.id, ImageAnswer.number, ImageAnswer.person, ImageAnswer.use, ImageAnswer.decision, ImageAnswer.decider, ImageAnswer.carer),
    *(ImageAnswer.decided_by, ImageAnswer.decided_on, ImageAnswer.created_at, ImageAnswer.valid_until, ImageAnswer.form_version),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer that was recorded, the name of its signer still sealed."""

    id: UUID
    number: int
    cell: Cell
    decision: str
    decider: str
    carer: UUID | None
    signed: bytes | None
    given_on: date
    written_on: date
    valid_until: date | None
    form_version: str | None

    @property
    def reference(self) -> str:
        """What people call it, such as ID-0007."""
        return f"{ImageAnswer.PREFIX}-{self.number:04d}"

    @property
    def signature(self) -> str:
        """The name that stands on it, if one does."""
        return ImageAnswer.decided_by.open(self.id, self.signed) if self.signed else ""

    @property
    def who(self) -> str:
        """Who answered: the same for the same person."""
        return who(self.decider, self.carer, self.signature if self.carer is None else "")

    def letter(self, today: date) -> str:
        """How it stands in a cell."""
        return letter_of(self.decision, self.decider, self.valid_until, today)


def who(decider: str, carer: UUID | None, signature: str) -> str:
    """The same for the same person, as a check takes them."""
    return who_answers(decider, "" if carer is None else carer.hex, signature)


def recorded(people: Sequence[UUID], uses: Iterable[Use] | None = None) -> dict[Cell, list[Recorded]]:
    """What was recorded about each of these people for each of these uses, or for any: by its day, and on one day by its number."""
    found: dict[Cell, list[Recorded]] = defaultdict(list)
    wanted = None if uses is None else [use.id for use in uses]
    for part in chunks(people):
        query = ImageAnswer.select(*_COLUMNS).where(ImageAnswer.person.in_(part) & ImageAnswer.archived_at.is_null())
        for row in stored_rows(query if wanted is None else query.where(ImageAnswer.use.in_(wanted))):
            answer = _recorded(row)
            found[answer.cell].append(answer)
    return {cell: sorted(answers, key=lambda each: (placed(each.given_on, each.written_on), each.number)) for cell, answers in found.items()}


def last_words(answers: Iterable[Recorded]) -> list[Recorded]:
    """The last word of each person among answers in order, as a check takes it, the earliest of them first."""
    last: dict[str, Recorded] = {}
    for answer in answers:
        before = last.get(answer.who)
        if before is None or takes_the_place(before.decision, answer.decision):
            last.pop(answer.who, None)
            last[answer.who] = answer
    return list(last.values())


def latest(answers: Mapping[Cell, Sequence[Recorded]], up_to: int | None = None) -> dict[Cell, Recorded]:
    """The answer that counts last in each cell, of those that were there when the numbers went up to so many."""
    found: dict[Cell, Recorded] = {}
    for cell, several in answers.items():
        there = [each for each in several if up_to is None or each.number <= up_to]
        if there:
            found[cell] = there[-1]
    return found


def highest(answers: Mapping[Cell, Sequence[Recorded]]) -> int:
    """The highest number among them; 0 when there is none."""
    return max((each.number for several in answers.values() for each in several), default=0)


def _recorded(row: tuple[Any, ...]) -> Recorded:
    key, number, person, use, decision, decider, carer, signed, on, made, until, version = row
    written_on = (EPOCH + made * MICROSECOND).date()
    return Recorded(
        id=as_id(key),
        number=number,
        cell=(as_id(person), as_id(use)),
        decision=decision,
        decider=decider,
        carer=None if carer is None else as_id(carer),
        signed=None if signed is None else bytes(signed),
        given_on=ImageAnswer.decided_on.python_value(on) or written_on,
        written_on=written_on,
        valid_until=ImageAnswer.valid_until.python_value(until),
        form_version=version,
    )
