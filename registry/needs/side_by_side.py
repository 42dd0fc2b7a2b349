"""The schools of somebody who works in several, beside each other: what is late, what is due and what is to be mended in each, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from peewee import Case, fn

from models import doors
from models.need import Need
from models.roles import Role
from models.school import School
from models.statements import stored_rows
from registry.actor import Actor
from registry.needs import keeping
from registry.needs.keeping import DEADLINE
from registry.needs.needs import SOON, visible_to
from registry.rules.finding import Severity


@dataclass(frozen=True)
class Standing:
    """One school as its role lets somebody see it."""

    school: School
    role: Role
    late: int = 0
    soon: int = 0
    errors: int = 0
    warnings: int = 0

    @property
    def order(self) -> tuple[int, int, int, int, str]:
        """Worst first."""
        return -self.late, -self.errors, -self.soon, -self.warnings, self.school.name.casefold()


def standings(works_in: Sequence[tuple[School, Role]], today: date) -> list[Standing]:
    """How each of these schools stands on a day: one question for all in which somebody has the same role."""
    for school, _role in works_in:
        keeping.catch_up(school, today)
    found: list[Standing] = []
    for role in dict.fromkeys(role for _school, role in works_in):
        found += _of_role([school for school, own in works_in if own == role], role, today)
    return sorted(found, key=lambda each: each.order)


def _of_role(schools: Sequence[School], role: Role, today: date) -> list[Standing]:
    seen = visible_to(Actor("anybody", role=role))
    if seen is None:
        return [Standing(school, role) for school in schools]
    dated = Need.severity == DEADLINE
    errors, warnings = Need.severity == Severity.ERROR.value, Need.severity == Severity.WARNING.value
    kinds = (dated & (Need.due_on < today), dated & Need.due_on.between(today, today + SOON), errors, warnings)
    counted = [fn.SUM(Case(None, [(kind, 1)], 0)) for kind in kinds]
    with doors.looking_at(*(school.id for school in schools)):
        rows = stored_rows(Need.select(Need.school, *counted).where(seen).group_by(Need.school))
    figures = {UUID(bytes=bytes(key)): [int(many or 0) for many in each] for key, *each in rows}
    return [Standing(school, role, *figures.get(school.id, (0, 0, 0, 0))) for school in schools]
