"""Who is told of what: what is theirs to do, what comes, and what waits for others."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.vocabulary import YesNo
from registry.access import Role
from registry.needs.needs import Line, Today
from registry.needs.owners import ROLES, post, whose_move
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.flags import FLAGS
from tests.people import Person
from tests.pictured import a_limit, a_pupil
from tests.registry.needs.conftest import TODAY, codes_of

pytestmark = pytest.mark.usefixtures("in_quillbrook")
Adding = Callable[..., Any]
Looking = Callable[..., Today]


def dated(lines: tuple[Line, ...]) -> list[tuple[str, date, int]]:
    return [(line.code, line.due, line.many) for line in lines if line.due]


def test_what_is_due_within_two_weeks_is_the_owners_and_later_things_are_coming(an_asset: Adding, look: Looking, dev: Person) -> None:
    for name, days in (("late", -3), ("now", 0), ("soon", 14), ("later", 15), ("far", 91)):
        an_asset(name, next_review_on=TODAY + timedelta(days=days))
    found = look(dev)
    assert [due - TODAY for _code, due, _many in dated(found.mine)] == [timedelta(days=days) for days in (-3, 0, 14)]
    assert [due - TODAY for _code, due, _many in dated(found.coming)] == [timedelta(days=15)]


def test_the_post_that_answers_for_a_record_decides_whose_move_it_is(an_asset: Adding, look: Looking, dev: Person, ola: Person, hana: Person) -> None:
    an_asset("Files", next_review_on=TODAY, owner_role="office_manager")
    assert len(dated(look(ola).mine)) == 1
    assert len(dated(look(dev).others)) == len(dated(look(hana).others)) == 1
    assert dated(look(dev).mine) == dated(look(hana).mine) == []


@pytest.mark.parametrize(("owner", "here", "role"), [
    ("office_manager", {Role.OFFICE, Role.DPO}, Role.OFFICE),
    ("office_manager", {Role.HEADTEACHER, Role.DPO}, Role.DPO),
    ("it_provider", {Role.IT_PROVIDER, Role.DPO}, Role.DPO),  # who may read assets, and not change them
    ("librarian", {Role.OFFICE, Role.HEADTEACHER}, Role.HEADTEACHER),
    ("", {Role.OFFICE}, Role.OFFICE),
    ("", {Role.TEACHER, Role.IT_PROVIDER}, None),
])  # fmt: skip
def test_what_nobody_here_can_do_falls_to_the_dpo_then_to_the_head_and_last_to_whoever_can(owner: str, here: set[Role], role: Role | None) -> None:
    assert whose_move(ASSETS, owner, frozenset(here)) == role


def test_every_post_that_is_sent_to_a_role_is_a_post() -> None:
    assert all(post(each) for each in ROLES)
    assert post("nobody") == ""


def test_the_same_of_several_records_is_one_line(an_asset: Adding, look: Looking, dev: Person) -> None:
    for number in range(3):
        an_asset(f"Files {number}", next_review_on=TODAY)
    an_asset("Files of another post", next_review_on=TODAY, owner_role="senco")
    (line,) = [each for each in look(dev).mine if each.due]
    assert (line.many, line.record, line.owners) == (4, None, ("senco",))


def test_a_finding_of_one_record_leads_to_where_it_is_agreed_about(an_asset: Adding, look: Looking, dev: Person) -> None:
    row = an_asset(contains_personal=YesNo.YES)
    (line,) = look(dev).coming
    assert line.record is not None
    assert line.record.id == row.id
    assert line.rule in codes_of(row)


def test_errors_need_somebody_now_and_warnings_later(an_asset: Adding, look: Looking, dev: Person) -> None:
    an_asset(contains_personal=YesNo.YES)
    found = look(dev)
    assert [line.severity for line in found.mine] == []
    assert [line.severity for line in found.coming] == ["warning"]


def test_who_may_not_see_every_answer_is_told_of_no_finding(an_asset: Adding, look: Looking, ian: Person, tess: Person) -> None:
    an_asset(next_review_on=TODAY)
    found = look(ian)
    lines = (*found.mine, *found.coming, *found.others)
    assert {line.severity for line in lines} == {"deadline"}
    assert look(tess) == Today((), (), (), ())


def test_a_limit_is_known_to_the_safeguarding_lead_and_the_head_alone(look: Looking, occasion: Occasion, people: dict[str, Person]) -> None:
    as_lead = Occasion(people["dina"].actor, occasion.at, occasion.school)
    a_limit(as_lead, a_pupil(occasion, "Sam Patel"), next_review_on=TODAY)
    here = {key: vars(look(person)).values() for key, person in people.items() if key != "otto"}
    assert {key for key, parts in here.items() if any(line.register is FLAGS for part in parts for line in part)} == {"dina", "hana"}

