"""One form for several children: what somebody just answered for one is offered for the others, and nothing is taken as said."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.image_answer import ImageAnswer
from models.vocabulary import Decider, ImageDecision
from registry.access import Deed, require
from registry.answers.signers import Signer, pupils_of, signers
from registry.images.facts import Person
from registry.images.people import by_id, by_surname, in_order
from registry.images.uses import Use, asked_uses
from registry.many.bulk import chunks, insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.images.answers import ANSWERS
from registry.trace.audit import recording

MOST = 5_000
"""Answers that are looked through at once: more than any class gives in a day."""

_CARRIED = ("use", "decision", "carer", "method", "decided_on", "valid_until", "form_version", "wording")

class _NothingNew(Exception):
    """Somebody was quicker: everything is there already."""


Pair = tuple[UUID, UUID]
"""Somebody who signed, and another of their children."""


@dataclass(frozen=True)
class Offer:
    """The same answers of somebody for another of their children."""

    signer: Signer
    answered_for: Person
    child: Person
    answers: tuple[Any, ...]  # those that the other child lacks
    uses: dict[UUID, Use]

    @property
    def pair(self) -> Pair:
        """What tells this offer from the others."""
        return self.signer.id, self.child.id

    @property
    def noes(self) -> list[str]:
        """The uses to which the answer was no."""
        return [self.uses[each.use].name for each in self.answers if each.decision != ImageDecision.GIVEN]

    @property
    def yeses(self) -> list[str]:
        """The uses to which it was yes."""
        return [self.uses[each.use].name for each in self.answers if each.decision == ImageDecision.GIVEN]


def offers(first: int, last: int) -> list[Offer]:
    """What may be the same for brothers and sisters, of the answers that have these numbers."""
    uses = {use.id: use for use in asked_uses()}
    given = [each for each in _answers(first, last) if each.use in uses]
    by_signer: dict[UUID, dict[UUID, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for each in given:
        by_signer[each.carer][each.person].append(each)
    children = pupils_of(by_signer)
    people = by_id({child for several in children.values() for child in several} | {each.person for each in given})
    known, there = signers(by_signer), _there(by_signer, people)
    found = []
    for carer, answered in by_signer.items():
        for child in children.get(carer, ()):
            if carer in known and child not in answered and child in people and not people[child].has_left:
                source = next(iter(answered))
                lacking = tuple(each for each in answered[source] if (*_mark(each), child) not in there)
                if lacking and source in people:
                    found.append(Offer(known[carer], people[source], people[child], lacking, uses))
    return sorted(found, key=lambda each: (in_order(each.child.class_name), by_surname(each.child)))


def take(chosen: Collection[Pair], first: int, last: int, occasion: Occasion) -> int:
    """Store the same answers for the children who were chosen, in one recording; how many answers. Raises Forbidden."""
    require(occasion.by, Deed.ADD, ANSWERS)
    if not _chosen(chosen, first, last):
        return 0
    try:
        with recording(occasion.by, occasion.at) as trace:
            new = _chosen(chosen, first, last)  # again, now that nobody else can write: a second click finds them there
            if not new:
                raise _NothingNew
            insert_many(trace, ANSWERS, new, occasion, number=next_number(ANSWERS, occasion.by))
    except _NothingNew:
        return 0
    return len(new)


def _chosen(chosen: Collection[Pair], first: int, last: int) -> list[dict[str, Any]]:
    """The answers that are missing for the children who were chosen."""
    return [_for_child(answer, offer) for offer in offers(first, last) if offer.pair in chosen for answer in offer.answers]


def _answers(first: int, last: int) -> Sequence[Any]:
    """Answers of parents and carers on the list; what a child said is that child’s own."""
    numbers = ImageAnswer.number.between(first, min(last, first + MOST))
    said_by_them = ImageAnswer.carer.is_null(False) & (ImageAnswer.decider != Decider.PUPIL) & ImageAnswer.archived_at.is_null()
    return list(ImageAnswer.select().where(numbers & said_by_them).order_by(ImageAnswer.number))


def _there(carers: Collection[UUID], people: Collection[UUID]) -> set[tuple[Any, ...]]:
    """What these people have answered already, for whom."""
    found: set[tuple[Any, ...]] = set()
    for part in chunks([*carers]):
        for each in ImageAnswer.select().where(ImageAnswer.carer.in_(part) & ImageAnswer.archived_at.is_null()):
            if each.person in people:
                found.add((*_mark(each), each.person))
    return found


def _mark(answer: Any) -> tuple[Any, ...]:
    return answer.carer, answer.use, answer.decision, answer.decided_on, answer.form_version


def _for_child(answer: Any, offer: Offer) -> dict[str, Any]:
    carried = {name: getattr(answer, name) for name in _CARRIED}
    return {**carried, "person": offer.child.id, "decider": offer.signer.decider, "authority": offer.signer.authority}
