"""May the data leave the United Kingdom with this supplier? UK GDPR Chapter V."""

from collections.abc import Iterator

from models.names import fold
from models.vocabulary import TransferMechanism
from registry.rules.answers import is_no, is_settled, is_yes
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts
from registry.rules.supplier_facts import SupplierFacts

ASSESSED = (TransferMechanism.IDTA, TransferMechanism.ADDENDUM, TransferMechanism.BCR)
"""The mechanisms of Article 46, which need a data protection test beside them."""

SENTENCES: dict[str, str] = {
    TransferMechanism.NONE_NEEDED: "Data leaves the United Kingdom, but the mechanism says that nothing does. Choose the mechanism in use.",
    TransferMechanism.EU_CLAUSES_ONLY: "The EU standard clauses alone do not cover data from the United Kingdom. Add the UK Addendum.",
}
NO_MECHANISM = "Data leaves the United Kingdom, but nothing makes that lawful yet. Choose the mechanism."
UNITED_STATES = frozenset({"united states", "united states of america", "the united states", "us", "usa", "u s", "u s a", "america"})


def mechanism_chosen(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP04: data that leaves the United Kingdom goes by a mechanism that UK law knows."""
    if not supplier.is_trusted_with_data:
        return
    if not is_settled(supplier.outside_uk):
        message = "Nobody has said whether data leaves the United Kingdom. Ask the supplier, also about support from abroad."
        yield Finding("SP04", Severity.WARNING, message, "UK GDPR Article 44", "outside_uk", "Answer the question")
    mechanism = supplier.transfer_mechanism or TransferMechanism.NOT_KNOWN
    if is_yes(supplier.outside_uk) and (mechanism == TransferMechanism.NOT_KNOWN or mechanism in SENTENCES):
        message = SENTENCES.get(mechanism, NO_MECHANISM)
        yield Finding("SP04", Severity.ERROR, message, "UK GDPR Articles 44 to 49", "transfer_mechanism", "Choose the mechanism")


def transfer_assessed(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP05: an agreement about a transfer stands on a test that people are protected about as well over there."""
    if _may_leave(supplier) and supplier.transfer_mechanism in ASSESSED and supplier.transfer_assessed_on is None:
        message = "The data protection test for this transfer is not recorded. Carry it out and enter the day."
        yield Finding("SP05", Severity.WARNING, message, "UK GDPR Article 46(1A)", "transfer_assessed_on", "Enter the day")


def united_states_covered(supplier: SupplierFacts, _: SchoolFacts) -> Iterator[Finding]:
    """SP06: a listing for the United States counts only with its UK Extension, and no other approval covers that country."""
    if not _may_leave(supplier) or is_yes(supplier.us_uk_extension):
        return
    source = "SI 2023/1028 and UK GDPR Article 45A"
    if supplier.transfer_mechanism == TransferMechanism.US_DATA_BRIDGE:
        message = "The Data Privacy Framework counts only with its UK Extension, which is not confirmed. Look the company up in the list."
        yield Finding("SP06", Severity.ERROR, message, source, "us_uk_extension", "Confirm the extension")
    elif supplier.transfer_mechanism == TransferMechanism.ADEQUACY and _names_united_states(supplier):
        message = "The United States are approved only for companies listed with the UK Extension. Choose the mechanism that fits."
        yield Finding("SP06", Severity.ERROR, message, source, "transfer_mechanism", "Choose the mechanism")


def _may_leave(supplier: SupplierFacts) -> bool:
    """Whether personal data leaves the country, or nobody has said that it does not."""
    return supplier.is_trusted_with_data and not is_no(supplier.outside_uk)


def _names_united_states(supplier: SupplierFacts) -> bool:
    """Whether the United States are among the countries, listed one a line or with commas."""
    countries = supplier.countries or ()
    lines = countries.replace(",", "\n").replace(";", "\n").splitlines() if isinstance(countries, str) else countries
    return any(fold(country) in UNITED_STATES for country in lines)
