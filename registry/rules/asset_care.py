"""Is an information asset looked after? UK GDPR Articles 5(1)(e) and (f), 5(2) and 32."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.vocabulary import AssetFormat, AssetType, Classification
from registry.rules.answers import Answer, is_blank, is_no, is_yes
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day, is_older
from registry.rules.school_facts import SchoolFacts

ARTICLE_32 = "UK GDPR Articles 5(1)(f) and 32"
ACCOUNTABILITY = "UK GDPR Article 5(2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFacts:
    """An information asset; each name is the column of the same name, and what is not given is not answered."""

    owner_role: str | None = None
    owner: object = None
    asset_type: str | None = None
    format: str | None = None
    location: str | None = None
    contains_personal: Answer = None
    contains_special: Answer = None
    contains_criminal: Answer = None
    classification: str | None = None
    access_groups: Collection[Any] | None = None
    encrypted_at_rest: Answer = None
    encrypted_in_transit: Answer = None
    backed_up: Answer = None
    retention: Collection[Any] | None = None
    last_verified_on: date | None = None
    next_review_on: date | None = None

    @property
    def is_delicate(self) -> bool:
        """Whether it is known to hold special category or criminal-offence data."""
        return is_yes(self.contains_special) or is_yes(self.contains_criminal)

    @property
    def is_personal(self) -> bool:
        """Whether it holds personal data, or nobody has said that it does not."""
        return self.is_delicate or not is_no(self.contains_personal)

    @property
    def is_in_a_computer(self) -> bool:
        """Whether any of it is electronic, or nobody has said that it is all paper."""
        return self.format != AssetFormat.PAPER


def findings(asset: AssetFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing in the care of an asset, as warnings and notes in the order of the codes."""
    return tuple(finding for rule in RULES for finding in rule(asset, school))


def _has_owner(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS01: a post answers for it, and a person holds that post."""
    if is_blank(asset.owner_role) and is_blank(asset.owner):
        yield Finding("AS01", Severity.WARNING, "Nobody answers for this. Choose who does.", ACCOUNTABILITY, "owner_role", "Choose who")
    elif is_blank(asset.owner):
        message = "A post answers for this, but no person is named. Name who holds it."
        yield Finding("AS01", Severity.NOTE, message, ACCOUNTABILITY, "owner", "Name the person")


def _secret_enough(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS02 and AS03: personal data has a classification, and delicate data a strict one."""
    if asset.is_personal and is_blank(asset.classification):
        message = "It is not said how widely this may be seen. Choose a classification."
        yield Finding("AS03", Severity.WARNING, message, ARTICLE_32, "classification", "Choose a classification")
    if asset.is_delicate and asset.classification in (Classification.PUBLIC, Classification.INTERNAL):
        message = "Special category or criminal-offence data is marked as open to many. Choose confidential or restricted."
        yield Finding("AS02", Severity.WARNING, message, ARTICLE_32, "classification", "Choose a classification")


def _encrypted(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS04 and AS05: personal data in a computer is encrypted where it is stored and when it is sent."""
    if not (asset.is_personal and asset.is_in_a_computer):
        return
    if not is_yes(asset.encrypted_at_rest):
        message = _lacking(asset.encrypted_at_rest, "is encrypted where it is stored", "Encrypt it, or keep it elsewhere.")
        yield Finding("AS04", Severity.WARNING, message, ARTICLE_32, "encrypted_at_rest", "Answer the question")
    if not is_yes(asset.encrypted_in_transit):
        message = _lacking(asset.encrypted_in_transit, "is encrypted when it is sent", "Send it another way.")
        yield Finding("AS05", Severity.WARNING, message, ARTICLE_32, "encrypted_in_transit", "Answer the question")


def _backed_up(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS06: what is in a computer can be brought back; a backup need not be backed up."""
    if asset.is_in_a_computer and asset.asset_type != AssetType.BACKUP and not is_yes(asset.backed_up):
        message = _lacking(asset.backed_up, "is backed up", "Back it up.")
        yield Finding("AS06", Severity.WARNING, message, "UK GDPR Article 32(1)(b) and (c)", "backed_up", "Answer the question")


def _verified(asset: AssetFacts, school: SchoolFacts) -> Iterator[Finding]:
    """AS07: somebody has looked at it within the year."""
    if asset.last_verified_on is None:
        message = "Nobody has checked yet that this entry is true. Check it and enter the day."
        yield Finding("AS07", Severity.WARNING, message, ACCOUNTABILITY, "last_verified_on", "Enter the day")
    elif is_older(asset.last_verified_on, school.review_months, school.today):
        message = f"This entry was last checked on {full_day(asset.last_verified_on)}. Check it again and enter the day."
        yield Finding("AS07", Severity.WARNING, message, ACCOUNTABILITY, "last_verified_on", "Enter the day")


def _review_not_overdue(asset: AssetFacts, school: SchoolFacts) -> Iterator[Finding]:
    """AS08: the day set for the next review has not gone by; that day itself is in time."""
    if asset.next_review_on and school.today and asset.next_review_on < school.today:
        message = f"The review was due by {full_day(asset.next_review_on)}. Review it and set the next day."
        yield Finding("AS08", Severity.WARNING, message, ACCOUNTABILITY, "next_review_on", "Set the next day")


def _kept_for_a_time(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS09: it is said how long personal data is kept."""
    if asset.is_personal and is_blank(asset.retention):
        message = "It is not said how long this is kept. Say how long."
        yield Finding("AS09", Severity.WARNING, message, "UK GDPR Article 5(1)(e)", "retention", "Say how long")


def _access_limited(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS10: what only named people may see names them."""
    if asset.classification == Classification.RESTRICTED and is_blank(asset.access_groups):
        message = "Only named people may see this, and none are named. Say who they are."
        yield Finding("AS10", Severity.WARNING, message, ARTICLE_32, "access_groups", "Say who may see it")


def _found_somewhere(asset: AssetFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AS11: it is said where it is, or no request for a copy can be answered."""
    if is_blank(asset.location):
        message = "It is not said where this is kept. Name the room, the server or the service."
        yield Finding("AS11", Severity.WARNING, message, ACCOUNTABILITY, "location", "Say where")


def _lacking(answer: Answer, what: str, mend: str) -> str:
    """A sentence about a protection that is absent, or of which nobody knows."""
    if is_no(answer):
        return f"This {what.replace('is ', 'is not ', 1)}. {mend}"
    return f"Nobody has said whether this {what}. Find out."


RULES: tuple[Callable[[AssetFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _has_owner,  # AS01
    _secret_enough,  # AS02, AS03
    _encrypted,  # AS04, AS05
    _backed_up,  # AS06
    _verified,  # AS07
    _review_not_overdue,  # AS08
    _kept_for_a_time,  # AS09
    _access_limited,  # AS10
    _found_somewhere,  # AS11
)
