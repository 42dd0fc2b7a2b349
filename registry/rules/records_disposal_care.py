"""Is a disposal of records decided on, carried out and proved? UK GDPR Articles 5(1)(f), 5(2) and 28, and the code under FOIA section 46."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.vocabulary import DestructionMethod, RecordsDisposalStage, RecordsKind
from registry.rules.answers import is_blank
from registry.rules.due import Due
from registry.rules.finding import Finding, Severity
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

ACCOUNTABILITY = "UK GDPR Article 5(2)"
CODE_OF_PRACTICE = "Code of practice under FOIA section 46"
DECIDED_WITHIN = timedelta(days=14)
"""How long a proposal waits for a yes or a no before it is late: no law says so."""

CARRIED_OUT_WITHIN = timedelta(days=30)
"""How long an approval waits before somebody is reminded: no law says so."""

LEAVING = frozenset({DestructionMethod.HANDED_OVER, DestructionMethod.ARCHIVED})
ELSEWHERE = frozenset({RecordsKind.PAPER, RecordsKind.SYSTEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFacts:
    """How far a proposal is, and since when it waits; each name is the column of the same name."""

    stage: str | None = None
    proposed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsDisposalFacts:
    """A disposal of records; each name is the column of the same name, and what is not given is not said."""

    stage: str | None = None
    records: str | None = None
    method: str | None = None
    quantity: int | None = None
    contractor: object = None
    certificate: str | None = None
    witness: str | None = None
    receipt: str | None = None
    approved_on: date | None = None
    done_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Whether the records are gone."""
        return self.stage == RecordsDisposalStage.DONE or self.done_on is not None

    @property
    def is_elsewhere(self) -> bool:
        """Whether people carry it out, and not this program, which writes down by itself what it erases."""
        return self.records in ELSEWHERE


def decide_by(proposal: ProposalFacts, _school: SchoolFacts) -> Due | None:
    """The day by which somebody approves a proposal, or says why not; none when nothing waits."""
    if proposal.stage != RecordsDisposalStage.PROPOSED or proposal.proposed_at is None:
        return None
    proposed = in_zone(proposal.proposed_at, ZONE).date()
    on = proposed + DECIDED_WITHIN
    return Due(on=on, because=(f"It was proposed on {full_day(proposed)}.", f"Two weeks later somebody has said yes or no: {full_day(on)}."))


def findings(disposal: RecordsDisposalFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing in a disposal of records, in the order of the codes; of one that was refused nothing is asked."""
    if disposal.stage == RecordsDisposalStage.REFUSED:
        return ()
    return tuple(finding for rule in RULES for finding in rule(disposal, school))


def _carried_out(disposal: RecordsDisposalFacts, school: SchoolFacts) -> Iterator[Finding]:
    """RD01: what was approved is carried out; the thirtieth day itself is in time."""
    waits = disposal.stage in (RecordsDisposalStage.APPROVED, RecordsDisposalStage.UNDER_WAY) and not disposal.is_done
    if not waits or disposal.approved_on is None or school.today is None:
        return
    if school.today - disposal.approved_on > CARRIED_OUT_WITHIN:
        message = f"This was approved on {full_day(disposal.approved_on)} and is not carried out. Carry it out, or take the approval back."
        yield Finding("RD01", Severity.WARNING, message, "UK GDPR Article 5(1)(e)", "stage", "Carry it out")


def _contractor_proves_it(disposal: RecordsDisposalFacts, _: SchoolFacts) -> Iterator[Finding]:
    """RD02: a contractor certifies what they destroyed."""
    is_contracted = disposal.method == DestructionMethod.CONTRACTOR or (disposal.method is None and not is_blank(disposal.contractor))
    if disposal.is_done and is_contracted and is_blank(disposal.certificate):
        message = "A contractor destroyed these, and there is no certificate. Ask them for it, and enter its number."
        question = "certificate" if disposal.method == DestructionMethod.CONTRACTOR else "method"
        yield Finding("RD02", Severity.ERROR, message, "UK GDPR Articles 5(2) and 28(3)", question, "Enter the number")


def _seen_done(disposal: RecordsDisposalFacts, _: SchoolFacts) -> Iterator[Finding]:
    """RD03: somebody saw it done; for what was handed over the receipt stands for that."""
    if disposal.is_done and disposal.is_elsewhere and disposal.method not in LEAVING and is_blank(disposal.witness):
        message = "It is not said who saw it done. Name the post, not the person."
        yield Finding("RD03", Severity.WARNING, message, ACCOUNTABILITY, "witness", "Name the post")


def _received(disposal: RecordsDisposalFacts, _: SchoolFacts) -> Iterator[Finding]:
    """RD04: whoever got the records says so."""
    if disposal.is_done and disposal.method in LEAVING and is_blank(disposal.receipt):
        message = "These were handed over, and nothing shows that they arrived. Ask for a receipt, and say which it is."
        yield Finding("RD04", Severity.WARNING, message, "UK GDPR Articles 5(1)(f) and 5(2)", "receipt", "Say what shows it")


def _counted(disposal: RecordsDisposalFacts, _: SchoolFacts) -> Iterator[Finding]:
    """RD05: the log says how many; none at all is an answer."""
    if disposal.quantity is None:
        message = "It is not said how many records these are. Count the boxes, files or records."
        yield Finding("RD05", Severity.WARNING, message, CODE_OF_PRACTICE, "quantity", "Say how many")


RULES: tuple[Callable[[RecordsDisposalFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _carried_out,  # RD01
    _contractor_proves_it,  # RD02
    _seen_done,  # RD03
    _received,  # RD04
    _counted,  # RD05
)
