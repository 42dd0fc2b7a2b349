"""How great a risk is: likelihood and severity together, by the matrix of the ICO’s guidance on DPIAs (UK GDPR Article 35(7)(c))."""

from collections.abc import Iterable
from typing import TypeVar

from models.vocabulary import RiskLevel, RiskLikelihood, RiskSeverity, Words

MATRIX = {
    RiskSeverity.SEVERE: (RiskLevel.LOW, RiskLevel.HIGH, RiskLevel.HIGH),
    RiskSeverity.SIGNIFICANT: (RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
    RiskSeverity.MINIMAL: (RiskLevel.LOW, RiskLevel.LOW, RiskLevel.LOW),
}
"""By severity, from remote to probable."""

Choice = TypeVar("Choice", bound=Words)

_LEVELS = tuple(RiskLevel)
_LIKELIHOODS = tuple(RiskLikelihood)


def level(likelihood: RiskLikelihood | str, severity: RiskSeverity | str) -> RiskLevel:
    """What a likelihood and a severity, as choices or their codes, come to. Raises ValueError for a word that is neither."""
    return MATRIX[_chosen(RiskSeverity, severity, "severity")][_LIKELIHOODS.index(_chosen(RiskLikelihood, likelihood, "likelihood"))]


def worst(levels: Iterable[RiskLevel | str]) -> RiskLevel | None:
    """The highest of some levels, nothing where there are none. Raises ValueError for a word that is no level."""
    return max((_chosen(RiskLevel, each, "level") for each in levels), key=_LEVELS.index, default=None)


def _chosen(words: type[Choice], code: str, what: str) -> Choice:
    try:
        return words(str(code).strip().lower())
    except ValueError:
        raise ValueError(f"The {what} of a risk is one of: {', '.join(each.value for each in words)}.") from None
