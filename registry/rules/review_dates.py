"""When something is to be looked at again: on the day that was set, and at the latest when the last look is too old (UK GDPR Article 5(2))."""

from dataclasses import dataclass
from datetime import date

from models.vocabulary import Decider, ImageDecision, ImageFlag
from registry.rules.due import Due, as_entered
from registry.rules.plain_dates import full_day, months_after
from registry.rules.school_facts import SchoolFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFacts:
    """When an entry was checked, and is to be; each name is the column of the same name."""

    last_verified_on: date | None = None
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """When an appropriate policy document is looked at again; each name is the column of the same name."""

    apd_reference: str | None = None
    apd_review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """When a limit on pictures is looked at again; each name is the column of the same name."""

    level: str | None = None
    next_review_on: date | None = None
    cleared_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """How long an answer about pictures counts; each name is the column of the same name."""

    decision: str | None = None
    decider: str | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFacts:
    """When it is looked at whether a change has helped; each name is the column of the same name."""

    next_review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """A task with its day; each name is the column of the same name."""

    due_on: date | None = None
    done_on: date | None = None


def check_again(entry: CheckedFacts, school: SchoolFacts) -> Due | None:
    """The earlier of the day that was set and the day on which the last check is too old; nothing where neither is known."""
    set_for = as_entered(entry.next_review_on, "The next check is set for")
    if entry.last_verified_on is None:
        return set_for
    on = months_after(entry.last_verified_on, school.review_months)
    old = Due(
        on=on,
        because=(
            f"It was last checked on {full_day(entry.last_verified_on)}.",
            f"{school.review_months} months later, the longest that a check counts: {full_day(on)}.",
        ),
    )
    if set_for is None:
        return old
    first = min(old, set_for, key=lambda due: due.on)
    return Due(on=first.on, because=(*set_for.because, *old.because, f"The earlier of the two: {full_day(first.on)}."))


def policy_document(activity: PolicyFacts, _school: SchoolFacts) -> Due | None:
    """The day by which the document is reviewed (Data Protection Act 2018 Schedule 1 paragraph 40)."""
    return as_entered(activity.apd_review_on, "The review of the policy document is set for") if activity.apd_reference else None


def limit(flag: LimitFacts, _school: SchoolFacts) -> Due | None:
    """The day on which the safeguarding lead looks at a limit again, while it applies."""
    applies = flag.cleared_on is None and flag.level != ImageFlag.NONE
    return as_entered(flag.next_review_on, "The limit is looked at again on") if applies else None


def consent(answer: AnswerFacts, _school: SchoolFacts) -> Due | None:
    """The last day on which a yes counts, by when it is asked for again (UK GDPR Article 7)."""
    if answer.decision != ImageDecision.GIVEN or answer.decider == Decider.OTHER:
        return None
    return as_entered(answer.valid_until, "The yes counts until")


def what_changed(breach: ChangedFacts, _school: SchoolFacts) -> Due | None:
    """The day on which it is looked at whether what was changed after a breach has helped (UK GDPR Article 32(1)(d))."""
    return as_entered(breach.next_review_on, "It is looked at again on")


def task(task: TaskFacts, _school: SchoolFacts) -> Due | None:
    """The day by which a task is to be done, while it is not."""
    return as_entered(task.due_on, "It is due on") if task.done_on is None else None
