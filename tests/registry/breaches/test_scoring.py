"""The score as an aid: worked out from what was chosen and what is known, and never lower in silence."""

from typing import Any

import pytest

from models.breach import Breach
from models.vocabulary import BreachData, BreachPeople, DataSensitivity, YesNoUnknown
from registry.breaches.scoring import Chosen, WorkedOut, encryption_counts, is_unintelligible
from registry.rules.breach_severity import Band, Flag, category
from registry.rules.severity_words import ADJUSTMENTS

CHOSEN = Chosen(kinds={DataSensitivity.SIMPLE: 0, DataSensitivity.SENSITIVE: -2}, ei=0.5, confidentiality=0.25)
STAFF = {"people_kinds": (BreachPeople.EMPLOYEES,), "data_kinds": (BreachData.BASIC,)}
VERIFIED = {"encrypted": YesNoUnknown.YES, "encryption_verified": "The device’s page, 3 November."}


def worked_out(chosen: Chosen = CHOSEN, **known: Any) -> WorkedOut:
    return WorkedOut(Breach(**(STAFF | known)), chosen)


def test_of_several_kinds_the_highest_counts() -> None:
    found = worked_out()
    assert (found.facts.dpc, found.scored.score, found.scored.band) == (2, 1.25, Band.LOW)
    assert found.steps[-1] == "2 × 0.5 + 0.25 + 0 + 0 + 0 = 1.25 of 6: low."
    assert found.steps[1].endswith(": 4, and 2 less, makes 2. It allows only a general guess.")


def test_every_adjustment_of_the_method_is_offered() -> None:
    offered = {kind: sorted({category(kind, step) for step in steps}) for kind, steps in ADJUSTMENTS.items()}
    assert offered == {
        DataSensitivity.SIMPLE: [1, 2, 3, 4], DataSensitivity.BEHAVIOURAL: [1, 2, 3, 4],
        DataSensitivity.FINANCIAL: [1, 2, 3, 4], DataSensitivity.SENSITIVE: [1, 2, 3, 4],
    }  # fmt: skip


@pytest.mark.parametrize(("known", "counts", "said"), [
    ({}, False, "Nobody has said yet"),
    ({"encrypted": YesNoUnknown.NO}, False, "not encrypted"),
    ({"encrypted": YesNoUnknown.UNKNOWN, "encryption_verified": "I think so."}, False, "Nobody knows"),
    ({"encrypted": YesNoUnknown.YES}, False, "Until somebody has verified it"),
    ({"encrypted": YesNoUnknown.YES, "encryption_verified": " "}, False, "Until somebody has verified it"),
    (VERIFIED, True, "The device’s page, 3 November."),
])  # fmt: skip
def test_encrypted_counts_only_when_it_is_verified(known: dict[str, Any], counts: bool, said: str) -> None:
    row = Breach(**(STAFF | known))
    assert is_unintelligible(row) is counts
    assert (Flag.UNINTELLIGIBLE in WorkedOut(row, CHOSEN).flags) is counts
    assert said in encryption_counts(row)


@pytest.mark.parametrize("known", [
    {"people_kinds": (BreachPeople.CHILDREN,)}, {"people_kinds": ()}, {"people_kinds": (BreachPeople.EMPLOYEES, BreachPeople.UNKNOWN)},
    {"data_kinds": (BreachData.HEALTH,)}, {"data_kinds": ()}, {"data_kinds": (BreachData.UNKNOWN,)},
])  # fmt: skip
def test_children_special_categories_and_what_nobody_knows_yet_are_not_marked_down_for_encryption(known: dict[str, Any]) -> None:
    simple = Chosen(kinds={DataSensitivity.SIMPLE: 0}, ei=0.25)
    assert "not to report it" in worked_out(simple, **VERIFIED).suggestion
    assert "nothing is marked down" in worked_out(simple, **(VERIFIED | known)).suggestion


@pytest.mark.parametrize(("chosen", "known", "said"), [
    (CHOSEN, {}, ""),
    (CHOSEN, {"people_kinds": (BreachPeople.CHILDREN,)}, "sensitive data is marked down here"),
    (CHOSEN, {"data_kinds": (BreachData.HEALTH,)}, "sensitive data is marked down here"),
    (Chosen(kinds={DataSensitivity.SIMPLE: 0}, ei=1), {"data_kinds": (BreachData.HEALTH,)}, "concerns health, and no sensitive data is counted"),
    (CHOSEN, {"people_kinds": ()}, "taken to be that of children"),
    (CHOSEN, {"data_kinds": (BreachData.UNKNOWN,)}, "may be too low"),
])  # fmt: skip
def test_where_the_score_may_be_too_low_it_says_so_and_keeps_it(chosen: Chosen, known: dict[str, Any], said: str) -> None:
    found = worked_out(chosen, **known)
    assert said in found.words
    assert bool(found.cautions) is bool(said)
