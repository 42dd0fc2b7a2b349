"""The rows of an answer, whichever way they come: as the text that is kept, or as rows already."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.vocabulary.shapes import Shape
from registry.rules.row_text import Misshapen, rows_in


def rows_said(shape: Shape, said: str | Iterable[Any] | None) -> tuple[Mapping[str, Any], ...]:
    """The rows in which something is said; none in a text that has not their shape."""
    if isinstance(said, str):
        try:
            return rows_in(shape, said)
        except Misshapen:
            return ()
    return tuple(row for row in said or () if isinstance(row, Mapping) and any(row.values()))
