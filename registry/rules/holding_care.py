"""Is an open hand-over in order? Its holder is here, and has accepted the current agreement (UK GDPR Article 32(4))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.rules.answers import Answer, is_blank, is_yes
from registry.rules.custody import CustodyFacts, Refusal, outstanding
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts

ARTICLE_32 = "UK GDPR Articles 5(1)(f) and 32(4)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingFacts:
    """A hand-over; each name is the column of the same name. `to_sign` says what is still to be signed, and is empty where nothing is."""

    returned_on: date | None = None
    holder_left: Answer = None
    to_sign: str | None = None


def findings(holding: HoldingFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is not in order with a hand-over, in the order of the codes; nothing once the device is back."""
    return () if holding.returned_on else tuple(_of_open(holding))


def to_sign(facts: CustodyFacts) -> str:
    """What somebody who holds a device has still to sign, in a sentence; empty where nothing is."""
    lacking = outstanding(facts)
    if lacking is None:
        return ""
    if lacking.refusal is Refusal.NO_AGREEMENT:
        return "It is held without an agreement: none is in force for people like this. Adopt one and have it signed."
    return lacking.reason.replace(" first.", ", or take the device back.")


def _of_open(holding: HoldingFacts) -> Iterator[Finding]:
    if is_yes(holding.holder_left):  # AL01: who has left gives back what they hold
        message = "This person has left and still holds it. Ask for it back, and record the return."
        yield Finding("AL01", Severity.WARNING, message, ARTICLE_32, "holder_left", "Take it back")
    elif not is_blank(holding.to_sign):  # AL02: the current version of the agreement is accepted, by a parent too where one must
        yield Finding("AL02", Severity.WARNING, str(holding.to_sign), ARTICLE_32, "to_sign", "Have it signed")
