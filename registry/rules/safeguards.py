"""What protects people: the checks before biometrics, the safeguards around automated decisions, and the rights that follow."""

from collections.abc import Iterator

from models.vocabulary import CHILDREN, Art6, Art9, Nation, Right, SpecialCategory
from registry.rules.activity_facts import ActivityFacts
from registry.rules.answers import is_no, is_yes, listed, unmet_parts
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts

NATIONS_OF_THE_ACT = (Nation.ENGLAND, Nation.WALES)
FREEDOMS_ACT = "Protection of Freedoms Act 2012 sections 26 to 28"
BIOMETRIC_CHECKS = {
    "biometric_parents_told": "that every parent has been told",
    "biometric_written_consent": "that a parent has consented in writing",
    "biometric_no_objection": "that no parent and no child has objected",
    "biometric_alternative": "that there is another way for those who refuse",
}
DECISION_SAFEGUARDS = {
    "automated_information": "tell people about the decision",
    "automated_representations": "let them put their case",
    "automated_human": "let them have a person step in",
    "automated_contest": "let them contest it",
}
RIGHT_WORDS = {
    Right.OBJECTION: "to object",
    Right.PORTABILITY: "to take the data elsewhere",
    Right.WITHDRAW_CONSENT: "to withdraw consent",
    Right.ERASURE: "to have it erased, where Article 17 allows",
    Right.HUMAN_REVIEW: "to have a decision looked at by a person",
}


def biometrics_checked(activity: ActivityFacts, school: SchoolFacts) -> Iterator[Finding]:
    """LB14: in England and Wales children are recognised by their bodies only after the checks of the Act."""
    if not _recognises_bodies(activity) or school.nation not in NATIONS_OF_THE_ACT or _only_adults(activity):
        return
    if not is_yes(activity.biometric_recognition):
        message = "Nobody has said whether a machine recognises children by their fingerprints, faces or the like. Find out."
        yield Finding("LB14", Severity.WARNING, message, FREEDOMS_ACT, "biometric_recognition", "Answer the question")
        return
    missing = unmet_parts(activity, BIOMETRIC_CHECKS)
    if missing:
        message = f"A machine recognises children, and it is not certain {listed(missing.values())}. Stop until it is."
        yield Finding("LB14", Severity.ERROR, message, FREEDOMS_ACT, next(iter(missing)), "Answer the checks")


def another_way_than_biometrics(activity: ActivityFacts, school: SchoolFacts) -> Iterator[Finding]:
    """LB13: consent to biometrics is free only where there is another way, also where the Act does not reach."""
    under_the_act = school.nation in NATIONS_OF_THE_ACT and not _only_adults(activity)
    if under_the_act or not _recognises_bodies(activity) or Art6.CONSENT not in activity.art6:
        return
    if not is_yes(activity.biometric_alternative):
        message = "Consent is chosen for biometrics, and it is not certain that there is another way. Describe the other way."
        yield Finding("LB13", Severity.WARNING, message, "UK GDPR Article 7(4)", "biometric_alternative", "Describe the other way")


def decisions_safeguarded(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB15: a significant automated decision has its four safeguards."""
    if not is_yes(activity.automated_significant):
        return
    missing = unmet_parts(activity, DECISION_SAFEGUARDS)
    if missing:
        message = f"Significant decisions are made by machine alone, and it is not certain that you {listed(missing.values())}. Add these safeguards."
        yield Finding("LB15", Severity.WARNING, message, "UK GDPR Articles 22A to 22D", next(iter(missing)), "Add the safeguards")


def rights_follow(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB16: the rights offered are those that follow from the bases."""
    if not activity.art6:
        return
    due = _due(activity)
    missing = [words for right, words in RIGHT_WORDS.items() if right in due and right not in activity.rights]
    offered_in_vain = (right for right in activity.rights if right in RIGHT_WORDS and right not in due | {Right.HUMAN_REVIEW})
    too_many = sorted(Right.label_of(right).partition(" (")[0].partition(",")[0].lower() for right in offered_in_vain)
    sentences = []
    if missing:
        sentences.append(f"People also have the right {listed(missing)}. Tick it.")
    if too_many:
        sentences.append(f"The right {listed(too_many)} does not follow from these bases. Do not promise it.")
    if sentences:
        source = "UK GDPR Articles 7(3), 17, 20, 21 and 22C"
        yield Finding("LB16", Severity.NOTE, " ".join(sentences), source, "rights", "Look at the rights")


def _due(activity: ActivityFacts) -> frozenset[Right]:
    """The rights, among those that depend on the basis, that people have here."""
    bases = set(activity.art6)
    depends = {
        Right.OBJECTION: bool(bases & {Art6.PUBLIC_TASK, Art6.LEGITIMATE_INTERESTS, Art6.RECOGNISED_LEGITIMATE_INTEREST}),
        Right.PORTABILITY: bool(bases & {Art6.CONSENT, Art6.CONTRACT}),
        Right.WITHDRAW_CONSENT: Art6.CONSENT in bases or Art9.EXPLICIT_CONSENT in activity.art9,
        Right.ERASURE: bool(bases - {Art6.LEGAL_OBLIGATION, Art6.PUBLIC_TASK}),
        Right.HUMAN_REVIEW: is_yes(activity.automated_significant),
    }
    return frozenset(right for right, is_due in depends.items() if is_due)


def _recognises_bodies(activity: ActivityFacts) -> bool:
    """Whether biometric data is used in a way that may recognise people by machine."""
    return SpecialCategory.BIOMETRIC_IDENTIFICATION in activity.special_categories and not is_no(activity.biometric_recognition)


def _only_adults(activity: ActivityFacts) -> bool:
    """Whether it is known whose data it is, and no children are among them."""
    return bool(activity.individuals) and not CHILDREN & set(activity.individuals)
