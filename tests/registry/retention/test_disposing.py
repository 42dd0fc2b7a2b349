"""A disposal of paper: proposed, approved by somebody else, never before its day, never what is held, and proved."""

from datetime import date
from typing import Any

import pytest

from models.message import Message
from models.records_disposal import RecordsDisposal
from models.user import User
from models.vocabulary import RecordsDisposalStage
from registry import records
from registry.access import Forbidden
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.retention import disposing
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.retention.conftest import As, Rule

TODAY = NOW.date()
BOXES = {"name": "Visitor books", "until_on": date(2019, 12, 1), "quantity": 3, "unit": "boxes"}


@pytest.fixture
def books(at_work: As, rule: Rule) -> Any:
    """Visitor books, proposed by the office under a rule of six years after the end of the financial year."""
    kept = rule(name="Visitor books", trigger="dated", years=6, rounding="end_financial_year", covers=None)
    return records.add(RECORDS_DISPOSALS, {**BOXES, "rule": kept.id}, at_work("ola"))


def again(row: Any) -> Any:
    return RecordsDisposal.get_by_id(row.id)


def change(row: Any, at_work: As, **answers: Any) -> None:
    records.change(RECORDS_DISPOSALS, again(row), answers, at_work("ola"))


def told() -> set[tuple[str, str]]:
    names = {row.id: row.email.partition("@")[0] for row in User.select()}
    return {(names[row.person_id], row.news.value) for row in Message.select()}


def test_a_proposal_says_who_made_it_and_from_which_day_on_it_is_allowed(at_work: As, books: Any) -> None:
    row = again(books)
    assert (row.stage, row.due_on, row.proposed_at) == (RecordsDisposalStage.PROPOSED, date(2026, 3, 31), NOW)
    assert row.worked_out.splitlines()[-1] == "6 years later: Tuesday 31 March 2026."
    assert told() == {("hana", "approval_asked"), ("dev", "approval_asked")}
    change(books, at_work, until_on=date(2021, 1, 1))
    assert again(books).due_on == date(2027, 3, 31)
    assert not [*verify_rows()]


def test_somebody_else_approves_and_then_it_is_carried_out(at_work: As, books: Any) -> None:
    with pytest.raises(Forbidden):
        disposing.approve(again(books), at_work("ola"), seen=again(books).version)
    with pytest.raises(CannotBeDone, match="changed since you opened"):
        disposing.approve(again(books), at_work("hana"), seen=0)
    disposing.approve(again(books), at_work("hana"), seen=again(books).version)
    assert ("ola", "approved") in told()
    with pytest.raises(Invalid) as missing:
        disposing.carry_out(again(books), TODAY, at_work("ola"))
    assert set(missing.value.messages) == {"method"}
    change(books, at_work, method="erased")
    with pytest.raises(Invalid, match="cannot be saved"):
        disposing.carry_out(again(books), TODAY, at_work("ola"))
    change(books, at_work, method="contractor")
    with pytest.raises(Invalid):
        disposing.carry_out(again(books), TODAY, at_work("ola"))
    change(books, at_work, method="shredded", witness="Office manager")
    for day in (date(2026, 11, 24), date(2026, 11, 22)):
        with pytest.raises(Invalid):
            disposing.carry_out(again(books), day, at_work("ola"))
    disposing.carry_out(again(books), TODAY, at_work("ola"))
    row = again(books)
    assert (row.stage, row.done_on) == (RecordsDisposalStage.DONE, TODAY)
    with pytest.raises(CannotBeDone):
        disposing.carry_out(row, TODAY, at_work("ola"))
    assert not [*verify_rows()]


def test_a_leader_who_proposed_it_does_not_approve_it(at_work: As, rule: Rule) -> None:
    kept = rule(name="Visitor books", trigger="dated", years=1, covers=None)
    row = records.add(RECORDS_DISPOSALS, {**BOXES, "rule": kept.id}, at_work("dev"))
    with pytest.raises(Forbidden, match="You proposed it"):
        disposing.approve(again(row), at_work("dev"), seen=again(row).version)


def test_nothing_goes_before_its_day_nor_without_a_rule_nor_what_is_kept_for_good(at_work: As, books: Any, rule: Rule) -> None:
    good = rule(name="Minutes", permanent="yes", covers=None)
    cases = {
        "Not before Wednesday 31 March 2027": {"until_on": date(2020, 6, 1)},
        "Nobody can count the day yet": {"until_on": None},
        "kept for good": {"rule": good.id},
        "Say first under which rule": {"rule": None},
    }
    for sentence, answers in cases.items():
        change(books, at_work, **answers)
        with pytest.raises(CannotBeDone, match=sentence):
            disposing.approve(again(books), at_work("hana"), seen=again(books).version)


