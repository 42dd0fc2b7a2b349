"""The starter content is checked as a whole: its form, its codes and references, and the law it names."""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.vocabulary import (
    ASSET_BUSINESS_FUNCTIONS,
    NATIONS_OF,
    PUBLIC_AUTHORITY,
    Art6,
    BusinessFunction,
    Certainty,
    JobRole,
    Nation,
    Phase,
    SchoolType,
)
from registry import templates_for_schools
from registry.rules import lawful_basis
from registry.rules.lawful_basis import ActivityFacts, SchoolFacts
from registry.school import starter
from registry.templates_for_schools.answers import ANSWERS, CHECKS, LOOKED_AFTER
from registry.templates_for_schools.content import REGISTERS, Entry, entries, read

FOLDER = Path(templates_for_schools.__file__).parent
FILES = sorted(FOLDER.rglob("*.yaml"))
LEAST = {"processing": 100, "assets": 55, "suppliers": 50, "image-uses": 15, "agreements": 6, "support-ends": 20, "retention-rules": 93}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOT_BRITISH = re.compile(r"\b\w*(organiz|recogniz|authoriz|minimiz|summariz|behavior|color\b|center\b|enrollment|fulfill)", re.IGNORECASE)
LEFTOVER = re.compile(r"(^|[\s'\"(])(/[a-z]+/|[A-Z]:\\)|\b(TODO|FIXME|XXX|TBC|TBD|lorem|ipsum)\b|\?\?")

EVERYWHERE = {"id", "name", "only_for", "source", "certainty", "notes", "links"}
OF_NO_COLUMN = {
    "processing": {"only_if", "bases", "retention", "retention_note", "dpia_why", "transfers", "independent_schools", "alternatives"},
    "assets": {"comes_from", "retention", "retention_note", "does_not_apply", *LOOKED_AFTER},
    "suppliers": {"contract_should_say", "at_the_end", "question_sets", "questions", "transfers", "dpia"},
    "image-uses": {"independent_schools", "alternatives", "business_function"},
    "agreements": {"kind", "business_function"},
    "support-ends": {"business_function"},
    "retention-rules": {"business_function", "differs"},
}
OF_A_VARIANT = {"only_for", "why", "basis", "bases", "art9", "explicit_consent", "sch1", "rights"}
OF_A_BASIS = {
    Art6.CONSENT: {"mechanism", "withdrawal", "who", "can_refuse"},
    Art6.RECOGNISED_LEGITIMATE_INTEREST: {"condition", "necessity"},
    Art6.LEGITIMATE_INTERESTS: {"interest", "necessity", "balance"},
}

NAMED_NATION = re.compile(r"\((England|Wales|Scotland|Northern Ireland)\)")
NOT_FOR = {
    SchoolType.MAINTAINED: re.compile(r"Academ|[Ff]unding agreement|Independent"),
    SchoolType.ACADEMY: re.compile(r"[Mm]aintained|School Governance|School Staffing|s\.29\b|s\.175|s\.21\b"),
    SchoolType.INDEPENDENT: re.compile(r"[Mm]aintained|Academ|[Ff]unding agreement|[Cc]ouncil\b|Local Government in|s\.175|s\.21\b"),
}
"""Words of laws that bind other types of school only."""

LEFT_TO_THE_SCHOOL = {
    ("LB03", "lia_assessed_on"): "An assessment counts once the school has gone through it, dated and signed it.",
    ("LB09", "apd_reference"): "The policy document is the school's own; nobody else can name it.",
    ("LB14", "biometric_parents_told"): "Whether parents were told and agreed is a fact that only the school knows.",
    ("LB13", "biometric_alternative"): "So is whether there is another way, where the Act of 2012 does not reach.",
}


@dataclass(frozen=True)
class Kind:
    """A kind of school that teaches every age, so that every entry for its type and nation fits it."""

    school_type: SchoolType
    nation: Nation
    phases: tuple[Phase, ...] = ()


KINDS = [Kind(school_type, nation) for school_type, nations in NATIONS_OF.items() for nation in nations]
every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.school_type}-{kind.nation}")


