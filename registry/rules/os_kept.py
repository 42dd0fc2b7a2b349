"""What becomes of the system of a device when a program names it anew: programs say less of it than people do, and what they leave out stays."""

from functools import lru_cache

from models.vocabulary import OsFamily
from registry.rules.os_names import CLIENTS, family, told
from registry.rules.support_table import editions

System = tuple[str | None, str | None]
"""A system by its name and its version."""


@lru_cache(maxsize=4096)
def named(os: str | None, version: str | None) -> str | None:
    """The name of a system as a program tells it, with the 10 or 11 that only the build of Windows shows."""
    found = family(os, version)
    return found.label if found is not None and found in CLIENTS and (os or "").strip().casefold() == "windows" else os


@lru_cache(maxsize=4096)
def system_after(before: System, said: System) -> System:
    """The system that is kept: the name stays while it is the same system, the version follows, and an edition that was known goes into the name."""
    os, version = named(said[0] or before[0], said[1] or before[1]), said[1] or before[1]
    if before[0] and _is_same(before, (os, version)):
        os = before[0]
    lost = editions(told(*before)) - editions(told(os, version)) if _is_same(before, (os, version)) else frozenset()
    return " ".join(filter(None, (os, *(each.capitalize() for each in sorted(lost))))) or None, version


def _is_same(before: System, after: System) -> bool:
    found = family(*before)
    return found is not None and found is family(*after) and (found is not OsFamily.OTHER or told(before[0], None) == told(after[0], None))
