"""What the rows of an answer have when it is a list of things with parts, such as risks: the names of the parts, and what each may be."""

from dataclasses import dataclass

from models.vocabulary.dpias import ConsultedParty, MeasureEffect, RiskLikelihood, RiskSeverity
from models.vocabulary.words import Words, YesNo


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row: its name in programs, its heading, and its choices when it is one."""

    name: str
    heading: str
    words: type[Words] | None = None
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a row, the first of which every row has; `one` is what a row is called."""

    one: str
    parts: tuple[Part, ...]


RISKS = Shape(
    "risk",
    (
        Part("risk", "What could go wrong?", is_long=True),
        Part("impact", "What would it do to people?", is_long=True),
        Part("likelihood", "Likelihood", RiskLikelihood),
        Part("severity", "Severity", RiskSeverity),
        Part("measures", "Measures", is_long=True),
        Part("effect", "What the measures do", MeasureEffect),
        Part("likelihood_after", "Likelihood after them", RiskLikelihood),
        Part("severity_after", "Severity after them", RiskSeverity),
        Part("approved", "Measures approved", YesNo),
    ),
)
"""Steps 5 and 6 of the ICO’s template, a row for each risk."""

FLOWS = Shape(
    "flow",
    (
        Part("sender", "From"),
        Part("what", "What goes", is_long=True),
        Part("receiver", "To"),
        Part("protected_by", "Protected by"),
        Part("country", "Country, when outside the UK"),
    ),
)
"""How data goes from one place to the next."""

CONSULTATIONS = Shape(
    "consultation",
    (
        Part("party", "Who was asked?", ConsultedParty),
        Part("how", "How and when?", is_long=True),
        Part("said", "What did they say?", is_long=True),
        Part("taken_up", "What came of it?", is_long=True),
    ),
)
"""Whose views were sought (UK GDPR Article 35(9))."""
