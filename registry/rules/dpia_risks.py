"""The risks of a DPIA before and after its measures, and the one that is left (steps 5 and 6; UK GDPR Article 35(7)(c) and (d))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from models.vocabulary import MeasureEffect, RiskLevel, RiskLikelihood, RiskSeverity, Words, YesNo
from models.vocabulary.shapes import RISKS
from registry.rules.risk_matrix import level, worst
from registry.rules.rows_said import rows_said

Choice = TypeVar("Choice", bound=Words)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One risk; what is not said is None."""

    risk: str
    impact: str | None = None
    likelihood: RiskLikelihood | None = None
    severity: RiskSeverity | None = None
    measures: str | None = None
    effect: MeasureEffect | None = None
    likelihood_after: RiskLikelihood | None = None
    severity_after: RiskSeverity | None = None
    approved: YesNo | None = None

    @property
    def before(self) -> RiskLevel | None:
        """How great it is before any measure; None until both its likelihood and its severity are said."""
        return level(self.likelihood, self.severity) if self.likelihood and self.severity else None

    @property
    def after(self) -> RiskLevel | None:
        """How great it is after the measures, of which what is not said anew stays as it was; None until somebody has judged it."""
        if self.effect == MeasureEffect.ELIMINATED:
            return RiskLevel.LOW
        if self.likelihood_after or self.severity_after:
            likelihood, severity = self.likelihood_after or self.likelihood, self.severity_after or self.severity
            return level(likelihood, severity) if likelihood and severity else None
        return self.before if self.effect == MeasureEffect.ACCEPTED else None


def rows_of(said: str | Iterable[Any] | None) -> tuple[RiskRow, ...]:
    """The risks in the text that is kept, or in rows with the same names; a choice that is none counts as not said."""
    return tuple(_row(row) for row in rows_said(RISKS, said))


def residual(rows: Iterable[RiskRow]) -> RiskLevel | None:
    """The highest risk that is left; None where there are none, and while one is not judged, unless another is high already."""
    left = [row.after for row in rows]
    known = worst(each for each in left if each)
    return known if known is RiskLevel.HIGH or None not in left else None


def _row(row: Mapping[str, Any]) -> RiskRow:
    return RiskRow(
        risk=_text(row.get("risk")),
        impact=_text(row.get("impact")) or None,
        likelihood=_choice(RiskLikelihood, row.get("likelihood")),
        severity=_choice(RiskSeverity, row.get("severity")),
        measures=_text(row.get("measures")) or None,
        effect=_choice(MeasureEffect, row.get("effect")),
        likelihood_after=_choice(RiskLikelihood, row.get("likelihood_after")),
        severity_after=_choice(RiskSeverity, row.get("severity_after")),
        approved=_choice(YesNo, row.get("approved")),
    )


def _text(said: Any) -> str:
    return str(said or "").strip()


def _choice(words: type[Choice], said: Any) -> Choice | None:
    return next((each for each in words if each == said), None)
