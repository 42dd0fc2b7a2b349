"""Can records be disposed of by a rule of the schedule, and does the rule say what it rests on? UK GDPR Articles 5(1)(e) and 5(2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from models.vocabulary import Certainty, RetentionAction, RetentionBasis, RetentionTrigger
from registry.rules.answers import Answer, is_blank, is_yes
from registry.rules.due import Due
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

NO_LONGER = "UK GDPR Article 5(1)(e)"
ACCOUNTABILITY = "UK GDPR Article 5(2)"
FOR_GOOD = frozenset({RetentionAction.KEEP, RetentionAction.ARCHIVE, RetentionAction.REVIEW})
"""What can happen to records that are kept for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """One rule of the schedule; each name is the column of the same name, and what is not given is not said."""

    trigger: str | None = None
    permanent: Answer = None
    years: int | None = None
    months: int | None = None
    days: int | None = None
    action: str | None = None
    basis: str | None = None
    source: str | None = None
    certainty: str | None = None
    unknown_days: int | None = None

    @property
    def is_for_good(self) -> bool:
        """Whether it is never disposed of by date."""
        return is_yes(self.permanent) or self.action == RetentionAction.KEEP

    @property
    def has_period(self) -> bool:
        """Whether any period is said; none at all, written as 0, is one."""
        return any(length is not None for length in (self.years, self.months, self.days))


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """The first day on which a record of this program under the rule may go that is neither held nor proposed."""

    next_due_on: date | None = None


def propose(rule: NextDue, _school: SchoolFacts) -> Due | None:
    """The day on which somebody looks at what may go and proposes it; that day itself is in time."""
    if rule.next_due_on is None:
        return None
    because = f"From {full_day(rule.next_due_on)} on a record of this register is needed no longer, as this rule says. Nothing holds it."
    return Due(on=rule.next_due_on, because=(because,))


def findings(rule: RuleFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """All that a rule of the schedule lacks, in the order of the codes."""
    return tuple(finding for each in RULES for finding in each(rule))


def _period_said(rule: RuleFacts) -> Iterator[Finding]:
    """RR01: there is a period, or it is kept for good, or it has no event and goes by no date."""
    if not (rule.has_period or rule.is_for_good or rule.trigger == RetentionTrigger.NONE):
        message = "It is not said how long these records are kept. Give a period, or say that they are kept for good."
        question = "permanent" if is_blank(rule.permanent) else "years"
        yield Finding("RR01", Severity.ERROR, message, NO_LONGER, question, "Give a period")


def _event_said(rule: RuleFacts) -> Iterator[Finding]:
    """RR02: the period runs from somewhere."""
    if is_blank(rule.trigger) and not rule.is_for_good:
        message = "It is not said from which event the period runs, so nobody can count the day. Choose the event."
        yield Finding("RR02", Severity.ERROR, message, NO_LONGER, "trigger", "Choose the event")


def _rests_on_something(rule: RuleFacts) -> Iterator[Finding]:
    """RR03: it is said why it is that long, and where that stands; the school’s own choice stands nowhere else."""
    if is_blank(rule.basis):
        message = "It is not said on what the period rests. Choose the law, the guidance, or the school’s own choice."
        yield Finding("RR03", Severity.WARNING, message, ACCOUNTABILITY, "basis", "Choose what it rests on")
    elif is_blank(rule.source) and rule.basis != RetentionBasis.OWN:
        message = "It is not said where the period stands. Name the law or the guidance, with its section."
        yield Finding("RR03", Severity.WARNING, message, ACCOUNTABILITY, "source", "Name the source")


def _for_good_means_it(rule: RuleFacts) -> Iterator[Finding]:
    """RR04: what is kept for good is not destroyed, handed over or overwritten all the same."""
    if is_yes(rule.permanent) and rule.action not in FOR_GOOD:
        message = (
            "This is kept for good, and something else is to happen to it. Choose keep, archive or a person’s decision: "
            "personal data is kept for good only where there is a reason to."
        )
        yield Finding("RR04", Severity.WARNING, message, "UK GDPR Articles 5(1)(e) and 89(1)", "action", "Choose what happens")


def _confirmed(rule: RuleFacts) -> Iterator[Finding]:
    """RR05: what the starter content could not settle was asked of the DPO."""
    if rule.certainty == Certainty.CHECK_WITH_DPO:
        message = "This was not settled when it was added. Ask your data protection officer, then say how certain it is."
        yield Finding("RR05", Severity.NOTE, message, ACCOUNTABILITY, "certainty", "Say how certain it is")


def _days_known(rule: RuleFacts) -> Iterator[Finding]:
    """RR06: what nobody knows the day of never goes."""
    if many := rule.unknown_days or 0:
        these = "1 record" if many == 1 else f"{many:,} records"
        message = f"Nobody knows from which day on {these} may go, as the day of the event is not said. Say it on each, or choose another event."
        yield Finding("RR06", Severity.WARNING, message, NO_LONGER, "trigger", "Choose the event")


RULES: tuple[Callable[[RuleFacts], Iterator[Finding]], ...] = (
    _period_said,  # RR01
    _event_said,  # RR02
    _rests_on_something,  # RR03
    _for_good_means_it,  # RR04
    _confirmed,  # RR05
    _days_known,  # RR06
)
