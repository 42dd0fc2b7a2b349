"""Lifting a hold, and putting it back: what it covered may go from then on, or has to stand again."""

from models.hold import Hold
from registry.access import Deed, require
from registry.occasion import Occasion
from registry.records import amend
from registry.registers.data_protection.holds import HOLDS
from registry.retention.disposing import reason
from registry.rows import CannotBeDone
from registry.trace.audit import recording


def lift(row: Hold, because: str, occasion: Occasion) -> None:
    """Say that records need not stand for this any more, and why. Raises Forbidden, Invalid, and CannotBeDone for one that is lifted."""
    require(occasion.by, Deed.CHANGE, HOLDS)
    why = reason(because, "because")
    if row.released_on is not None:
        raise CannotBeDone("It was lifted already. Read the page again.")
    changes = {"released_on": (None, occasion.school.today), "released_because": (row.released_because, why)}
    with recording(occasion.by, occasion.at) as trace:
        amend(trace, HOLDS, row, changes, occasion=occasion)


def put_back(row: Hold, occasion: Occasion) -> None:
    """Say that they have to stand again. Raises Forbidden, and CannotBeDone for one that stands."""
    require(occasion.by, Deed.CHANGE, HOLDS)
    if row.released_on is None:
        raise CannotBeDone("It stands already. Read the page again.")
    changes = {"released_on": (row.released_on, None), "released_because": (row.released_because, None)}
    with recording(occasion.by, occasion.at) as trace:
        amend(trace, HOLDS, row, changes, occasion=occasion)
