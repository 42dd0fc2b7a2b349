"""What the people of the demonstration say to each other: a short thread, and a word to the head that waits at the bell."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from models import doors
from models.roles import Role
from models.school import School
from models.user import User
from registry import catalogue
from registry.actor import Actor
from registry.records import Occasion
from registry.school.schools import facts_of
from registry.talk import comments

ABOUT = "class-and-portrait-photographs"
THREAD = (
    ("office", Role.OFFICE, datetime(2026, 11, 18, 10, 12, tzinfo=UTC), "dpo",
     "@Dev Marchetti the photographer asks for the class lists two weeks early this year. May I send them, or does this need a look first?"),
    ("dpo", Role.DPO, datetime(2026, 11, 18, 14, 40, tzinfo=UTC), "office",
     "Names and classes only, please: no dates of birth and no addresses.\n\nSend them through the photographer’s portal and not by email."),
    ("office", Role.OFFICE, datetime(2026, 11, 19, 8, 5, tzinfo=UTC), "dpo", "Done, with names and classes only. Thank you."),
    ("dpo", Role.DPO, datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "head",
     "@Hana Whitlow this is ready for you: the photographer’s contract is the last thing still open."),
)
"""Who wrote, as what, when, to whom, and what."""


def talk(school: School, users: Mapping[str, User]) -> None:
    """Let them talk about the school photographs; who answered has read what they were told, so that only the last word waits."""
    register = catalogue.find("processing")
    table: Any = register.table
    with doors.looking_at(school.id):
        row = table.get(table.starter_id == ABOUT)
        for key, role, at, to, text in THREAD:
            by = Actor(str(users[key].name), user=users[key].id, role=role, school=school.id)
            comments.write(register, row, text, [users[to].id], occasion=Occasion(by, at, facts_of(school, at.date())))
