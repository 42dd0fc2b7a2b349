"""What a DPIA may begin with: the risks that schools meet again and again with their measures, and whole templates for what schools buy."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.vocabulary import (
    Article35,
    Certainty,
    ConsultedParty,
    Criterion,
    JobRole,
    MeasureEffect,
    RegulatorItem,
    RiskLevel,
    RiskLikelihood,
    RiskSeverity,
    ScreeningOutcome,
    SpecialCategory,
)
from registry.rules.risk_matrix import level
from registry.templates_for_schools.content import Entry, read

ANY_PROJECT = "general"
"""The technology of risks that are met whatever is planned."""

STEP_4 = ("necessity", "proportionality", "minimisation", "told", "rights", "processors_held", "transfers_safe")
"""The answers of a DPIA about necessity and proportionality, by their columns, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryMeasure:
    """What can be done about a risk, and what it is expected to do to it."""

    text: str
    effect: MeasureEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRisk:
    """Something that could go wrong for people, as it is before its measures and with all of them in place; a school weighs it anew."""

    id: str
    title: str
    technologies: tuple[str, ...]
    risk_source: str
    impact: str
    likelihood: RiskLikelihood
    severity: RiskSeverity
    measures: tuple[LibraryMeasure, ...]
    likelihood_after: RiskLikelihood
    severity_after: RiskSeverity
    source: str
    certainty: Certainty

    @property
    def before(self) -> RiskLevel:
        """How great it is before any measure."""
        return level(self.likelihood, self.severity)

    @property
    def after(self) -> RiskLevel:
        """How great it is with all its measures in place."""
        return level(self.likelihood_after, self.severity_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowEntry:
    """One way that data takes, by the names of the parts of a row."""

    sender: str
    what: str
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """Who is to be asked, and how, by the names of the parts of a row."""

    party: ConsultedParty
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NecessityQuestion:
    """Something to ask in step 4; `column` is the answer of a DPIA to which it belongs."""

    column: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaTemplate:
    """A whole DPIA to begin with; square brackets in its prose are for the school to fill in. `outcome` is what its screening comes to."""

    id: str
    title: str
    begins_with: str | None
    technologies: tuple[str, ...]
    special_categories: tuple[SpecialCategory, ...]
    processing: tuple[str, ...]
    suppliers: tuple[str, ...]
    article_35: tuple[Article35, ...]
    regulator_items: tuple[RegulatorItem, ...]
    criteria: tuple[Criterion, ...]
    outcome: ScreeningOutcome
    because: str
    nature: str
    scope: str
    context: str
    purposes: str
    flows: tuple[FlowEntry, ...]
    consultation: tuple[Consultation, ...]
    questions: tuple[NecessityQuestion, ...]
    risk_ids: tuple[str, ...]
    supplier_questions: tuple[str, ...]
    advised_by: JobRole
    decided_by: JobRole
    review_months: int
    review_when: tuple[str, ...]
    source: str
    certainty: Certainty

    @property
    def risks(self) -> tuple[LibraryRisk, ...]:
        """Its risks, from the library."""
        return tuple(risk(each) for each in self.risk_ids)

    def asked_about(self, column: str) -> tuple[str, ...]:
        """What to ask for one answer of step 4: what is peculiar to this template, then what is asked in every one."""
        return tuple(question.words for question in self.questions if question.column == column)


def technologies() -> Mapping[str, str]:
    """The kinds of technology that risks and templates are filed under: the words for each code."""
    return dict(read("dpia-risks")["technologies"])


def risks() -> tuple[LibraryRisk, ...]:
    """Every risk of the library."""
    return tuple(_risks().values())


def risk(risk_id: str) -> LibraryRisk:
    """One risk; raises KeyError where there is none of that id."""
    return _risks()[risk_id]


def risks_for(concerned: Collection[str]) -> tuple[LibraryRisk, ...]:
    """The risks of these technologies, then those that are met whatever is planned."""
    close = [each for each in risks() if set(each.technologies) & set(concerned)]
    return (*close, *(each for each in risks() if ANY_PROJECT in each.technologies and each not in close))


def templates() -> tuple[DpiaTemplate, ...]:
    """Every template."""
    return tuple(_templates().values())


def template(template_id: str) -> DpiaTemplate:
    """One template; raises KeyError where there is none of that id."""
    return _templates()[template_id]


@cache
def _risks() -> Mapping[str, LibraryRisk]:
    return {entry["id"]: _risk(entry) for entry in read("dpia-risks")["risks"]}


def _risk(entry: Entry) -> LibraryRisk:
    return LibraryRisk(
        id=entry["id"],
        title=entry["title"],
        technologies=tuple(entry["technologies"]),
        risk_source=entry["risk_source"],
        impact=entry["impact"],
        likelihood=RiskLikelihood(entry["likelihood"]),
        severity=RiskSeverity(entry["severity"]),
        measures=tuple(LibraryMeasure(text=each["text"], effect=MeasureEffect(each["effect"])) for each in entry["measures"]),
        likelihood_after=RiskLikelihood(entry["residual"]["likelihood"]),
        severity_after=RiskSeverity(entry["residual"]["severity"]),
        source=entry["source"],
        certainty=Certainty(entry["certainty"]),
    )


@cache
def _templates() -> Mapping[str, DpiaTemplate]:
    content = read("dpia-templates")
    by_id = {entry["id"]: entry for entry in content["templates"]}
    whole = (_whole(entry, by_id) for entry in content["templates"])
    return {entry["id"]: _template(entry, content["every_template"]) for entry in whole}


def _whole(entry: Entry, by_id: Mapping[str, Entry]) -> Entry:
    """An entry that begins with another: what it says itself in the place of the other's, and what it adds after it."""
    if "begins_with" not in entry:
        return entry
    began = by_id[entry["begins_with"]]
    return {**_both(began, entry["adds"]), **{name: words for name, words in entry.items() if name != "adds"}}


def _both(first: Any, then: Any) -> Any:
    """Two values of the content one after the other: parts by name, lists without repetition, prose as one text."""
    if isinstance(first, dict):
        return {name: _both(first[name], then[name]) if name in first and name in then else (first | then)[name] for name in first | then}
    if isinstance(first, list):
        return [*first, *(each for each in then if each not in first)]
    return f"{first} {then}"


def _template(entry: Entry, every: Entry) -> DpiaTemplate:
    return DpiaTemplate(
        id=entry["id"],
        title=entry["title"],
        begins_with=entry.get("begins_with"),
        technologies=tuple(entry["technologies"]),
        special_categories=tuple(SpecialCategory(code) for code in entry.get("special_categories", ())),
        processing=tuple(entry["links"]["processing"]),
        suppliers=tuple(entry["links"]["suppliers"]),
        article_35=tuple(Article35(code) for code in entry.get("article_35", ())),
        regulator_items=tuple(RegulatorItem(code) for code in entry.get("regulator_items", ())),
        criteria=tuple(Criterion(code) for code in entry.get("criteria", ())),
        outcome=ScreeningOutcome(entry["outcome"]),
        because=entry["because"],
        nature=entry["nature"],
        scope=entry["scope"],
        context=entry["context"],
        purposes=entry["purposes"],
        flows=tuple(FlowEntry(**flow) for flow in entry["flows"]),
        consultation=tuple(_consultations(entry, every)),
        questions=tuple(_questions(entry, every)),
        risk_ids=tuple(entry["risk_ids"]),
        supplier_questions=tuple(entry["supplier_questions"]),
        advised_by=JobRole(every["advised_by"]),
        decided_by=JobRole(every["decided_by"]),
        review_months=entry["review_months"],
        review_when=tuple(every["review_when"]),
        source=entry["source"],
        certainty=Certainty(entry["certainty"]),
    )


def _consultations(*parts: Entry) -> Iterator[Consultation]:
    for asked in (asked for part in parts for asked in part["consultation"]):
        yield Consultation(party=ConsultedParty(asked["party"]), how=asked["how"])


def _questions(*parts: Entry) -> Iterator[NecessityQuestion]:
    for column in STEP_4:
        yield from (NecessityQuestion(column=column, words=words) for part in parts for words in part["questions"].get(column, ()))