def every_entry(promise: Callable[[str, Entry], None]) -> Callable[[str], None]:
    """One test for each register that holds a promise of every entry for it, and names the one that breaks it."""

    @pytest.mark.parametrize("register", REGISTERS)
    def of_all(register: str) -> None:
        for entry in entries(register):
            try:
                promise(register, entry)
            except AssertionError as broken:
                broken.add_note(f"{register}-{entry['id']}")
                raise

    return of_all


def variants(entry: Entry) -> list[Entry]:
    return [*([entry["independent_schools"]] if "independent_schools" in entry else []), *entry.get("alternatives", [])]


def ids(register: str) -> set[str]:
    return {entry["id"] for entry in entries(register)}


@every_file
def test_a_file_is_tidy_and_british(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    for number, line in enumerate(text.splitlines(), 1):
        assert "\t" not in line, number
        assert line == line.rstrip(), number
        assert not NOT_BRITISH.search(line), number
        assert not LEFTOVER.search(line), number


def test_every_file_is_read() -> None:
    known = {FOLDER / register / f"{function}.yaml" for register in (*REGISTERS, "retention-rules") for function in BusinessFunction}
    others = ("laws", "questions", "retention", "breaches/contacts", "breaches/letter", "breaches/playbooks", "dpia-risks", "dpia-templates")
    assert set(FILES) - known == {FOLDER / f"{name}.yaml" for name in others}


@pytest.mark.parametrize("register", REGISTERS)
def test_there_is_enough_and_nothing_twice(register: str) -> None:
    rows = entries(register)
    assert len(rows) >= LEAST[register]
    assert len(ids(register)) == len(rows)
    assert len({entry["name"].casefold() for entry in rows}) == len(rows)


def test_assets_are_filed_under_their_own_parts_of_school_life() -> None:
    assert {entry["business_function"] for entry in entries("assets")} <= set(ASSET_BUSINESS_FUNCTIONS)


@every_entry
def test_an_entry_says_where_it_comes_from_and_how_firm_it_is(register: str, entry: Entry) -> None:
    assert KEBAB.fullmatch(entry["id"])
    assert 0 < len(entry["name"]) <= 200
    assert entry["source"].strip()
    assert entry["certainty"] in set(Certainty)


@every_entry
def test_nothing_an_entry_says_is_overlooked(register: str, entry: Entry) -> None:
    table, _ = ANSWERS[register]
    assert not set(entry) - EVERYWHERE - OF_NO_COLUMN[register] - set(table._meta.fields)
    assert "" not in entry.values()
    for variant in variants(entry):
        assert not set(variant) - OF_A_VARIANT
        assert variant["why"]


@every_entry
def test_the_schools_an_entry_is_for_exist(register: str, entry: Entry) -> None:
    only = entry.get("only_for", {})
    assert not set(only) - {"school_types", "nations", "phases"}
    assert set(only.get("school_types", ())) <= set(SchoolType)
    assert set(only.get("nations", ())) <= set(Nation)
    assert set(only.get("phases", ())) <= set(Phase)
    assert all(set(choice["only_for"]) <= set(SchoolType) for choice in entry.get("alternatives", ()))


@every_entry
def test_every_reference_leads_somewhere(register: str, entry: Entry) -> None:
    for to, named in entry.get("links", {}).items():
        assert len(set(named)) == len(named)
        assert set(named) <= ids(to)
    assert set(entry.get("retention", ())) <= set(read("retention"))
    assert set(entry.get("question_sets", ())) <= set(read("questions"))
    assert set(entry.get("does_not_apply", ())) <= set(CHECKS)
    assert all(entry[post] in set(JobRole) for post in LOOKED_AFTER if post in entry)


@every_entry
def test_what_a_register_needs_is_never_empty(register: str, entry: Entry) -> None:
    needed = {
        "processing": ("purpose", "individuals", "data_categories", "recipients", "source_of_data", "security_measures", "retention", "rights"),
        "assets": ("description", "asset_type", "owner_role", "location", "individuals", "data_categories", "classification", "retention"),
        "suppliers": ("service", "role", "individuals", "data_categories", "questions", "at_the_end"),
        "agreements": ("audience", "text", "signed_by", "sign_again_when", "retention"),
        "retention-rules": ("code", "category", "trigger", "action", "basis", "source"),
        "support-ends": ("family", "version_name", "source"),
        "image-uses": ("covers", "kind", "basis", "no_answer", "form_sentence", "valid_months", "storage", "kept"),
    }
    assert all(entry[name] for name in needed[register])


def test_nothing_is_brought_along_that_no_entry_uses() -> None:
    rows = [entry for register in REGISTERS for entry in entries(register)]
    assert {series for entry in rows for series in entry.get("retention", ())} == set(read("retention"))
    assert {questions for entry in rows for questions in entry.get("question_sets", ())} == set(read("questions"))
    bases = [entry["bases"] for row in rows for entry in (row, *variants(row)) if "bases" in entry]
    named = {law for carried in bases for law in carried.values() if isinstance(law, str)}
    assert set(read("laws")) <= named
    used = {(to, there) for entry in rows for to, named in entry.get("links", {}).items() for there in named}
    assert used == {(register, entry["id"]) for register in ("assets", "suppliers") for entry in entries(register)}


@pytest.mark.parametrize("series", read("retention").values(), ids=read("retention"))
def test_a_record_series_says_how_long_and_why(series: dict[str, str]) -> None:
    assert set(series) <= {"series", "keep", "note", "source", "certainty"}
    assert series["series"]
    assert series["source"]
    assert series["certainty"] in set(Certainty)
    assert re.match(r"Keep |Hand over ", series["keep"])


@pytest.mark.parametrize("entry", entries("processing"), ids=lambda entry: entry["id"])
def test_each_basis_carries_what_it_needs(entry: Entry) -> None:
    for reading in (entry, *variants(entry)):
        for code, carried in reading.get("bases", {}).items():
            wanted = OF_A_BASIS.get(Art6(code))
            if wanted:
                assert wanted - {"can_refuse"} <= set(carried) <= wanted
            else:
                assert carried


@every_kind
def test_every_entry_becomes_answers_in_each_kind_of_school(kind: Kind) -> None:
    found = starter.all_that_fits(kind)
    assert {each.register for each in found} == set(REGISTERS)
    assert all(each.answers["starter_id"] == each.id for each in found)


def test_every_entry_fits_some_school() -> None:
    reached = {(each.register, each.id) for kind in KINDS for each in starter.all_that_fits(kind)}
    assert reached == {(register, entry["id"]) for register in REGISTERS for entry in entries(register)}


@every_kind
def test_no_law_is_named_that_binds_other_schools(kind: Kind) -> None:
    for each in starter.fitting("processing", kind):
        statute = each.answers.get("statute", "")
        assert set(NAMED_NATION.findall(statute)) <= {kind.nation.label}, each.id
        foreign = NOT_FOR.get(kind.school_type)
        assert not (foreign and foreign.search(statute)), (each.id, statute)


def facts(answers: dict[str, Any]) -> ActivityFacts:
    names = {each.name for each in dataclasses.fields(ActivityFacts)}
    return ActivityFacts(**{name: answer for name, answer in answers.items() if name in names})


@every_kind
def test_the_lawful_bases_hold_except_for_what_only_the_school_can_say(kind: Kind) -> None:
    school = SchoolFacts(nation=kind.nation, school_type=kind.school_type, public_authority=PUBLIC_AUTHORITY[kind.school_type])
    for each in starter.fitting("processing", kind):
        for answers in (each.answers, *(each.answers | choice.answers for choice in each.alternatives)):
            found = {(finding.code, finding.question) for finding in lawful_basis.findings(facts(answers), school)}
            assert found <= set(LEFT_TO_THE_SCHOOL), each.id


@every_kind
def test_a_school_never_finds_an_assessment_signed_or_a_policy_named_for_it(kind: Kind) -> None:
    for each in starter.fitting("processing", kind):
        claimed = {"lia_assessed_on", "lia_assessed_by", "apd_reference", "apd_review_on", "biometric_parents_told", "last_verified_on", "owner"}
        assert not claimed & set(each.answers), each.id


def test_everything_left_to_the_school_is_really_met() -> None:
    met = set()
    for kind in KINDS:
        school = SchoolFacts(nation=kind.nation, school_type=kind.school_type, public_authority=PUBLIC_AUTHORITY[kind.school_type])
        for each in starter.fitting("processing", kind):
            met |= {(finding.code, finding.question) for finding in lawful_basis.findings(facts(each.answers), school)}
    assert met == set(LEFT_TO_THE_SCHOOL)
