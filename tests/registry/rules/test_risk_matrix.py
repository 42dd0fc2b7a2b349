import pytest

from models.vocabulary import RiskLevel, RiskLikelihood, RiskSeverity
from registry.rules.risk_matrix import level, worst

GRAPHIC = {
    ("severe", "remote"): "low", ("severe", "possible"): "high", ("severe", "probable"): "high",
    ("significant", "remote"): "low", ("significant", "possible"): "medium", ("significant", "probable"): "high",
    ("minimal", "remote"): "low", ("minimal", "possible"): "low", ("minimal", "probable"): "low",
}  # fmt: skip


def test_the_matrix_is_that_of_the_guidance() -> None:
    assert {(severity, likelihood): level(likelihood, severity) for severity in RiskSeverity for likelihood in RiskLikelihood} == GRAPHIC
    assert level("possible", "severe") is level(RiskLikelihood.POSSIBLE, RiskSeverity.SEVERE) is level("Possible", " SEVERE ") is RiskLevel.HIGH


def test_a_risk_never_falls_when_it_becomes_more_likely_or_more_severe() -> None:
    order, likelihoods, severities = list(RiskLevel), list(RiskLikelihood), list(RiskSeverity)
    for likelihood in likelihoods:
        for severity in severities:
            now = order.index(level(likelihood, severity))
            assert all(order.index(level(more, severity)) >= now for more in likelihoods[likelihoods.index(likelihood):])
            assert all(order.index(level(likelihood, more)) >= now for more in severities[severities.index(severity):])


def test_a_word_that_is_none_of_the_matrix_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="likelihood of a risk is one of: remote, possible, probable"):
        level("likely", "severe")
    with pytest.raises(ValueError, match="severity of a risk is one of: minimal, significant, severe"):
        level("remote", "")
    with pytest.raises(ValueError, match="level of a risk is one of: low, medium, high"):
        worst(["low", "grave"])


def test_the_worst_of_several_levels_is_the_highest() -> None:
    assert worst(["low", RiskLevel.HIGH, "medium"]) is RiskLevel.HIGH
    assert worst([RiskLevel.LOW, "medium"]) is RiskLevel.MEDIUM
    assert worst([]) is None
