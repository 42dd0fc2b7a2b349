"""Are a supplier's papers in order? UK GDPR Article 28, due diligence, transfers and the dates of the contract."""

from collections.abc import Callable, Iterator

from models.vocabulary import Art28Clause, SupplierRole, SupplierState
from registry.rules.answers import is_no, is_yes, listed
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day, is_older
from registry.rules.school_facts import SchoolFacts
from registry.rules.supplier_facts import SupplierFacts
from registry.rules.transfers import mechanism_chosen, transfer_assessed, united_states_covered

__all__ = ["RULES", "Finding", "SchoolFacts", "Severity", "SupplierFacts", "findings", "state"]

_DAY_NOT_TOLD = SchoolFacts()


def findings(supplier: SupplierFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing or wrong about a supplier, in the order of the codes."""
    return tuple(finding for rule in RULES for finding in rule(supplier, school))


def state(supplier: SupplierFacts, school: SchoolFacts = _DAY_NOT_TOLD) -> SupplierState:
    """Red when there is an error, as when any clause is missing; amber when there is a warning; green otherwise."""
    severities = {finding.severity for finding in findings(supplier, school)}
    if Severity.ERROR in severities:
        return SupplierState.RED
    return SupplierState.AMBER if Severity.WARNING in severities else SupplierState.GREEN


def _terms_complete(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP01: the contract with a processor has all eight terms, and says what is processed, how long and why."""
    if not supplier.is_processor:
        return
    missing = [f"({clause.value})" for clause in Art28Clause if clause not in supplier.clauses]
    if missing:
        letters = "all 8 terms" if len(missing) == len(Art28Clause) else f"{listed(missing)} of the 8 terms"
        message = f"The contract lacks {letters} that the law asks for. Ask the supplier for them."
        yield Finding("SP01", Severity.ERROR, message, "UK GDPR Article 28(3)", "clauses", "Tick the terms")
    if not is_yes(supplier.details_described):
        message = "The contract must describe the work: what, how long, why, which data and whose. Nobody has confirmed that it does."
        yield Finding("SP01", Severity.ERROR, message, "UK GDPR Article 28(3)", "details_described", "Confirm the description")


def _contract_signed(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP02: a processor has signed a contract."""
    if supplier.is_processor and not is_yes(supplier.contract_signed):
        says = "No contract is signed" if is_no(supplier.contract_signed) else "Nobody has said whether a contract is signed"
        message = f"{says}. A processor may not start without one."
        yield Finding("SP02", Severity.ERROR, message, "UK GDPR Article 28(3) and (9)", "contract_signed", "Record the contract")


def _looked_into(supplier: SupplierFacts, school: SchoolFacts) -> Iterator[Finding]:
    """SP03: somebody has looked into the supplier, and not too long ago."""
    if not supplier.is_trusted_with_data:
        return
    looked_on = supplier.due_diligence_on
    if looked_on is None:
        message = "Nobody has looked into how this supplier protects data. Ask the due diligence questions and enter the day."
        yield Finding("SP03", Severity.WARNING, message, "UK GDPR Article 28(1)", "due_diligence_on", "Enter the day")
    elif is_older(looked_on, school.review_months, school.today):
        message = f"The supplier was last looked into on {full_day(looked_on)}. Ask again."
        yield Finding("SP03", Severity.WARNING, message, "UK GDPR Article 28(1)", "due_diligence_on", "Enter the new day")


def _contract_runs(supplier: SupplierFacts, school: SchoolFacts) -> Iterator[Finding]:
    """SP07: the contract has not ended, and its end is not so near that the time for notice runs out."""
    if supplier.ends_on is None or school.today is None:
        return
    left = (supplier.ends_on - school.today).days
    end = full_day(supplier.ends_on)
    if left < 0:
        message = f"The contract ended on {end}. Renew it, or see that the data is returned or deleted."
        yield Finding("SP07", Severity.WARNING, message, "UK GDPR Article 28(3)(g)", "ends_on", "Enter the new end")
    elif left <= (supplier.notice_days or 0):
        message = f"The contract ends on {end}, which is within its time of notice. Decide whether to go on."
        yield Finding("SP07", Severity.WARNING, message, "The contract's own terms", "ends_on", "Enter the new end")


def _sub_processors_known(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP08: the school knows whom a processor passes the data to."""
    if supplier.is_processor and not is_yes(supplier.sub_processors_known):
        message = "It is not known which other companies the supplier uses. Ask for its list of sub-processors."
        yield Finding("SP08", Severity.WARNING, message, "UK GDPR Article 28(2) and (4)", "sub_processors_known", "Answer the question")


def _role_decided(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP09: it is settled whether the supplier decides or obeys."""
    if supplier.is_trusted_with_data and supplier.role not in (SupplierRole.PROCESSOR, SupplierRole.CONTROLLER, SupplierRole.JOINT):
        message = "It is not decided whether the supplier is a processor or a controller. Decide for the service you use."
        yield Finding("SP09", Severity.WARNING, message, "UK GDPR Article 4(7) and (8)", "role", "Decide the role")


RULES: tuple[Callable[[SupplierFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _terms_complete,  # SP01
    _contract_signed,  # SP02
    _looked_into,  # SP03
    mechanism_chosen,  # SP04
    transfer_assessed,  # SP05
    united_states_covered,  # SP06
    _contract_runs,  # SP07
    _sub_processors_known,  # SP08
    _role_decided,  # SP09
)
