"""The library of risks and the templates that a DPIA may begin with: everything they name exists, and what they say adds up."""

import dataclasses
import re
import subprocess
import sys
from typing import Any

import pytest

from models.dpia import Dpia
from models.vocabulary import Article35, Certainty, ConsultedParty, Criterion, MeasureEffect, RegulatorItem, RiskLevel, ScreeningOutcome
from models.vocabulary.shapes import CONSULTATIONS, FLOWS, RISKS
from registry.rules.dpia_screening import ScreeningAnswers, screen
from registry.templates_for_schools import dpias
from registry.templates_for_schools.content import entries, read
from registry.templates_for_schools.dpias import STEP_4, DpiaTemplate, LibraryRisk, risk, risks, risks_for, template, templates

BLANK = re.compile(r"\[[^\[\]]+\]")
PROSE = ("nature", "scope", "context", "purposes")
UNMEANT = re.compile(r"\b(e-mail|gonna|utili[sz]e|leverage|data subjects?|ensure)\b", re.IGNORECASE)
SAID = {"id", "begins_with", "title", "because", "source", "outcome", "adds"}
EVERY_SERIES = set(read("retention"))

every_risk = pytest.mark.parametrize("each", risks(), ids=lambda each: each.id)
every_template = pytest.mark.parametrize("each", templates(), ids=lambda each: each.id)


