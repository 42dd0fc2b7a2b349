from dataclasses import replace
from datetime import date

import pytest

from registry.rules.school_facts import SchoolFacts
from registry.rules.supplier_facts import SupplierFacts
from registry.rules.transfers import mechanism_chosen, transfer_assessed, united_states_covered

ABROAD = SupplierFacts(outside_uk="yes")


def found(supplier: SupplierFacts) -> list[tuple[str, str, str]]:
    rules = (mechanism_chosen, transfer_assessed, united_states_covered)
    return [(finding.code, finding.severity.value, finding.question) for rule in rules for finding in rule(supplier, SchoolFacts())]


@pytest.mark.parametrize("mechanism", [None, "", "not_known", "none_needed", "eu_clauses_only"])
def test_data_leaves_the_country_only_by_a_mechanism_that_counts(mechanism: str | None) -> None:
    assert found(replace(ABROAD, transfer_mechanism=mechanism)) == [("SP04", "error", "transfer_mechanism")]
    assert found(replace(ABROAD, outside_uk="no", transfer_mechanism=mechanism)) == []


@pytest.mark.parametrize("mechanism", ["adequacy", "art49"])
def test_some_mechanisms_need_nothing_beside_them(mechanism: str) -> None:
    assert found(replace(ABROAD, transfer_mechanism=mechanism, countries="France")) == []


@pytest.mark.parametrize(
    ("mechanism", "words"), [("eu_clauses_only", "UK Addendum"), ("none_needed", "says that nothing does"), (None, "nothing makes that lawful")]
)
def test_the_reason_fits_what_was_chosen(mechanism: str | None, words: str) -> None:
    [finding] = mechanism_chosen(replace(ABROAD, transfer_mechanism=mechanism), SchoolFacts())
    assert words in finding.message


@pytest.mark.parametrize("answer", ["unknown", None])
def test_not_knowing_whether_data_leaves_is_a_warning(answer: str | None) -> None:
    assert found(SupplierFacts(outside_uk=answer)) == [("SP04", "warning", "outside_uk")]


@pytest.mark.parametrize("mechanism", ["idta", "addendum", "bcr"])
def test_an_agreement_stands_on_a_data_protection_test(mechanism: str) -> None:
    supplier = replace(ABROAD, transfer_mechanism=mechanism)
    assert found(supplier) == [("SP05", "warning", "transfer_assessed_on")]
    assert found(replace(supplier, transfer_assessed_on=date(2026, 2, 5))) == []
    assert found(replace(supplier, outside_uk="no")) == []


@pytest.mark.parametrize("answer", ["no", "unknown", None])
def test_a_listing_for_the_united_states_counts_only_with_the_uk_extension(answer: str | None) -> None:
    supplier = replace(ABROAD, transfer_mechanism="us_data_bridge", us_uk_extension=answer)
    assert found(supplier) == [("SP06", "error", "us_uk_extension")]
    assert found(replace(supplier, us_uk_extension="yes")) == []
    assert found(replace(supplier, outside_uk=False)) == []


@pytest.mark.parametrize("countries", ["United States", "Ireland\nUSA", "Ireland, U.S.A.", ["France", "the United States"], "Ireland; US"])
def test_approval_of_countries_does_not_reach_the_united_states(countries: str | list[str]) -> None:
    assert found(replace(ABROAD, transfer_mechanism="adequacy", countries=countries)) == [("SP06", "error", "transfer_mechanism")]


@pytest.mark.parametrize("countries", ["Australia", "Ireland, Cyprus", None, []])
def test_other_countries_are_not_taken_for_the_united_states(countries: str | list[str] | None) -> None:
    assert found(replace(ABROAD, transfer_mechanism="adequacy", countries=countries)) == []


def test_a_supplier_without_personal_data_transfers_none() -> None:
    assert found(SupplierFacts(handles_personal_data=False, outside_uk="yes", transfer_mechanism="us_data_bridge")) == []
    assert found(SupplierFacts(handles_personal_data=False, outside_uk="unknown", transfer_mechanism="idta")) == []
