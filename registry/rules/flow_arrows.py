"""How the arrows of a data flow run between its boxes, and where the number of each stands so that none covers another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from typing import NamedTuple

from registry.rules.flow_layers import Layers, Place

LOOP = 16
"""How far an arrow to its own box reaches out."""
NUMBER = 20
"""The width of an arrow’s number."""
ALONG = (0.5, 0.3, 0.7, 0.4, 0.6)
"""Where on a straight stretch a number may stand, the best first."""

Point = tuple[int, int]


class Spot(NamedTuple):
    """The room of a place; (x, y) is its top left corner."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Ends:
    """Which arrows touch the left and the right side of each place, from the top."""

    left: Mapping[Place, Sequence[int]]
    right: Mapping[Place, Sequence[int]]

    def most(self, place: Place) -> int:
        """How many arrows touch the fuller side of a place."""
        return max(len(self.left.get(place, ())), len(self.right.get(place, ())))


def ends(found: Layers) -> Ends:
    """Where arrows touch, in the order of the places they come from or go to; those to the box itself are lowest."""
    rank = {place: at for column in found.columns for at, place in enumerate(column)}
    left: defaultdict[Place, list[tuple[int, int]]] = defaultdict(list)
    right: defaultdict[Place, list[tuple[int, int]]] = defaultdict(list)
    for number, path in enumerate(found.paths):
        if len(path) == 1:
            right[path[0]] += [(len(rank), number)] * 2
        for one, other in pairwise(path):
            right[one].append((rank[other], number))
            left[other].append((rank[one], number))
    return Ends(*({place: [number for _, number in sorted(each)] for place, each in side.items()} for side in (left, right)))


def corners(found: Layers, touching: Ends, spots: Mapping[Place, Spot]) -> Iterator[tuple[Point, ...]]:
    """The corners of each arrow, from its sender to its receiver."""
    for number, (path, leads_back) in enumerate(zip(found.paths, found.leads_back, strict=True)):
        if len(path) == 1:
            yield _around(number, touching.right[path[0]], spots[path[0]])
            continue
        points = [
            _point(spots[path[0]], number, touching.right[path[0]], is_right=True),
            *(point for bend in path[1:-1] for point in _through(spots[bend])),
            _point(spots[path[-1]], number, touching.left[path[-1]], is_right=False),
        ]
        yield tuple(reversed(points)) if leads_back else tuple(points)


def numbers_at(ways: Iterable[Sequence[Point]], loops: Sequence[bool]) -> Iterator[Point]:
    """Where the middle of each number stands: near the middle of its arrow, between two columns, and as clear of those before it as can be."""
    taken: list[Point] = []
    for way, is_loop in zip(ways, loops, strict=True):
        taken.append(max(_middles(way, is_loop), key=lambda point: min((NUMBER, *(dist(point, other) for other in taken)))))
        yield taken[-1]


def _middles(way: Sequence[Point], is_loop: bool) -> Iterator[Point]:
    """Points between two columns, from the middle of an arrow outwards."""
    stretches = list(pairwise(way))
    between = stretches[1:2] if is_loop else stretches[::2]
    for place in sorted(range(len(between)), key=lambda at: abs(2 * at - len(between) + 1)):
        (x, y), (to_x, to_y) = between[place]
        for share in ALONG:
            yield round(x + (to_x - x) * share), round(y + (to_y - y) * share)


def _around(number: int, touching: Sequence[int], spot: Spot) -> tuple[Point, ...]:
    first = touching.index(number)
    (x, y), (_, to_y) = (_port(spot, at, len(touching), is_right=True) for at in (first, first + 1))
    return (x, y), (x + LOOP, y), (x + LOOP, to_y), (x, to_y)


def _through(spot: Spot) -> tuple[Point, Point]:
    middle = spot.y + spot.h // 2
    return (spot.x, middle), (spot.x + spot.w, middle)


def _point(spot: Spot, number: int, touching: Sequence[int], *, is_right: bool) -> Point:
    return _port(spot, touching.index(number), len(touching), is_right=is_right)


def _port(spot: Spot, at: int, many: int, *, is_right: bool) -> Point:
    return spot.x + (spot.w if is_right else 0), spot.y + spot.h * (at + 1) // (many + 1)