def words_in(value: Any) -> list[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        return [value]
    several = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [words for each in several for words in words_in(each)]


def names_of(kind: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(kind)}


def test_there_are_78_risks_and_eleven_templates_of_which_one_comes_with_and_without_biometrics() -> None:
    assert len(risks()) == len({each.id for each in risks()}) == len({each.title.casefold() for each in risks()}) == 78
    assert len(templates()) == len({each.id for each in templates()}) == len({each.title.casefold() for each in templates()}) == 12
    assert [each.id for each in templates() if each.begins_with] == ["cashless-catering-biometrics"]


@every_risk
def test_a_risk_says_what_could_happen_to_whom_and_what_helps(each: LibraryRisk) -> None:
    assert all((each.title, each.risk_source, each.impact, each.source, each.measures, each.technologies))
    assert set(each.technologies) <= set(dpias.technologies())
    assert len({measure.text for measure in each.measures}) == len(each.measures)
    assert MeasureEffect.ACCEPTED not in {measure.effect for measure in each.measures}
    assert each.certainty in set(Certainty)


@every_risk
def test_the_measures_never_make_a_risk_greater_and_leave_none_that_is_high(each: LibraryRisk) -> None:
    levels = tuple(RiskLevel)
    assert levels.index(each.after) <= levels.index(each.before)
    assert each.after != RiskLevel.HIGH


def test_nothing_a_risk_says_is_overlooked() -> None:
    for entry in read("dpia-risks")["risks"]:
        assert set(entry) == names_of(LibraryRisk) - {"likelihood_after", "severity_after"} | {"residual"}
        assert set(entry["residual"]) == {"likelihood", "severity"}
        assert all(set(measure) == {"text", "effect"} for measure in entry["measures"])
    assert {code for each in risks() for code in each.technologies} == set(dpias.technologies())


def test_the_risks_of_a_technology_come_before_those_of_any_project() -> None:
    found = risks_for(("cctv",))
    close = [each for each in found if "cctv" in each.technologies]
    assert found[: len(close)] == tuple(close)
    assert all("general" in each.technologies for each in found[len(close) :])
    assert len(found) == len({each.id for each in found})
    assert {"cctv-private-places", "wrong-recipient"} <= {each.id for each in found}
    assert all("general" in each.technologies for each in risks_for(()))


@every_template
def test_everything_a_template_names_exists(each: DpiaTemplate) -> None:
    assert set(each.processing) <= {entry["id"] for entry in entries("processing")}
    assert set(each.suppliers) <= {entry["id"] for entry in entries("suppliers")}
    assert set(each.technologies) <= set(dpias.technologies())
    assert tuple(found.id for found in each.risks) == each.risk_ids
    assert set(re.findall(r"\bR\d\d\b", " ".join(getattr(each, name) for name in PROSE))) <= EVERY_SERIES
    for named in (each.processing, each.suppliers, each.risk_ids, each.supplier_questions, each.questions, each.flows, each.technologies):
        assert named
        assert len(set(named)) == len(named)


@every_template
def test_the_screening_comes_to_what_the_template_says(each: DpiaTemplate) -> None:
    answers = ScreeningAnswers(article_35=each.article_35, regulator_items=each.regulator_items, criteria=each.criteria)
    assert screen(answers).outcome == each.outcome
    assert Criterion.VULNERABLE in each.criteria
    for chosen, words in ((each.article_35, Article35), (each.regulator_items, RegulatorItem), (each.criteria, Criterion)):
        assert chosen == tuple(code for code in words if code in chosen)
    assert each.because.endswith(".")


@every_template
def test_a_template_leaves_blanks_only_where_the_school_describes_what_it_does(each: DpiaTemplate) -> None:
    prose = {name: getattr(each, name) for name in PROSE}
    assert all(words.strip() for words in prose.values())
    assert BLANK.search(each.nature) or BLANK.search(each.scope)
    for words in words_in(dataclasses.asdict(each)):
        left = BLANK.sub("", words) if words in prose.values() else words
        assert not set("[]") & set(left), words
    assert not any(re.search(r"\[\s*\]", words) for words in prose.values())


@every_template
def test_a_template_asks_every_question_of_step_4_and_whoever_advises(each: DpiaTemplate) -> None:
    assert all(each.asked_about(column) for column in STEP_4)
    assert all(question.words.endswith("?") for question in each.questions)
    assert len(each.questions) > 10
    assert all(words.endswith(("?", ".")) for words in each.supplier_questions)
    parties = [consulted.party for consulted in each.consultation]
    assert parties[-1] == ConsultedParty.DPO
    assert len(set(parties)) == len(parties) > 1
    assert each.advised_by != each.decided_by
    assert 1 <= each.review_months <= 24
    assert each.review_when
    assert each.source


def test_what_a_template_is_made_of_fits_the_answers_of_a_dpia() -> None:
    columns = set(Dpia._meta.fields)
    assert {*STEP_4, *PROSE, "article_35", "regulator_items", "criteria", "outcome", "flows", "review_when", "template"} <= columns
    assert names_of(dpias.FlowEntry) <= {part.name for part in FLOWS.parts}
    assert names_of(dpias.Consultation) <= {part.name for part in CONSULTATIONS.parts}
    assert {"impact", "likelihood", "severity", "measures", "likelihood_after", "severity_after"} <= {part.name for part in RISKS.parts}
    assert all(len(each.title) <= 200 and len(each.id) <= Dpia.template.max_length for each in templates())


def test_nothing_a_template_says_is_overlooked() -> None:
    content = read("dpia-templates")
    assert set(content) == {"every_template", "templates"}
    assert set(content["every_template"]) == {"advised_by", "decided_by", "review_when", "consultation", "questions"}
    known = names_of(DpiaTemplate) - {"processing", "suppliers"} | {"links"}
    for entry in content["templates"]:
        assert set(entry) <= (SAID if "begins_with" in entry else known - {"begins_with"})
        assert set(entry.get("adds", ())) <= known - SAID
        for part in (entry, entry.get("adds", {}), content["every_template"]):
            assert set(part.get("questions", ())) <= set(STEP_4)
        assert set(entry.get("links", ())) <= {"processing", "suppliers"}


def test_catering_with_biometrics_is_catering_with_something_added() -> None:
    plain, biometric = template("cashless-catering"), template("cashless-catering-biometrics")
    for name in ("technologies", "processing", "suppliers", "criteria", "flows", "risk_ids", "supplier_questions"):
        assert getattr(biometric, name)[: len(getattr(plain, name))] == getattr(plain, name)
        assert len(getattr(biometric, name)) > len(getattr(plain, name))
    assert all(getattr(biometric, name).startswith(getattr(plain, name)) for name in PROSE)
    assert set(plain.questions) < set(biometric.questions)
    assert (biometric.consultation, biometric.purposes, biometric.review_months) == (plain.consultation, plain.purposes, plain.review_months)
    assert (plain.outcome, biometric.outcome) == (ScreeningOutcome.TWO_CRITERIA, ScreeningOutcome.REGULATORS_LIST)
    assert RegulatorItem.BIOMETRIC in biometric.regulator_items
    assert not any("biometric" in words for words in words_in(dataclasses.asdict(plain)))


def test_the_words_are_plain() -> None:
    for words in words_in(read("dpia-risks")) + words_in(read("dpia-templates")):
        assert not UNMEANT.search(words), words
        assert words == words.strip()
        assert "  " not in words


def test_what_is_unknown_is_said_to_be() -> None:
    with pytest.raises(KeyError):
        risk("unknown")
    with pytest.raises(KeyError):
        template("unknown")


def test_nothing_is_read_before_somebody_asks_for_it() -> None:
    ask = "import registry.templates_for_schools.dpias as read_by; print(read_by.read.cache_info().currsize)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "0"
    assert risks()[0] is risks()[0]
    assert templates()[0] is template(templates()[0].id)
