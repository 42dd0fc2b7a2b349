"""An address as a square that a phone reads, drawn as one path so that a page may carry it without a file."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import segno

QUIET = 4
"""Cells of white around it, without which a phone does not find its edge."""


def drawing(text: str) -> tuple[int, str]:
    """How many cells wide the square is, and the path of its dark ones."""
    matrix = segno.make(text, error="m", micro=False).matrix
    path = "".join(run for y, row in enumerate(matrix, start=QUIET) for run in _runs(row, y))
    return len(matrix) + 2 * QUIET, path


def svg(text: str) -> str:
    """The whole square as a drawing for paper."""
    width, dark = drawing(text)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}"><path d="{dark}"/></svg>'


def _runs(row: Sequence[int], y: int) -> Iterator[str]:
    """The dark cells of one line, neighbours together."""
    x = QUIET
    for is_dark, cells in groupby(row, key=bool):
        width = len(list(cells))
        if is_dark:
            yield f"M{x} {y}h{width}v1h-{width}z"
        x += width
