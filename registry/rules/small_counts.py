"""Counts in a table that goes to governors or parents, without those so small that they point at somebody, and with no way to work them out.

Whoever reads such a table knows that counts are whole numbers from nothing upwards, and can subtract what is shown from totals that are shown.
So a count below the least is hidden, and enough around it that a reader must think it possible that it is the least or more. That is proved for
each small count by another table that looks the same to a reader and in which this count is the least. It is found by going round: one more
here, one less in the same row, one more in the column of that, until the way comes back. What such a way needs is hidden too, the smallest
first, and totals only where nothing else helps. In the end whatever turned out not to be needed is shown again, the largest first.

A sum of hidden counts that can be worked out is thereby the least or more as well: no part of a sum can be thought larger than the sum.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from math import inf

LEAST = 5
"""The smallest count that is shown, nothing aside."""

ROW, COLUMN = 0, 1
Place = tuple[int, int]
"""Which row and which column; one past the last is the totals."""
Line = tuple[int, int]
"""ROW or COLUMN, and which of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A table as it may be shown; None stands where a count or a total is hidden."""

    cells: Mapping[tuple[str, str], int | None]
    rows: Mapping[str, int | None]
    columns: Mapping[str, int | None]
    total: int | None


def suppressed(table: Mapping[tuple[str, str], int], least: int = LEAST, *, rows_stand: bool = False) -> Suppressed:
    """The table with its totals, as it may be shown; a pair that is not in it counts nothing.

    With `rows_stand` the totals of the rows are shown elsewhere and known: none of them is hidden here, and no proof rests on another one.
    Raises ValueError when one of them is small.
    """
    if any(count < 0 for count in table.values()):
        raise ValueError("No count is less than nothing.")
    rows, columns = sorted({row for row, _ in table}), sorted({column for _, column in table})
    grid = _Grid(_with_totals([[table.get((row, column), 0) for column in columns] for row in rows], len(columns)), (len(rows), len(columns)))
    known = {(i, len(columns)) for i in range(len(rows) + 1)} if rows_stand else set()
    if any(0 < grid.counts[place] < least for place in known):
        raise ValueError("The total of a row that is known is too small to be shown anywhere.")
    hidden = _hidden(grid, least, known)
    shown = {place: None if place in hidden else count for place, count in grid.counts.items()}
    below, right = grid.total
    return Suppressed(
        cells={(row, column): shown[i, j] for i, row in enumerate(rows) for j, column in enumerate(columns)},
        rows={row: shown[i, right] for i, row in enumerate(rows)},
        columns={column: shown[below, j] for j, column in enumerate(columns)},
        total=shown[below, right],
    )


@dataclass(frozen=True)
class _Grid:
    """All counts, totals among them, by their places, and the place of the grand total."""

    counts: Mapping[Place, int]
    total: Place

    @cached_property
    def lines(self) -> Mapping[Line, tuple[Place, ...]]:
        """The places of each row and column."""
        below, right = self.total
        rows = {(ROW, i): tuple((i, j) for j in range(right + 1)) for i in range(below + 1)}
        return rows | {(COLUMN, j): tuple((i, j) for i in range(below + 1)) for j in range(right + 1)}

    def is_total(self, place: Place) -> bool:
        """Whether a place holds any total."""
        return place[ROW] == self.total[ROW] or place[COLUMN] == self.total[COLUMN]

    def change(self, place: Place, along: int) -> int:
        """By how much a count changes on a way that goes along a row or a column to it: one more and one less in turn.

        The total of one row or column stands on the other side of its sum, so there it is the other way round.
        """
        stands_across = (place[ROW] == self.total[ROW]) != (place[COLUMN] == self.total[COLUMN])
        return 1 if (along == ROW) != stands_across else -1


def _with_totals(rows: list[list[int]], width: int) -> dict[Place, int]:
    """All counts by place, with a total at the end of each row, and a row of totals."""
    wide = [[*row, sum(row)] for row in rows]
    wide.append([sum(row[j] for row in wide) for j in range(width + 1)])
    return {(i, j): count for i, row in enumerate(wide) for j, count in enumerate(row)}


def _hidden(grid: _Grid, least: int, known: Container[Place]) -> set[Place]:
    """The places that may not be shown; what is known can neither be hidden nor thought to be otherwise."""
    small = [place for place, count in grid.counts.items() if 0 < count < least]
    hidden, proofs = set(small), dict[Place, Mapping[Place, int]]()
    for place in small:
        prices = {each: price for each, price in _prices(grid, hidden).items() if each not in known}
        proofs[place] = _raised(grid, place, least, prices)
        hidden |= {each for each, count in proofs[place].items() if count != grid.counts[each]}
    for place in _dearest_first(grid, hidden.difference(small)):
        free = dict.fromkeys(hidden - {place}, 0)
        relying = (each for each, proof in proofs.items() if proof[place] != grid.counts[place])
        instead = _proofs(grid, relying, least, free)
        if instead is not None:
            proofs |= instead
            hidden.remove(place)
    return hidden


def _proofs(grid: _Grid, places: Iterable[Place], least: int, prices: Mapping[Place, int]) -> dict[Place, Mapping[Place, int]] | None:
    """For each of the places another table in which it is the least; None if there is none for one of them."""
    found: dict[Place, Mapping[Place, int]] = {}
    for place in places:
        found[place] = _raised(grid, place, least, prices)
        if found[place][place] < least:
            return None
    return found


def _prices(grid: _Grid, hidden: set[Place]) -> dict[Place, int]:
    """What it costs to hide each place: nothing where it is hidden, little for small counts, and for a total more than for all counts together."""
    dear = sum(count + 1 for place, count in grid.counts.items() if not grid.is_total(place))
    return {place: 0 if place in hidden else count + 1 + dear * grid.is_total(place) for place, count in grid.counts.items()}


def _dearest_first(grid: _Grid, places: Iterable[Place]) -> list[Place]:
    """Totals before counts, and the larger before the smaller."""
    return sorted(places, key=lambda place: (grid.is_total(place), grid.counts[place], place), reverse=True)


def _raised(grid: _Grid, place: Place, least: int, prices: Mapping[Place, int]) -> Mapping[Place, int]:
    """A table with the same counts at all places without a price, in which the count at this place is as large as it can be, up to the least."""
    believed = dict(grid.counts)
    while believed[place] < least:
        way = _way_round(grid, believed, place, prices)
        if not way:
            break
        for each, change in way.items():
            believed[each] += change
    return believed


def _way_round(grid: _Grid, believed: Mapping[Place, int], place: Place, prices: Mapping[Place, int]) -> dict[Place, int]:
    """The cheapest way from a place back to it (Dijkstra's) that leaves one more there and nowhere less than nothing; empty if there is none."""
    goes = ROW if grid.change(place, ROW) > 0 else COLUMN
    start, goal = (1 - goes, place[1 - goes]), (goes, place[goes])
    best: dict[Line, float] = {start: 0}
    came: dict[Line, tuple[Line, Place, int]] = {}
    waiting: list[tuple[float, Line]] = [(0, start)]
    while waiting:
        paid, line = heappop(waiting)
        for each in grid.lines[line]:
            change, after = grid.change(each, line[0]), (1 - line[0], each[1 - line[0]])
            if each == place or each not in prices or believed[each] + change < 0 or paid + prices[each] >= best.get(after, inf):
                continue
            best[after], came[after] = paid + prices[each], (line, each, change)
            heappush(waiting, (best[after], after))
    if goal not in came:
        return {}
    way, line = {place: 1}, goal
    while line != start:
        line, each, change = came[line]
        way[each] = change
    return way
