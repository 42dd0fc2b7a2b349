"""The agreements that a school may begin with can be signed as they stand."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.vocabulary import AgreementAudience
from registry import templates_for_schools

FOLDER = Path(templates_for_schools.__file__).parent
AGREEMENTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "agreements" / "it.yaml").read_text(encoding="utf-8"))
SERIES = yaml.safe_load((FOLDER / "retention.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda agreement: agreement["id"])
def test_an_agreement_says_what_is_agreed_point_by_point_and_who_signs(agreement: dict[str, Any]) -> None:
    introduction, points, declaration = agreement["text"].strip().split("\n\n")
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \S.*[.]$", points, re.MULTILINE)]
    assert introduction.endswith(".")
    assert numbers == list(range(1, len(points.splitlines()) + 1))
    assert declaration.startswith("I ")
    assert agreement["audience"] in set(AgreementAudience)
    assert agreement["kind"] in ("acceptable_use", "device_loan")
    assert agreement["signed_by"]
    assert agreement["sign_again_when"].startswith("New version")
    assert set(agreement["retention"]) <= set(SERIES)


def test_everybody_has_rules_and_a_parent_signs_for_the_young() -> None:
    rules = {agreement["audience"]: agreement for agreement in AGREEMENTS if agreement["kind"] == "acceptable_use"}
    assert set(rules) == set(AgreementAudience)
    assert rules["pupil_under_11"]["second_signature"] == "Parent or carer"
