"""Which pictures can still be seen, with whom in them, and whether each of these people may still be shown there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from peewee import Query

from models.image_use import ImageUse
from models.link import Link
from models.publication import Publication
from models.statements import stored_rows
from models.vocabulary import ImageDecision, NameShown, Outcome, PublicationStatus
from registry.images.facts import person_facts
from registry.images.statements import NOTHING, as_id, in_pieces, school_in_view
from registry.images.uses import Use, every_use
from registry.rules.image_verdict import PersonFacts, Reason, Verdict, verdict

AT_ONCE = 500
UNKNOWN_USE = Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED)
"""A picture whose use is not on the list can be judged by nobody but people."""

PUBLICATIONS = "publications"
PUPILS = "pupils"


@dataclass(frozen=True, slots=True)
class Place:
    """One publication that can still be seen."""

    id: UUID
    number: int
    name: str
    use: UUID
    name_shown: NameShown | str
    published_on: date | None

    @property
    def reference(self) -> str:
        """What people call it, such as PB-0007."""
        return f"{Publication.PREFIX}-{self.number:04d}"

    def judged_on(self, today: date) -> date:
        """The day for which it is judged: today, or the first on which it will be seen."""
        return today if self.published_on is None else max(today, self.published_on)


@dataclass(frozen=True, slots=True)
class Shown:
    """One person in one publication, and whether they may still be shown there."""

    place: Place
    person: UUID
    verdict: Verdict

    @property
    def must_go(self) -> bool:
        """Whether the picture must disappear: not when a yes only ran out, which is asked for again first."""
        return self.verdict.outcome is Outcome.BLOCK and self.verdict.reason is not Reason.EXPIRED


def shown_now(people: Collection[UUID] | None, on: date) -> list[Shown]:
    """These people, or everybody, in each publication that can still be seen, judged as things stand on a day; a few statements a use.

    What is published on a later day is judged for that day.
    """
    pairs = [*_pairs(people)]
    if not pairs:
        return []
    wanted = None if people is None else [*dict.fromkeys(person for _place, person in pairs)]
    uses = {use.id: use for use in every_use()}
    asked = {(place.use, place.judged_on(on)) for place, _person in pairs if place.use in uses}
    judged = {(use, day): _Judged(uses[use], wanted, day, today=on) for use, day in asked}
    found = {(place, person): judged[place.use, place.judged_on(on)].of(place, person) for place, person in pairs if place.use in uses}
    return [Shown(place, person, found.get((place, person), UNKNOWN_USE)) for place, person in pairs]


def places_with(person: UUID) -> list[Place]:
    """The publications that can still be seen with somebody in them."""
    return [place for place, _person in _pairs([person])]


class _Judged:
    """Verdicts about one use, each worked out once."""

    def __init__(self, use: Use, people: Sequence[UUID] | None, on: date, *, today: date) -> None:
        self._facts, self._known = use.facts(on), person_facts(people, use, on, today=today)
        self._verdicts: dict[tuple[UUID, str], Verdict] = {}

    def of(self, place: Place, person: UUID) -> Verdict:
        """Whether somebody may be shown with as much of their name as stands there."""
        key = (person, place.name_shown)
        if key not in self._verdicts:
            known = self._known.get(person, PersonFacts(is_identified=False))
            self._verdicts[key] = self._of(replace(known, name_shown=place.name_shown))
        return self._verdicts[key]

    def _of(self, known: PersonFacts) -> Verdict:
        """A verdict that says of a yes that ran out whatever else stands against it: asking again would not help there."""
        found = verdict(known, self._facts)
        if found.reason is not Reason.EXPIRED:
            return found
        asked_again = verdict(replace(known, decision=ImageDecision.GIVEN, valid_until=None), self._facts)
        return asked_again if asked_again.outcome is Outcome.BLOCK else found


def names_of_uses(uses: Iterable[UUID]) -> dict[UUID, str]:
    """What uses are called, those that were archived as well."""
    wanted = [*dict.fromkeys(uses)]
    rows = stored_rows(ImageUse.select(ImageUse.id, ImageUse.name).where(ImageUse.id.in_(wanted))) if wanted else ()
    return {as_id(key): name for key, name in rows}


_COLUMNS = (Publication.id, Publication.number, Publication.name, Publication.use, Publication.name_shown, Publication.published_on)


def _pairs(people: Collection[UUID] | None) -> Iterator[tuple[Place, UUID]]:
    """Who is in which publication that can still be seen, the oldest publication first."""
    ends = [*_ends(people)]
    near = None if people is None else {publication for publication, _person in ends}
    places = {place.id: place for place in _places(near)}
    found = ((places[publication], person) for publication, person in ends if publication in places)
    return iter(sorted(found, key=lambda pair: (pair[0].number, pair[1])))


def _ends(people: Collection[UUID] | None) -> Iterator[tuple[UUID, UUID]]:
    if people is None:
        rows = stored_rows(
            Link.select(Link.near, Link.far).join(Publication, on=Publication.id == Link.near).where((Link.far_register == PUPILS) & _is_seen())
        )
        yield from ((as_id(near), as_id(far)) for near, far in rows)
        return
    for far, near in in_pieces(_linked, (school_in_view(), PUBLICATIONS), [person.bytes for person in people]):
        yield as_id(far), as_id(near)


def _linked(size: int) -> Query:
    """What is linked to so many records, by register."""
    query: Query = Link.select(Link.far, Link.near).where((Link.far_register == "") & Link.near.in_([NOTHING] * size))
    return query


def _places(among: Collection[UUID] | None) -> Iterator[Place]:
    live = Publication.select(*_COLUMNS).where(_is_seen())
    queries = [live] if among is None else [live.where(Publication.id.in_(part)) for part in parts([*among])]
    for query in queries:
        for values in stored_rows(query):
            yield _place(values)


def _is_seen() -> Any:
    return (Publication.status == PublicationStatus.LIVE) & Publication.archived_at.is_null()


def _place(values: tuple[Any, ...]) -> Place:
    key, number, name, use, name_shown, day = values
    shown, day = Publication.name_shown.python_value(name_shown), Publication.published_on.python_value(day)
    return Place(as_id(key), number, name, as_id(use), shown, day)


def parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Many ids in as many as one statement takes."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
