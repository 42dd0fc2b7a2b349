"""Is an open hand-over in order? One holder, who is here, has accepted the current agreement and is in time (UK GDPR Article 32(4))."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from models.vocabulary import DeviceStatus, HolderKind
from registry.rules.custody import CustodyFacts, Refusal, outstanding
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

ARTICLE_32 = "UK GDPR Articles 5(1)(f) and 32(4)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingFacts:
    """A hand-over and its holder; `open_allocations` counts those of the same serial, this one included; versions as in custody."""

    holder_kind: str = HolderKind.STAFF
    is_on_roll: bool | None = None
    agreement_current: int | None = None
    agreement_accepted: int | None = None
    parent_needed: bool = False
    parent_accepted: int | None = None
    open_allocations: int = 1
    due_back_on: date | None = None
    returned_on: date | None = None

    @property
    def custody(self) -> CustodyFacts:
        """What is asked of the holder as at a hand-over."""
        return CustodyFacts(
            device_status=DeviceStatus.ALLOCATED,
            holder_kind=self.holder_kind,
            is_on_roll=self.is_on_roll,
            agreement_current=self.agreement_current,
            agreement_accepted=self.agreement_accepted,
            parent_needed=self.parent_needed,
            parent_accepted=self.parent_accepted,
        )


def findings(holding: HoldingFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is not in order with a hand-over, in the order of the codes; nothing once the device is back."""
    return () if holding.returned_on else tuple(finding for rule in RULES for finding in rule(holding, school))


def _holder_is_here(holding: HoldingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AL01: who has left gives back what they hold."""
    if holding.custody.is_for_a_person and holding.is_on_roll is False:
        message = "This person has left and still holds it. Ask for it back, and record the return."
        yield Finding("AL01", Severity.WARNING, message, ARTICLE_32, "returned_on", "Take it back")


def _agreed(holding: HoldingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AL02: the current version of the agreement is accepted, by a parent too where one must."""
    lacking = outstanding(holding.custody)
    if lacking is None:
        return
    if lacking.refusal is Refusal.NO_AGREEMENT:
        message = "It is held without an agreement: none is in force for people like this. Adopt one and have it signed."
    else:
        message = lacking.reason.replace(" first.", ", or take the device back.")
    yield Finding("AL02", Severity.WARNING, message, ARTICLE_32, "agreement", lacking.mend)


def _back_in_time(holding: HoldingFacts, school: SchoolFacts) -> Iterator[Finding]:
    """AL03: it is back by the day agreed; that day itself is in time."""
    if holding.due_back_on and school.today and holding.due_back_on < school.today:
        message = f"It was due back by {full_day(holding.due_back_on)}. Ask for it, or agree another day."
        yield Finding("AL03", Severity.WARNING, message, ARTICLE_32, "due_back_on", "Set another day")


def _held_once(holding: HoldingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AL04: one device is in one place."""
    if holding.open_allocations > 1:
        message = f"This serial number has {holding.open_allocations} open hand-overs. Find out who holds it, and record the other as returned."
        yield Finding("AL04", Severity.ERROR, message, ARTICLE_32, "returned_on", "Take it back")


RULES: tuple[Callable[[HoldingFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _holder_is_here,  # AL01
    _agreed,  # AL02
    _back_in_time,  # AL03
    _held_once,  # AL04
)
