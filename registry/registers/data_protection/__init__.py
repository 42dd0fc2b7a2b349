"""What the law and the data protection officer ask a school to keep; and who in school has what to do with it."""

from dataclasses import replace

from models.roles import Role
from registry.access import LEADERS, READ_ONLY, Access

RECORD_KEEPERS = LEADERS | {Role.OFFICE}
"""Those who write things down here."""

READERS = RECORD_KEEPERS | READ_ONLY | {Role.DSL}
"""Those who may read everything here."""

HANDLERS = LEADERS | {Role.DSL}
"""Those who handle a breach, and read what is written about people."""

WITH_IT = READERS | {Role.IT_PROVIDER}
"""Those who may read about systems and their security: an IT provider needs no more than that."""

ACCESS = Access(see=WITH_IT, add=RECORD_KEEPERS, change=RECORD_KEEPERS, erase=frozenset({Role.DPO}), export=LEADERS)
"""The same for every register of this area; each question that is not about systems is narrowed to READERS."""

ADVISED_ACCESS = replace(ACCESS, advise=frozenset({Role.DPO}), approve=frozenset({Role.HEADTEACHER}))
"""What the school decides to do with data: the DPO advises and may not decide (UK GDPR Articles 38(6) and 39), so the headteacher does."""

INVENTORY_ACCESS = replace(ACCESS, approve=LEADERS)
"""What there is, and not what is decided: the DPO may approve it as well as the headteacher, whichever of them did not write it."""
