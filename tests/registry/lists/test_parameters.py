"""What may be asked of a list is what its page takes, and a slip is refused instead of passed over."""

from uuid import UUID

import pytest

from models.roles import Role
from registry import catalogue
from registry.actor import Actor
from registry.lists.parameters import demand_sound, history_parameters, parameters_of
from registry.lists.views import View, view_of
from registry.schema import Invalid, names_for

ASSETS = catalogue.find("assets")
DPO, GOVERNOR = Actor("Dev", role=Role.DPO), Actor("Gus", role=Role.GOVERNOR)
KEY = UUID("0197a1f0-0000-7000-8000-000000000001")


def test_every_parameter_of_the_page_can_be_asked() -> None:
    view = View(
        search="pupil", filters=(("format", ("electronic", "-")),), chip="errors", sort="changed", descending=True,
        columns=("owner",), size=50, after=KEY, before=KEY,
    )
    asked: dict[str, list[str]] = {}
    for name, value in view.asked():
        asked.setdefault(name, []).append(value)
    demand_sound(asked, parameters_of(ASSETS, DPO))
    assert view_of(ASSETS, DPO, asked) == view


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"nonsense": ["x"]}, "There is no such parameter here."),
        ({"rows": ["11"]}, "Choose from: 10, 25, 50, 100"),
        ({"rows": ["10", "25"]}, "Give this once."),
        ({"after": ["x"]}, "Give the id of a record."),
        ({"q": ["x" * 201]}, "Use 200 characters or fewer."),
        ({"order": ["up"]}, "Choose from: down"),
    ],
)
def test_a_slip_is_refused_with_a_sentence(asked: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        demand_sound(asked, parameters_of(ASSETS, DPO))
    assert list(refused.value.messages.values()) == [[sentence]]


@pytest.mark.parametrize("number", ["-1", "x", "1" * 16, "²", ""])
def test_a_place_in_the_history_is_a_number(number: str) -> None:
    demand_sound({"before": ["412"]}, history_parameters())
    with pytest.raises(Invalid):
        demand_sound({"before": [number]}, history_parameters())


def test_nobody_learns_of_a_question_by_its_parameter() -> None:
    for role in Role:
        by = Actor("Somebody", role=role)
        engine = {"q", "show", "sort", "order", "column", "rows", "row", "after", "before"}
        named = {each.name for each in parameters_of(ASSETS, by)} - engine
        chosen = {choice for each in parameters_of(ASSETS, by) if each.name in ("column", "sort") for choice in each.choices}
        assert named | chosen - {"reference", "changed", "findings"} <= names_for(ASSETS, by)
