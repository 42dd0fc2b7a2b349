"""Pictures of people: who they are, what pictures are used for, what was answered, and where they were used."""

from models.roles import Role
from registry.access import LEADERS, READ_ONLY, Access

SAFEGUARDING = frozenset({Role.HEADTEACHER, Role.DSL})
"""Those who limit pictures of somebody whatever was answered, and alone know of it."""

KEEPERS = SAFEGUARDING | {Role.OFFICE, Role.DPO}
"""Those who write down who is at the school and what was answered."""

CHECKERS = KEEPERS | {Role.TEACHER}
"""Those who have to know before a picture is used."""

EXPORTERS = LEADERS | {Role.OFFICE}

ACCESS = Access(see=CHECKERS, add=KEEPERS, change=KEEPERS, erase=LEADERS, export=EXPORTERS)
"""An IT provider, a governor and an inspector need the name of no pupil."""

OF_FAMILIES = Access(see=KEEPERS, add=KEEPERS, change=KEEPERS, erase=LEADERS, export=EXPORTERS)
"""Whoever is no keeper needs neither parents' names nor what they may decide."""

OF_ANSWERS = Access(see=KEEPERS, add=KEEPERS, attach=KEEPERS, erase=LEADERS, export=EXPORTERS)
"""Answers are added and never changed: what was lawful before stays to be seen. The form they came on is kept with them."""

OF_CHECKS = Access(see=CHECKERS, erase=LEADERS, export=EXPORTERS)
"""A check is made by asking it, and never written by hand."""

OF_FLAGS = Access(see=SAFEGUARDING, add=SAFEGUARDING, change=SAFEGUARDING, erase=SAFEGUARDING)
"""Nobody else sees that there is one, and nobody takes them away in a file."""

OF_USES = Access(see=CHECKERS | READ_ONLY, add=LEADERS, change=LEADERS, erase=LEADERS, export=EXPORTERS)
