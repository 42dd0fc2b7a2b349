"""The id that a new record will have, given out with the form that adds it, so that the same form sent twice makes one record."""

import hmac
from uuid import UUID

from models import vault
from models.base import new_id
from registry.definition import Register
from registry.schema import Invalid
from web.guard import current_actor


def token(register: Register) -> str:
    """A new record's id with a mark that only we can make, for this person, school and register."""
    return marked(_purpose(register))


def id_in(register: Register, given: str) -> UUID:
    """The id in a token; raises Invalid for one that we did not give to this person here."""
    record = marked_id(_purpose(register), given)
    if record is None:
        raise Invalid({"token": ["This form was opened by somebody else, or in another school. Open it afresh, then type again."]})
    return record


def marked(purpose: str) -> str:
    """A new id with a mark that only we can make, for this purpose alone."""
    record = new_id()
    return f"{record.hex}.{_mark(purpose, record)}"


def marked_id(purpose: str, given: str) -> UUID | None:
    """The id that was given out for this purpose; None for anything else."""
    key, _, mark = given.partition(".")
    try:
        record = UUID(hex=key)
    except ValueError:
        return None
    return record if hmac.compare_digest(mark.encode(), _mark(purpose, record).encode()) else None


def _purpose(register: Register) -> str:
    by = current_actor()
    return f"{by.user}:{by.school}:{register.slug}"


def _mark(purpose: str, record: UUID) -> str:
    return vault.current().token(f"new record:{purpose}:{record}".encode()).hex()[:32]
