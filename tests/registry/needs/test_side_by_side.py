"""The schools of a trust beside each other."""

from datetime import date, timedelta

from models import doors
from models.roles import Role
from models.school import School
from registry import records
from registry.needs.side_by_side import standings
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.people import NOW

TODAY = NOW.date()


def add(occasion: Occasion, school: School, due: date) -> None:
    with doors.looking_at(school.id):
        records.add(ASSETS, {"name": f"Files {due}", "next_review_on": due}, occasion)


def test_the_worst_stands_first_and_each_is_seen_as_its_role_sees_it(
    school: School, other_school: School, occasion: Occasion, elsewhere: Occasion
) -> None:
    add(occasion, school, TODAY)
    for days in (-1, -2):
        add(elsewhere, other_school, TODAY + timedelta(days=days))
    found = standings([(school, Role.DPO), (other_school, Role.DPO)], TODAY)
    told = [(each.school.name, each.late, each.soon, each.errors) for each in found]
    assert told == [("Saltmere Academy", 2, 0, 0), ("Quillbrook Primary School", 0, 1, 0)]
    assert found[1].warnings > 0
    as_provider = standings([(school, Role.IT_PROVIDER), (other_school, Role.TEACHER)], TODAY)
    assert {each.school.name: (each.late, each.soon, each.warnings) for each in as_provider} == {
        "Quillbrook Primary School": (0, 1, 0), "Saltmere Academy": (0, 0, 0)
    }
    assert standings([], TODAY) == []
