"""May the school use this data? The rules LB01 to LB18 about lawful bases and conditions, each with its source."""

from collections.abc import Callable, Iterator

from models.vocabulary import ActivityRole
from registry.rules import article_6, article_9, policy_document, safeguards
from registry.rules.activity_facts import ActivityFacts
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts

__all__ = ["RULES", "ActivityFacts", "Finding", "SchoolFacts", "Severity", "findings"]

RULES: tuple[Callable[[ActivityFacts, SchoolFacts], Iterator[Finding]], ...] = (
    article_6.needs_a_basis,  # LB01
    article_6.basis_open_to_the_school,  # LB02
    article_6.legitimate_interests_assessed,  # LB03
    article_6.recognised_interest_described,  # LB04
    article_6.consent_described,  # LB05
    article_6.law_named,  # LB06
    article_9.needs_a_condition,  # LB07
    article_9.paragraph_fits,  # LB08
    policy_document.policy_in_force,  # LB09
    article_9.criminal_data_allowed,  # LB10
    article_9.condition_without_category,  # LB11
    article_9.consent_is_explicit,  # LB12
    article_6.consent_is_free,  # LB13
    safeguards.another_way_than_biometrics,  # LB13
    safeguards.biometrics_checked,  # LB14
    safeguards.decisions_safeguarded,  # LB15
    safeguards.rights_follow,  # LB16
    article_6.contract_named,  # LB17
    article_6.vital_interests_explained,  # LB18
)


def findings(activity: ActivityFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing or wrong about the lawful basis of an activity, in the order of the codes.

    What a school does as a processor rests on the controller's basis, so nothing is asked of it here.
    """
    if activity.role == ActivityRole.PROCESSOR:
        return ()
    return tuple(finding for rule in RULES for finding in rule(activity, school))
