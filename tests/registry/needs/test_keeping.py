"""What every record needs is known as soon as somebody looks, whichever way it was written."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models import doors
from models.audit import AuditEntry
from models.need import Need, mark_of
from models.school import School
from models.vocabulary import ImageDecision, YesNo
from registry import records
from registry.catalogue import REGISTERS
from registry.needs import keeping
from registry.needs.keeping import DEADLINE
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.answers import ANSWERS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.school.schools import change_school
from tests.least import add_least
from tests.pictured import a_carer, a_pupil, a_use, an_answer
from tests.registry.needs.conftest import TODAY, codes_of

pytestmark = pytest.mark.usefixtures("in_quillbrook")
Adding = Callable[..., Any]


def stored() -> set[tuple[Any, ...]]:
    return {(need.record, need.code, need.severity, need.question, need.due_on, need.statutory, need.owner) for need in Need.select()}


def test_deadlines_and_findings_of_a_record_are_known(an_asset: Adding, school: School) -> None:
    row = an_asset(next_review_on=date(2027, 1, 4), owner_role="office_manager", contains_personal=YesNo.YES)
    keeping.catch_up(school, TODAY)
    (need,) = Need.select().where((Need.record == row.id) & (Need.severity == DEADLINE))
    assert (need.register, need.code, need.due_on) == ("assets", "AD1", date(2027, 1, 4))
    assert (need.question, need.owner) == ("next_review_on", "office_manager")
    assert {"AS03", "AS04", "AS09"} <= codes_of(row)


def test_a_change_an_archive_and_a_restore_are_seen(an_asset: Adding, school: School, occasion: Occasion) -> None:
    row = an_asset(next_review_on=date(2027, 1, 4))
    keeping.catch_up(school, TODAY)
    records.change(ASSETS, row, {"next_review_on": date(2027, 2, 1), "location": "Office"}, occasion)
    keeping.catch_up(school, TODAY)
    assert "AS11" not in codes_of(row)
    assert [need.due_on for need in Need.select().where(Need.code == "AD1")] == [date(2027, 2, 1)]
    records.archive(ASSETS, row, occasion)
    keeping.catch_up(school, TODAY)
    assert codes_of(row) == set()
    records.restore(ASSETS, records.find(ASSETS, row.id, occasion.by), occasion)
    keeping.catch_up(school, TODAY)
    assert "AD1" in codes_of(row)


def test_a_finding_that_a_deadline_is_to_settle_is_not_said_twice(school: School, occasion: Occasion) -> None:
    task = add_least(TAKE_DOWNS, "Sports day", occasion, due_on=date(2026, 11, 20))
    keeping.catch_up(school, TODAY)
    assert codes_of(task) == {"TD1"}, "TD02 says the same of the same question"


def test_what_grows_with_time_is_found_on_a_later_day(an_asset: Adding, school: School) -> None:
    row = an_asset(last_verified_on=TODAY, location="Office")
    keeping.catch_up(school, TODAY)
    assert "AS07" not in codes_of(row)
    before = mark_of(school.id)
    keeping.catch_up(school, TODAY + timedelta(days=366))
    assert mark_of(school.id) == (before[0], TODAY + timedelta(days=366))


def test_another_fact_about_the_school_makes_everything_anew(an_asset: Adding, school: School, occasion: Occasion) -> None:
    an_asset()
    keeping.catch_up(school, TODAY)
    Need.delete().where(Need.school == school.id).execute()
    change_school(occasion.by, School.get_by_id(school.id), {"name": "Quillbrook Church School"}, occasion.at)
    keeping.catch_up(School.get_by_id(school.id), TODAY)
    assert Need.select().exists()


def test_of_a_parents_answers_only_the_last_runs_out(school: School, occasion: Occasion) -> None:
    sam, use = a_pupil(occasion, "Sam Patel"), a_use(occasion)
    meera = a_carer(occasion, "Meera Patel", sam)
    first, second, other = (
        an_answer(occasion, sam, use, valid_until=until, carer=carer.id)
        for until, carer in ((date(2026, 12, 1), meera), (date(2027, 12, 1), meera), (date(2026, 12, 1), a_carer(occasion, "Ravi Patel", sam)))
    )
    keeping.catch_up(school, TODAY)
    assert [codes_of(row) for row in (first, second, other)] == [set(), {"ID1"}, {"ID1"}]
    an_answer(occasion, sam, use, ImageDecision.WITHDRAWN, carer=meera.id)
    keeping.catch_up(school, TODAY)
    assert [codes_of(row) for row in (first, second, other)] == [set(), set(), {"ID1"}]


def test_reading_on_leaves_what_making_everything_anew_leaves(an_asset: Adding, school: School, occasion: Occasion) -> None:
    rows = [an_asset(f"Files {number}", next_review_on=TODAY + timedelta(days=number)) for number in range(5)]
    keeping.catch_up(school, TODAY)
    records.change(ASSETS, rows[0], {"location": "Attic"}, occasion)
    records.archive(ASSETS, rows[1], occasion)
    sam, use = a_pupil(occasion, "Sam Patel"), a_use(occasion)
    for until in (date(2026, 12, 1), date(2027, 12, 1)):
        an_answer(occasion, sam, use, valid_until=until)
    keeping.catch_up(school, TODAY)
    read_on = stored()
    keeping.catch_up(school, TODAY + timedelta(days=1))
    keeping.catch_up(school, TODAY)
    assert stored() == read_on


def test_nothing_is_written_where_nothing_has_happened_and_nothing_into_the_trace(an_asset: Adding, school: School) -> None:
    an_asset()
    keeping.catch_up(school, TODAY)
    ids, entries = {need.id for need in Need.select()}, AuditEntry.select().count()
    keeping.catch_up(school, TODAY)
    assert {need.id for need in Need.select()} == ids
    assert AuditEntry.select().count() == entries


def test_another_school_is_left_alone(an_asset: Adding, school: School, other_school: School, elsewhere: Occasion) -> None:
    an_asset()
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
        keeping.catch_up(other_school, TODAY)
        theirs = stored()
    keeping.catch_up(school, TODAY)
    with doors.looking_at(other_school.id):
        assert stored() == theirs
        assert theirs


def test_codes_are_used_once_and_each_deadline_is_settled_by_a_question() -> None:
    deadlines = [deadline for register in REGISTERS for deadline in register.deadlines]
    assert len({each.code for each in deadlines}) == len(deadlines)
    assert ANSWERS.deadlines[0].one_for[0] == "person", "kin are looked for by the first of these, which has an index"
