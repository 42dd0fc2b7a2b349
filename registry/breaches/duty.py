"""Who acts on a breach today: the headteacher, the data protection officer and, while somebody is away, whoever stands in."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from models.duty import Duty
from models.roles import Role
from registry.access import Deed, may
from registry.accounts.colleagues import Colleague, working_in
from registry.actor import Actor
from registry.registers.data_protection.breaches import BREACHES

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


def stands_in(by: Actor, role: Role, today: date) -> bool:
    """Whether somebody stands in today for whoever has a role in their school; nobody stands in for a role that they have."""
    if by.user is None or by.school is None or by.role is role:
        return False
    return by.user in _stand_ins({each.id for each in working_in(by.school) if each.role is role}, today)


def may_decide(by: Actor, today: date) -> bool:
    """Whether somebody decides about a breach today: the headteacher, or whoever handles breaches and stands in while they are away.

    The data protection officer advises, and never decides on their own advice (UK GDPR Articles 38(6) and 39).
    """
    if by.role is Role.HEADTEACHER:
        return True
    return by.role is not Role.DPO and may(by, Deed.CHANGE, BREACHES) and stands_in(by, Role.HEADTEACHER, today)


def _stand_ins(away: set[UUID], today: date) -> Iterable[UUID]:
    rows = Duty.select().where((Duty.begins_on <= today) & (Duty.ends_on >= today))
    return [row.stand_in_id for row in rows if row.person_id in away]
