"""Counts of findings move when the day or the school does, and nothing else moves with them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.school import School
from registry import findings, records
from registry.checks import findings_of
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.school.schools import change_school, facts_of
from registry.trace.audit import Happened
from registry.trace.verification import verify_chain, verify_rows
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("in_quillbrook")
REVIEWED: dict[str, Any] = {"name": "Paper files", "last_verified_on": NOW.date(), "next_review_on": NOW.date() + timedelta(days=30)}


def seen(occasion: Occasion, record: Any) -> Any:
    return records.find(ASSETS, record.id, occasion.by)


def stored(row: Any) -> dict[str, Any]:
    """Everything of a record but its counts."""
    return {name: value for name, value in row.__data__.items() if name not in ("errors", "warnings")}


def codes(row: Any, school: School, on: date) -> set[str]:
    return {finding.code for finding in findings_of(ASSETS, row, facts_of(school, on))}


def test_on_the_same_day_nothing_is_counted_anew(occasion: Occasion, school: School) -> None:
    records.add(ASSETS, REVIEWED, occasion)
    before = AuditEntry.select().count()
    assert findings.recount(school, NOW) == 0
    assert AuditEntry.select().count() == before, "a deed that did nothing leaves no entry"


def test_a_review_day_that_has_gone_by_is_one_warning_more(occasion: Occasion, school: School) -> None:
    row = records.add(ASSETS, REVIEWED, occasion)
    before, later = seen(occasion, row), NOW + timedelta(days=31)
    assert findings.recount(school, later - timedelta(days=1)) == 0, "the day itself is in time"
    assert findings.recount(school, later) == 1
    after = seen(occasion, row)
    assert after.warnings == before.warnings + 1
    assert codes(after, school, later.date()) - codes(after, school, NOW.date()) == {"AS08"}
    assert stored(after) == stored(before), "a count is worked out; the record itself is as its people left it"


def test_a_count_changes_neither_what_others_save_nor_what_is_verified(occasion: Occasion, school: School) -> None:
    row = records.add(ASSETS, REVIEWED, occasion)
    opened = seen(occasion, row)
    findings.recount(school, NOW + timedelta(days=31))
    assert [*verify_chain(school.id), *verify_rows()] == []
    assert records.change(ASSETS, opened, {"name": "Paper pupil files"}, occasion), "no conflict with a robot that counted"
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_one_entry_says_that_the_robot_counted(occasion: Occasion, school: School) -> None:
    for number in range(3):
        records.add(ASSETS, {**REVIEWED, "name": f"Paper files {number}"}, occasion)
    before = AuditEntry.select().count()
    assert findings.recount(school, NOW + timedelta(days=31)) == 3
    entries = [*AuditEntry.select().where(AuditEntry.chain == school.id).order_by(AuditEntry.number.desc()).limit(1)]
    assert AuditEntry.select().count() == before + 1
    assert (entries[0].deed, entries[0].subject, entries[0].record) == (Happened.FINDINGS_COUNTED, "asset", None)


def test_another_kind_of_school_has_other_findings(occasion: Occasion, school: School) -> None:
    own_interests = {"name": "Alumni newsletter", "art6": ("6.1.f",), "is_core_task": "yes"}
    row = records.add(PROCESSING, own_interests, occasion)
    as_authority = (row.errors, row.warnings)
    change_school(occasion.by, school, {"public_authority": False, "school_type": "independent"}, NOW)
    assert findings.recount(school, NOW) == 1
    after = records.find(PROCESSING, row.id, occasion.by)
    assert (after.errors, after.warnings) != as_authority
    assert after.errors < as_authority[0], "an independent school may rest on its own interests"
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_every_school_is_counted_by_its_own_facts(occasion: Occasion, elsewhere: Occasion, school: School, other_school: School) -> None:
    records.add(ASSETS, REVIEWED, occasion)
    with doors.looking_at(other_school.id):
        theirs = records.add(ASSETS, {**REVIEWED, "next_review_on": date(2030, 1, 1)}, elsewhere)
    assert findings.recount_everywhere(NOW + timedelta(days=31)) == 1
    with doors.looking_at(other_school.id):
        unmoved = Asset.get(Asset.id == theirs.id)
        assert (unmoved.errors, unmoved.warnings) == (theirs.errors, theirs.warnings)
    assert findings.recount_everywhere(datetime(2030, 1, 2, tzinfo=NOW.tzinfo)) >= 1


def test_the_day_is_that_of_london(occasion: Occasion, school: School) -> None:
    summer = datetime(2026, 7, 10, 12, tzinfo=NOW.tzinfo)
    on = Occasion(occasion.by, summer, facts_of(school, summer.date()))
    records.add(ASSETS, {**REVIEWED, "last_verified_on": summer.date(), "next_review_on": date(2026, 7, 31)}, on)
    assert findings.recount(school, datetime(2026, 7, 31, 22, 59, tzinfo=NOW.tzinfo)) == 0
    assert findings.recount(school, datetime(2026, 7, 31, 23, 1, tzinfo=NOW.tzinfo)) == 1, "one minute past midnight of the first of August"
