"""Taking a yes back, or objecting, for whoever asks the office: as easy as giving it was (UK GDPR Articles 7(3) and 21)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.vocabulary import AnswerMethod, Decider, ImageBasis, ImageDecision, PictureSubject
from registry.access import Permission, require
from registry.answers import recorded as class_answers
from registry.answers.recorded import Recorded
from registry.answers.signers import Signer, signers_of
from registry.images.facts import Person
from registry.images.people import by_id
from registry.images.take_downs import gone_among, open_among, today_of
from registry.images.uses import Use, all_uses
from registry.images.where_used import Place, places_with
from registry.occasion import Occasion
from registry.placing import next_number
from registry.records import NotFound, insert
from registry.registers.images.answers import ANSWERS
from registry.rows import CannotBeDone
from registry.rules.image_answers import NOES
from registry.trace.audit import recording

DONE_ALREADY = "This was taken back already: the history says when, and by whom."
SELF = "self"


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who may ask for it, as a form names them and as people do."""

    key: str
    words: str
    decider: Decider
    carer: UUID | None = None
    signed: str = ""

    @property
    def who(self) -> str:
        """The same for the same person, as a check takes them."""
        return class_answers.who(self.decider, self.carer, self.signed)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was recorded about one person for one use, and what can be done about it."""

    use: Use
    yeses: tuple[Recorded, ...]  # the last word of everybody who said yes
    noes: tuple[Recorded, ...]

    @property
    def is_by_consent(self) -> bool:
        """Whether a yes is taken back; without consent somebody objects."""
        return self.use.basis == ImageBasis.CONSENT

    @property
    def is_offered(self) -> bool:
        """Whether there is a yes to take back, or something to object to."""
        return bool(self.yeses) or (not self.is_by_consent and not self.noes)


@dataclass(frozen=True)
class Standings:
    """How every use stands for one person, and who may ask for a change."""

    person: Person
    uses: tuple[Standing, ...]
    askers: tuple[Asker, ...]

    @property
    def with_yes(self) -> tuple[Standing, ...]:
        """The uses for which somebody said yes: what is used without asking is objected to use by use."""
        return tuple(each for each in self.uses if each.yeses)

    def likely(self, uses: Collection[UUID]) -> Asker | None:
        """Who asks, where only one person said yes to these uses."""
        said = {answer.who for each in self.uses if each.use.id in uses for answer in each.yeses}
        fitting = [asker for asker in self.askers if asker.who in said]
        return fitting[0] if len(fitting) == 1 else None


@dataclass(frozen=True)
class Wish:
    """What somebody asked the office for, and how."""

    person: UUID
    uses: tuple[UUID, ...]
    asker: Asker
    method: AnswerMethod


@dataclass(frozen=True)
class Withdrawn:
    """What was written: so many answers, and so many tasks that followed."""

    answers: int
    tasks: int


def standings(person: UUID, occasion: Occasion) -> Standings:
    """What was recorded about somebody for every use of today; raises NotFound, and Forbidden."""
    require(occasion.by, Permission.PUBLISH_IMAGES)
    found = by_id([person]).get(person)
    if found is None:
        raise NotFound("There is no such person here.")
    uses = all_uses()
    answers = class_answers.recorded([person], uses)
    last = {use.id: class_answers.last_words(answers.get((person, use.id), ())) for use in uses}
    stand = tuple(Standing(use, _among(last[use.id], (ImageDecision.GIVEN,)), _among(last[use.id], NOES)) for use in uses)
    return Standings(found, stand, tuple(_askers(found, signers_of([person]).get(person, ()), stand)))


def what_follows(person: UUID, uses: Collection[UUID]) -> tuple[Place, ...]:
    """The publications in which they can be seen that become tasks; those that are or were tasks already are left out."""
    places = [place for place in places_with(person) if place.use in uses]
    held = open_among([person]) | gone_among([(place, person) for place in places])
    return tuple(place for place in places if (place.id, person) not in held)


def somebody_else(name: str) -> Asker:
    """Somebody who is on no list: anybody's no counts."""
    return Asker("other", name, Decider.OTHER, signed=name)


def withdraw(wish: Wish, occasion: Occasion) -> Withdrawn:
    """Write down a no for each of these uses in one transaction; from then on every check says no, and what can be seen becomes tasks.

    Raises NotFound, Forbidden, and CannotBeDone when there is nothing left to take back.
    """
    require(occasion.by, Permission.PUBLISH_IMAGES)
    with recording(occasion.by, occasion.at) as trace:
        now = standings(wish.person, occasion)
        wanted = [each for each in now.uses if each.use.id in wish.uses and not _is_no_of(wish.asker, each)]
        if not wanted:
            raise CannotBeDone(DONE_ALREADY)
        before, number = len(open_among([wish.person])), next_number(ANSWERS, occasion.by)
        for offset, each in enumerate(wanted):
            insert(trace, ANSWERS, _answer(wish, each, today_of(occasion)), occasion, number=number + offset)
        return Withdrawn(len(wanted), len(open_among([wish.person])) - before)


def _answer(wish: Wish, standing: Standing, today: date) -> Mapping[str, Any]:
    """The no as it is kept; not before the day of a yes that it takes back, which would then be the later word."""
    asker = wish.asker
    given = [each.given_on for each in standing.yeses if each.who == asker.who]
    return {
        "decision": ImageDecision.WITHDRAWN if standing.is_by_consent else ImageDecision.OBJECTED,
        "person": wish.person,
        "use": standing.use.id,
        "decider": asker.decider,
        "carer": asker.carer,
        "decided_by": asker.signed or None,
        "method": wish.method,
        "decided_on": max([today, *given]),
    }


def _is_no_of(asker: Asker, standing: Standing) -> bool:
    return any(each.who == asker.who for each in standing.noes)


def _among(answers: Sequence[Recorded], decisions: Collection[str]) -> tuple[Recorded, ...]:
    return tuple(each for each in answers if each.decision in decisions)


def _askers(person: Person, signers: Sequence[Signer], stand: Sequence[Standing]) -> Iterator[Asker]:
    """Everybody on the list, whoever else signed a yes, and the person."""
    for signer in signers:
        yield Asker(f"carer-{signer.id.hex}", f"{signer.name}, {signer.words.lower()}", signer.decider, signer.id)
    known = {signer.id.hex for signer in signers}
    for answer in {each.who: each for standing in stand for each in standing.yeses}.values():
        if answer.who not in known and answer.signature:
            yield Asker(f"signed-{answer.id.hex}", answer.signature, Decider(answer.decider), answer.carer, answer.signature)
    is_pupil = person.kind == PictureSubject.PUPIL
    yield Asker(SELF, person.name, Decider.PUPIL if is_pupil else Decider.ADULT)
