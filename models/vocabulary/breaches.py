"""Breaches: how they happen, what they touch, how far each is handled, and what is decided; the ticks are those of the ICO's form."""

from models.vocabulary.words import Words


class BreachKind(Words):
    """What happened, as schools meet it; each has a playbook but the last."""

    WRONG_RECIPIENT = "wrong-recipient", "Sent to the wrong person"
    CC_FOR_BCC = "cc-instead-of-bcc", "Addresses of a group shown to all"
    LOST_PAPER = "lost-paper", "Paper lost, stolen or left behind"
    LOST_DEVICE = "lost-or-stolen-device", "A device lost or stolen"
    LOOKED_UP = "unauthorised-look-up", "Somebody looked at what was not theirs to see"
    FAILED_REDACTION = "failed-redaction", "Something was not blacked out"
    PHISHING = "phishing-or-stolen-password", "A password was given away or stolen"
    RANSOMWARE = "ransomware", "Files were locked or taken by criminals"
    DELETED = "accidental-deletion", "Something was deleted or changed by mistake"
    SUPPLIER = "supplier-breach", "A supplier had a breach"
    PICTURE = "photo-against-refusal", "A picture was published against a no"
    SPOKEN = "verbal-disclosure", "Something was said where others heard it"
    OTHER = "other", "Something else"


class BreachPart(Words):
    """The parts into which the steps of a playbook fall, in order."""

    CONTAIN = "contain", "Contain it now"
    FIND_OUT = "find_out", "Find out"
    TELL = "tell", "Tell"
    PREVENT = "prevent", "Stop it happening again"


class BreachStage(Words):
    """How far the handling of a breach has come."""

    REPORTED = "reported", "Reported, and not yet taken up"
    OPEN = "open", "Being handled"
    CLOSED = "closed", "Closed"
    NO_BREACH = "no_breach", "Looked into: no personal data was touched"


class RegulatorDecision(Words):
    """Whether the regulator is told (UK GDPR Article 33)."""

    REPORT = "report", "Tell the regulator"
    NOT_REPORTABLE = "not_reportable", "Do not tell the regulator"


class PeopleDecision(Words):
    """Whether the people concerned are told (UK GDPR Article 34), and if not, on which ground."""

    TELL = "tell", "Tell them"
    NO_HIGH_RISK = "no_high_risk", "Do not: the risk to them is not high"
    UNINTELLIGIBLE = "unintelligible", "Do not: nobody can read the data (Article 34(3)(a))"
    RISK_ENDED = "risk_ended", "Do not: what was done since has ended the high risk (Article 34(3)(b))"
    IN_PUBLIC = "in_public", "Tell everybody in public: reaching each of them would be out of proportion (Article 34(3)(c))"


class DataSensitivity(Words):
    """The kinds of data with which ENISA's method begins."""

    SIMPLE = "simple", "Simple: who somebody is, how to reach them, their schooling, their family"
    BEHAVIOURAL = "behavioural", "Behaviour: where they are, whom they talk to, their habits"
    FINANCIAL = "financial", "Money: income, accounts, debts"
    SENSITIVE = "sensitive", "Sensitive: health, faith and the other special categories"


class BreachData(Words):
    """The kinds of data that the ICO's form offers."""

    RACIAL_ETHNIC = "racial_ethnic", "Racial or ethnic origin"
    POLITICAL = "political", "Political opinions"
    RELIGIOUS = "religious", "Religious or philosophical beliefs"
    TRADE_UNION = "trade_union", "Trade union membership"
    SEX_LIFE = "sex_life", "Sex life"
    SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation"
    GENDER_REASSIGNMENT = "gender_reassignment", "Gender reassignment"
    HEALTH = "health", "Health, including special educational needs"
    BASIC = "basic_identifiers", "Basic identifiers: names, addresses, dates of birth, contact details"
    IDENTIFICATION = "identification", "User names and passwords"
    ECONOMIC = "economic", "Economic and financial: bank details, benefits, free school meals"
    DOCUMENTS = "official_documents", "Official documents: passports, licences, certificates"
    LOCATION = "location", "Location"
    GENETIC_BIOMETRIC = "genetic_biometric", "Genetic or biometric"
    CRIMINAL = "criminal", "Criminal convictions and offences"
    UNKNOWN = "not_yet_known", "Not known yet"
    OTHER = "other", "Other"


SPECIAL_BREACH_DATA = frozenset(
    {
        *(BreachData.RACIAL_ETHNIC, BreachData.POLITICAL, BreachData.RELIGIOUS, BreachData.TRADE_UNION, BreachData.SEX_LIFE),
        *(BreachData.SEXUAL_ORIENTATION, BreachData.HEALTH, BreachData.GENETIC_BIOMETRIC, BreachData.CRIMINAL),
    }
)
"""What UK GDPR Articles 9 and 10 protect."""


