"""What the law and the data protection officer ask a school to keep; and who in school has what to do with it."""

from models.roles import Role
from registry.access import LEADERS, READ_ONLY, Access

RECORD_KEEPERS = LEADERS | {Role.OFFICE}
"""Those who write things down here."""

READERS = RECORD_KEEPERS | READ_ONLY | {Role.DSL}
"""Those who may read everything here."""

WITH_IT = READERS | {Role.IT_PROVIDER}
"""Those who may read about systems and their security: an IT provider needs no more than that."""

ACCESS = Access(see=WITH_IT, add=RECORD_KEEPERS, change=RECORD_KEEPERS, erase=frozenset({Role.DPO}), export=LEADERS)
"""The same for every register of this area; each question that is not about systems is narrowed to READERS."""
