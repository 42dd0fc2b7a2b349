"""Whether whoever a management program names is the one who signed: it knows people by an address, the register by a name."""

import re
from collections.abc import Iterable, Iterator

from models.names import fold

_PARTS = re.compile(r"[^a-z]+")
DOMAIN = "\\"
"""What stands between the domain and the account in older names."""


def is_same(told: str, name: str, emails: Iterable[str] = ()) -> bool:
    """Whether an account may well belong to somebody of this name, or is one of their addresses."""
    plain = told.strip().casefold()
    return fold(told) == fold(name) or plain in {each.casefold() for each in emails} or account_of(plain) in set(accounts(name))


def account_of(told: str) -> str:
    """An account without its domain, figures and signs: "QB\\t.quayle2" and "t.quayle@quillbrook.example" are both tquayle."""
    account = told.casefold().rpartition(DOMAIN)[2].partition("@")[0]
    return _PARTS.sub("", fold(account))


def accounts(name: str) -> Iterator[str]:
    """The accounts that schools make of a name: tess.quayle, tquayle, tessq, quayle.t and the like, without signs."""
    words = [_PARTS.sub("", word) for word in fold(name).split()]
    first, last = (words[0], words[-1]) if words else ("", "")
    if len(words) > 1 and first and last:
        yield from (first + last, last + first, first[0] + last, last + first[0], first + last[0], "".join(words))
