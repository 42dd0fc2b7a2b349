"""A few words of an answer around the one that somebody looked for."""

import re
from collections.abc import Iterable, Sequence

from models.names import words_of

BEFORE, AFTER = 50, 110
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Part = tuple[str, bool]
"""Some words, and whether they are what was looked for."""


def how_many(text: str, words: Iterable[str]) -> int:
    """How many of these words the text has, or has a longer word beginning with."""
    told = f" {' '.join(words_of(text))}"
    return sum(f" {word}" in told for word in words)


def extract(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """The text on one line, cut to what stands around the first of these words, which are marked; its beginning when none is there."""
    line = " ".join(text.split())
    first = next((found.start() for found in _WORD.finditer(line) if _is_meant(found[0], words)), 0)
    start = line.rfind(" ", 0, max(0, first - BEFORE)) + 1 if first > BEFORE else 0
    end = line.find(" ", first + AFTER)
    cut = line[start : end if end >= 0 else len(line)][: BEFORE + 2 * AFTER]
    parts = _parts(cut, words)
    return ((("… ", False),) if start else ()) + parts + (((" …", False),) if start + len(cut) < len(line) else ())


def _parts(cut: str, words: Sequence[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    done = 0
    for found in _WORD.finditer(cut):
        if _is_meant(found[0], words):
            parts += [(cut[done : found.start()], False), (found[0], True)]
            done = found.end()
    return tuple(part for part in (*parts, (cut[done:], False)) if part[0])


def _is_meant(word: str, words: Sequence[str]) -> bool:
    return any(told.startswith(tuple(words)) for told in words_of(word))