class BreachPeople(Words):
    """The people that the ICO's form offers, in the words of a school."""

    CHILDREN = "children", "Children"
    STUDENTS = "students", "Students over 18"
    PARENTS = "customers", "Parents and carers (“customers or prospects”)"
    EMPLOYEES = "employees", "Staff (“employees”)"
    USERS = "users", "Users of a service"
    SUBSCRIBERS = "subscribers", "Subscribers"
    PATIENTS = "patients", "Patients"
    VULNERABLE = "vulnerable_adults", "Vulnerable adults"
    UNKNOWN = "not_yet_known", "Not known yet"
    OTHER = "other", "Others, such as governors and visitors"


class Likelihood(Words):
    """How likely significant consequences are, as the ICO's form asks."""

    VERY_LIKELY = "very_likely", "Very likely"
    LIKELY = "likely", "Likely"
    NEUTRAL = "neutral", "Neither likely nor unlikely"
    UNLIKELY = "unlikely", "Unlikely"
    VERY_UNLIKELY = "very_unlikely", "Very unlikely"
    UNKNOWN = "not_yet_known", "Not known yet"


class Security(Words):
    """What of data was lost (UK GDPR Article 4(12))."""

    CONFIDENTIALITY = "confidentiality", "Confidentiality: somebody saw or has what is not theirs"
    INTEGRITY = "integrity", "Integrity: something was changed that should not have been"
    AVAILABILITY = "availability", "Availability: something is gone, or cannot be reached"


class CyberImpact(Words):
    """What a cyber incident does to the school, as the ICO's form asks."""

    HIGH = "high", "High: the school cannot provide its most important services"
    MEDIUM = "medium", "Medium: some important services are not provided to some"
    LOW = "low", "Low: no loss of services, or little"
    UNKNOWN = "not_yet_known", "Not known yet"


class Recovery(Words):
    """How long it takes to recover, as the ICO's form asks."""

    REGULAR = "regular", "Regular: known, with what the school has"
    SUPPLEMENTED = "supplemented", "Supplemented: known, with more help"
    EXTENDED = "extended", "Extended: not known, and more help is needed"
    NOT_RECOVERABLE = "not_recoverable", "Not recoverable"
    RECOVERED = "already_recovered", "Recovered already"
    UNKNOWN = "not_yet_known", "Not known yet"


class PeopleTold(Words):
    """Whether the people were told, as the ICO's form asks."""

    YES = "yes", "Yes"
    IN_PROGRESS = "in_progress", "They are being told"
    AWARE = "already_aware", "They knew already"
    PLANNED = "planned", "They will be told"
    DECIDED_NOT = "decided_not", "No: it was decided not to"
    UNDECIDED = "undecided", "Not decided yet"


class BreachCause(Words):
    """How it could happen."""

    HASTE = "haste", "Haste, or a slip"
    NOT_KNOWN = "training", "Somebody did not know better"
    RULE_BROKEN = "rule_broken", "A rule was known and not kept"
    NO_RULE = "no_rule", "There was no rule, or a bad one"
    TECHNICAL = "technical", "A system was set up badly, or failed"
    SUPPLIER = "supplier", "A supplier’s fault"
    ATTACK = "attack", "Somebody attacked the school"
    THEFT = "theft", "Theft or loss"
    UNKNOWN = "unknown", "Nobody knows"


class EntryKind(Words):
    """What an entry in the timeline of a breach tells of."""

    REPORTED = "reported", "Reported"
    NOTE = "note", "Note"
    CORRECTION = "correction", "Correction"
    TOLD = "told", "Somebody was told"
    STEP = "step", "Step"
    TIMES = "times", "Times changed"
    ASSESSED = "assessed", "Assessed"
    ADVISED = "advised", "Advice given"
    DECIDED = "decided", "Decided"
    APPROVED = "approved", "Approved"
    PEOPLE = "people", "Telling people"
    PARTY = "party", "Other organisations"
    SUBMITTED = "submitted", "Regulator told"
    STAGE = "stage", "Stage"
    ALERT = "alert", "Alert"


class ReportPhase(Words):
    """Whether the regulator hears of a breach for the first time (UK GDPR Article 33(4) lets facts follow later)."""

    INITIAL = "initial", "Initial report"
    FOLLOW_UP = "follow_up", "Follow-up report"


class WayTold(Words):
    """How somebody whose data it is was told."""

    LETTER = "letter", "By letter"
    EMAIL = "email", "By e-mail"
    TELEPHONE = "telephone", "By telephone"
    IN_PERSON = "in_person", "In person"


class PartInIt(Words):
    """What part another organisation has in a breach; each controller has 72 hours of its own."""

    CONTROLLER = "controller", "Another controller"
    JOINT = "joint_controller", "Joint controller with the school"
    PROCESSOR = "processor", "Processes for the school"


class JudgementKind(Words):
    """Who judges a breach, and with what effect."""

    ASSESSMENT = "assessment", "Assessment"
    ADVICE = "advice", "Advice of the data protection officer"
    DECISION = "decision", "Decision"
    APPROVAL = "approval", "Approval of not reporting"
