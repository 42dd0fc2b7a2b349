"""When something is due, and how that was worked out."""

from dataclasses import dataclass
from datetime import date

from registry.rules.plain_dates import full_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day by which something is to be done, with the steps that lead to it, a sentence each."""

    on: date
    because: tuple[str, ...]


def as_entered(day: date | None, what: str) -> Due | None:
    """A day that somebody entered as it is; nothing where none was."""
    return None if day is None else Due(on=day, because=(f"{what}: {full_day(day)}, as entered.",))
