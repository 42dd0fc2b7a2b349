"""Erasing records in a test: what a disposal does with a part of its list, without the disposal."""

from collections.abc import Sequence
from uuid import UUID

from registry.definition import Register
from registry.erasing.erasing import erase
from registry.occasion import Occasion
from registry.trace.audit import NothingNoted, recording


def erase_at_once(register: Register, ids: Sequence[UUID], occasion: Occasion, *, under: str) -> int:
    """Erase records in one recording; how many were there to be erased."""
    try:
        with recording(occasion.by, occasion.at) as trace:
            return len(erase(trace, register, ids, occasion, under=under))
    except NothingNoted:
        return 0
