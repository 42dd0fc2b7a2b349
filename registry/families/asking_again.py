"""Who is still to be asked, or to be asked again: nothing answered, a new use, another form, a yes that runs out, and those who left."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from models.image_answer import ImageAnswer
from models.image_use import ImageUse
from models.pupil import Pupil
from models.statements import stored_rows
from models.vocabulary import ImageDecision, PictureSubject, RollStatus, YesNo
from registry.families.families import Child
from registry.families.form_words import question
from registry.families.own_answers import SOON
from registry.images.facts import answer_of, answers_with, in_time, standing_of
from registry.images.statements import as_id
from registry.images.uses import Use, asked_uses
from registry.rules.image_answers import Answer

LEFT_WITHIN = timedelta(days=365)


class Why(Enum):
    """Why somebody is asked."""

    NOTHING = "No answer yet"
    LEFT_OPEN = "Not answered"
    NEW_USE = "New since they answered"
    CHANGED = "The form asks something else now"
    RUNS_OUT = "The yes runs out soon"
    RAN_OUT = "The yes has run out"


AGAIN = (Why.LEFT_OPEN, Why.NEW_USE, Why.CHANGED, Why.RUNS_OUT, Why.RAN_OUT)


@dataclass(frozen=True)
class ToAsk:
    """A pupil about whom somebody is asked, with the reasons and the uses that each is about."""

    child: Child
    reasons: Mapping[Why, tuple[Use, ...]]

    @property
    def is_again(self) -> bool:
        """Whether something was answered before."""
        return Why.NOTHING not in self.reasons


@dataclass(frozen=True)
class Review:
    """Everybody at the school about whom somebody is still to be asked, by class and surname, and leavers whose pictures may still be used."""

    to_ask: tuple[ToAsk, ...]
    leavers: tuple[Child, ...]

    def of_class(self, class_name: str) -> tuple[ToAsk, ...]:
        """Those of one class."""
        return tuple(each for each in self.to_ask if each.child.class_name == class_name)


class _Given(NamedTuple):
    """One answer with the words that were read."""

    answer: Answer
    wording: str


def review(today: date) -> Review:
    """Everything at once, in four statements whatever the size of the school."""
    uses, began = asked_uses(), _began()
    pupils = [*Pupil.select().where((Pupil.kind == PictureSubject.PUPIL) & Pupil.archived_at.is_null())]
    answers = _answers({row.id for row in pupils if row.may_decide == YesNo.YES})
    here = [row for row in pupils if row.status == RollStatus.ON_ROLL]
    found = ((_child(row), _reasons(answers.get(row.id, {}), uses, began, today)) for row in here) if uses else ()
    to_ask = sorted((ToAsk(child, reasons) for child, reasons in found if reasons), key=lambda each: each.child.listed_by)
    return Review(tuple(to_ask), _leavers([row for row in pupils if row.status == RollStatus.LEFT], answers, uses, today))


def _reasons(
    answers: Mapping[UUID, list[_Given]], uses: Sequence[Use], began: Mapping[UUID, date], today: date
) -> dict[Why, tuple[Use, ...]]:
    if not any(answers.get(use.id) for use in uses):
        return {Why.NOTHING: tuple(uses)}
    last = max(given.answer.at.date() for each in answers.values() for given in each)
    found: dict[Why, list[Use]] = defaultdict(list)
    for use in uses:
        why = _why(answers.get(use.id, []), use, today)
        if why is Why.LEFT_OPEN and use.id not in answers and began[use.id] > last:
            why = Why.NEW_USE
        if why is not None:
            found[why].append(use)
    return {why: tuple(found[why]) for why in Why if why in found}


def _why(given: Sequence[_Given], use: Use, today: date) -> Why | None:
    """Why somebody is asked again about one use; a no is not asked again, for it does not run out."""
    if not given:
        return Why.LEFT_OPEN
    stands = standing_of([each.answer for each in given], today)
    if stands.decision == ImageDecision.EXPIRED:
        return Why.RAN_OUT
    if stands.decision == ImageDecision.NOT_ASKED:  # a yes of somebody who may not give one, and nothing else
        return Why.LEFT_OPEN
    if stands.decision != ImageDecision.GIVEN or stands.child_refused or stands.pr_conflict:
        return None
    if stands.valid_until is not None and stands.valid_until <= today + SOON:
        return Why.RUNS_OUT
    words = {each.wording for each in given if each.answer.decision == ImageDecision.GIVEN}
    return Why.CHANGED if "" not in words and question(use) not in words else None


def _answers(able: Collection[UUID]) -> dict[UUID, dict[UUID, list[_Given]]]:
    """Every answer about pupils by pupil and use, in the order in which they were given, with those pupils who may decide themselves."""
    found: dict[UUID, dict[UUID, list[_Given]]] = defaultdict(lambda: defaultdict(list))
    for given, _number, row in in_time(stored_rows(answers_with(ImageAnswer.use, ImageAnswer.wording))):
        *_, use, wording = row
        person = as_id(row[0])
        found[person][as_id(use)].append(_Given(answer_of(row, given, is_pupil=True, is_able=person in able), wording or ""))
    return found


def _began() -> dict[UUID, date]:
    return {use: made.date() for use, made in ImageUse.select(ImageUse.id, ImageUse.created_at).tuples()}


def _leavers(gone: Iterable[Any], answers: Mapping[UUID, Mapping[UUID, list[_Given]]], uses: Iterable[Use], today: date) -> tuple[Child, ...]:
    """Those who left of late and whose yes still runs."""
    recent = [row for row in gone if row.id in answers and (row.left_on is None or row.left_on >= today - LEFT_WITHIN)]
    running = [_child(row) for row in recent if any(_runs(answers[row.id].get(use.id, []), today) for use in uses)]
    return tuple(sorted(running, key=lambda child: child.listed_by))


def _runs(given: Sequence[_Given], today: date) -> bool:
    stands = standing_of([each.answer for each in given], today)
    return stands.decision == ImageDecision.GIVEN and not stands.child_refused and not stands.pr_conflict


def _child(row: Any) -> Child:
    return Child(row.id, row.name, row.class_name or "", row.may_decide == YesNo.YES, row.status != RollStatus.ON_ROLL)
