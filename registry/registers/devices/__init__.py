"""Devices: what there is, who holds it, whether it is safe, and where it went."""

from models.roles import Role
from registry.access import LEADERS, NOBODY, Access

IT = frozenset({Role.IT_PROVIDER})
"""Whoever looks after the devices."""

CUSTODIANS = IT | {Role.OFFICE}
"""Those who hand devices out and take them back."""

HOLDERS_SEEN_BY = CUSTODIANS | LEADERS
"""Those who may know who holds what."""

SEERS = HOLDERS_SEEN_BY | {Role.DSL, Role.INSPECTOR}

ACCESS = Access(see=SEERS, add=IT, change=IT, erase=LEADERS, export=HOLDERS_SEEN_BY)
"""What there is, without the name of anybody."""

OF_HOLDERS = Access(see=HOLDERS_SEEN_BY, add=NOBODY, change=CUSTODIANS, erase=LEADERS, export=HOLDERS_SEEN_BY)
"""Handing out and taking back make these, and nobody writes one by hand: what was signed would be missing."""

OF_ACCEPTANCES = Access(see=HOLDERS_SEEN_BY, attach=CUSTODIANS, erase=LEADERS, export=HOLDERS_SEEN_BY)
"""What somebody accepted stays as it was."""

OF_LOSSES = Access(see=HOLDERS_SEEN_BY | {Role.DSL}, change=IT | LEADERS, erase=LEADERS, export=LEADERS | IT)
"""Reported with one button by whoever may; what comes after is written down by who sees to it."""

OF_AGREEMENTS = Access(
    see=SEERS | {Role.TEACHER, Role.GOVERNOR}, add=IT | LEADERS, change=IT | LEADERS, approve=LEADERS, erase=LEADERS, export=HOLDERS_SEEN_BY
)
"""Everybody may read what they agree to; leaders let a version count."""

OF_CHECKS = Access(see=SEERS, erase=LEADERS, export=HOLDERS_SEEN_BY)
"""Made by scanning, never by hand."""
