"""When a contract with a supplier ends, and by when somebody must say so if it is not to go on by itself (the contract's own terms)."""

from dataclasses import dataclass
from datetime import date, timedelta

from registry.rules.due import Due, as_entered
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """The dates of a contract; each name is the column of the same name."""

    ends_on: date | None = None
    notice_days: int | None = None


def end(contract: ContractFacts, _school: SchoolFacts) -> Due | None:
    """The last day of the contract."""
    return as_entered(contract.ends_on, "The contract ends on")


def notice(contract: ContractFacts, _school: SchoolFacts) -> Due | None:
    """The last day on which notice can be given: it has to be there so many days before the end."""
    if contract.ends_on is None or not contract.notice_days or (contract.ends_on - date.min).days < contract.notice_days:
        return None
    on = contract.ends_on - timedelta(days=contract.notice_days)
    days = f"{contract.notice_days} days" if contract.notice_days > 1 else "1 day"
    return Due(
        on=on,
        because=(
            f"The contract ends on {full_day(contract.ends_on)}, as entered.",
            f"It asks for {days} of notice, weekends and holidays included.",
            f"Counted back from the end: {full_day(on)}.",
        ),
    )
