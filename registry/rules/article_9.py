"""Special category and criminal-offence data: UK GDPR Articles 9 and 10 with Schedule 1 to the Data Protection Act 2018."""

from collections.abc import Iterator

from models.vocabulary import Art6, Art9, AuthorityForCriminalData, Schedule1, SpecialCategory
from registry.rules.activity_facts import ActivityFacts
from registry.rules.answers import is_blank, is_yes, listed
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts

PAIRS = {
    Art9.EMPLOYMENT: (Schedule1.EMPLOYMENT,),
    Art9.SUBSTANTIAL_PUBLIC_INTEREST: tuple(paragraph for paragraph in Schedule1 if paragraph.part == 2),
    Art9.HEALTH_OR_SOCIAL_CARE: (Schedule1.HEALTH_CARE,),
    Art9.PUBLIC_HEALTH: (Schedule1.PUBLIC_HEALTH,),
    Art9.ARCHIVING_RESEARCH: (Schedule1.RESEARCH,),
}
"""The conditions of Article 9 that need a paragraph of Schedule 1, and which paragraphs will do."""

TICKED = {
    SpecialCategory.RACIAL_ETHNIC_ORIGIN: "Race or ethnic origin is",
    SpecialCategory.POLITICAL_OPINIONS: "Political opinions are",
    SpecialCategory.RELIGIOUS_PHILOSOPHICAL_BELIEFS: "Religious or philosophical beliefs are",
    SpecialCategory.TRADE_UNION_MEMBERSHIP: "Trade union membership is",
    SpecialCategory.GENETIC_DATA: "Genetic data is",
    SpecialCategory.BIOMETRIC_IDENTIFICATION: "Biometric data is",
    SpecialCategory.HEALTH: "Health data is",
    SpecialCategory.SEX_LIFE: "Sex life is",
    SpecialCategory.SEXUAL_ORIENTATION: "Sexual orientation is",
}


def needs_a_condition(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB07: special category data needs a condition of Article 9."""
    if activity.special_categories and not activity.art9:
        message = f"{_ticked(activity)} ticked, but no Article 9 condition is chosen. Choose a condition."
        yield Finding("LB07", Severity.ERROR, message, "UK GDPR Article 9(2)", "art9", "Choose a condition")


def paragraph_fits(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB08: a condition that needs Schedule 1 has its paragraph, and no paragraph stands without its condition."""
    sentences = [*_without_paragraph(activity), *_without_condition(activity)]
    if sentences:
        yield Finding("LB08", Severity.ERROR, " ".join(sentences), "DPA 2018 sections 10 and 11 and Schedule 1", "sch1", "Choose the paragraph")


def criminal_data_allowed(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB10: criminal-offence data needs official authority or a paragraph of Schedule 1; Article 9 does not count."""
    official = activity.criminal_authority == AuthorityForCriminalData.OFFICIAL_AUTHORITY
    if is_yes(activity.criminal_data) and not official and not set(Schedule1) & set(activity.sch1):
        message = "Criminal-offence data is used, but neither official authority nor a Schedule 1 condition is chosen. Choose one."
        if activity.art9:
            message += " An Article 9 condition is not enough."
        yield Finding("LB10", Severity.ERROR, message, "UK GDPR Article 10 and DPA 2018 section 10(5)", "criminal_authority", "Choose a condition")


def condition_without_category(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB11: a condition of Article 9 without special category data is a sign that a tick is missing or too many."""
    if activity.art9 and not activity.special_categories:
        message = "An Article 9 condition is chosen, but no special category is ticked. Tick what is used, or take the condition out."
        yield Finding("LB11", Severity.WARNING, message, "UK GDPR Article 9(1)", "special_categories", "Tick what is used")


def consent_is_explicit(activity: ActivityFacts, _: SchoolFacts) -> Iterator[Finding]:
    """LB12: consent under Article 6 does not cover special category data, and explicit consent is recorded as such."""
    source = "UK GDPR Article 9(2)(a)"
    if Art9.EXPLICIT_CONSENT in activity.art9 and is_blank(activity.explicit_consent):
        message = "Explicit consent is chosen, but it is not said how it is given in so many words. Describe it."
        yield Finding("LB12", Severity.ERROR, message, source, "explicit_consent", "Describe the consent")
    if Art6.CONSENT in activity.art6 and activity.special_categories and not activity.art9:
        message = "Consent under Article 6 does not cover special category data. Choose explicit consent, or another Article 9 condition."
        yield Finding("LB12", Severity.ERROR, message, source, "art9", "Choose a condition")


def _ticked(activity: ActivityFacts) -> str:
    """The beginning of a sentence about the special categories ticked, up to its verb."""
    if len(activity.special_categories) > 1:
        return f"{len(activity.special_categories)} special categories are"
    return next((words for category, words in TICKED.items() if category in activity.special_categories), "A special category is")


def _without_paragraph(activity: ActivityFacts) -> Iterator[str]:
    """A sentence for each condition of Article 9 whose paragraph is missing."""
    for condition, paragraphs in PAIRS.items():
        if condition in activity.art9 and not set(paragraphs) & set(activity.sch1):
            if len(paragraphs) == 1:
                yield f"{condition.label} needs paragraph {paragraphs[0].paragraph} of Schedule 1. Choose it."
            else:
                numbers = f"{paragraphs[0].paragraph} to {paragraphs[-1].paragraph}"
                yield f"{condition.label} needs one of the paragraphs {numbers} of Schedule 1. Choose one."


def _without_condition(activity: ActivityFacts) -> Iterator[str]:
    """A sentence for each kind of paragraph that no condition of Article 9 asks for; criminal-offence data may use any."""
    if is_yes(activity.criminal_data):
        return
    homeless = set(activity.sch1)
    for condition, paragraphs in PAIRS.items():
        here = [str(paragraph.paragraph) for paragraph in paragraphs if paragraph in homeless]
        homeless -= set(paragraphs)
        if here and condition not in activity.art9:
            yield f"Schedule 1 {_paragraphs(here)} {_goes(here)} only with {condition.label.lower()}, which is not chosen."
    if homeless:
        numbers = [code.rpartition(".")[2] for code in sorted(homeless)]
        yield f"Schedule 1 {_paragraphs(numbers)} {_goes(numbers)} only with criminal-offence data, which is not ticked."


def _paragraphs(numbers: list[str]) -> str:
    """The paragraphs by number."""
    return f"paragraph{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def _goes(numbers: list[str]) -> str:
    """The verb that fits so many paragraphs."""
    return "go" if len(numbers) > 1 else "goes"
