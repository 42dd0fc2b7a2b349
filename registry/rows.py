"""One row of a table that is not a register, stored with its trace and its seal."""

from typing import Any

from models.base import Traced
from models.statements import rows_of
from registry.trace.audit import Changes, Happened, Trace
from registry.trace.chain import row_seal


class CannotBeDone(Exception):
    """The deed would leave things in a state that must not be, or somebody else was quicker; the message is a sentence for the page."""


def store(trace: Trace, happened: Happened, row: Traced, changes: Changes | None = None, *, new: bool = False) -> None:
    """Insert or update one traced row and note that, with the seal of the row as it stands afterwards.

    Raises CannotBeDone when the row was saved by somebody else since it was read.
    """
    whole = rows_of(type(row))
    if new:
        values = whole.values(row)
        whole.insert(values)
    else:
        seen: int = row.version  # type: ignore[attr-defined]
        row.version = seen + 1  # type: ignore[attr-defined]
        values = whole.values(row)
        held = {column: value for column, value in zip(whole.columns, values, strict=True) if column != "id"}
        if not whole.update(tuple(held), tuple(held.values()), row.id.bytes, seen):
            raise CannotBeDone("Somebody else has changed this in the meantime, so nothing was saved. Open the page afresh to see what is new.")
    trace.note(happened, whole.name, row.id, changes=changes, seal=row_seal(whole.name, whole.columns, values))


def set_answers(row: Any, answers: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Put new answers on a row; the old and the new of those that differ."""
    changes = {name: (before, after) for name, after in answers.items() if (before := getattr(row, name)) != after}
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    return changes
