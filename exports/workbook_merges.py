"""Merged cells: each cell in one says what the whole of it says."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from exports.unreadable import Unreadable
from exports.workbook_rows import MOST_COLUMNS, Area

_MOST_FILLED = 500_000
_TOO_MANY = "This sheet has too many merged cells. Select all of it, choose Unmerge cells, and upload it again."


def fill_merged(rows: Sequence[tuple[int, list[str]]], merged: Sequence[Area], heading: int) -> int:
    """Write what the first cell of a merged one says into those below it, and in the row of headings also into those beside it.

    Only in rows that are there; a title merged across a table says nothing about the columns under it. Returns how many there were.
    """
    lines = [line for line, _texts in rows]
    filled = said = 0
    for first_column, first_row, last_column, last_row in merged:
        start, end = bisect_left(lines, first_row), bisect_right(lines, last_row)
        if start == end or lines[start] != first_row or first_column > len(rows[start][1]) or not rows[start][1][first_column - 1]:
            continue
        last = min(last_column, MOST_COLUMNS) if first_row <= heading <= last_row else first_column
        width = last - first_column + 1
        if (end - start) * width == 1:
            continue
        filled += (end - start) * width
        if filled > _MOST_FILLED:
            raise Unreadable(_TOO_MANY)
        said += 1
        for _line, texts in rows[start:end]:
            texts.extend([""] * (last - len(texts)))
            texts[first_column - 1 : last] = [rows[start][1][first_column - 1]] * width
    return said
