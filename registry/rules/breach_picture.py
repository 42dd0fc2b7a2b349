"""How many breaches there were, for governors: by term, outcome, kind and cause, without a count so small that it points at somebody.

Several tables about the same breaches stand beside each other, so whoever reads them may subtract across all of them. Therefore terms are put
together until each line counts the least or more, and these totals are always shown. Every other table is then made safe by itself while the
totals of its lines stand: for each small count there is another table with the same totals that looks the same and in which it is the least.
As nothing shown says which kind goes with which outcome or cause, tables that agree on their totals can be true together, so what makes one of
them safe makes all of them safe. A cause is a table of its own, with and without it, as one breach may have several.

Terms that are not over are not counted, and the last ones wait until they are enough: so the term that has just begun does not grow breach by
breach under the eyes of its readers. A breach of a past term that is reported late, or judged anew, still changes what was shown: whoever kept
an earlier print can compare the two. Nothing here can undo that; the page says so to those who pass it on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from registry.rules.small_counts import LEAST, suppressed

WITH, WITHOUT = "with", "without"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One breach as far as it is counted: its term, what became of it, its kind, its causes, and how many people were told of it."""

    term: str
    outcome: str
    kind: str
    causes: frozenset[str] = frozenset()
    people_told: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """A term, or several that are counted together, and how many breaches there were."""

    first: str
    last: str
    many: int

    @property
    def label(self) -> str:
        """What it is called: "Autumn term 2026", or "Autumn term 2026 to Summer term 2027"."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Tally:
    """One column of a table: what is counted, in each period and in all; None where that may not be shown."""

    words: str
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is shown; `waiting` says from which term on there were too few to be counted yet, empty when none are left over."""

    periods: tuple[Period, ...] = ()
    outcomes: tuple[Tally, ...] = ()
    kinds: tuple[Tally, ...] = ()
    causes: tuple[Tally, ...] = ()
    people_told: Tally = Tally("People told", (), 0)
    waiting: str = ""

    @property
    def many(self) -> int:
        """How many breaches are counted."""
        return sum(period.many for period in self.periods)


def picture(breaches: Sequence[Counted], least: int = LEAST) -> Picture:
    """What may be shown of these breaches, which are in the order of time and of terms that are over."""
    groups = list(_groups(breaches, least))
    waiting = groups.pop() if groups and len(groups[-1]) < least else []
    told = suppressed({(_key(place), WITH): sum(each.people_told for each in group) for place, group in enumerate(groups)}, least)
    return Picture(
        periods=tuple(Period(group[0].term, group[-1].term, len(group)) for group in groups),
        outcomes=tuple(_parted(groups, lambda breach: breach.outcome, least)),
        kinds=tuple(_parted(groups, lambda breach: breach.kind, least)),
        causes=tuple(_causes(groups, least)),
        people_told=Tally("People told", tuple(told.cells[_key(place), WITH] for place in range(len(groups))), told.total),
        waiting=waiting[0].term if waiting else "",
    )


def _groups(breaches: Iterable[Counted], least: int) -> Iterator[list[Counted]]:
    """Whole terms, put together until they are enough; the last group may be too small."""
    group: list[Counted] = []
    for breach in breaches:
        if len(group) >= least and group[-1].term != breach.term:
            yield group
            group = []
        group.append(breach)
    if group:
        yield group


def _parted(groups: Sequence[Sequence[Counted]], part: Callable[[Counted], str], least: int) -> Iterator[Tally]:
    """Each breach in the one column that it belongs to."""
    words = dict.fromkeys(part(breach) for group in groups for breach in group)
    cells = {(_key(place), word): sum(part(breach) == word for breach in group) for place, group in enumerate(groups) for word in words}
    shown = suppressed(cells, least, rows_stand=True)
    for word in words:
        yield Tally(word, tuple(shown.cells[_key(place), word] for place in range(len(groups))), shown.columns[word])


def _causes(groups: Sequence[Sequence[Counted]], least: int) -> Iterator[Tally]:
    """Each cause by itself: a breach may have several, or none that anybody knows."""
    for cause in dict.fromkeys(cause for group in groups for breach in group for cause in sorted(breach.causes)):
        shown = suppressed(dict(_with_and_without(groups, cause)), least, rows_stand=True)
        yield Tally(cause, tuple(shown.cells[_key(place), WITH] for place in range(len(groups))), shown.columns[WITH])


def _with_and_without(groups: Sequence[Sequence[Counted]], cause: str) -> Iterator[tuple[tuple[str, str], int]]:
    for place, group in enumerate(groups):
        many = sum(cause in breach.causes for breach in group)
        yield from (((_key(place), WITH), many), ((_key(place), WITHOUT), len(group) - many))


def _key(place: int) -> str:
    """A name for a period that sorts as its place does."""
    return f"{place:04}"
