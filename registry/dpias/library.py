"""Looking through the library of risks: by kind of technology, and by words."""

from collections.abc import Collection

from registry.templates_for_schools.dpias import LibraryRisk, risks, risks_for


def looked_up(concerned: Collection[str], words: str) -> tuple[LibraryRisk, ...]:
    """The risks of these technologies (of all where none is named) in which each of these words stands somewhere."""
    wanted = words.casefold().split()
    found = risks_for(concerned) if concerned else risks()
    return tuple(risk for risk in found if all(word in _text(risk) for word in wanted))


def _text(risk: LibraryRisk) -> str:
    return " ".join((risk.title, risk.risk_source, risk.impact, *(measure.text for measure in risk.measures))).casefold()
