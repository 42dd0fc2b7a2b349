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


def rows(base: Sequence[Row], own: Sequence[Row], new: Sequence[Row], names: Sequence[str], *, beside: Sequence[str] = ()) -> tuple[Row, ...]:
    """A list of things, each known by its parts `names` and taken part by part; what is the school’s own comes last, unless nothing new is sent.

    What the school only says `beside` a row, such as that it approves of it, makes it no row of its own: it goes when the row does.
    """
    if base == new:
        return tuple(own)
    before, here, sent = (_by(names, each) for each in (base, own, new))
    taken = [_parts(before.get(key, {}), here[key], row) if key in here else row for key, row in sent.items() if key in here or key not in before]
    own_words = {key: {part: said for part, said in row.items() if part not in beside} for key, row in here.items()}
    return (*taken, *(row for key, row in here.items() if key not in sent and before.get(key) != own_words[key]))


def _parts(base: Row, own: Row, new: Row) -> Row:
    comes_to = {name: answer(base.get(name, ""), own.get(name, ""), new.get(name, "")) for name in (*new, *own)}
    return {name: said for name, said in comes_to.items() if said}


def _by(names: Sequence[str], several: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
    """Rows by what they are known by, and which of those they are."""
    found: dict[tuple[Any, ...], Row] = {}
    met: Counter[tuple[str, ...]] = Counter()
    for row in several:
        known = tuple(row.get(name, "") for name in names)
        met[known] += 1
        found[*known, met[known]] = row
    return found
