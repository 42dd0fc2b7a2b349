"""Beginning a DPIA: from a template, from what it is about, or from nothing; and what the library and a template put into one."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from peewee import IntegrityError

from models.dpia import Dpia
from models.vocabulary import DpiaStage, DpiaTrigger
from models.vocabulary.shapes import CONSULTATIONS, FLOWS, RISKS
from registry import records
from registry.access import Deed, require
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from registry.rules.row_text import rows_in, written
from registry.templates_for_schools.dpias import DpiaTemplate, LibraryRisk
from registry.trace.audit import recording

ABOUT = ("processing", "suppliers", "assets")
"""The registers that a DPIA may be about."""

OPEN = (DpiaStage.SCREENING, DpiaStage.ASSESSING)
"""The stages in which it is written."""

Links = Mapping[str, UUID]


def begin(
    name: str,
    about: Links,
    occasion: Occasion,
    template: DpiaTemplate | None = None,
    *,
    trigger: DpiaTrigger = DpiaTrigger.PLANNED,
    record: UUID | None = None,
) -> Dpia:
    """A new DPIA, to be screened first; with a template its screening and its steps are filled in, to be checked. Raises Forbidden and Invalid.

    With `record`, an id made beforehand, beginning it a second time finds the first.
    """
    require(occasion.by, Deed.ADD, DPIAS)
    answers: dict[str, Any] = {"name": name, "trigger": trigger, **{slug: (record,) for slug, record in about.items()}}
    answers |= from_template(template) if template else {}
    kept = {"template": template.id} if template else {}
    try:
        with recording(occasion.by, occasion.at) as trace:
            row = records.insert(trace, DPIAS, {**answers, **kept}, occasion, number=next_number(DPIAS, occasion.by), record=record)
    except IntegrityError:
        if record is None:
            raise
        row = records.find(DPIAS, record, occasion.by)
    return Dpia.get_by_id(row.id)


def from_template(template: DpiaTemplate) -> dict[str, Any]:
    """The answers that a template gives; the blanks in square brackets are for the school."""
    consulted = ({"party": each.party, "how": each.how} for each in template.consultation)
    return {
        "article_35": template.article_35,
        "regulator_items": template.regulator_items,
        "criteria": template.criteria,
        "need": template.because,
        "nature": template.nature,
        "scope": template.scope,
        "context": template.context,
        "purposes": template.purposes,
        "flows": written(FLOWS, map(asdict, template.flows)),
        "consultations": written(CONSULTATIONS, consulted),
        "risks": written(RISKS, map(as_row, template.risks)),
        "review_when": "\n".join(template.review_when),
    }


def as_row(risk: LibraryRisk) -> dict[str, str]:
    """A risk of the library as a row of a DPIA; nobody has approved its measures yet."""
    return {
        "risk": f"{risk.title}: {risk.risk_source[:1].lower()}{risk.risk_source[1:]}",
        "impact": risk.impact,
        "likelihood": risk.likelihood,
        "severity": risk.severity,
        "measures": "\n".join(measure.text for measure in risk.measures),
        "effect": risk.measures[0].effect,
        "likelihood_after": risk.likelihood_after,
        "severity_after": risk.severity_after,
    }


def fill(row: Dpia, template: DpiaTemplate, occasion: Occasion, *, seen: int) -> int:
    """Fill what is not answered yet from a template; how many answers that were. Raises Forbidden, and CannotBeDone once it is over."""
    _demand_open(row, occasion, seen)
    given = from_template(template)
    changes = {name: (getattr(row, name), given[name]) for name in given if not getattr(row, name) and given[name]}
    if changes:
        with recording(occasion.by, occasion.at) as trace:
            records.amend(trace, DPIAS, row, {**changes, "template": (row.template, template.id)}, occasion=occasion)
    return len(changes)


def add_risks(row: Dpia, chosen: Iterable[LibraryRisk], occasion: Occasion, *, seen: int) -> int:
    """Put risks of the library behind those that stand there; how many were new. Raises Forbidden, Conflict, and CannotBeDone once it is over."""
    _demand_open(row, occasion, seen)
    chosen = tuple(chosen)
    there = already_in(row, chosen)
    fresh = [as_row(risk) for risk in chosen if risk.id not in there]
    if fresh:
        records.change(DPIAS, row, {"risks": written(RISKS, (*rows_in(RISKS, row.risks), *fresh))}, occasion)
    return len(fresh)


def already_in(row: Dpia, risks: Iterable[LibraryRisk]) -> frozenset[str]:
    """Which risks of the library stand in it already, in the words of the library."""
    named = {each["risk"] for each in rows_in(RISKS, row.risks)}
    return frozenset(risk.id for risk in risks if as_row(risk)["risk"] in named)


def _demand_open(row: Dpia, occasion: Occasion, seen: int) -> None:
    require(occasion.by, Deed.CHANGE, DPIAS)
    if row.stage not in OPEN or row.archived_at:
        raise CannotBeDone("This is decided or over. Assess it again first.")
    if row.version != seen:
        raise CannotBeDone("This was changed since you opened the page. Read it again, then choose.")
