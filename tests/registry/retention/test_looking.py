"""What the night keeps with a rule of the schedule: when the next record may go, and of how many nobody knows the day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from models.retention_rule import RetentionRule
from models.school import School
from models.vocabulary import OwnRecords
from registry import records
from registry.checks import findings_of
from registry.deadlines import deadline_of
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.retention import looking, proposing
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.retention.conftest import As, Rule

Leaver = Callable[[str, date | None], Any]


def looked_up(row: Any) -> tuple[date | None, int | None]:
    again = RetentionRule.get_by_id(row.id)
    return again.next_due_on, again.unknown_days


def test_the_next_day_and_what_has_none_are_kept_and_lead_to_today(at_work: As, rule: Rule, leaver: Leaver, in_quillbrook: School) -> None:
    made, elsewhere = rule(), rule(name="Visitor books", covers=None)
    held = leaver("Ada Quill", date(2020, 1, 1))
    leaver("Ben Quill", date(2022, 7, 1))
    leaver("Cas Quill", date(2025, 7, 1))
    leaver("Dee Quill", None)
    records.add(HOLDS, {"name": "Claim", "pupils": (held.id,)}, at_work("dina"))
    assert looking.look_everywhere(NOW) == "1 rule says another day now."
    assert looked_up(made) == (date(2024, 7, 1), 1)
    assert looked_up(elsewhere) == (None, None)
    school = at_work("dina").school
    row = RetentionRule.get_by_id(made.id)
    due = deadline_of(RETENTION_RULES, row, "RR2", school)
    assert due is not None
    assert due.due.because[0].startswith("From Monday 1 July 2024 on a record")
    assert "RR06" in {found.code for found in findings_of(RETENTION_RULES, row, school)}
    assert looking.look_everywhere(NOW) == "0 rules say another day now."
    assert RetentionRule.get_by_id(made.id).version == row.version
    proposing.propose(OwnRecords.PUPILS, at_work("ola"))
    assert looked_up(made) == (date(2027, 7, 1), 1)
    assert not [*verify_rows()]


def test_a_rule_that_covers_nothing_here_any_more_forgets_it(at_work: As, rule: Rule, leaver: Leaver) -> None:
    made = rule()
    leaver("Ben Quill", date(2022, 7, 1))
    looking.look_everywhere(NOW)
    records.change(RETENTION_RULES, RetentionRule.get_by_id(made.id), {"covers": None}, at_work("dev"))
    assert looking.look_everywhere(NOW) == "1 rule says another day now."
    assert looked_up(made) == (None, None)
