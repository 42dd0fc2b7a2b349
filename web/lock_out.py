"""Wrong passwords are counted in the database, for every worker and across restarts, until they no longer matter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from models import vault
from models.base import new_id
from models.user import FailedSignIn, KnownAddress, email_spelling

WINDOW = timedelta(minutes=15)
PAIR, ACCOUNT, ADDRESS = 5, 30, 100
KNOWN_FOR = timedelta(days=30)
HOUSEHOLD = 64  # bits of an IPv6 address that name a network


class Resting(Exception):
    """No password is looked at until the moment this carries."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Too many tries.")
        self.until = until


@dataclass(frozen=True)
class Attempt:
    """One try to sign in to an account from an address, both as keyed digests."""

    account: str
    address: str
    at: datetime


def begin(email: str, address: str, now: datetime) -> Attempt:
    """Count a try before its password is looked at, so that many at once cannot slip by; raises Resting when it is one too many.

    A try that is refused here does not count, so a rest ends by itself however often somebody knocks.
    """
    digest = vault.current().token
    attempt = Attempt(digest(b"account:" + email_spelling(email).encode()).hex(), digest(b"address:" + address.encode()).hex(), now)
    row = new_id()
    FailedSignIn.insert(id=row, account=attempt.account, address=attempt.address, at=now).execute()
    until = _rests_until(attempt)
    if until is not None:
        FailedSignIn.delete().where(FailedSignIn.id == row).execute()
        raise Resting(until)
    return attempt


def place_of(address: str | None) -> str:
    """Where somebody sends from, for counting: of IPv6 the network, because whoever has one has all its addresses."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return address or ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, HOUSEHOLD), strict=False))


def succeeded(attempt: Attempt) -> None:
    """Forget the wrong tries of this account from this address, remember the address, and clear away what no longer matters."""
    own = (FailedSignIn.account == attempt.account) & (FailedSignIn.address == attempt.address)
    FailedSignIn.delete().where(own | (FailedSignIn.at <= attempt.at - WINDOW)).execute()
    KnownAddress.delete().where(KnownAddress.at <= attempt.at - KNOWN_FOR).execute()
    KnownAddress.insert(id=new_id(), account=attempt.account, address=attempt.address, at=attempt.at).on_conflict(
        conflict_target=(KnownAddress.account, KnownAddress.address), update={KnownAddress.at: attempt.at}
    ).execute()


def _rests_until(attempt: Attempt) -> datetime | None:
    """When the next try counts again; the latest of the three limits, or None when none is reached."""
    account, address = FailedSignIn.account == attempt.account, FailedSignIn.address == attempt.address
    known = _known(attempt)
    limits = [(account & address, PAIR)]
    if not known.where(KnownAddress.address == attempt.address).exists():  # a whole school may share one address with its worst guesser
        limits += [(address, ADDRESS), (account & FailedSignIn.address.not_in(known), ACCOUNT)]
    ends = [_oldest_that_counts(condition, limit, attempt.at) for condition, limit in limits]
    return max((end + WINDOW for end in ends if end is not None), default=None)


def _known(attempt: Attempt) -> Any:
    """The addresses from which this account was signed in to of late."""
    recent = (KnownAddress.account == attempt.account) & (KnownAddress.at > attempt.at - KNOWN_FOR)
    return KnownAddress.select(KnownAddress.address).where(recent)


def _oldest_that_counts(condition: Any, limit: int, now: datetime) -> datetime | None:
    """When the first of the latest `limit` tries before this one was; None when there were fewer."""
    tries = FailedSignIn.select(FailedSignIn.at).where(condition & (FailedSignIn.at > now - WINDOW)).order_by(FailedSignIn.at.desc())
    row = tries.offset(limit).first()
    return None if row is None else row.at
