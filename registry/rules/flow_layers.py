"""Which box of a data flow stands in which column and in which order, so that arrows lead to the right and seldom cross.

An arrow that leads back is laid out the other way round, and one that passes a column bends there at a place of its own, so that it crosses no box.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 3

Arrow = tuple[int, int]
"""From which box to which, by their numbers."""


class Place(NamedTuple):
    """One place in a column: that of a box, or where an arrow passes; `number` is that of the box or of the arrow."""

    column: int
    number: int
    is_bend: bool = False


@dataclass(frozen=True, slots=True)
class Layers:
    """The places of each column from the top, and for each arrow its places from left to right, and whether it leads back.

    An arrow from a box to itself has that one place only.
    """

    columns: tuple[tuple[Place, ...], ...]
    paths: tuple[tuple[Place, ...], ...]
    leads_back: tuple[bool, ...]


def layers(boxes: int, arrows: Sequence[Arrow]) -> Layers:
    """The columns of so many boxes with these arrows between them; an earlier arrow keeps its direction before a later one."""
    back = _leading_back(arrows)
    ahead = [(end, begin) if is_back else (begin, end) for (begin, end), is_back in zip(arrows, back, strict=True)]
    column = _columns(boxes, [(begin, end) for begin, end in ahead if begin != end])
    paths = tuple(_path(number, arrow, column) for number, arrow in enumerate(ahead))
    bends = [place for path in paths for place in path if place.is_bend]
    places = [*(Place(at, box) for box, at in enumerate(column)), *bends]
    columns = [[place for place in places if place.column == at] for at in range(max(column, default=-1) + 1)]
    return Layers(_in_order(columns, paths), paths, back)


def _leading_back(arrows: Iterable[Arrow]) -> tuple[bool, ...]:
    """For each arrow whether the ones before it already lead from its end to its beginning."""
    after: defaultdict[int, set[int]] = defaultdict(set)
    found = []
    for begin, end in arrows:
        is_back = begin != end and _leads(after, end, begin)
        found.append(is_back)
        if begin != end:
            first, second = (end, begin) if is_back else (begin, end)
            after[first].add(second)
    return tuple(found)


def _leads(after: dict[int, set[int]], begin: int, end: int) -> bool:
    seen: set[int] = set()
    ahead = [begin]
    while ahead:
        box = ahead.pop()
        if box == end:
            return True
        ahead += after.get(box, set()) - seen
        seen |= after.get(box, set())
    return False


def _columns(boxes: int, ahead: Sequence[Arrow]) -> list[int]:
    """The column of each box: as many steps from the left as the longest way to it has."""
    column = [0] * boxes
    moved = True
    while moved:
        moved = False
        for begin, end in ahead:
            if column[end] <= column[begin]:
                column[end], moved = column[begin] + 1, True
    return column


def _path(number: int, arrow: Arrow, column: Sequence[int]) -> tuple[Place, ...]:
    begin, end = arrow
    first, last = Place(column[begin], begin), Place(column[end], end)
    if begin == end:
        return (first,)
    return (first, *(Place(at, number, is_bend=True) for at in range(first.column + 1, last.column)), last)


def _in_order(columns: list[list[Place]], paths: Iterable[Sequence[Place]]) -> tuple[tuple[Place, ...], ...]:
    """Each column in the order of what its places are joined to, from the left and from the right in turns."""
    left: defaultdict[Place, list[Place]] = defaultdict(list)
    right: defaultdict[Place, list[Place]] = defaultdict(list)
    for path in paths:
        for one, other in pairwise(path):
            right[one].append(other)
            left[other].append(one)
    for _ in range(SWEEPS):
        for before, now in pairwise(columns):
            now.sort(key=_middle(now, before, left))
        for now, after in reversed(list(pairwise(columns))):
            now.sort(key=_middle(now, after, right))
    return tuple(map(tuple, columns))


def _middle(now: Sequence[Place], beside: Sequence[Place], joined: dict[Place, list[Place]]) -> Callable[[Place], float]:
    """How far down a place would best stand: in the middle of those it is joined to, or where it is when there are none."""
    rank = {place: at for at, place in enumerate(beside)}
    middle = {place: float(at) for at, place in enumerate(now)}
    middle |= {place: sum(rank[each] for each in joined[place]) / len(joined[place]) for place in now if joined.get(place)}
    return middle.__getitem__
