import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rules.serials import is_mangled, known_as, lost_zeros, normalised

SPELLINGS = ["c02xk0abjg5h", " C02XK0ABJG5H ", "C02 XK0A BJG5H", "C02XK0A\u00a0BJG5H\u200b", "\ufeffC02XK0ABJG5H", "'C02XK0ABJG5H"]


NO_SERIALS = ["To be filled by O.E.M.", "to be filled by o.e.m", "Default string", "System Serial Number", "0", "0000000", "None"]
NO_SERIALS += ["N/A", "n/a", "-", "XXXXXXXX", "", "  ", "\u200b"]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_one_serial_has_one_spelling(spelled: str) -> None:
    assert normalised(spelled) == "C02XK0ABJG5H"


@pytest.mark.parametrize("placeholder", NO_SERIALS)
def test_what_stands_where_no_serial_is_known_is_no_serial(placeholder: str) -> None:
    assert normalised(None) is None
    assert normalised(placeholder) is None


def test_zeros_belong_to_a_serial() -> None:
    assert normalised("000123") == "000123"
    assert normalised("A") == "A"


@given(st.text(st.sampled_from("aS0E1.+- '\u00a0\u200b"), max_size=12))
@settings(max_examples=60)
def test_a_serial_once_spelled_right_stays_so(text: str) -> None:
    spelled = normalised(text)
    assert spelled is None or normalised(spelled) == spelled


@pytest.mark.parametrize("damaged", ["6.37E+15", "6,37E+15", "1E10", "1e+10", "6.37E15", "4711.0", "4711,00", "########", "#N/A"])
def test_what_a_spreadsheet_made_of_a_serial_is_seen(damaged: str) -> None:
    assert is_mangled(damaged)


@pytest.mark.parametrize("genuine", ["5CD1234E10", "1E10A", "E10", "7E84321", "PF3.0A", "12345", "C02XK0ABJG5H", "", None])
def test_a_serial_that_only_looks_a_little_like_it_is_left_alone(genuine: str | None) -> None:
    assert not is_mangled(genuine)


def test_the_s_on_a_label_goes_only_where_the_rest_is_known() -> None:
    known = {"C02XK0ABJG5H", "SN77", "N77", "S1"}
    assert known_as("sC02XK0ABJG5H", known) == "C02XK0ABJG5H"
    assert known_as("C02XK0ABJG5H", known) == "C02XK0ABJG5H"
    assert known_as("SN77", known) == "SN77"
    assert known_as("SUNKNOWN", known) is None
    assert known_as("1", known) is None
    assert known_as("Default string", known) is None


def test_a_serial_that_lost_its_zeros_leads_to_the_one_it_was() -> None:
    known = ["C02", "123", "00123", "004711"]
    assert lost_zeros("123", ["C02", "123"]) is None
    assert lost_zeros("123", known) == "00123"
    assert lost_zeros("4711", known) == "004711"
    assert lost_zeros("4712", known) is None
    assert lost_zeros("C02", known) is None
    assert lost_zeros(None, known) is None
