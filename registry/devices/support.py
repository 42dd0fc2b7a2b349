"""The school's own ends of support, as the rules read them."""

from collections.abc import Sequence
from uuid import UUID

from models import doors
from models.support_end import SupportEnd as Kept
from models.vocabulary import OsFamily
from registry.rules.support_table import SupportEnd


class OwnTable:
    """What a school has written about systems, read when a rule first asks; starter entries count once somebody has confirmed them."""

    def __init__(self, school: UUID) -> None:
        self._school = school
        self._rows: tuple[SupportEnd, ...] | None = None

    def __call__(self) -> Sequence[SupportEnd]:
        """The rows; a system without a day counts as not known."""
        if self._rows is None:
            with doors.looking_at(self._school):
                kept = Kept.select().where(Kept.archived_at.is_null() & ~Kept.starter & Kept.family.is_null(False)).order_by(Kept.number)
                self._rows = tuple(_row(row) for row in kept if row.version_name or row.recognise)
        return self._rows


def _row(row: Kept) -> SupportEnd:
    return SupportEnd(
        family=row.family or OsFamily.OTHER,
        version=row.version_name or "",
        edition=row.edition or "all",
        recognise=row.recognise or "",
        ends_on=row.ends_on,
        source=row.source or "",
        checked_on=row.checked_on,
        fix_released_on=row.fix_released_on,
    )
