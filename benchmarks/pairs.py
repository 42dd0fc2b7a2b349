"""What a measurement is: ours beside theirs in turn, in one run, because the machine's own speed changes meanwhile."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PAIRS = 15
Clock = Callable[[], float]
WORK: Clock = time.process_time
"""The processor's own clock: the same as the one on the wall, but blind to what else the machine is doing."""


@dataclass(frozen=True)
class Result:
    """One figure beside its goal: what was measured, each measurement, the limit, and whether it is a floor."""

    goal: str
    what: str
    measured: Sequence[float]
    limit: float
    unit: str = "×"
    is_floor: bool = False

    @property
    def median(self) -> float:
        """The middle measurement, which is the result."""
        return statistics.median(self.measured)

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.median >= self.limit if self.is_floor else self.median <= self.limit

    @property
    def limit_in_words(self) -> str:
        """The goal as the table shows it."""
        return f"{'≥' if self.is_floor else '≤'} {_figure(self.limit)} {self.unit}"

    @property
    def measured_in_words(self) -> str:
        """The median with the least and the most, or the only figure there is."""
        spread = f" [{_figure(min(self.measured))}–{_figure(max(self.measured))}]" if len(self.measured) > 1 else ""
        return f"{_figure(self.median)} {self.unit}{spread}"


def _figure(value: float) -> str:
    if value >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def ratios(ours: Callable[[], float], theirs: Callable[[], float], pairs: int = PAIRS) -> list[float]:
    """Ours as multiples of theirs, pair by pair, which one goes first by turns; once before for the caches."""
    ours(), theirs()
    measured = []
    for turn in range(pairs):
        gc.collect()
        if turn % 2:
            beside, own = theirs(), ours()
        else:
            own, beside = ours(), theirs()
        measured.append(own / beside)
    return measured


def seconds(deed: Callable[[], object], times: int = 1, clock: Clock = time.perf_counter) -> float:
    """How long a deed takes, on average over some times; by the clock on the wall, or by the processor's."""
    begun = clock()
    for _ in range(times):
        deed()
    return (clock() - begun) / times
