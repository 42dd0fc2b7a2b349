"""The id of a new record made from the key of the request, so that a request sent again finds the record of the first."""

import re
from uuid import UUID

from models import vault
from registry.definition import Register
from registry.schema import Invalid
from web.guard import current_actor

A_KEY = re.compile("[!-~]{1,200}")
"""What can stand in the header: visible ASCII, which an UUID or a reference of the other program is."""


def id_for(register: Register, key: str | None) -> UUID | None:
    """The id for this person, school, register and key; None without a key. Raises Invalid."""
    if key is None:
        return None
    if not A_KEY.fullmatch(key):
        raise Invalid({"Idempotency-Key": ["Use up to 200 letters, digits and signs, without spaces."]})
    by = current_actor()
    told = f"idempotency key:{by.user}:{by.school}:{register.slug}:{key}"
    digest = int.from_bytes(vault.current().token(told.encode())[:16], "big")
    return UUID(int=digest & ~(0xF << 76 | 0b11 << 62) | 0x8 << 76 | 0b10 << 62)
