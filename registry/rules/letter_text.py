"""The text of a letter to many: its headings and paragraphs, what is filled in for each person, and what is missing from it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.vocabulary import Words

NAME, CHILD = "{name}", "{child}"
THEMSELF = "you"
"""What stands for the child where the data is the person's own."""

_FIELD = re.compile(r"\{([^{}\n]{0,40})\}")
_GAP = re.compile(r"\[([^\[\]\n]{1,200})\]")
_POINT = re.compile(r"[-•*]\s+")


class BlockKind(Words):
    """What a piece of a letter is."""

    HEADING = "heading", "A heading"
    LINES = "lines", "A paragraph"
    POINTS = "points", "A list"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a letter, and its lines."""

    kind: BlockKind
    lines: tuple[str, ...]


def blocks(text: str, headings: Iterable[str]) -> tuple[Block, ...]:
    """The pieces of a letter: a line that is one of these headings is one, and lines with a dash before them are a list."""
    known = {_plain(heading) for heading in headings}
    return tuple(_joined(_pieces(text, known)))


def filled(text: str, name: str, child: str | None) -> str:
    """The letter for one person. What is filled in is not looked at again: a name may hold brackets."""
    values = {"name": name, "child": child or THEMSELF}
    return _FIELD.sub(lambda field: values.get(field[1], field[0]), text)


def unknown_fields(text: str) -> tuple[str, ...]:
    """Everything in curly brackets that nothing is filled in for, each once."""
    return tuple(dict.fromkeys(field[0] for field in _FIELD.finditer(text) if field[0] not in (NAME, CHILD)))


def gaps(text: str) -> tuple[str, ...]:
    """What is still to be written, as it stands in square brackets, each once."""
    return tuple(dict.fromkeys(gap[1] for gap in _GAP.finditer(text)))


def empty_parts(text: str, headings: Sequence[str]) -> tuple[str, ...]:
    """The headings under which nothing is said, or which are not there."""
    said: set[str] = set()
    under = ""
    for block in blocks(text, headings):
        if block.kind is BlockKind.HEADING:
            under = _plain(block.lines[0])
        elif _GAP.sub("", " ".join(block.lines)).strip():
            said.add(under)
    return tuple(heading for heading in headings if _plain(heading) not in said)


def _pieces(text: str, known: set[str]) -> Iterator[Block | None]:
    """A piece for each line, and nothing for an empty one."""
    for line in map(str.strip, text.splitlines()):
        if not line:
            yield None
        elif _plain(line) in known:
            yield Block(BlockKind.HEADING, (line,))
        elif point := _POINT.match(line):
            yield Block(BlockKind.POINTS, (line[point.end() :],))
        else:
            yield Block(BlockKind.LINES, (line,))


def _joined(pieces: Iterable[Block | None]) -> Iterator[Block]:
    """Lines that follow each other directly become one piece."""
    held: Block | None = None
    for piece in pieces:
        if held and piece and held.kind is piece.kind is not BlockKind.HEADING:
            held = Block(held.kind, held.lines + piece.lines)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _plain(heading: str) -> str:
    return heading.strip().rstrip(":").casefold()
