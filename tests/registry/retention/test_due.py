"""What is due under the schedule: the latest of several rules, what nobody knows the day of, and holds, which beat any date."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from models.base import new_id
from models.vocabulary import OwnRecords
from registry import records
from registry.breaches.reporting import Report, report
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.registers.images.answers import ANSWERS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES
from registry.retention import due
from registry.retention.holding import held_among, holds_on_rule
from tests.people import NOW
from tests.registry.retention.conftest import As, Rule

Leaver = Callable[[str, date | None], Any]
TODAY = NOW.date()


def kept_of(at_work: As, covers: OwnRecords = OwnRecords.PUPILS) -> Any:
    (found,) = (each for each in due.kept(at_work("dev").school) if each.covers == covers)
    return found


def ids(rows: Any) -> set[Any]:
    return {each.record for each in rows}


def test_a_pupil_is_due_once_the_period_is_over_and_not_a_day_before(at_work: As, rule: Rule, leaver: Leaver) -> None:
    rule()
    today = leaver("Ada Quill", date(2024, 11, 23))
    tomorrow = leaver("Ben Quill", date(2024, 11, 24))
    here = records.add(PUPILS, {"name": "Cas Quill", "class_name": "1A"}, at_work("ola"))
    lost = leaver("Dee Quill", None)
    found = kept_of(at_work)
    assert ids(found.due) == {today.id}
    assert ids(found.unknown) == {lost.id}
    assert found.by_day() == {TODAY + timedelta(days=1): 1}
    assert {each.record for each in found.dated if each.is_running} == {here.id}
    assert tomorrow.id in ids(found.dated)


def test_the_latest_of_several_rules_counts_and_one_that_keeps_for_good_wins(at_work: As, rule: Rule, leaver: Leaver) -> None:
    leaver("Ada Quill", date(2023, 1, 1))
    rule()
    assert len(kept_of(at_work).due) == 1
    longer = rule(name="Longer", years=4)
    assert kept_of(at_work).by_day() == {date(2027, 1, 1): 1}
    records.archive(RETENTION_RULES, records.find(RETENTION_RULES, longer.id, at_work("dev").by), at_work("dev"))
    assert len(kept_of(at_work).due) == 1
    rule(name="For good", permanent="yes")
    found = kept_of(at_work)
    assert not found.due
    assert not found.by_day()


def test_an_event_that_this_program_does_not_know_is_said_and_nothing_is_due(at_work: As, rule: Rule, leaver: Leaver) -> None:
    rule(trigger="date_of_birth", years=1)
    gone = leaver("Ada Quill", date(2001, 1, 1))
    found = kept_of(at_work)
    assert not found.over
    assert ids(found.unknown) == {gone.id}


def test_a_hold_beats_any_date(at_work: As, rule: Rule, leaver: Leaver) -> None:
    made = rule()
    held, free = leaver("Ada Quill", date(2020, 1, 1)), leaver("Ben Quill", date(2020, 1, 1))
    hold = records.add(HOLDS, {"name": "Claim", "kind": "claim", "because": "An accident", "pupils": (held.id,)}, at_work("dina"))
    assert records.find(HOLDS, hold.id, at_work("dev").by).placed_on == TODAY
    found = kept_of(at_work)
    assert (ids(found.due), ids(found.held)) == ({free.id}, {held.id})
    assert [each.reference for each in found.holds_of(held.id)] == ["HO-0001"]
    assert not holds_on_rule(made.id)
    records.add(HOLDS, {"name": "Inquiry", "kind": "inquiry", "retention-rules": (made.id,)}, at_work("dev"))
    assert not kept_of(at_work).due
    assert len(holds_on_rule(made.id)) == 1
    records.add(HOLDS, {"name": "All of it", "kind": "police", "everything": "yes"}, at_work("dev"))
    assert len(holds_on_rule(new_id())) == 1


def test_a_decision_is_relied_on_while_a_picture_is_up(at_work: As, rule: Rule, leaver: Leaver) -> None:
    rule(name="Decisions", covers="image-decisions", trigger="last_relied_on", years=1)
    gone = leaver("Ada Quill", date(2020, 7, 1))
    use = records.add(USES, {"name": "Website"}, at_work("dev"))
    answer = records.add(ANSWERS, {"decision": "given", "person": gone.id, "use": use.id}, at_work("ola"))
    assert ids(kept_of(at_work, OwnRecords.IMAGE_DECISIONS).due) == {answer.id}
    shown = records.add(PUBLICATIONS, {"name": "Fair", "use": use.id, "pupils": (gone.id,)}, at_work("ola"))
    assert not kept_of(at_work, OwnRecords.IMAGE_DECISIONS).over
    down = {"status": "taken_down", "ended_on": date(2026, 6, 1)}
    records.change(PUBLICATIONS, records.find(PUBLICATIONS, shown.id, at_work("ola").by), down, at_work("ola"))
    assert kept_of(at_work, OwnRecords.IMAGE_DECISIONS).by_day() == {date(2027, 6, 1): 1}
    records.add(HOLDS, {"name": "Claim", "pupils": (gone.id,)}, at_work("dev"))
    assert set(held_among(OwnRecords.IMAGE_DECISIONS, (answer.id, new_id()))) == {answer.id}


def test_a_pupil_stands_for_as_long_as_an_answer_about_them_does(at_work: As, rule: Rule, leaver: Leaver) -> None:
    rule()
    rule(name="Decisions", covers="image-decisions", trigger="last_relied_on", years=6)
    gone, free = leaver("Ada Quill", date(2021, 7, 1)), leaver("Ben Quill", date(2021, 7, 1))
    use = records.add(USES, {"name": "Website"}, at_work("dev"))
    records.add(ANSWERS, {"decision": "given", "person": gone.id, "use": use.id}, at_work("ola"))
    found = kept_of(at_work)
    assert ids(found.due) == {free.id}
    assert found.by_day() == {date(2027, 7, 1): 1}
    records.add(PUBLICATIONS, {"name": "Fair", "use": use.id, "pupils": (gone.id,)}, at_work("ola"))
    assert kept_of(at_work).by_day() == {}


def test_a_pupil_stands_while_the_series_of_their_answers_is_held(at_work: As, rule: Rule, leaver: Leaver) -> None:
    rule()
    decisions = rule(name="Decisions", covers="image-decisions", trigger="last_relied_on", years=1)
    gone, free = leaver("Ada Quill", date(2021, 7, 1)), leaver("Ben Quill", date(2021, 7, 1))
    use = records.add(USES, {"name": "Website"}, at_work("dev"))
    records.add(ANSWERS, {"decision": "given", "person": gone.id, "use": use.id}, at_work("ola"))
    assert ids(kept_of(at_work).due) == {gone.id, free.id}
    records.add(HOLDS, {"name": "Inquiry", "kind": "inquiry", "retention-rules": (decisions.id,)}, at_work("dev"))
    found = kept_of(at_work)
    assert (ids(found.due), ids(found.held)) == ({free.id}, {gone.id})
    assert [each.reference for each in found.holds_of(gone.id)] == ["HO-0001"]


def test_what_is_still_open_is_not_due(at_work: As, rule: Rule) -> None:
    rule(name="Breaches", covers="breaches", trigger="closed")
    rule(name="DPIAs", covers="dpias", trigger="processing_ends")
    report(Report(what="A list was lost.", noticed_at=NOW), at_work("tess"))
    records.add(DPIAS, {"name": "Tablets"}, at_work("dev"))
    for covers in (OwnRecords.BREACHES, OwnRecords.DPIAS):
        found = kept_of(at_work, covers)
        assert [each.is_running for each in found.dated] == [True]
        assert not found.unknown
