"""ENISA's sum, as an aid that never marks children down by itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import DataSensitivity
from registry.rules.breach_severity import CIRCUMSTANCES, EASE, Band, Flag, SeverityFacts, band_of, category, score, suggestion

some_facts = st.builds(
    SeverityFacts,
    dpc=st.integers(1, 4),
    ei=st.sampled_from(EASE),
    confidentiality=st.sampled_from(CIRCUMSTANCES),
    integrity=st.sampled_from(CIRCUMSTANCES),
    availability=st.sampled_from(CIRCUMSTANCES),
    malicious=st.sampled_from([0.0, 0.5]),
    people=st.none() | st.integers(0, 5000),
    unintelligible=st.booleans(),
    children=st.booleans(),
    special=st.booleans(),
)


@pytest.mark.parametrize(("facts", "total", "band", "flags"), [
    (SeverityFacts(dpc=1, ei=1, confidentiality=0.25), 1.25, "low", set()),  # class names to one wrong parent
    (SeverityFacts(dpc=3, ei=1), 3.0, "high", set()),
    (SeverityFacts(dpc=4, ei=1, unintelligible=True), 4.0, "very_high", {"unintelligible"}),  # a lost laptop, verified as encrypted
    (SeverityFacts(dpc=4, ei=0.75, confidentiality=0.25), 3.25, "high", set()),
    (SeverityFacts(dpc=1, ei=0.5, confidentiality=0.25, people=100), 0.75, "low", set()),
    (SeverityFacts(dpc=1, ei=0.25, people=101), 0.25, "low", {"large"}),
    (SeverityFacts(dpc=4, ei=1, confidentiality=0.5, integrity=0.5, availability=0.5, malicious=0.5), 6.0, "very_high", set()),
])  # fmt: skip
def test_worked_examples(facts: SeverityFacts, total: float, band: str, flags: set[str]) -> None:
    found = score(facts)
    assert (found.score, found.band, found.flags) == (total, band, flags)


@pytest.mark.parametrize(("total", "band"), [(1.99, "low"), (2, "medium"), (2.99, "medium"), (3, "high"), (3.99, "high"), (4, "very_high")])
def test_where_two_bands_meet_the_worse_counts(total: float, band: str) -> None:
    assert band_of(total) == Band(band)


@pytest.mark.parametrize(("kind", "adjustment", "found"), [
    ("simple", 0, 1), ("simple", 3, 4), ("behavioural", -1, 1), ("behavioural", 2, 4), ("financial", -2, 1),
    ("sensitive", -3, 1), ("sensitive", 1, 4),
])  # fmt: skip
def test_a_category_keeps_between_one_and_four(kind: str, adjustment: int, found: int) -> None:
    assert category(DataSensitivity(kind), adjustment) == found


@pytest.mark.parametrize("wrong", [{"dpc": 0}, {"dpc": 5}, {"ei": 0.3}, {"integrity": 0.4}, {"malicious": 0.25}])
def test_what_the_method_does_not_know_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="made of"):
        score(replace(SeverityFacts(dpc=1, ei=1), **wrong))


@given(some_facts)
def test_it_lies_between_its_ends_and_is_never_lowered_by_what_stands_beside_it(facts: SeverityFacts) -> None:
    found = score(facts)
    assert 0.25 <= found.score <= 6
    assert found.score == score(replace(facts, unintelligible=False, children=False, special=False, people=None)).score
    assert (Flag.UNINTELLIGIBLE in found.flags) is facts.unintelligible


@given(some_facts)
def test_only_where_neither_children_nor_special_data_are_concerned_encryption_suggests_less(facts: SeverityFacts) -> None:
    says_less = "not to report it" in suggestion(score(facts), facts)
    assert says_less is (facts.unintelligible and not facts.children and not facts.special)


@pytest.mark.parametrize(("band", "words"), [
    ("low", "may be small"), ("medium", "when in doubt"), ("high", "likely a risk"), ("very_high", "tell the people"),
])  # fmt: skip
def test_each_band_suggests_something(band: str, words: str) -> None:
    dpc = {"low": 1, "medium": 2, "high": 3, "very_high": 4}[band]
    facts = SeverityFacts(dpc=dpc, ei=1, unintelligible=True, children=True)
    assert words in suggestion(score(facts), facts)
    assert "nothing is marked down" in suggestion(score(facts), facts)
