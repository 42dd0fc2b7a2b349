"""Tests for a list of things with parts, written as one text and read again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.vocabulary import RiskLikelihood, RiskSeverity
from models.vocabulary.shapes import CONSULTATIONS, FLOWS, RISKS
from registry.rules.row_text import Misshapen, pattern, rows_in, written

LOST = {"risk": "A lost tablet", "likelihood": "possible", "severity": "severe", "measures": "Encryption\nRemote wipe"}
TEXT = """\
What could go wrong: A lost tablet
Likelihood: Possible
Severity: Severe
Measures: Encryption
  Remote wipe"""

lines = some.text(alphabet=some.characters(categories=("L", "N", "P", "Zs")), max_size=30).map(lambda text: " ".join(text.split()))
prose = some.lists(lines.filter(bool), max_size=3).map("\n".join)
rows = some.fixed_dictionaries({"risk": prose.filter(bool), "impact": prose, "likelihood": some.sampled_from(["", *RiskLikelihood])})


def test_people_can_read_it() -> None:
    assert written(RISKS, [LOST]) == TEXT
    assert rows_in(RISKS, TEXT) == (LOST,)


@settings(max_examples=60)
@given(some.lists(rows, max_size=4))
def test_what_is_written_reads_back_as_the_same(risks: list[dict[str, str]]) -> None:
    said = tuple({name: str(text) for name, text in row.items() if text} for row in risks)
    assert rows_in(RISKS, written(RISKS, risks)) == said


def test_what_is_written_looks_as_programs_are_told() -> None:
    for shape, text in ((RISKS, TEXT), (RISKS, f"{TEXT}\n\n{TEXT}"), (FLOWS, "From: MIS\nTo: Till"), (CONSULTATIONS, "Who was asked: Pupils")):
        assert re.fullmatch(pattern(shape), text)
    for text in ("Likelihood: Possible", "What could go wrong: fire\nLikelihood: often", "fire"):
        assert not re.fullmatch(pattern(RISKS), text)


def test_nothing_is_no_text_and_no_rows() -> None:
    assert written(RISKS, ()) == ""
    assert written(RISKS, [{}, {"risk": "  "}]) == ""
    assert rows_in(RISKS, None) == rows_in(RISKS, "") == rows_in(RISKS, "\n \n") == ()


def test_two_rows_need_no_empty_line_between_them_when_a_part_comes_again() -> None:
    text = "From: MIS\nTo: Till\nFrom: Till\nTo: Bank"
    assert rows_in(FLOWS, text) == ({"sender": "MIS", "receiver": "Till"}, {"sender": "Till", "receiver": "Bank"})


def test_a_choice_is_known_by_its_code_or_its_label_in_any_case() -> None:
    for word in (RiskSeverity.SEVERE, "SEVERE", "severe"):
        assert rows_in(RISKS, written(RISKS, [{"risk": "x", "severity": word}]))[0]["severity"] == "severe"
    assert rows_in(CONSULTATIONS, "Who was asked: Parents and carers\nHow and when:") == ({"party": "parents"},)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Risk of fire", "Line 1 does not begin with one of these and a colon"),
        ("Shoe size: 4", "Line 1 does not begin with one of these and a colon"),
        ("  indented", "Line 1 does not begin"),
        ("Impact: sad", "In risk 1, say “What could go wrong?”."),
        ("What could go wrong: fire\nLikelihood: often", "“Likelihood” is one of: Remote, Possible, Probable."),
    ],
)
def test_a_text_of_another_shape_is_refused_with_what_to_write(text: str, sentence: str) -> None:
    text = text.replace("Impact", "What would it do to people")
    with pytest.raises(Misshapen) as refused:
        rows_in(RISKS, text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"impact": "sad"}, "For every risk, say “What could go wrong?”."),
        ({"risk": "fire", "size": "4"}, "A risk has no part called size."),
        ({"risk": "fire", "effect": "prayed"}, "“What the measures do” is one of: Eliminated, Reduced, Accepted."),
    ],
)
def test_a_row_of_another_shape_is_refused_too(row: dict[str, str], sentence: str) -> None:
    with pytest.raises(Misshapen) as refused:
        written(RISKS, [row])
    assert str(refused.value) == sentence