def test_a_hold_stops_it_even_when_it_is_approved(at_work: As, books: Any) -> None:
    disposing.approve(again(books), at_work("hana"), seen=again(books).version)
    change(books, at_work, method="shredded")
    records.add(HOLDS, {"name": "Claim", "retention-rules": (again(books).rule,)}, at_work("dina"))
    with pytest.raises(CannotBeDone, match=r"These records are held \(HO-0001\)"):
        disposing.carry_out(again(books), TODAY, at_work("ola"))
    assert again(books).stage == RecordsDisposalStage.APPROVED


def test_what_is_changed_after_the_approval_is_proposed_again(at_work: As, books: Any) -> None:
    disposing.approve(again(books), at_work("hana"), seen=again(books).version)
    change(books, at_work, method="shredded", quantity=30)
    with pytest.raises(CannotBeDone, match="Propose it again"):
        disposing.carry_out(again(books), TODAY, at_work("ola"))
    disposing.propose_again(again(books), at_work("ola"))
    disposing.approve(again(books), at_work("dev"), seen=again(books).version)
    disposing.carry_out(again(books), TODAY, at_work("ola"))


def test_what_is_refused_says_why_and_can_be_proposed_again(at_work: As, books: Any) -> None:
    for words in (" ", "x" * 501):
        with pytest.raises(Invalid):
            disposing.refuse(again(books), words, at_work("hana"))
    disposing.refuse(again(books), "Ask the insurer first", at_work("hana"))
    assert (again(books).stage, again(books).refused_because) == (RecordsDisposalStage.REFUSED, "Ask the insurer first")
    with pytest.raises(CannotBeDone):
        disposing.approve(again(books), at_work("dev"), seen=again(books).version)
    disposing.propose_again(again(books), at_work("ola"))
    disposing.approve(again(books), at_work("dev"), seen=again(books).version)
    assert again(books).refused_because is None


def test_a_hold_on_where_they_are_stops_it_and_one_on_elsewhere_does_not(at_work: As, books: Any) -> None:
    archive, cellar = (records.add(ASSETS, {"name": name}, at_work("dev")).id for name in ("Archive room", "Cellar"))
    amended = records.find(RETENTION_RULES, again(books).rule, at_work("dev").by)
    records.change(RETENTION_RULES, amended, {"assets": (archive, cellar)}, at_work("dev"))
    records.add(HOLDS, {"name": "Inquiry", "assets": (cellar,)}, at_work("dina"))
    with pytest.raises(CannotBeDone, match=r"held \(HO-0001\)"):
        disposing.approve(again(books), at_work("hana"), seen=again(books).version)
    change(books, at_work, assets=(archive,))
    disposing.approve(again(books), at_work("hana"), seen=again(books).version)
    change(books, at_work, method="shredded", assets=(cellar,))
    with pytest.raises(CannotBeDone, match="Propose it again"):
        disposing.carry_out(again(books), TODAY, at_work("ola"))


def test_what_is_to_be_handed_over_is_not_destroyed_before_the_receipt_is_there(at_work: As, rule: Rule) -> None:
    moved_on = rule(name="Pupil record, primary", trigger="leaves_for_next_school", days=0, years=None, action="transfer", covers=None)
    files, copies = (
        records.add(RECORDS_DISPOSALS, {**BOXES, "name": name, "rule": moved_on.id, "method": method}, at_work("ola"))
        for name, method in (("Files", "handed_over"), ("Copies", "shredded"))
    )
    for row in (files, copies):
        disposing.approve(again(row), at_work("hana"), seen=again(row).version)
    with pytest.raises(Invalid) as refused:
        disposing.carry_out(again(copies), TODAY, at_work("ola"))
    assert refused.value.messages == {"method": [disposing.HAND_OVER_FIRST]}
    disposing.carry_out(again(files), TODAY, at_work("ola"))
    with pytest.raises(Invalid):
        disposing.carry_out(again(copies), TODAY, at_work("ola"))
    change(files, at_work, receipt="Signed, 20 November 2026")
    disposing.carry_out(again(copies), TODAY, at_work("ola"))
    assert again(copies).stage == RecordsDisposalStage.DONE


def test_whoever_changed_what_it_is_about_does_not_approve_it(at_work: As, books: Any) -> None:
    records.change(RECORDS_DISPOSALS, again(books), {"quantity": 300}, at_work("dev"))
    with pytest.raises(Forbidden, match="changed what it is about"):
        disposing.approve(again(books), at_work("dev"), seen=again(books).version)
    assert disposing.own_work(again(books), at_work("ola").by) == "You proposed it: somebody else approves it."
    disposing.approve(again(books), at_work("hana"), seen=again(books).version)
    disposing.refuse(again(books), "Count them again", at_work("hana"))
    disposing.propose_again(again(books), at_work("ola"))
    assert disposing.own_work(again(books), at_work("hana").by) == ""
