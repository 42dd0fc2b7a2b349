"""How bad a breach may be by ENISA's working method (2013): SE = DPC x EI + CB. An aid to thought: the law asks for risk and high risk."""

from dataclasses import dataclass, field

from models.vocabulary import DataSensitivity, Words

LARGE = 100
"""More people than this are flagged, outside the sum."""

LEAST, MOST = 1, 4
EASE = (0.25, 0.5, 0.75, 1.0)
CIRCUMSTANCES = (0.0, 0.25, 0.5)

BASES = {
    DataSensitivity.SIMPLE: 1,
    DataSensitivity.BEHAVIOURAL: 2,
    DataSensitivity.FINANCIAL: 3,
    DataSensitivity.SENSITIVE: 4,
}


class Band(Words):
    """How bad it may be."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"


class Flag(Words):
    """What stands beside the sum and is not part of it."""

    LARGE = "large", "More than 100 people"
    UNINTELLIGIBLE = "unintelligible", "Nobody can read it: it was encrypted, and that is verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityFacts:
    """What the score is made of.

    `dpc` is the highest category with its adjustment, 1 to 4; `ei` how easily people are recognised, 0.25 to 1; the circumstances are
    0, 0.25 or 0.5 each. `unintelligible` only where encryption was verified; `children` and `special` never lower anything.
    """

    dpc: float
    ei: float
    confidentiality: float = 0.0
    integrity: float = 0.0
    availability: float = 0.0
    malicious: float = 0.0
    people: int | None = None
    unintelligible: bool = False
    children: bool = False
    special: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """The score, from 0.25 to 6, its band, and what stands beside it."""

    score: float
    band: Band
    flags: frozenset[Flag] = field(default_factory=frozenset)


def category(kind: DataSensitivity, adjustment: int = 0) -> int:
    """How bad a kind of data is with its adjustment, never below 1 nor above 4."""
    return max(LEAST, min(MOST, BASES[kind] + adjustment))


def score(facts: SeverityFacts) -> Scored:
    """The score of a breach. Raises ValueError for a part that is none of those that the method knows."""
    parts = (facts.confidentiality, facts.integrity, facts.availability, facts.malicious)
    if not LEAST <= facts.dpc <= MOST or facts.ei not in EASE or any(part not in CIRCUMSTANCES for part in parts) or facts.malicious == 0.25:
        raise ValueError("The score is made of a category from 1 to 4, an ease of 0.25 to 1, and circumstances of 0, 0.25 or 0.5.")
    total = facts.dpc * facts.ei + sum(parts)
    flags = {Flag.LARGE: (facts.people or 0) > LARGE, Flag.UNINTELLIGIBLE: facts.unintelligible}
    return Scored(total, band_of(total), frozenset(flag for flag, is_so in flags.items() if is_so))


def band_of(total: float) -> Band:
    """The band of a score; where two meet, the worse."""
    return Band.LOW if total < 2 else Band.MEDIUM if total < 3 else Band.HIGH if total < 4 else Band.VERY_HIGH


def suggestion(found: Scored, facts: SeverityFacts) -> str:
    """What the score suggests, as a sentence that does not decide."""
    if Flag.UNINTELLIGIBLE in found.flags and not (facts.children or facts.special):
        return "Nobody can read the data, and that is verified. It may be enough to write this down with your reasons, and not to report it."
    kept = " Children or special categories are concerned, so nothing is marked down for encryption." if Flag.UNINTELLIGIBLE in found.flags else ""
    return _SUGGESTIONS[found.band] + kept


_SUGGESTIONS = {
    Band.LOW: "By this aid the risk may be small. Write down what happened and why you do not report it, if you do not.",
    Band.MEDIUM: "By this aid there may be a risk. The data protection officer advises; when in doubt, report.",
    Band.HIGH: "By this aid there is likely a risk. Report it, and think about telling the people.",
    Band.VERY_HIGH: "By this aid there is likely a high risk. Report it, and tell the people.",
}
