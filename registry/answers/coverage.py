"""How far answers about pictures are in, by class and use: counted from what was answered and from nothing else, in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any
from uuid import UUID

from peewee import JOIN

from models.carer import Carer
from models.fields import EPOCH, MICROSECOND
from models.image_answer import ImageAnswer
from models.pupil import Pupil
from models.statements import stored_rows
from models.vocabulary import Decider, ImageDecision, PictureSubject, RollStatus, YesNo
from registry.images.facts import decider_now, who_of
from registry.images.people import in_order
from registry.images.uses import Use
from registry.rules.image_answers import NOES, placed, takes_the_place

_NOES = frozenset(no.value for no in NOES)
_YES, _RUN_OUT, _NOTHING = ImageDecision.GIVEN.value, ImageDecision.EXPIRED.value, ImageDecision.NOT_ASKED.value
_day = ImageAnswer.decided_on.python_value


class Stands(StrEnum):
    """How the answers about one person for one use stand."""

    YES = "yes"
    NO = "no"
    RUN_OUT = "run_out"
    NONE = "none"


_Word = tuple[date, int, str, date, Any, bool]
"""One answer: where it stands among others (two figures), what it was, its own day, until when it counts, and whether its giver may give it."""

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
    said: dict[bytes, dict[tuple[bytes, str], list[_Word]]] = {}
    classes: dict[bytes, str] = {}
    for person, class_name, able, use, *answer in stored_rows(_query()):
        key = bytes(person)
        classes[key] = class_name or ""
        words = said.setdefault(key, {})
        if use is None:
            continue
        who, word = _word(answer, able)
        _placed, _number, decision, given_on, *_rest = word
        if decision != _YES or given_on <= today:  # a yes that is dated later does not count yet
            words.setdefault((bytes(use), who), []).append(word)
    for key, words in said.items():
        yield classes[key], _stands(words, today)


def _word(answer: Sequence[Any], able: str | None) -> tuple[str, _Word]:
    """One answer as it is stored, with who gave it."""
    decider, carer, relation, responsibility, signed, key, on, made, number, decision, until = answer
    decider = decider_now(decider, carer, relation, responsibility, is_pupil=True)
    written_on = (EPOCH + made * MICROSECOND).date()
    given_on = _day(on) or written_on
    word = (placed(given_on, written_on), number, decision, given_on, until, _counts(decision, decider, able))
    return who_of(decider, carer, key, signed), word


def _counts(decision: str, decider: str, able: str | None) -> bool:
    """Whether it is an answer of somebody who may give it: a no of anybody is."""
    return decision != _YES or (decider != Decider.OTHER and (decider != Decider.PUPIL or able == YesNo.YES))


def _stands(words: Mapping[tuple[bytes, str], list[_Word]], today: date) -> dict[UUID, Stands]:
    """How each use stands, of the last words of everybody who answered: a no of anybody is a no."""
    found: dict[bytes, Stands] = {}
    for (use, _who), several in words.items():
        _placed, _number, decision, _given_on, until, counts = several[0] if len(several) == 1 else _last(several)
        now = _stand(decision if counts else _NOTHING, _day(until), today)
        found[use] = min(found.get(use, Stands.NONE), now, key=_WEIGHT.__getitem__)
    return {UUID(bytes=use): stands for use, stands in found.items()}


def _last(several: list[_Word]) -> _Word:
    """What one person said last, as a check takes it."""
    return reduce(lambda before, after: after if takes_the_place(before[2], after[2]) else before, sorted(several, key=lambda word: word[:2]))


def _stand(decision: str, until: date | None, today: date) -> Stands:
    if decision in _NOES:
        return Stands.NO
    if decision == _YES:
        return Stands.RUN_OUT if until is not None and until < today else Stands.YES
    return Stands.RUN_OUT if decision == _RUN_OUT else Stands.NONE


def _query() -> Any:
    here = Pupil.archived_at.is_null() & (Pupil.status == RollStatus.ON_ROLL) & (Pupil.kind == PictureSubject.PUPIL)
    own = (ImageAnswer.school == Pupil.school) & (ImageAnswer.person == Pupil.id) & ImageAnswer.archived_at.is_null()
    columns = (
        *(Pupil.id, Pupil.class_name, Pupil.may_decide, ImageAnswer.use, ImageAnswer.decider, ImageAnswer.carer),
        *(Carer.relation, Carer.responsibility, ImageAnswer.decided_by, ImageAnswer.id, ImageAnswer.decided_on, ImageAnswer.created_at),
        *(ImageAnswer.number, ImageAnswer.decision, ImageAnswer.valid_until),
    )
    given = Pupil.select(*columns).join(ImageAnswer, JOIN.LEFT_OUTER, on=own)
    return given.join(Carer, JOIN.LEFT_OUTER, on=ImageAnswer.carer == Carer.id).where(here)
