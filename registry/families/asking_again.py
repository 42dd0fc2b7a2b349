"""Who is still to be asked, or to be asked again: nothing answered, a new use, another form, a yes that runs out, and those who left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from models.image_answer import ImageAnswer
from models.image_use import ImageUse
from models.pupil import Pupil
from models.vocabulary import ImageDecision, PictureSubject, RollStatus, YesNo
from registry.families.families import Child
from registry.families.form_words import question
from registry.families.own_answers import SOON
from registry.images.facts import standing_of
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


@dataclass(frozen=True)
class _Given:
    """One answer with the words that were read."""

    answer: Answer
    number: int
    wording: str


def review(today: date) -> Review:
    """Everything at once, in four statements whatever the size of the school."""
    uses, answers, began = asked_uses(), _answers(), _began()
    here = Pupil.select().where(_pupils() & (Pupil.status == RollStatus.ON_ROLL))
    found = ((_child(row), _reasons(answers.get(row.id, {}), uses, began, today)) for row in here) if uses else ()
    to_ask = sorted((ToAsk(child, reasons) for child, reasons in found if reasons), key=lambda each: each.child.listed_by)
    return Review(tuple(to_ask), _leavers(answers, uses, today))


def _reasons(
    answers: Mapping[UUID, list[_Given]], uses: Sequence[Use], began: Mapping[UUID, date], today: date
) -> dict[Why, tuple[Use, ...]]:
    if not any(answers.get(use.id) for use in uses):
        return {Why.NOTHING: tuple(uses)}
    last = max(given.answer.at.date() for each in answers.values() for given in each)
    found: dict[Why, list[Use]] = defaultdict(list)
    for use in uses:
        why = _why(answers.get(use.id, []), use, today)
        if why is Why.LEFT_OPEN and began[use.id] > last:
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
    if stands.decision != ImageDecision.GIVEN or stands.child_refused or stands.pr_conflict:
        return None
    if stands.valid_until is not None and stands.valid_until <= today + SOON:
        return Why.RUNS_OUT
    words = {each.wording for each in given if each.answer.decision == ImageDecision.GIVEN}
    return Why.CHANGED if "" not in words and question(use) not in words else None


def _answers() -> dict[UUID, dict[UUID, list[_Given]]]:
    """Every answer by person and use, in the order in which they were given."""
    columns = (ImageAnswer.person, ImageAnswer.use, ImageAnswer.carer, ImageAnswer.decider, ImageAnswer.decision, ImageAnswer.decided_on)
    more = (ImageAnswer.created_at, ImageAnswer.valid_until, ImageAnswer.number, ImageAnswer.wording)
    found: dict[UUID, dict[UUID, list[_Given]]] = defaultdict(lambda: defaultdict(list))
    for person, use, *answer in ImageAnswer.select(*columns, *more).where(ImageAnswer.archived_at.is_null()).tuples():
        found[person][use].append(_given(answer))
    for by_use in found.values():
        for given in by_use.values():
            given.sort(key=lambda each: (each.answer.at, each.number))
    return found


def _given(values: Sequence[Any]) -> _Given:
    carer, decider, decision, on, made, until, number, wording = values
    at = datetime.combine(on or made.date(), time(), UTC)
    who = carer.hex if carer is not None else str(decider)
    return _Given(Answer(who=who, decider=decider, decision=decision, at=at, valid_until=until, is_able=True), number, wording or "")


def _began() -> dict[UUID, date]:
    return {use: made.date() for use, made in ImageUse.select(ImageUse.id, ImageUse.created_at).tuples()}


def _leavers(answers: Mapping[UUID, Mapping[UUID, list[_Given]]], uses: Iterable[Use], today: date) -> tuple[Child, ...]:
    """Those who left of late and whose yes still runs."""
    gone = Pupil.select().where(_pupils() & (Pupil.status == RollStatus.LEFT))
    recent = [row for row in gone if row.id in answers and (row.left_on is None or row.left_on >= today - LEFT_WITHIN)]
    running = [_child(row) for row in recent if any(_runs(answers[row.id].get(use.id, []), today) for use in uses)]
    return tuple(sorted(running, key=lambda child: child.listed_by))


def _runs(given: Sequence[_Given], today: date) -> bool:
    stands = standing_of([each.answer for each in given], today)
    return stands.decision == ImageDecision.GIVEN and not stands.child_refused and not stands.pr_conflict


def _pupils() -> Any:
    return (Pupil.kind == PictureSubject.PUPIL) & Pupil.archived_at.is_null()


def _child(row: Any) -> Child:
    return Child(row.id, row.name, row.class_name or "", row.may_decide == YesNo.YES, row.status != RollStatus.ON_ROLL)
