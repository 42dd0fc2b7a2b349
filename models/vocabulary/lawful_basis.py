"""Why the school may use personal data: UK GDPR Articles 6, 9 and 10."""

from models.vocabulary.words import Words


class ActivityRole(Words):
    """The part the school plays in a processing activity."""

    CONTROLLER = "controller", "Controller: the school decides why and how"
    JOINT_CONTROLLER = "joint", "Joint controller: decided together with another body"
    PROCESSOR = "processor", "Processor: done for another body, as it instructs"


class Art6(Words):
    """A lawful basis of Article 6(1)."""

    CONSENT = "6.1.a", "Consent"
    CONTRACT = "6.1.b", "Contract"
    LEGAL_OBLIGATION = "6.1.c", "Legal obligation"
    VITAL_INTERESTS = "6.1.d", "Vital interests"
    PUBLIC_TASK = "6.1.e", "Public task"
    RECOGNISED_LEGITIMATE_INTEREST = "6.1.ea", "Recognised legitimate interest"
    LEGITIMATE_INTERESTS = "6.1.f", "Legitimate interests"


class RecognisedInterest(Words):
    """A condition of Annex 1, one of which a recognised legitimate interest must meet."""

    ANOTHER_BODYS_TASK = "RLI1", "Another body says it needs the data for its public task"
    NATIONAL_SECURITY = "RLI2", "National security, public security or defence"
    EMERGENCY = "RLI3", "Responding to an emergency"
    CRIME = "RLI4", "Detecting, investigating or preventing crime"
    SAFEGUARDING = "RLI5", "Safeguarding a vulnerable person"


class Art9(Words):
    """A condition of Article 9(2) for special category data."""

    EXPLICIT_CONSENT = "9.2.a", "Explicit consent"
    EMPLOYMENT = "9.2.b", "Employment, social security and social protection law"
    VITAL_INTERESTS = "9.2.c", "Vital interests, where the person cannot consent"
    NOT_FOR_PROFIT = "9.2.d", "Not-for-profit body with a political, philosophical, religious or trade union aim"
    MADE_PUBLIC = "9.2.e", "Made public by the person"
    LEGAL_CLAIMS = "9.2.f", "Legal claims, or courts at work"
    SUBSTANTIAL_PUBLIC_INTEREST = "9.2.g", "Substantial public interest"
    HEALTH_OR_SOCIAL_CARE = "9.2.h", "Health or social care"
    PUBLIC_HEALTH = "9.2.i", "Public health"
    ARCHIVING_RESEARCH = "9.2.j", "Archiving, research or statistics"


class AuthorityForCriminalData(Words):
    """What allows the use of criminal-offence data (Article 10)."""

    OFFICIAL_AUTHORITY = "official_authority", "Under the control of official authority"
    SCHEDULE_1 = "schedule_1", "A condition of Schedule 1 to the Data Protection Act 2018"


class KeptPerPolicy(Words):
    """Whether data is kept and erased as the appropriate policy document says (Schedule 1 paragraph 41)."""

    YES = "yes", "Yes, as the policy says"
    NO = "no", "No, for a reason given here"
    UNKNOWN = "unknown", "Not known yet"


class DpiaLikely(Words):
    """Whether a data protection impact assessment is likely to be needed."""

    YES = "yes", "Yes"
    NO = "no", "No"
    SCREEN = "screen", "Answer the screening questions first"


class TransfersExpected(Words):
    """How likely it is that data leaves the United Kingdom."""

    NONE = "none", "None expected"
    POSSIBLE = "possible", "Possible, ask"
    LIKELY = "likely", "Likely"
