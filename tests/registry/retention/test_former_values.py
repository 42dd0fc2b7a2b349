"""What records said before they were changed goes by the schedule too: not a day early, not what is held, and the rest of the history stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from models.audit import AuditDetail
from models.pupil import Pupil
from models.records_disposal import RecordsDisposal
from models.school import School
from models.vocabulary import RecordsDisposalStage
from registry import records
from registry.occasion import Occasion
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.registers.images.flags import FLAGS
from registry.registers.images.pupils import PUPILS
from registry.retention import disposing, erasing_records, former_values
from registry.rows import CannotBeDone
from registry.school.schools import facts_of
from registry.trace import history
from registry.trace.audit import recording
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.retention.conftest import As, Rule
from tests.tampering import faults

Leaver = Callable[[str, date | None], Any]
SIX_YEARS_ON = datetime.combine(NOW.date().replace(year=2032), NOW.timetz())


@pytest.fixture
def covered(rule: Rule) -> Any:
    """The rule of the schedule for what the history keeps."""
    return rule(name="Audit trail", covers="audit-details", trigger="event_date", years=6)


@pytest.fixture
def later(at_work: As, in_quillbrook: School) -> Callable[[str, datetime], Occasion]:
    """Somebody at work on another day."""
    return lambda key, at: replace(at_work(key), at=at, school=facts_of(in_quillbrook, at.date()))


def said_before(row: Any, by: Any) -> list[int]:
    """How many old values each entry about a record still tells."""
    return [len(line.changes) for line in history.of_record(PUPILS, records.find(PUPILS, row.id, by), by).lines]


def test_old_words_go_once_their_time_is_over_and_held_ones_stay(at_work: As, covered: Any, leaver: Leaver, later: Any) -> None:
    ada, ben, cas = (leaver(name, None) for name in ("Ada Quill", "Ben Quill", "Cas Quill"))
    records.add(HOLDS, {"name": "Claim", "pupils": (ben.id,)}, at_work("dina"))
    at_the_end = later("ola", SIX_YEARS_ON)
    records.change(PUPILS, Pupil.get_by_id(cas.id), {"class_name": "6B"}, replace(at_the_end, at=SIX_YEARS_ON - timedelta(days=5)))
    with pytest.raises(CannotBeDone, match="Nothing"):
        former_values.propose(later("ola", SIX_YEARS_ON - timedelta(days=1)))
    row = former_values.propose(at_the_end)
    by_register = {each.register.slug: (len(each.due), each.held) for each in former_values.former_values(at_the_end).found}
    assert by_register["pupils"] == (2, 1)
    assert by_register["holds"] == (0, 1), "what is joined to a held record stands with it"
    assert (row.until_on, row.quantity) == (NOW.date(), sum(due for due, _held in by_register.values()))
    with pytest.raises(CannotBeDone, match="proposed already"):
        former_values.propose(at_the_end)
    disposing.approve(row, later("hana", SIX_YEARS_ON), seen=row.version)
    came_to = erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), at_the_end)
    assert (came_to.erased, came_to.left) == (row.quantity, 2)
    done = RecordsDisposal.get_by_id(row.id)
    assert (done.stage, done.erased_count, done.left_count) == (RecordsDisposalStage.DONE, row.quantity, 2)
    by = at_work("dev").by
    assert said_before(ada, by) == [1, 0]
    assert said_before(ben, by)[-1] > 0
    assert [many > 0 for many in said_before(cas, by)] == [True, True, False], "what was changed since has its time to come"
    assert faults() == []
    assert not [*verify_rows()]
    assert former_values.former_values(at_the_end).many == 0


def test_what_was_cut_short_goes_on_at_night(at_work: As, covered: Any, leaver: Leaver, later: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Ada Quill", "Ben Quill", "Cas Quill"):
        leaver(name, None)
    row = former_values.propose(later("ola", SIX_YEARS_ON))
    disposing.approve(row, later("hana", SIX_YEARS_ON), seen=row.version)
    monkeypatch.setattr(former_values.old_values, "AT_ONCE", 1)
    counted = former_values._count

    def killed(*given: Any) -> None:
        counted(*given)
        if RecordsDisposal.get_by_id(row.id).erased_count == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(former_values, "_count", killed)
    with pytest.raises(KeyboardInterrupt):
        erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), later("ola", SIX_YEARS_ON))
    monkeypatch.undo()
    half = RecordsDisposal.get_by_id(row.id)
    assert (half.stage, half.erased_count) == (RecordsDisposalStage.UNDER_WAY, 1)
    assert erasing_records.go_on_everywhere(SIX_YEARS_ON).startswith("1 disposal")
    done = RecordsDisposal.get_by_id(row.id)
    assert (done.stage, done.erased_count) == (RecordsDisposalStage.DONE, row.quantity)
    assert faults() == []


def test_a_hold_that_comes_while_it_is_under_way_is_minded(
    at_work: As, covered: Any, leaver: Leaver, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = leaver("Ada Quill", None)
    row = former_values.propose(later("ola", SIX_YEARS_ON))
    disposing.approve(row, later("hana", SIX_YEARS_ON), seen=row.version)
    asked: list[Any] = []

    def hold_comes_first(by: Any, at: Any) -> Any:
        if not asked:
            asked.append(by)
            records.add(HOLDS, {"name": "Claim", "pupils": (ada.id,)}, later("dina", SIX_YEARS_ON))
        return recording(by, at)

    monkeypatch.setattr(former_values.old_values, "recording", hold_comes_first)
    came_to = erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), later("ola", SIX_YEARS_ON))
    assert (came_to.erased, came_to.left) == (row.quantity - 1, 1)
    assert said_before(ada, at_work("dev").by)[-1] > 0


def test_a_hold_on_everything_or_a_longer_rule_stops_it(at_work: As, covered: Any, rule: Rule, leaver: Leaver, later: Any) -> None:
    leaver("Ada Quill", None)
    row = former_values.propose(later("ola", SIX_YEARS_ON))
    disposing.approve(row, later("hana", SIX_YEARS_ON), seen=row.version)
    rule(name="Longer", covers="audit-details", trigger="event_date", years=7)
    before = AuditDetail.select().count()
    with pytest.raises(CannotBeDone, match="too early"):
        erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), later("ola", SIX_YEARS_ON))
    records.add(HOLDS, {"name": "All of it", "everything": "yes"}, at_work("dev"))
    with pytest.raises(CannotBeDone, match=r"held \(HO-0001\)"):
        erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), later("ola", SIX_YEARS_ON))
    assert AuditDetail.select().count() >= before


def test_a_rule_by_an_event_that_no_entry_has_gives_no_day(at_work: As, rule: Rule) -> None:
    assert former_values.former_values(at_work("dev")) is None
    rule(name="Audit trail", covers="audit-details", trigger="leaves_school", years=1)
    found = former_values.former_values(at_work("dev"))
    assert (found.until, found.found, found.many) == (None, (), 0)


def test_what_became_too_early_is_taken_back_or_left_standing_and_never_stuck(at_work: As, covered: Any, leaver: Leaver, later: Any) -> None:
    leaver("Ada Quill", None)
    row = former_values.propose(later("ola", SIX_YEARS_ON))
    disposing.approve(row, later("hana", SIX_YEARS_ON), seen=row.version)
    records.change(RETENTION_RULES, covered, {"years": 7}, at_work("dev"))
    with pytest.raises(CannotBeDone, match="too early"):
        erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), later("ola", SIX_YEARS_ON))
    half = RecordsDisposal.get_by_id(row.id)
    assert half.stage == RecordsDisposalStage.APPROVED
    with recording(at_work("ola").by, NOW) as trace:
        disposing.move(trace, half, {"stage": RecordsDisposalStage.UNDER_WAY}, at_work("ola"))
    came_to = erasing_records.carry_out(RecordsDisposal.get_by_id(row.id), later("ola", SIX_YEARS_ON))
    assert came_to.erased == 0
    assert came_to.left >= row.quantity
    assert former_values.waiting() is None


def test_what_names_a_held_record_in_an_answer_stands_with_it(at_work: As, covered: Any, leaver: Leaver, later: Any) -> None:
    ada, ben = leaver("Ada Quill", None), leaver("Ben Quill", None)
    for each in (ada, ben):
        records.add(FLAGS, {"person": each.id, "level": "no_publication", "reason": "A family court said so"}, at_work("dina"))
    records.add(HOLDS, {"name": "Claim", "pupils": (ben.id,)}, at_work("dina"))
    found = former_values.former_values(later("ola", SIX_YEARS_ON))
    assert found
    assert {each.register.slug: (len(each.due), each.held) for each in found.found}["image-flags"] == (1, 1)
