"""What is worked out of a write goes and comes with it: an import, or a change of many records, is undone together with what followed from it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from models.batch import Together
from models.dpia import Dpia
from models.hold import Hold
from models.message import Message
from models.records_disposal import RecordsDisposal
from models.vocabulary import ScreeningOutcome
from registry import records
from registry.definition import Register
from registry.importing import imports, uploads
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import judge
from registry.lists.views import View
from registry.many import batches, together, undoing
from registry.many.together import Wish
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.trace.verification import verify_chain, verify_rows

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def bring_in(register: Register, columns: Sequence[str], rows: Sequence[Sequence[str]], occasion: Occasion) -> Any:
    file = FileRows(columns, [list(row) for row in rows], [*range(2, len(rows) + 2)], {}, [], "f" * 64)
    upload = uploads.keep(register, file, occasion.by, occasion.at)
    reading = Reading(tuple(columns))
    imports.save(register, upload, reading, occasion, shown=judge(register, file, reading, occasion.by).mark)
    return batches.recent(occasion.by, register)[0]


def faults(school: Any) -> list[Any]:
    return [*verify_chain(school.id), *verify_rows()]


def test_an_import_of_dpias_is_undone_with_what_was_worked_out_of_it(occasion: Occasion, school: Any) -> None:
    known = records.add(DPIAS, {"name": "Tablets", "criteria": ("4", "7")}, occasion)
    assert Dpia.get_by_id(known.id).outcome == ScreeningOutcome.TWO_CRITERIA
    batch = bring_in(DPIAS, ["name", "criteria", "concerns_pupils"], [["Tablets", "8", "no"], ["Robots", "8", "yes"]], occasion)
    new = Dpia.get(Dpia.name == "Robots")
    assert new.outcome == ScreeningOutcome.TWO_CRITERIA
    undoing.undo(DPIAS, batch.id, occasion)
    (row,) = Dpia.select()
    assert (row.name, row.criteria, row.outcome, row.concerns_pupils) == ("Tablets", ("4", "7"), ScreeningOutcome.TWO_CRITERIA, None)
    assert faults(school) == []


def test_an_import_of_holds_and_of_disposals_is_undone(occasion: Occasion, school: Any) -> None:
    rule = records.add(RETENTION_RULES, {"name": "Visitor books", "trigger": "dated", "years": 6}, occasion)
    placed = bring_in(HOLDS, ["name", "kind"], [["Claim", "claim"]], occasion)
    assert Hold.get().placed_on == occasion.school.today
    undoing.undo(HOLDS, placed.id, occasion)
    assert not Hold.select().exists()
    proposed = bring_in(RECORDS_DISPOSALS, ["name", "rule", "until_on"], [["Books", rule.name, "2015-03-01"]], occasion)
    assert RecordsDisposal.get().due_on
    assert Message.select().exists()
    undoing.undo(RECORDS_DISPOSALS, proposed.id, occasion)
    assert not RecordsDisposal.select().exists()
    assert not Message.select().exists()
    assert faults(school) == []


def test_a_change_of_many_is_undone_with_what_follows(occasion: Occasion, school: Any) -> None:
    answers = {"criteria": ("4", "7"), "next_review_on": date(2026, 12, 1)}
    rows = [records.add(DPIAS, {"name": name, **answers}, occasion) for name in ("Tablets", "Robots")]
    view, wish = View(only=tuple(row.id for row in rows)), Wish(Together.REVIEW, {"next_review_on": date(2027, 3, 1)})
    plan = together.plan(DPIAS, view, wish, occasion)
    batch = together.do(DPIAS, view, wish, occasion, shown=plan.mark, stands=plan.stands)
    assert {row.next_review_on for row in Dpia.select()} == {date(2027, 3, 1)}
    undoing.undo(DPIAS, batch.id, occasion)
    assert {(row.next_review_on, row.outcome) for row in Dpia.select()} == {(date(2026, 12, 1), ScreeningOutcome.TWO_CRITERIA)}
    assert faults(school) == []
