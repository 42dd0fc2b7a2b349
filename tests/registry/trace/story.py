"""Some records with a history, to be changed behind the program's back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from registry.trace.fault import Fault
from registry.trace.verification import chains, verify_chain


@dataclass(frozen=True)
class Story:
    """Some records of Quillbrook, with a history of many entries."""

    chain: UUID
    first: int
    last: int
    files: Any
    server: Any
    admissions: Any


def faults() -> list[Fault]:
    """Every fault in every chain."""
    return [fault for chain in chains() for fault in verify_chain(chain)]
