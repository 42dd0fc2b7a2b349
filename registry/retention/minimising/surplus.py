"""What is kept beyond need, as values: how many of which register, why, and the first few by reference, never by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from models.vocabulary import OwnRecords
from registry.definition import Register
from registry.lists.views import View

EXAMPLES = 5
"""So many show what is meant; whoever wants all of them opens the list."""

NAMED_AT_MOST = 25
"""Records that an address names one by one, so that the list shows these and no others; with more it grows too long to send on."""


class Example(NamedTuple):
    """One record, by its id and number."""

    record: UUID
    number: int


@dataclass(frozen=True)
class Surplus:
    """Records of one register that are kept beyond need for one reason; they are found in a view of its list, or on the page of what is due."""

    register: Register
    words: str
    many: int
    says: str
    first: tuple[Example, ...] = ()
    view: View | None = None
    covers: OwnRecords | None = None

    @property
    def examples(self) -> tuple[tuple[UUID, str], ...]:
        """The first few, each by id with the reference that people call it."""
        return tuple((each.record, f"{self.register.table.PREFIX}-{each.number:04d}") for each in self.first)


def counted(surplus: Iterable[Surplus]) -> tuple[Surplus, ...]:
    """Those of which there are any."""
    return tuple(each for each in surplus if each.many)


def these(records: Sequence[Example], otherwise: View) -> View:
    """The view that shows exactly these records, or another where they are too many to name."""
    return View(only=tuple(each.record for each in records)) if len(records) <= NAMED_AT_MOST else otherwise
