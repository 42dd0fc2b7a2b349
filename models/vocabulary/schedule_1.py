"""The conditions of Schedule 1 to the Data Protection Act 2018."""

from models.vocabulary.words import Words


class Schedule1(Words):
    """A condition for special category or criminal-offence data, known by its part and paragraph."""

    EMPLOYMENT = "part1.1", "Employment, social security and social protection"
    HEALTH_CARE = "part1.2", "Health or social care"
    PUBLIC_HEALTH = "part1.3", "Public health"
    RESEARCH = "part1.4", "Research, archiving and statistics"
    STATUTORY_PURPOSES = "part2.6", "Statutory and government purposes"
    JUSTICE_AND_PARLIAMENT = "part2.7", "Administration of justice, and Parliament"
    EQUALITY = "part2.8", "Equality of opportunity or treatment"
    SENIOR_DIVERSITY = "part2.9", "Racial and ethnic diversity at senior levels"
    UNLAWFUL_ACTS = "part2.10", "Preventing or detecting unlawful acts"
    DISHONESTY = "part2.11", "Protecting the public against dishonesty"
    REGULATORY = "part2.12", "Regulatory requirements about unlawful acts and dishonesty"
    JOURNALISM = "part2.13", "Journalism, academia, art and literature"
    FRAUD = "part2.14", "Preventing fraud"
    TERRORIST_FINANCING = "part2.15", "Suspicion of terrorist financing or money laundering"
    DISABILITY_SUPPORT = "part2.16", "Support for people with a disability or medical condition (not-for-profit bodies)"
    COUNSELLING = "part2.17", "Counselling"
    SAFEGUARDING = "part2.18", "Safeguarding children and people at risk"
    ECONOMIC_WELL_BEING = "part2.19", "Safeguarding the economic well-being of certain people"
    INSURANCE = "part2.20", "Insurance"
    PENSIONS = "part2.21", "Occupational pensions"
    POLITICAL_PARTIES = "part2.22", "Political parties"
    ELECTED_REPRESENTATIVES = "part2.23", "Elected representatives answering requests"
    DISCLOSURE_TO_REPRESENTATIVES = "part2.24", "Disclosure to elected representatives"
    PRISONERS = "part2.25", "Telling elected representatives about prisoners"
    LEGAL_JUDGMENTS = "part2.26", "Publishing legal judgments"
    ANTI_DOPING = "part2.27", "Anti-doping in sport"
    STANDARDS_IN_SPORT = "part2.28", "Standards of behaviour in sport"
    CONSENT = "part3.29", "Consent"
    VITAL_INTERESTS = "part3.30", "Vital interests"
    NOT_FOR_PROFIT = "part3.31", "Not-for-profit bodies"
    MADE_PUBLIC = "part3.32", "Made public by the person"
    LEGAL_CLAIMS = "part3.33", "Legal claims"
    JUDICIAL_ACTS = "part3.34", "Judicial acts"
    INDECENCY_ACCOUNTS = "part3.35", "Payment accounts used in indecency offences involving children"
    EXTENDED_PART_2 = "part3.36", "A Part 2 condition without its substantial public interest test"
    EXTENDED_INSURANCE = "part3.37", "Insurance, for criminal-offence data"

    @property
    def part(self) -> int:
        """The part of the Schedule, 1 to 3."""
        return int(self.value[4])

    @property
    def paragraph(self) -> int:
        """The number of the paragraph."""
        return int(self.value.partition(".")[2])

    @property
    def apd(self) -> bool:
        """Whether the condition asks for an appropriate policy document (exceptions are the rules' business)."""
        return self.paragraph in _ASKS_FOR_POLICY


_ASKS_FOR_POLICY = frozenset({1, 35, 36, *range(6, 29)} - {13})
