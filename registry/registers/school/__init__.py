"""What the whole school shares, and everybody in it may see."""

from models.roles import Role
from registry.access import EVERYBODY, LEADERS, Access

KEEPERS = LEADERS | {Role.ADMIN, Role.OFFICE}
"""Those who write it down."""

ACCESS = Access(see=EVERYBODY, add=KEEPERS, change=KEEPERS, erase=LEADERS, export=KEEPERS)
