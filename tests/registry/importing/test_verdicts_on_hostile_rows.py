"""A file brought beside records that somebody made to do harm."""

import pytest

from registry import records
from registry.importing.verdicts import Verdict
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.registry.importing.rows_in_files import one

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def test_an_answer_that_ends_in_thousands_of_unseen_letters_does_not_stop_an_import(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files", "location": "Attic" + " \u200b" * 2_000}, occasion)
    assert one(["name", "location"], ["Paper files", "Attic"], occasion.by).verdict is Verdict.SAME
    assert one(["name", "location"], ["Paper files", "Cellar"], occasion.by).verdict is Verdict.CHANGES
