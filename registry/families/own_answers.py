"""What one parent has answered so far: theirs alone, for nobody is shown what somebody else said of the same child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.image_answer import ImageAnswer
from models.vocabulary import Decider, ImageDecision
from registry.families.form_words import question
from registry.images.uses import Use
from registry.rules.image_answers import NOES, placed

SOON = timedelta(days=30)
"""So long before a yes runs out it is asked for again."""


@dataclass(frozen=True, slots=True)
class Own:
    """The last answer of one parent about one child and one use."""

    decision: ImageDecision | str
    given_on: date
    valid_until: date | None
    conditions: str
    wording: str

    @property
    def is_yes(self) -> bool:
        """Whether it was a yes, which may have run out since."""
        return self.decision == ImageDecision.GIVEN

    @property
    def is_no(self) -> bool:
        """Whether it was a no of any kind."""
        return self.decision in NOES

    def has_run_out(self, today: date) -> bool:
        """Whether it was a yes that counts no more."""
        return self.is_yes and self.valid_until is not None and self.valid_until < today

    def is_due(self, use: Use, today: date) -> bool:
        """Whether a yes is asked for again: it runs out soon, or the form has asked something else since."""
        ends_soon = self.valid_until is not None and self.valid_until <= today + SOON
        return self.is_yes and (ends_soon or bool(self.wording and self.wording != question(use)))


Answers = dict[tuple[UUID, UUID], Own]
"""By child and use."""


def of_carer(carer: UUID, children: Iterable[UUID]) -> Answers:
    """The last answers of a parent about these children."""
    mine = (ImageAnswer.carer == carer) & (ImageAnswer.decider != Decider.PUPIL) & ImageAnswer.person.in_(list(children))
    rows = sorted(ImageAnswer.select().where(mine & ImageAnswer.archived_at.is_null()), key=_in_time)
    return {(row.person, row.use): _own(row) for row in rows}


def just_given(answer: Mapping[str, Any]) -> Own:
    """An answer as it is about to be kept."""
    return Own(answer["decision"], answer["decided_on"], answer["valid_until"], answer.get("conditions", ""), answer["wording"])


def refused_by_pupils(children: Iterable[UUID]) -> frozenset[tuple[UUID, UUID]]:
    """What these children have said no to themselves, so that it is not noted twice. Never shown to a parent."""
    theirs = (ImageAnswer.decider == Decider.PUPIL) & ImageAnswer.person.in_(list(children)) & ImageAnswer.archived_at.is_null()
    rows = sorted(ImageAnswer.select().where(theirs), key=_in_time)
    last = {(row.person, row.use): _own(row) for row in rows}
    return frozenset(about for about, own in last.items() if own.is_no)


def _own(row: ImageAnswer) -> Own:
    return Own(row.decision, _day(row), row.valid_until, row.conditions or "", row.wording or "")


def _in_time(row: ImageAnswer) -> tuple[date, int]:
    return placed(_day(row), row.created_at.date()), row.number


def _day(row: ImageAnswer) -> date:
    day: date = row.decided_on or row.created_at.date()
    return day
