"""The token of a form that adds a record: the id that the record will have, so that the same form sent twice makes one record."""

import hmac
from uuid import UUID

from models import vault
from models.base import new_id
from registry.definition import Register
from registry.schema import Invalid
from web.guard import current_actor


def token(register: Register) -> str:
    """A new record's id with a mark that only we can make, for this person, school and register."""
    record = new_id()
    return f"{record.hex}.{_mark(register, record)}"


def id_in(register: Register, given: str) -> UUID:
    """The id in a token; raises Invalid for one that we did not give to this person here."""
    key, _, mark = given.partition(".")
    try:
        record = UUID(hex=key)
    except ValueError:
        record = UUID(int=0)
    if not hmac.compare_digest(mark.encode(), _mark(register, record).encode()):
        raise Invalid({"token": ["This form was opened by somebody else, or in another school. Open it afresh, then type again."]})
    return record


def _mark(register: Register, record: UUID) -> str:
    by = current_actor()
    told = f"new record:{by.user}:{by.school}:{register.slug}:{record}"
    return vault.current().token(told.encode()).hex()[:32]
