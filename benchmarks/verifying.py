"""A1: walking a chain of a hundred thousand entries, beside only reading its rows."""

from collections.abc import Iterator

from benchmarks.house import house
from benchmarks.pairs import Result
from benchmarks.verify_chain import CEILING, ENTRIES, FLOOR, fill, read, verify
from models.base import new_id

PAIRS = 5


def measure() -> Iterator[Result]:
    """Entries a second, and as multiples of reading them."""
    chain = new_id()
    with house():
        fill(chain, ENTRIES)
        read(chain), verify(chain)  # once for the caches
        pairs = [(read(chain), verify(chain)) for _ in range(PAIRS)]
    yield Result("A1", f"verifying {ENTRIES:,} entries ÷ reading them", [verified / fetched for fetched, verified in pairs], CEILING)
    yield Result("A1", "entries verified in a second", [ENTRIES / verified for _fetched, verified in pairs], FLOOR, "a second", is_floor=True)
