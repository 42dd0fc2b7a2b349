"""What the page of a record's links shows: tables, what can be added, and the picture of what is around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from registry import naming, neighbourhood
from registry.definition import Register
from registry.naming import Named
from registry.neighbourhood import End, Neighbour, Neighbourhood
from web.record_view import RecordPage
from web.rendering import plural

FOUND_AT_MOST = 8
DRAWN_FIRST, DRAWN_SECOND = 8, 12
ROW, BOX = 56, 46
LONGEST_NAME = 26


@dataclass(frozen=True)
class Box:
    """One record in the picture: where its box begins, in pixels from the top, and its words."""

    top: int
    name: str
    kind: str

    @property
    def middle(self) -> int:
        """Where lines meet it."""
        return self.top + BOX // 2


@dataclass(frozen=True)
class Picture:
    """The record, what is one step and what is two steps away, as boxes in three columns with lines between them."""

    height: int
    here: Box
    first: Sequence[Box]
    second: Sequence[Box]
    lines: Sequence[tuple[Box, Box]]
    left_out: int


@dataclass(frozen=True)
class LinkedPage:
    """Everything that touches one record, for one reader; `to` and `words` are what they look for to link."""

    shown: RecordPage
    to: str
    words: str

    @cached_property
    def tables(self) -> tuple[neighbourhood.Table, ...]:
        """The links by register."""
        return neighbourhood.tables(End(self.shown.register, self.shown.row.id), self.shown.by)

    @cached_property
    def may_link_to(self) -> tuple[Register, ...]:
        """The registers whose records the reader may link to this one."""
        if self.shown.row.archived_at is not None:
            return ()
        near, by = self.shown.register, self.shown.by
        return tuple(other for other in neighbourhood.partners(near, by) if neighbourhood.may_link(near, other, by))

    @property
    def wanted(self) -> Register | None:
        """The register in which to look for what is to be linked."""
        return next((register for register in self.may_link_to if register.slug == self.to), None)

    @cached_property
    def found(self) -> tuple[Named, ...]:
        """What was found to be linked, without what is linked already and the record itself."""
        if self.wanted is None or not self.words:
            return ()
        taken = {row.id for table in self.tables if table.register is self.wanted for row in table.rows} | {self.shown.row.id}
        found = naming.found(self.wanted, self.shown.by, self.words, FOUND_AT_MOST + len(taken))
        return tuple(each for each in found if each.id not in taken)[:FOUND_AT_MOST]

    @property
    def found_in_words(self) -> str:
        """How much was found, as a sentence that is also read aloud."""
        if self.wanted is None or not self.words:
            return ""
        if not self.found:
            return f"No other {self.wanted.one} has “{self.words}” in it. Names of people are found when they are typed in full."
        found = plural(len(self.found), self.wanted.one, self.wanted.many)
        return f"The first {found}. Type more to find others." if len(self.found) == FOUND_AT_MOST else f"{found} found."

    @cached_property
    def around(self) -> Neighbourhood:
        """What is one and two steps away."""
        return neighbourhood.around(End(self.shown.register, self.shown.row.id), self.shown.by)

    @property
    def as_list(self) -> Iterator[tuple[Neighbour, list[Neighbour]]]:
        """What the picture shows, and what it has no room for: each neighbour with what lies behind it."""
        for near in self.around.first:
            yield near, [far for far in self.around.second if near.named.id in far.through]

    @cached_property
    def picture(self) -> Picture:
        """The boxes and lines of the picture."""
        first, second = self.around.first[:DRAWN_FIRST], self._second_drawn
        height = ROW * max(len(first), len(second), 1)
        here = Box((height - ROW) // 2 + (ROW - BOX) // 2, _short(self.shown.title), _kind(self.shown.register, self.shown.row.reference))
        near, far = _column(first, height), _column(second, height)
        lines = [(here, box) for box in near.values()]
        lines += [(near[between], far[each.named.id]) for each in second for between in each.through if between in near]
        left_out = len(self.around.first) + len(self.around.second) - len(first) - len(second)
        return Picture(height, here, tuple(near.values()), tuple(far.values()), lines, left_out)

    @property
    def _second_drawn(self) -> Sequence[Neighbour]:
        """What lies behind the neighbours that are drawn, in their order, so that few lines cross."""
        order = {each.named.id: place for place, each in enumerate(self.around.first[:DRAWN_FIRST])}
        behind = [each for each in self.around.second if any(between in order for between in each.through)]
        return sorted(behind, key=lambda each: min(order.get(between, len(order)) for between in each.through))[:DRAWN_SECOND]


def _column(neighbours: Sequence[Neighbour], height: int) -> dict[UUID, Box]:
    """The boxes of one column, spread around the middle."""
    top = (height - ROW * len(neighbours)) // 2 + (ROW - BOX) // 2
    places = zip(range(top, top + ROW * len(neighbours), ROW), neighbours, strict=True)
    return {each.named.id: Box(place, _short(each.named.name), _kind(each.register, each.named.reference)) for place, each in places}


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _kind(register: Register, reference: str) -> str:
    return f"{register.one[:1].upper()}{register.one[1:]}, {reference}"
