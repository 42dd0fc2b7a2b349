"""The lawful bases of UK GDPR Article 6: that there is one, that it is open to the school, and what each must carry."""

from collections.abc import Iterator

from models.vocabulary import CHILDREN, Art6, RecognisedInterest
from registry.rules.activity_facts import ActivityFacts
from registry.rules.answers import blank_parts, is_blank, is_no, is_yes, listed
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day, is_older
from registry.rules.school_facts import SchoolFacts

CLOSED_TO_AUTHORITIES = (Art6.RECOGNISED_LEGITIMATE_INTEREST, Art6.LEGITIMATE_INTERESTS)
RESTING_ON_LAW = (Art6.LEGAL_OBLIGATION, Art6.PUBLIC_TASK)
ASSESSMENT = {
    "lia_interest": "the interest",
    "lia_necessity": "why it is necessary",
    "lia_balance": "the balance against people's interests",
    "lia_assessed_on": "the day it was done",
    "lia_assessed_by": "who did it",
}
CONSENT = {"consent_mechanism": "how consent is asked for", "consent_withdrawal": "how it is withdrawn"}
CONSENT_OF_CHILDREN = CONSENT | {"consent_who": "who may consent for a child"}


def needs_a_basis(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB01: every processing activity has a lawful basis."""
    if not activity.art6:
        message = "No lawful basis is chosen. Choose at least one."
        yield Finding("LB01", Severity.ERROR, message, "UK GDPR Article 6(1)", "art6", "Choose a basis")


def basis_open_to_the_school(activity: ActivityFacts, school: SchoolFacts) -> Iterator[Finding]:
    """LB02: a public authority rests its own tasks on neither kind of legitimate interest."""
    closed = [basis.label.lower() for basis in CLOSED_TO_AUTHORITIES if basis in activity.art6]
    if closed and school.public_authority and not is_no(activity.is_core_task):
        message = f"A public authority may not rest its own tasks on {listed(closed)}. Choose another basis, such as public task."
        yield Finding("LB02", Severity.ERROR, message, "UK GDPR Article 6(1), closing words", "art6", "Choose another basis")


def legitimate_interests_assessed(activity: ActivityFacts, school: SchoolFacts) -> Iterator[Finding]:
    """LB03: legitimate interests rest on a finished assessment that is not out of date."""
    if Art6.LEGITIMATE_INTERESTS not in activity.art6:
        return
    missing = blank_parts(activity, ASSESSMENT)
    source = "UK GDPR Article 6(1)(f)"
    if missing:
        message = f"The legitimate interests assessment is not finished. Add {listed(missing.values())}."
        yield Finding("LB03", Severity.ERROR, message, source, next(iter(missing)), "Finish the assessment")
    assessed_on = activity.lia_assessed_on
    if assessed_on and is_older(assessed_on, school.review_months, school.today):
        message = f"The legitimate interests assessment was last done on {full_day(assessed_on)}. Go through it again."
        yield Finding("LB03", Severity.WARNING, message, source, "lia_assessed_on", "Review the assessment")


def recognised_interest_described(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB04: a recognised legitimate interest names its condition, why it is necessary and, for the first, the request."""
    if Art6.RECOGNISED_LEGITIMATE_INTEREST not in activity.art6:
        return
    source = "UK GDPR Article 6(1)(ea) and Annex 1"
    if activity.rli_condition not in tuple(RecognisedInterest):
        message = "Recognised legitimate interest is chosen, but no condition of Annex 1. Choose one."
        yield Finding("LB04", Severity.ERROR, message, source, "rli_condition", "Choose a condition")
    if is_blank(activity.rli_necessity):
        message = "It is not said why the recognised legitimate interest makes this necessary. Say why."
        yield Finding("LB04", Severity.ERROR, message, source, "rli_necessity", "Say why")
    if activity.rli_condition == RecognisedInterest.ANOTHER_BODYS_TASK and is_blank(activity.rli_request):
        message = "The other body's written request is not recorded. Say where it is kept."
        yield Finding("LB04", Severity.ERROR, message, source, "rli_request", "Record the request")


def consent_described(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB05: consent says how it is asked for and withdrawn and, unless only adults are concerned, who may give it."""
    if Art6.CONSENT not in activity.art6:
        return
    only_adults = activity.individuals and not CHILDREN & set(activity.individuals)
    missing = blank_parts(activity, CONSENT if only_adults else CONSENT_OF_CHILDREN)
    if missing:
        message = f"Consent is chosen, but it is not said {listed(missing.values())}. Add it."
        yield Finding("LB05", Severity.ERROR, message, "UK GDPR Article 7", next(iter(missing)), "Describe the consent")


def law_named(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB06: a legal obligation or a public task names its law."""
    bases = [basis.label for basis in RESTING_ON_LAW if basis in activity.art6]
    if bases and is_blank(activity.statute):
        message = f"{listed(bases).capitalize()} must rest on a law, and none is named. Name the Act or regulation and its section."
        yield Finding("LB06", Severity.ERROR, message, "UK GDPR Article 6(3)", "statute", "Name the law")


def consent_is_free(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB13: consent is doubtful where the school would have to carry on without it."""
    if Art6.CONSENT not in activity.art6:
        return
    source = "UK GDPR Articles 4(11) and 7(4)"
    if is_no(activity.consent_can_refuse):
        message = "Consent is chosen, but nobody can really refuse. Choose the basis on which the school would carry on."
        yield Finding("LB13", Severity.WARNING, message, source, "consent_can_refuse", "Choose another basis")
    elif Art6.LEGAL_OBLIGATION in activity.art6 and not is_yes(activity.consent_can_refuse) and not is_no(activity.is_core_task):
        message = "Consent is chosen beside a legal obligation. Say whether people can refuse, or leave consent out."
        yield Finding("LB13", Severity.WARNING, message, source, "consent_can_refuse", "Say who may refuse")


def contract_named(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB17: the contract basis says which contract with the person it is."""
    if Art6.CONTRACT in activity.art6 and is_blank(activity.contract_with_subject):
        message = "Contract is chosen, but it is not said which contract with the people concerned. Name it."
        yield Finding("LB17", Severity.WARNING, message, "UK GDPR Article 6(1)(b)", "contract_with_subject", "Name the contract")


def vital_interests_explained(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB18: vital interests say why no other basis will do."""
    if Art6.VITAL_INTERESTS in activity.art6 and is_blank(activity.vital_why):
        message = "Vital interests is chosen, but it is not said why no other basis will do. Say why."
        yield Finding("LB18", Severity.WARNING, message, "UK GDPR Article 6(1)(d) and recital 46", "vital_why", "Say why")
