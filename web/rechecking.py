"""The difference: what is no longer in order among the pictures that can still be seen, worked out when the page is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from registry.access import Permission
from registry.images import rechecking
from registry.images.facts import Person
from registry.images.people import by_id
from registry.images.rechecking import Difference
from registry.images.uses import Use, every_use
from registry.images.where_used import Place, Shown
from registry.rules.image_reasons import shown as reason_shown
from web.guard import needs
from web.pages import occasion

blueprint = Blueprint("rechecking", __name__, url_prefix="/consents/recheck")

USE_GONE = "Its use is not on the list any more."
MOST = 100
"""So many publications are listed under one heading; the rest are counted."""


@dataclass(frozen=True)
class Line:
    """One publication with the people who are to be looked at, and why in words that may be shown."""

    place: Place
    people: Sequence[tuple[Person | None, str]]


class Words(NamedTuple):
    """What a group is called, and what is to be done about it."""

    key: str
    heading: str
    step: str
    symbol: str
    tone: str


GOING = Words("going", "May no longer be shown", "Each of them is a take-down task already, or becomes one tonight.", "stop", "sh-error")
RUN_OUT = Words("run-out", "The yes has run out", "Ask the family again. Until they answer, use no new picture.", "warn", "sh-warn")
LEFT = Words("left", "Has left the school", "Decide whether the picture is still needed. A year after they left it is a task.", "warn", "sh-warn")
UNCLEAR = Words("unclear", "Not on the lists any more", "The person or the use was put away. Look at the picture.", "warn", "sh-warn")


@dataclass(frozen=True)
class Group:
    """Some of the pictures, about which the same is to be done."""

    words: Words
    lines: Sequence[Line]
    people: int
    left_out: int


@dataclass(frozen=True)
class RecheckPage:
    """The difference, under what is to be done about it."""

    difference: Difference
    last_run: datetime | None

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What waits for somebody, the worst first."""
        found = self.difference
        parts = ((GOING, found.going), (RUN_OUT, found.run_out), (LEFT, found.left), (UNCLEAR, found.unclear))
        return tuple(self._group(words, shown) for words, shown in parts if shown)

    def _group(self, words: Words, shown: Sequence[Shown]) -> Group:
        by_place = [(place, list(those)) for place, those in groupby(shown, key=lambda each: each.place)]
        lines = [Line(place, [self._person(each) for each in those]) for place, those in by_place[:MOST]]
        return Group(words, lines, len({each.person for each in shown}), len(by_place) - len(lines))

    def _person(self, shown: Shown) -> tuple[Person | None, str]:
        use = self._uses.get(shown.place.use)
        return self._people.get(shown.person), reason_shown(shown.verdict, use.in_sentence) if use is not None else USE_GONE

    @cached_property
    def _uses(self) -> dict[UUID, Use]:
        return {use.id: use for use in every_use()}

    @cached_property
    def _people(self) -> dict[UUID, Person]:
        """Those of the publications that are listed, and nobody else's name is opened."""
        return by_id(person for each in _listed(self.difference) for person in each)


def _listed(difference: Difference) -> Iterable[Sequence[UUID]]:
    for shown in (difference.going, difference.run_out, difference.left, difference.unclear):
        places = {each.place.id: None for each in shown}
        listed = set(list(places)[:MOST])
        yield [each.person for each in shown if each.place.id in listed]


@blueprint.get("")
@needs(Permission.PUBLISH_IMAGES)
def difference() -> ResponseReturnValue:
    """Who may no longer be shown where they are, whose yes has run out, and who has left."""
    page = RecheckPage(rechecking.difference(occasion()), rechecking.last_run())
    return render_template("consents/recheck.html", page=page)
