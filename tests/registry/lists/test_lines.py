"""The cells of a list are short enough to look over."""

import pytest

from models.vocabulary.people import SpecialCategory
from registry import records
from registry.lists import query
from registry.lists.lines import brief
from registry.lists.views import View
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.mark.parametrize(
    ("several", "words"),
    [((), ""), (("a",), "a"), (("a", "b", "c", "d"), "a, b, c, d"), (("a", "b", "c", "d", "e"), "a, b, c and 2 more")],
)
def test_of_several_answers_three_are_shown_and_the_rest_are_counted(several: tuple[str, ...], words: str) -> None:
    assert brief(several) == words


def test_a_choice_is_shown_without_what_explains_it(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Pupil files", "classification": "RESTRICTED"}, occasion)
    (row,) = query.page(ASSETS, occasion.by, View(columns=("classification",)), NOW.date()).rows
    assert row.cells == ("Restricted",)


def test_many_choices_are_counted_in_the_list(occasion: Occasion) -> None:
    chosen = [each.value for each in SpecialCategory][:6]
    records.add(PROCESSING, {"name": "Staff records", "special_categories": chosen}, occasion)
    (row,) = query.page(PROCESSING, occasion.by, View(columns=("special_categories",)), NOW.date()).rows
    assert row.cells[0].endswith(" and 3 more")
