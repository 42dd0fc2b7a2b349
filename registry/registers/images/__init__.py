"""Pictures of people: who they are, what pictures are used for, and what the families answered."""

from models.roles import Role
from registry.access import LEADERS, Access

KEEPERS = frozenset({Role.HEADTEACHER, Role.DSL, Role.OFFICE})
"""Those who write down who is at the school and what was answered."""

CHECKERS = KEEPERS | {Role.DPO, Role.TEACHER}
"""Those who have to know before a picture is used."""

ACCESS = Access(see=CHECKERS, add=KEEPERS, change=KEEPERS, erase=LEADERS, export=LEADERS | {Role.OFFICE})
"""An IT provider, a governor and an inspector need the name of no pupil."""
