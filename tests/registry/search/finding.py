"""Records to be found, and what a search shows of them."""

from typing import Any
from uuid import UUID

from registry import records
from registry.access import school_of
from registry.actor import Actor
from registry.definition import Register
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.search import search_entries, searching
from registry.search.searching import Found
from tests.people import Person

WORDS = "Names, contacts and attendance of every pupil on roll"


def search(by: Actor, text: str, **asked: Any) -> Found:
    """What is found by somebody who asks now."""
    search_entries.catch_up(school_of(by))
    return searching.search(by, text, **asked)


def add(occasion: Occasion, name: str = "Pupil database", register: Register = ASSETS, **answers: Any) -> UUID:
    """A record of Quillbrook; its id."""
    return records.add(register, {"name": name, **answers}, occasion).id  # type: ignore[no-any-return]


def found(by: Person | Occasion, text: str, **asked: Any) -> dict[str, list[str]]:
    """The titles that a search shows, by register; of what is only close as well."""
    actor = by.by if isinstance(by, Occasion) else by.actor
    return {group.register.slug: [hit.title for hit in group.hits] for group in search(actor, text, **asked).groups}
