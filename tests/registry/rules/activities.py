"""Activities and schools for the tests of the lawful-basis rules."""

from datetime import date

from registry.rules.lawful_basis import ActivityFacts, Finding, SchoolFacts, findings

TODAY = date(2026, 11, 22)
MAINTAINED = SchoolFacts(today=TODAY)
INDEPENDENT = SchoolFacts(school_type="independent", controller="proprietor", public_authority=False, today=TODAY)
SOUND = ActivityFacts(art6=["6.1.e"], statute="Education Act 1996, section 512", rights=["objection"], individuals=["pupils"])
WITH_POLICY = {"apd_reference": "APD 1", "apd_review_on": TODAY}
CONSENT = {"consent_mechanism": "Form BIO-2", "consent_withdrawal": "Tell the office", "consent_who": "A parent"}
ASSESSMENT = {
    "lia_interest": "Keeping in touch",
    "lia_necessity": "No other way",
    "lia_balance": "Little intrusion",
    "lia_assessed_on": TODAY,
    "lia_assessed_by": "The business manager",
}


def found(activity: ActivityFacts, school: SchoolFacts = MAINTAINED) -> list[str]:
    return [finding.code for finding in findings(activity, school)]


def only(code: str, activity: ActivityFacts, school: SchoolFacts = MAINTAINED) -> Finding:
    """The one finding with a code."""
    [finding] = [finding for finding in findings(activity, school) if finding.code == code]
    return finding
