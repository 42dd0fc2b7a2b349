"""From text to rows of cells, without losing the rows that follow a stray quotation mark."""

import csv
import io
import re
from collections.abc import Iterator
from enum import Enum

_LONGEST_CELL = csv.field_size_limit()


class Quoting(Enum):
    """What was odd about the quotation marks of a row."""

    FINE = "fine"
    INNER = "a quotation mark inside a quoted cell is not doubled"
    OPEN = "a quotation mark is never closed"
    RUNAWAY = "a quoted cell holds what look like other rows"


# A row as it stands in the file: the line it starts on, its cells untrimmed, and its quotation marks.
RawRow = tuple[int, list[str], Quoting]


def rows_of(words: str, separator: str, first_line: int = 1) -> Iterator[RawRow]:
    """Every row of the text, blank ones as no cells; a row with broken quotation marks is read by its own line alone."""
    buffer = io.StringIO(words)
    size, width, line = len(words), 0, first_line
    while buffer.tell() < size:
        reader = csv.reader(buffer, delimiter=separator, skipinitialspace=True, strict=True)
        above, place = line - 1, buffer.tell()
        try:
            for cells in reader:
                ends_at = above + reader.line_num
                yield line, cells, Quoting.RUNAWAY if ends_at > line + 1 and _runs_away(cells, separator) else Quoting.FINE
                width, line, place = len(cells) or width, ends_at + 1, buffer.tell()
        except csv.Error:
            # Strict reading stops at a misplaced quotation mark; lenient reading would swallow the rows below it in silence.
            buffer.seek(place)
            yield line, *_mended(buffer.readline().rstrip("\n"), separator, width)
            line += 1


def _runs_away(cells: list[str], separator: str) -> bool:
    """Whether some cell holds at least two lines with as many separators as a whole row has."""
    whole = len(cells) - 1
    if whole < 3:
        return False
    return any(sum(inner.count(separator) == whole for inner in cell.split("\n")) > 1 for cell in cells)


def _mended(line: str, separator: str, width: int) -> tuple[list[str], Quoting]:
    """Read one line whose quotation marks are wrong: the reading that gives the usual number of cells wins."""
    if len(line) > _LONGEST_CELL:
        return line.split(separator), Quoting.OPEN
    end = f" *(?={re.escape(separator)}|$)"
    closings = (re.compile(f'(?<!")"(?:"")*{end}'), re.compile(f'"{end}'))
    readings = [_split(line, separator, closing) for closing in closings]
    for cells in readings:
        if len(cells) == width and not any(cell.startswith('"') for cell in cells):
            return cells, Quoting.INNER
    return readings[0], Quoting.OPEN


def _split(line: str, separator: str, closing: re.Pattern[str]) -> list[str]:
    """Cut a line at its separators; a quoted cell lasts until a quotation mark that stands at the end of a cell."""
    cells: list[str] = []
    at, may_close = 0, True
    while at <= len(line):
        while line[at : at + 1] == " ":
            at += 1
        closed = closing.search(line, at + 1) if may_close and line.startswith('"', at) else None
        if closed:
            cells.append(line[at + 1 : line.rindex('"', at, closed.end())].replace('""', '"'))
            at = closed.end() + 1
            continue
        # Once no closing mark lies ahead none ever will, so a long line is not searched again for every cell.
        may_close = may_close and not line.startswith('"', at)
        stop = line.find(separator, at)
        stop = len(line) if stop < 0 else stop
        cells.append(line[at:stop])
        at = stop + 1
    return cells
