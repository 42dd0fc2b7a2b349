"""Reads the starter content: lazily, once, and as it reads for one school."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml

from models.vocabulary import BusinessFunction, SchoolType

Entry = dict[str, Any]
"""One entry of a file, by the names of its answers."""

REGISTERS = ("processing", "assets", "suppliers", "image-uses", "agreements", "support-ends", "retention-rules")
FOLDER = Path(__file__).parent
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SchoolKind(Protocol):
    """What decides which entries fit a school, and which law they name."""

    @property
    def nation(self) -> str:
        """The nation whose law applies."""

    @property
    def school_type(self) -> str:
        """How the school is constituted."""

    @property
    def phases(self) -> Collection[str]:
        """The ages it teaches; none means that nobody has said."""


@cache
def read(name: str) -> Any:
    """A file of the content, by its path without the ending."""
    with (FOLDER / f"{name}.yaml").open("rb") as file:
        return yaml.load(file, LOADER)  # noqa: S506 - one of the two safe loaders


@cache
def entries(register: str) -> tuple[Entry, ...]:
    """Every entry of a register, by the part of school life that its file is named for."""
    functions = [function for function in BusinessFunction if (FOLDER / register / f"{function}.yaml").exists()]
    return tuple({**entry, "business_function": function} for function in functions for entry in read(f"{register}/{function}"))


def suits(entry: Entry, school: SchoolKind) -> bool:
    """Whether an entry is meant for a school of this type, nation and ages."""
    only = entry.get("only_for", {})
    return (
        school.school_type in only.get("school_types", (school.school_type,))
        and school.nation in only.get("nations", (school.nation,))
        and (not school.phases or "phases" not in only or bool(set(school.phases) & set(only["phases"])))
    )


def as_it_reads(entry: Entry, school: SchoolKind) -> Entry:
    """The entry with what is different for a school of its type, nation and ages in its place; choices are left alone."""
    if school.school_type == SchoolType.INDEPENDENT:
        entry = {**entry, **entry.get("independent_schools", {})}
    for difference in entry.get("differs", ()):
        if suits(difference, school):
            entry = {**entry, **{name: words for name, words in difference.items() if name != "only_for"}}
    return entry


def choices(entry: Entry, school: SchoolKind) -> tuple[Entry, ...]:
    """The entry as it would read under each choice that is open to the school; never made for anybody."""
    open_to_it = [choice for choice in entry.get("alternatives", ()) if suits({"only_for": {"school_types": choice["only_for"]}}, school)]
    return tuple({**entry, **{name: words for name, words in choice.items() if name != "only_for"}} for choice in open_to_it)
