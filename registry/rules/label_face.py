"""What stands on one label and where: a square for phones at the left, beside it the tag as large as it goes, the name, and whose it is.

Widths of letters are taken a little too large, so that what fits here fits on paper. What is too long is set smaller, then in more lines, and
only then cut short with an ellipsis; nothing is ever cut off by the edge.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from registry.rules.label_sheets import Box, Sheet

POINT = 25.4 / 72
"""One typographic point in millimetres."""

LINE = 1.2
"""How high a line is, in sizes of its letters."""

SMALLEST, STEP = 4.5, 0.5
"""The smallest letters on a label and how they grow, in points."""

ONE_LINE = 0.7
"""Words stay on one line while they are no smaller than this part of their largest size."""

LARGEST_TAG, LARGEST_WORDS = 26.0, 11.0
WIDEST_CODE = 28.0
SHARES = (0.42, 0.29, 0.29)
"""How much of the height the tag, the name, and the school may take."""

ELLIPSIS = "…"
TAG_LETTER = 0.61
NARROW, WIDE = frozenset("fijlrtI.,;:'’‘|!()[]/ -"), frozenset("mwMW@%&–—…")


@dataclass(frozen=True, slots=True)
class Item:
    """One device for which a label is made: its tag, its name, and the address that its square leads to."""

    tag: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters: where it begins and its top, how wide it may be, all in millimetres; its size is in points."""

    words: str
    x: float
    top: float
    width: float
    size: float
    is_tag: bool = False

    @property
    def height(self) -> float:
        """How much room it takes, in millimetres."""
        return self.size * POINT * LINE


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on one label, measured from the label's own corner."""

    code: Box
    lines: tuple[Line, ...]


def face(sheet: Sheet, item: Item, whose: str) -> Face:
    """The face of one label; `whose` is the school's short name, or that it is its property. What is empty takes no room."""
    width, height = sheet.label
    inset = 0.5 if height < 15 else 1.0
    side = round(min(height if height < 15 else height - 2 * inset, 0.42 * width, WIDEST_CODE), 3)
    code = Box(0 if height < 15 else inset, round((height - side) / 2, 3), side, side)
    x = round(code.x + side + 0.3, 3)
    room = Box(x, inset, round(width - inset - x, 3), height - 2 * inset)
    tag, name = _spaced(item.tag), _spaced(item.name)
    return Face(code, _stacked([(tag or name, True), (name if tag else "", False), (_spaced(whose), False)], room))


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _stacked(blocks: list[tuple[str, bool]], room: Box) -> tuple[Line, ...]:
    """The blocks below each other, in the middle of the height there is."""
    set_out = [
        (size, lines, is_tag)
        for (words, is_tag), share in zip(blocks, SHARES, strict=True)
        for size, lines in [fitted(words, room.width, share * room.height, is_tag=is_tag)]
        if words
    ]
    high = sum(len(lines) * size * POINT * LINE for size, lines, _ in set_out)
    top, found = room.y + (room.height - high) / 2, []
    for size, lines, is_tag in set_out:
        for words in lines:
            found.append(Line(words, room.x, round(top, 3), room.width, size, is_tag))
            top += size * POINT * LINE
    return tuple(found)


def fitted(words: str, width: float, height: float, *, is_tag: bool = False) -> tuple[float, list[str]]:
    """The size, in points, in which words fit into so many millimetres, with their lines; a tag is never broken."""
    largest = min(LARGEST_TAG if is_tag else LARGEST_WORDS, height / POINT / LINE)
    sizes = [SMALLEST + STEP * step for step in range(max(0, int((largest - SMALLEST) / STEP)), -1, -1)]
    for size in sizes:
        if length(words, is_tag=is_tag) * size * POINT <= width and (is_tag or size >= ONE_LINE * sizes[0]):
            return size, [words]
    for size in [] if is_tag else sizes:
        lines = _broken(words, width / (size * POINT))
        if len(lines) <= _most(size, height) and all(length(each) * size * POINT <= width for each in lines):
            return size, lines
    return SMALLEST, list(_cut(words, width / (SMALLEST * POINT), 1 if is_tag else _most(SMALLEST, height), is_tag=is_tag))


def _most(size: float, height: float) -> int:
    """How many lines of a size there is room for."""
    return max(1, int(height / (size * POINT * LINE)))


def _cut(words: str, longest: float, most: int, *, is_tag: bool) -> Iterator[str]:
    """At most so many lines; what is too long ends with an ellipsis."""
    lines = [words] if is_tag else _broken(words, longest)
    for each in (*lines[: most - 1], " ".join(lines[most - 1 :])):
        if each:
            yield shortened(each, longest, is_tag=is_tag)


def length(words: str, *, is_tag: bool = False) -> float:
    """How long words are, in sizes of their letters, and never less than they are on paper."""
    return sum(TAG_LETTER if is_tag and each.isascii() else _letter(each) for each in words)


def shortened(words: str, longest: float, *, is_tag: bool = False) -> str:
    """The words, or as much of their beginning as fits before an ellipsis; accents take no room, so none is left behind."""
    if length(words, is_tag=is_tag) <= longest:
        return words
    left = longest - length(ELLIPSIS, is_tag=is_tag)
    kept = 0
    while kept < len(words) and (left := left - length(words[kept], is_tag=is_tag)) >= 0:
        kept += 1
    return words[:kept].rstrip() + ELLIPSIS


def _letter(each: str) -> float:
    plain = unicodedata.normalize("NFD", each)[0]
    if unicodedata.combining(plain):
        return 0
    if plain in NARROW:
        return 0.36
    return 1.05 if plain in WIDE or not plain.isascii() else 0.78 if plain.isupper() else 0.56


def _broken(words: str, longest: float) -> list[str]:
    """Lines no longer than this, except for single words that are."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and length(f"{lines[-1]} {word}") <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
