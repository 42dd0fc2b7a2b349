"""DPIAs: what a screening asks, how risks are weighed, whom the school asks, and how far an assessment is (UK GDPR Articles 35 and 36)."""

from models.vocabulary.words import Words


class Article35(Words):
    """The three kinds of processing for which Article 35(3) demands an assessment."""

    EVALUATION = "a", "A computer evaluates or profiles people in depth, and decisions with legal or similar effects rest on it"
    SENSITIVE_AT_SCALE = "b", "Special category or criminal-offence data on a large scale"
    PUBLIC_MONITORING = "c", "A public place is watched systematically on a large scale"


class RegulatorItem(Words):
    """The ICO’s list of processing that needs an assessment (UK GDPR Article 35(4)), by its numbers."""

    INNOVATIVE = "1", "Innovative technology, or a known one used in a new way"
    DENIAL = "2", "It helps to decide who gets a service, a chance or a benefit"
    PROFILING = "3", "Profiling on a large scale"
    BIOMETRIC = "4", "Biometric data that identifies people, such as a fingerprint or face"
    GENETIC = "5", "Genetic data"
    MATCHING = "6", "Data from several sources is matched or combined"
    INVISIBLE = "7", "Data that did not come from the people, who are not told"
    TRACKING = "8", "Where people are, or what they do, is followed"
    TARGETING = "9", "Children or other vulnerable people are targeted: marketing, profiling, automated decisions, services online"
    PHYSICAL_HARM = "10", "People could come to physical harm if it went wrong"


class Criterion(Words):
    """The nine criteria of the European guidelines (WP248), by their numbers; two of them make an assessment due."""

    EVALUATION = "1", "People are evaluated or scored"
    AUTOMATED = "2", "A computer decides, with legal or similar effects"
    MONITORING = "3", "People are watched systematically"
    SENSITIVE = "4", "Sensitive or very personal data"
    LARGE_SCALE = "5", "It is done on a large scale"
    MATCHING = "6", "Sets of data are matched or combined"
    VULNERABLE = "7", "The people are vulnerable: children always are"
    INNOVATIVE = "8", "New technology, or a new use of it"
    BLOCKING = "9", "It can keep people from a right, a service or a contract"


class ScreeningOutcome(Words):
    """What a screening comes to."""

    ARTICLE_35_3 = "required_art35_3", "Required: Article 35(3) names it"
    REGULATORS_LIST = "required_ico_list", "Required: it is on the regulator’s list"
    TWO_CRITERIA = "required_two_criteria", "Required: two or more criteria are met"
    ONE_CRITERION = "recommended_one_criterion", "Recommended: one criterion is met"
    NOT_REQUIRED = "not_required_reasoned", "Not required, with reasons"


class DpiaTrigger(Words):
    """Why an assessment was begun."""

    PLANNED = "planned", "Something new is planned"
    NEW_SUPPLIER = "new_supplier", "There is a new supplier"
    REMOTE_ACCESS = "remote_access", "It can be reached from outside"
    NEW_TECHNOLOGY = "new_technology", "It uses new technology"
    CHANGED_PURPOSE = "changed_purpose", "The purpose changed"
    BREACH = "breach", "A breach or complaint"
    REVIEW = "review", "It came up in a review"


class DpiaStage(Words):
    """How far an assessment is."""

    SCREENING = "screening", "Being screened"
    NOT_NEEDED = "not_needed", "Screened: no assessment"
    ASSESSING = "assessing", "Being assessed"
    LIVE = "live", "Approved and in use"
    DROPPED = "dropped", "Not going ahead"
    ENDED = "ended", "The processing has ended"


class RiskLikelihood(Words):
    """How likely harm is, in the words of the ICO’s template."""

    REMOTE = "remote", "Remote"
    POSSIBLE = "possible", "Possible"
    PROBABLE = "probable", "Probable"


class RiskSeverity(Words):
    """How bad harm would be, in the words of the ICO’s template."""

    MINIMAL = "minimal", "Minimal"
    SIGNIFICANT = "significant", "Significant"
    SEVERE = "severe", "Severe"


class RiskLevel(Words):
    """What likelihood and severity come to together."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class MeasureEffect(Words):
    """What the measures do to a risk, in the words of the ICO’s template."""

    ELIMINATED = "eliminated", "Eliminated"
    REDUCED = "reduced", "Reduced"
    ACCEPTED = "accepted", "Accepted"


class ConsultedParty(Words):
    """Who is asked about what is planned."""

    PUPILS = "pupils", "Pupils"
    PARENTS = "parents", "Parents and carers"
    STAFF = "staff", "Staff"
    GOVERNORS = "governors", "Governors or trustees"
    DPO = "dpo", "The data protection officer"
    IT_PROVIDER = "it_provider", "The IT provider"
    PROCESSOR = "processor", "The supplier"
    EXPERT = "expert", "Somebody else who knows about it"


class RegulatorOutcome(Words):
    """What the regulator said after being consulted (UK GDPR Article 36)."""

    MAY_PROCEED = "may_proceed", "It may go ahead"
    WITH_CHANGES = "with_changes", "It may go ahead with changes"
    WARNED = "warned", "A warning"
    FORBIDDEN = "forbidden", "It may not go ahead"
