"""The disposal of records of this program: what is due is proposed, approved by somebody else, and erased; what is held is left standing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.pupil import Pupil
from models.records_disposal import RecordsDisposal
from models.vocabulary import DisposalFate, OwnRecords, RecordsDisposalStage
from registry import records
from registry.access import Forbidden
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.devices import DEVICES
from registry.registers.images.pupils import PUPILS
from registry.retention import disposing, erasing_records, proposing
from registry.rows import CannotBeDone
from registry.trace.audit import recording
from registry.trace.verification import verify_rows
from tests.erasing import erase_at_once
from tests.people import NOW
from tests.registry.retention.conftest import As, Rule

Leaver = Callable[[str, date | None], Any]
LONG_AGO = date(2020, 7, 21)


@pytest.fixture
def three(rule: Rule, leaver: Leaver) -> tuple[Any, ...]:
    """Three pupils whose period is over."""
    rule()
    return tuple(leaver(f"{name} Quill", LONG_AGO) for name in ("Ada", "Ben", "Cas"))


def approved(at_work: As) -> RecordsDisposal:
    row = proposing.propose(OwnRecords.PUPILS, at_work("ola"))
    disposing.approve(row, at_work("hana"), seen=row.version)
    return again(row)


def again(row: Any) -> Any:
    return RecordsDisposal.get_by_id(row.id)


def fates(row: Any) -> dict[str, str]:
    return {line.reference: line.fate for line in erasing_records.listed(row)}


def test_what_is_due_is_proposed_once_with_its_rule_and_its_count(at_work: As, three: tuple[Any, ...]) -> None:
    row = proposing.propose(OwnRecords.PUPILS, at_work("ola"))
    assert (row.quantity, row.covers, row.method.value, row.stage) == (3, "pupils", "erased", RecordsDisposalStage.PROPOSED)
    assert set(fates(row)) == {each.reference for each in three}
    assert "Quill" not in row.name
    with pytest.raises(CannotBeDone, match="on a disposal already"):
        proposing.propose(OwnRecords.PUPILS, at_work("ola"))
    with pytest.raises(CannotBeDone):
        proposing.propose(OwnRecords.BREACHES, at_work("ola"))
    with pytest.raises(Forbidden):
        proposing.propose(OwnRecords.PUPILS, at_work("gus"))


def test_what_is_to_be_handed_over_is_not_erased_before(at_work: As, rule: Any, leaver: Any) -> None:
    rule(action="transfer")
    leaver("Ada Quill", date(2020, 7, 1))
    row = proposing.propose(OwnRecords.PUPILS, at_work("ola"))
    with pytest.raises(CannotBeDone, match="are handed over"):
        disposing.approve(row, at_work("hana"), seen=row.version)


def test_a_held_record_is_left_standing_and_the_others_are_gone(at_work: As, three: tuple[Any, ...]) -> None:
    row = approved(at_work)
    held, moved, free = three
    records.add(HOLDS, {"name": "Claim", "kind": "claim", "pupils": (held.id,)}, at_work("dina"))
    records.change(PUPILS, records.find(PUPILS, moved.id, at_work("ola").by), {"left_on": date(2026, 7, 1)}, at_work("ola"))
    done = erasing_records.carry_out(row, at_work("ola"))
    assert (done.erased, done.left) == (1, 2)
    assert fates(row) == {held.reference: DisposalFate.HELD, moved.reference: DisposalFate.NOT_DUE, free.reference: DisposalFate.ERASED}
    assert {each.id for each in Pupil.select()} == {held.id, moved.id}
    log = again(row)
    assert (log.stage, log.done_on, log.erased_count, log.left_count) == (RecordsDisposalStage.DONE, NOW.date(), 1, 2)
    assert not [*verify_rows()]
    with pytest.raises(CannotBeDone):
        erasing_records.carry_out(log, at_work("ola"))


def test_a_hold_on_the_series_stops_all_of_it(at_work: As, three: tuple[Any, ...]) -> None:
    row = approved(at_work)
    records.add(HOLDS, {"name": "Inquiry", "retention-rules": (row.rule,)}, at_work("dev"))
    with pytest.raises(CannotBeDone, match="HO-0001"):
        erasing_records.carry_out(row, at_work("ola"))
    assert Pupil.select().count() == 3


def test_what_was_cut_short_goes_on_where_it_stopped(at_work: As, three: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    row = approved(at_work)
    monkeypatch.setattr(erasing_records, "AT_ONCE", 1)
    real, asked = erasing_records.erase, []

    def breaks(*args: Any, **more: Any) -> Any:
        asked.append(args)
        if len(asked) == 2:
            raise RuntimeError("The power went.")
        return real(*args, **more)

    monkeypatch.setattr(erasing_records, "erase", breaks)
    with pytest.raises(RuntimeError):
        erasing_records.carry_out(row, at_work("ola"))
    assert again(row).stage == RecordsDisposalStage.UNDER_WAY
    assert sorted(fates(row).values()) == ["erased", "waiting", "waiting"]
    assert Pupil.select().count() == 2
    assert erasing_records.carry_out(again(row), at_work("ola")).erased == 3
    assert not Pupil.select().count()


def test_one_that_is_gone_already_is_said(at_work: As, three: tuple[Any, ...]) -> None:
    row = approved(at_work)
    erase_at_once(PUPILS, [three[0].id], at_work("dev"), under="RD-0007")
    assert erasing_records.carry_out(row, at_work("ola")).erased == 3
    assert fates(row)[three[0].reference] == DisposalFate.GONE


def test_a_number_of_the_log_is_never_given_again(at_work: As, three: tuple[Any, ...], leaver: Leaver) -> None:
    erasing_records.carry_out(approved(at_work), at_work("ola"))
    assert leaver("Dee Quill", None).number == 4


def test_the_night_finishes_what_was_cut_short(at_work: As, three: tuple[Any, ...]) -> None:
    row = approved(at_work)
    with recording(at_work("ola").by, NOW) as trace:
        disposing.move(trace, row, {"stage": RecordsDisposalStage.UNDER_WAY}, at_work("ola"))
    assert erasing_records.go_on_everywhere(NOW) == "1 disposal went on where they had stopped."
    assert (again(row).stage, Pupil.select().count()) == (RecordsDisposalStage.DONE, 0)
    assert erasing_records.go_on_everywhere(NOW).startswith("0 ")


def test_what_no_rule_covers_any_more_stands_and_the_log_does_not_call_it_gone(at_work: As, three: tuple[Any, ...]) -> None:
    row = approved(at_work)
    records.archive(RETENTION_RULES, records.find(RETENTION_RULES, row.rule, at_work("dev").by), at_work("dev"))
    done = erasing_records.carry_out(row, at_work("ola"))
    assert (done.erased, done.left, Pupil.select().count()) == (0, 3, 3)
    assert set(fates(row).values()) == {DisposalFate.NOT_DUE}
    assert (again(row).erased_count, again(row).left_count) == (0, 3)


def test_two_who_erase_at_once_do_not_write_over_each_other(at_work: As, three: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    row = approved(at_work)
    with recording(at_work("ola").by, NOW) as trace:
        disposing.move(trace, row, {"stage": RecordsDisposalStage.UNDER_WAY}, at_work("ola"))
    asked: list[Any] = []

    def hana_comes_first(by: Any, at: Any) -> Any:
        if not asked:
            asked.append(by)
            erasing_records.carry_out(again(row), at_work("hana"))
        return recording(by, at)

    monkeypatch.setattr(erasing_records, "recording", hana_comes_first)
    assert erasing_records.carry_out(again(row), at_work("ola")).erased == 3
    assert set(fates(row).values()) == {DisposalFate.ERASED}
    assert again(row).stage == RecordsDisposalStage.DONE


def test_what_is_under_way_is_stopped_by_taking_the_approval_back(
    at_work: As, three: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = approved(at_work)
    monkeypatch.setattr(erasing_records, "AT_ONCE", 1)
    begun: list[Any] = []

    def taken_back_after_the_first(by: Any, at: Any) -> Any:
        begun.append(by)
        if len(begun) == 3:
            disposing.refuse(again(row), "A parent has asked for it", at_work("hana"))
        return recording(by, at)

    monkeypatch.setattr(erasing_records, "recording", taken_back_after_the_first)
    came_to = erasing_records.carry_out(row, at_work("ola"))
    assert (came_to.erased, came_to.left, Pupil.select().count()) == (1, 0, 2)
    assert again(row).stage == RecordsDisposalStage.REFUSED
    monkeypatch.undo()
    disposing.propose_again(again(row), at_work("ola"))
    disposing.approve(again(row), at_work("hana"), seen=again(row).version)
    assert erasing_records.carry_out(again(row), at_work("ola")).erased == 3


def test_what_was_changed_while_it_was_under_way_does_not_go_on(at_work: As, three: tuple[Any, ...]) -> None:
    row = approved(at_work)
    with recording(at_work("ola").by, NOW) as trace:
        disposing.move(trace, row, {"stage": RecordsDisposalStage.UNDER_WAY}, at_work("ola"))
    records.change(RECORDS_DISPOSALS, again(row), {"quantity": 300}, at_work("ola"))
    with pytest.raises(CannotBeDone, match="changed since it was approved"):
        erasing_records.carry_out(again(row), at_work("ola"))
    assert erasing_records.go_on_everywhere(NOW).startswith("0 ")
    assert Pupil.select().count() == 3


def test_a_hold_on_a_device_keeps_who_had_it(at_work: As, three: tuple[Any, ...]) -> None:
    device, had = records.add(DEVICES, {"name": "Laptop 7"}, at_work("ian")), three[0]
    with recording(at_work("ian").by, NOW) as trace:
        lent = {"holder": had.name, "holder_kind": "pupil", "person": had.id, "device": device.id, "returned_on": LONG_AGO}
        records.insert(trace, ALLOCATIONS, lent, at_work("ian"), number=1)
    records.add(HOLDS, {"name": "Police", "kind": "police", "devices": (device.id,)}, at_work("dina"))
    row = approved(at_work)
    assert row.quantity == 2
    erasing_records.carry_out(row, at_work("ola"))
    assert {each.id for each in Pupil.select()} == {had.id}
