"""Who acts on a breach today: the headteacher, the data protection officer and, while somebody is away, whoever stands in."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from models.duty import Duty
from models.roles import Role
from registry.accounts.colleagues import Colleague, working_in

ANSWERABLE = (Role.HEADTEACHER, Role.DPO)
DEPUTIES = (Role.DSL,)
"""Who is told of a new breach as well, and of its hours when nobody has answered."""


def on_duty(school: UUID, today: date) -> list[Colleague]:
    """Those who are told of a breach today; whoever is away is told all the same, beside their stand-in. Of a school in view."""
    people = working_in(school)
    answerable = [each for each in people if each.role in ANSWERABLE]
    wanted = {each.id for each in answerable} | set(_stand_ins({each.id for each in answerable}, today))
    return [each for each in people if each.id in wanted]


def deputies(school: UUID) -> list[Colleague]:
    """Those who act when nobody who is answerable does."""
    return [each for each in working_in(school) if each.role in DEPUTIES]


def _stand_ins(away: set[UUID], today: date) -> Iterable[UUID]:
    rows = Duty.select().where((Duty.begins_on <= today) & (Duty.ends_on >= today))
    return [row.stand_in_id for row in rows if row.person_id in away]
