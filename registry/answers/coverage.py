"""How far answers about pictures are in, by class and use: counted from what was answered and from nothing else, in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from peewee import JOIN

from models.fields import EPOCH, MICROSECOND
from models.image_answer import ImageAnswer
from models.pupil import Pupil
from models.statements import stored_rows
from models.vocabulary import Decider, ImageDecision, PictureSubject, RollStatus, YesNo
from registry.images.facts import who_of
from registry.images.people import in_order
from registry.images.uses import Use
from registry.rules.image_answers import NOES, placed

_NOES = frozenset(no.value for no in NOES)
_YES, _RUN_OUT, _NOTHING = ImageDecision.GIVEN.value, ImageDecision.EXPIRED.value, ImageDecision.NOT_ASKED.value
_day = ImageAnswer.decided_on.python_value


class Stands(StrEnum):
    """How the answers about one person for one use stand."""

    YES = "yes"
    NO = "no"
    RUN_OUT = "run_out"
    NONE = "none"


_WEIGHT = {stands: weight for weight, stands in enumerate((Stands.NO, Stands.YES, Stands.RUN_OUT, Stands.NONE))}


@dataclass
class Tally:
    """Some cells, one for each person and use, by how they stand."""

    yes: int = 0
    no: int = 0
    run_out: int = 0
    none: int = 0

    @property
    def answered(self) -> int:
        """How many have an answer that counts today."""
        return self.yes + self.no

    @property
    def cells(self) -> int:
        """How many there are."""
        return self.yes + self.no + self.run_out + self.none

    def add(self, other: "Tally") -> None:
        """Count others in."""
        self.yes, self.no = self.yes + other.yes, self.no + other.no
        self.run_out, self.none = self.run_out + other.run_out, self.none + other.none


@dataclass
class ClassCoverage:
    """One class: how many pupils, how many of them have answered every use or some, and each use by itself."""

    name: str
    pupils: int = 0
    complete: int = 0
    partial: int = 0
    uses: dict[UUID, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @property
    def missing(self) -> int:
        """How many have answered nothing."""
        return self.pupils - self.complete - self.partial

    @property
    def together(self) -> Tally:
        """All uses together."""
        return together(self.uses.values())


def coverage(uses: Sequence[Use], today: date) -> list[ClassCoverage]:
    """Every class with how far its answers are in, 3B before 10A; pupils who are in no class have an empty name."""
    found: dict[str, ClassCoverage] = {}
    for class_name, cells in _people(today):
        here = found.setdefault(class_name, ClassCoverage(class_name))
        here.pupils += 1
        answered = 0
        for use in uses:
            stands = cells.get(use.id, Stands.NONE)
            tally = here.uses[use.id]
            setattr(tally, stands.value, getattr(tally, stands.value) + 1)
            answered += stands in (Stands.YES, Stands.NO)
        here.complete += bool(uses) and answered == len(uses)
        here.partial += 0 < answered < len(uses)
    return sorted(found.values(), key=lambda each: (not each.name, in_order(each.name)))


def together(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    total = Tally()
    for each in tallies:
        total.add(each)
    return total


def _people(today: date) -> Iterator[tuple[str, Mapping[UUID, Stands]]]:
    """Each pupil at the school: their class, and how their answers for each use stand."""
    last: dict[bytes, dict[tuple[bytes, str], tuple[Any, ...]]] = {}
    classes: dict[bytes, str] = {}
    for person, class_name, able, use, decider, carer, signed, answer, on, made, number, decision, until in stored_rows(_query()):
        key = bytes(person)
        classes[key] = class_name or ""
        words = last.setdefault(key, {})
        if use is None:
            continue
        written_on = (EPOCH + made * MICROSECOND).date()
        given_on = _day(on) or written_on
        given = (placed(given_on, written_on), number)
        said_by = (bytes(use), who_of(decider, carer, answer, signed))
        if said_by not in words or words[said_by][0] < given:
            words[said_by] = (given, given_on, decision if _counts(decision, decider, able) else _NOTHING, until)
    for key, words in last.items():
        yield classes[key], _stands(words, today)


def _counts(decision: str, decider: str, able: str | None) -> bool:
    """Whether it is an answer of somebody who may give it: a no of anybody is."""
    return decision != _YES or (decider != Decider.OTHER and (decider != Decider.PUPIL or able == YesNo.YES))


def _stands(words: Mapping[tuple[bytes, str], tuple[Any, ...]], today: date) -> dict[UUID, Stands]:
    """How each use stands, of the last words of everybody who answered: a no of anybody is a no."""
    found: dict[bytes, Stands] = {}
    for (use, _who), (_given, given_on, decision, until) in words.items():
        now = _stand(decision, given_on, _day(until), today)
        found[use] = min(found.get(use, Stands.NONE), now, key=_WEIGHT.__getitem__)
    return {UUID(bytes=use): stands for use, stands in found.items()}


def _stand(decision: str, given: date, until: date | None, today: date) -> Stands:
    if decision in _NOES:
        return Stands.NO
    if decision == _YES and given <= today:
        return Stands.RUN_OUT if until is not None and until < today else Stands.YES
    return Stands.RUN_OUT if decision == _RUN_OUT else Stands.NONE


def _query() -> Any:
    here = Pupil.archived_at.is_null() & (Pupil.status == RollStatus.ON_ROLL) & (Pupil.kind == PictureSubject.PUPIL)
    own = (ImageAnswer.school == Pupil.school) & (ImageAnswer.person == Pupil.id) & ImageAnswer.archived_at.is_null()
    columns = (
        *(Pupil.id, Pupil.class_name, Pupil.may_decide, ImageAnswer.use, ImageAnswer.decider, ImageAnswer.carer, ImageAnswer.decided_by),
        *(ImageAnswer.id, ImageAnswer.decided_on, ImageAnswer.created_at, ImageAnswer.number, ImageAnswer.decision, ImageAnswer.valid_until),
    )
    return Pupil.select(*columns).join(ImageAnswer, JOIN.LEFT_OUTER, on=own).where(here)
