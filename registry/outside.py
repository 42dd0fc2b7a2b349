"""What is said of a record where others may read along: in e-mail, and in calendars, which colleagues share."""

from models.roles import Role
from registry.access import Deed, allowed
from registry.definition import Register

READS_ALONG = Role.OFFICE
"""Who looks after shared mailboxes and calendars: what they may not even know to exist is not said there."""

UNNAMED = "Something to look at in Safehold"


def may_be_named(register: Register) -> bool:
    """Whether letters and calendars may say which record it is, and what is to be done about it."""
    return READS_ALONG in allowed(Deed.SEE, register)
