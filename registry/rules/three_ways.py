"""What comes of an answer that a template gave when the template is sent again: the school’s own difference survives, and the rest is taken.

Each takes what was sent last (`base`), what the school has by now (`own`), and what is sent (`new`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, str]


def answer(base: Any, own: Any, new: Any) -> Any:
    """An answer in one piece."""
    return new if own == base else own


def ticks(base: Sequence[Any], own: Sequence[Any], new: Sequence[Any]) -> tuple[Any, ...]:
    """A choice of several, tick by tick; what the school has ticked itself comes last."""
    sent = (each for each in new if each in own or each not in base)
    return (*sent, *(each for each in own if each not in new and each not in base))


def rows(base: Sequence[Row], own: Sequence[Row], new: Sequence[Row], name: str) -> tuple[Row, ...]:
    """A list of things, thing by thing, each known by its part `name`; what is the school’s own comes last."""
    before, here, sent = (_by(name, each) for each in (base, own, new))
    taken = [answer(before.get(key), here[key], row) if key in here else row for key, row in sent.items() if key in here or key not in before]
    return (*taken, *(row for key, row in here.items() if key not in sent and before.get(key) != row))


def _by(name: str, several: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """Rows by what they are known by, and which of that name they are."""
    found: dict[tuple[str, int], Row] = {}
    met: Counter[str] = Counter()
    for row in several:
        known = row.get(name, "")
        met[known] += 1
        found[known, met[known]] = row
    return found
