"""The school's own ends of support, as the rules read them."""

from uuid import UUID

from models import doors
from models.support_end import SupportEnd as Kept
from models.vocabulary import OsFamily
from models.vocabulary.support import SupportRule
from registry.rules.support_table import SupportEnd


def own_table(school: UUID) -> tuple[SupportEnd, ...]:
    """What a school has written about systems, those without a day as not known."""
    with doors.looking_at(school):
        rows = [*Kept.select().where(Kept.archived_at.is_null() & ~Kept.starter).order_by(Kept.number)]
    return tuple(
        SupportEnd(
            family=row.family or OsFamily.OTHER, version=row.version_name or "", edition=row.edition or "all", recognise=row.recognise or "",
            ends_on=row.ends_on, rule=SupportRule.FIXED_DATE if row.ends_on else SupportRule.CHECK_DATE,
            source=row.source or "", checked_on=row.checked_on,
        )
        for row in rows
        if row.family and (row.version_name or row.recognise)
    )  # fmt: skip
