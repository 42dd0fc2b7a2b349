"""What a school begins with on the day it is set up."""

from datetime import datetime

from models import doors
from models.roles import Role
from models.school import School
from models.user import User
from registry.access import Permission, may
from registry.actor import Actor
from registry.records import Occasion
from registry.rules.local_time import in_zone
from registry.school import adoption, starter
from registry.school.schools import facts_of

ZONE = "Europe/London"


def take_starter_over(school: School, user: User, role: Role, at: datetime) -> int:
    """Take over every starter entry that fits the school, marked as not yet checked; how many.

    It is noted as the deed of the first person when their role may do so, else as that of the set-up they went through.
    """
    person = Actor(user.name, user=user.id, role=role, school=school.id)
    by = person if may(person, Permission.ADOPT_STARTER) else Actor.robot("set-up", school.id)
    with doors.looking_at(school.id):
        return adoption.adopt(list(starter.all_that_fits(school)), Occasion(by, at, facts_of(school, in_zone(at, ZONE).date())))
