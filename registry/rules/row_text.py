"""A list of things with parts, such as risks, as one text that people can read and programs can part again.

Each part stands on a line of its own behind its heading, and an empty line parts one thing from the next. Further lines of a part are
indented by two spaces. The same text stands in files, in the history and in what is frozen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from models.vocabulary.shapes import Part, Shape

INDENT = "  "
SAID = r"[^\s\x00-\x1f\x7f\x85][^\x00-\x1f\x7f\x85\u2028\u2029]*"
"""A line on which something stands that can be read."""

Row = Mapping[str, str]
"""One thing: the texts of its parts by name, choices as codes; what is not said is absent."""


class Misshapen(ValueError):
    """A text that has not the shape it should have; says which line, and what to write."""


def written(shape: Shape, rows: Iterable[Row]) -> str:
    """The text of rows; those that say nothing are left out. Raises Misshapen for a row without its first part, or an unknown part or choice."""
    return "\n\n".join("\n".join(_lines(shape, row)) for row in map(dict, rows) if any(text and str(text).strip() for text in row.values()))


def rows_in(shape: Shape, text: str | None) -> tuple[dict[str, str], ...]:
    """The rows of a text; raises Misshapen with a sentence."""
    rows: list[dict[str, str]] = []
    row: dict[str, str] = {}
    last = ""
    for number, line in enumerate((text or "").splitlines(), 1):
        if not line.strip():
            row, last = _ended(rows, row), ""
        elif line.startswith(INDENT) and last:
            row[last] += "\n" + line.removeprefix(INDENT).rstrip()
        else:
            part, said = _part_on(shape, line, number)
            if part.name in row:
                row = _ended(rows, row)
            row[part.name], last = said, part.name
    _ended(rows, row)
    for place, each in enumerate(rows, 1):
        _demand_first(shape, each, place)
    return tuple({name: _code(_named(shape, name), said) for name, said in each.items() if said.strip()} for each in rows)


def pattern(shape: Shape) -> str:
    """What the text of rows looks like as it is written: a regular expression for programs in any language."""
    first, *others = (_pattern_of(part) for part in shape.parts)
    row = first + "".join(f"(\\n{each})?" for each in others)
    return f"^({row}(\\n\\n{row})*)?$"


def _pattern_of(part: Part) -> str:
    heading = re.escape(part.heading.rstrip("?"))
    if part.words is None:
        return f"{heading}: {SAID}(\\n{INDENT}{SAID})*"
    return f"{heading}: ({'|'.join(re.escape(word.label) for word in part.words)})"


def _ended(rows: list[dict[str, str]], row: dict[str, str]) -> dict[str, str]:
    if row:
        rows.append(row)
    return {}


def _part_on(shape: Shape, line: str, number: int) -> tuple[Part, str]:
    heading, colon, said = line.partition(":")
    for part in shape.parts:
        if colon and heading.strip().casefold() in (part.heading.rstrip("?").casefold(), part.heading.casefold(), part.name):
            return part, said.strip()
    headings = ", ".join(part.heading.rstrip("?") for part in shape.parts)
    raise Misshapen(f"Line {number} does not begin with one of these and a colon: {headings}. Indent what goes on by two spaces.")


def _lines(shape: Shape, row: Row) -> Iterator[str]:
    for name in row:
        _named(shape, name)
    _demand_first(shape, row)
    for part in shape.parts:
        said = str(row.get(part.name) or "").strip()
        if said:
            shown = _label(part, said)
            yield f"{part.heading.rstrip('?')}: " + f"\n{INDENT}".join(line.strip() for line in shown.splitlines() if line.strip())


def _demand_first(shape: Shape, row: Row, place: int = 0) -> None:
    first = shape.parts[0]
    if not str(row.get(first.name) or "").strip():
        which = f"In {shape.one} {place}, " if place else f"For every {shape.one}, "
        raise Misshapen(f"{which}say “{first.heading}”.")


def _named(shape: Shape, name: str) -> Part:
    for part in shape.parts:
        if part.name == name:
            return part
    raise Misshapen(f"A {shape.one} has no part called {name}.")


def _label(part: Part, said: str) -> str:
    return said if part.words is None else part.words(_code(part, said)).label


def _code(part: Part, said: str) -> str:
    if part.words is None:
        return said
    folded = said.strip().casefold()
    for word in part.words:
        if folded in (word.value.casefold(), word.label.casefold()):
            return word.value
    choices = ", ".join(word.label for word in part.words)
    raise Misshapen(f"“{part.heading}” is one of: {choices}.")
