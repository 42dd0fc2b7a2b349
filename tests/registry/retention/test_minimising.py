"""What is kept beyond need: past its day, unchecked, unanswered, and about people who left; never what another school keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models import doors
from models.allocation import Allocation
from models.pupil import Pupil
from models.school import School
from models.vocabulary import YesNo
from registry import records
from registry.lists import query
from registry.lists.views import View
from registry.many.bulk import insert_many
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.retention import proposing
from registry.retention.minimising.gone import gone
from registry.retention.minimising.past_day import past_day
from registry.retention.minimising.surplus import EXAMPLES, NAMED_AT_MOST, Surplus
from registry.retention.minimising.unanswered import could_go_unasked, unanswered
from registry.retention.minimising.unchecked import unchecked
from registry.trace.audit import recording
from tests.least import add_least
from tests.people import NOW, Person, note_something
from tests.registry.retention.conftest import As, Rule
from tests.web.test_query_counts import asked

Leaver = Callable[[str, date | None], Any]
TODAY = NOW.date()
LONG_AGO = date(2020, 7, 21)


def named(found: tuple[Surplus, ...]) -> dict[str, list[str]]:
    """The first of each kind by reference."""
    return {each.words: [reference for _record, reference in each.examples] for each in found}


@pytest.fixture
def elsewhere(other_school: School, people: dict[str, Person], at_work: As) -> None:
    """The same things at the other school, which must change nothing here."""
    otto = replace(at_work("dev"), by=people["otto"].actor)
    with doors.looking_at(other_school.id):
        pupil = records.add(PUPILS, {"name": "Zoe Salt", "status": "left", "left_on": LONG_AGO}, otto)
        records.add(CARERS, {"name": "Zed Salt", "pupils": (pupil.id,)}, otto)
        records.add(ASSETS, {"name": "Salt"}, otto)


def test_what_stands_past_its_day_is_told_apart_by_why_it_stands(at_work: As, rule: Rule, leaver: Leaver, elsewhere: None) -> None:
    assert past_day(at_work("dev").school) == ()
    kept = rule()
    held, proposed = leaver("Ada Quill", LONG_AGO), leaver("Ben Quill", LONG_AGO)
    records.add(HOLDS, {"name": "Claim", "kind": "claim", "because": "An accident", "pupils": (held.id,)}, at_work("dina"))
    proposing.propose(kept.covers, at_work("ola"))
    leaver("Cas Quill", date(2024, 1, 10))
    leaver("Dee Quill", date(2023, 1, 10))
    leaver("Eve Quill", date(2024, 11, 23))  # due today, which is in time
    boxes = {"name": "Visitor books", "rule": rule(name="Books", trigger="dated", years=6, covers=None).id, "until_on": date(2019, 12, 1)}
    records.add(RECORDS_DISPOSALS, boxes, at_work("ola"))
    found = past_day(at_work("dev").school)
    assert named(found) == {
        "Pupils and their contacts: nobody proposed that they go": ["PU-0004", "PU-0003"],
        "Pupils and their contacts: their disposal has begun": [Pupil.get_by_id(proposed.id).reference],
        "Pupils and their contacts: a hold keeps them": ["PU-0001"],
        "Boxes, files and other systems": ["RD-0002"],
    }
    assert found[0].says.startswith("The oldest could have gone since Friday 10 January 2025, 682 days ago. Propose")
    assert found[1].says.startswith("It could have gone since Thursday 21 July 2022")
    assert "but a hold keeps it" in found[2].says
    assert "could have gone since Monday 1 December 2025" in found[3].says
    assert past_day(replace(at_work("dev").school, today=None)) == ()


def test_entries_never_checked_checked_too_long_ago_and_not_confirmed_are_counted_once_each(at_work: As, elsewhere: None) -> None:
    dev = at_work("dev")
    records.add(ASSETS, {"name": "Never"}, dev)
    for name, days in (("Old", {"last_verified_on": date(2025, 11, 22)}), ("Set", {"last_verified_on": TODAY, "next_review_on": date(2026, 11, 22)})):
        records.add(ASSETS, {"name": name, **days}, dev)
    records.add(ASSETS, {"name": "Just in time", "last_verified_on": date(2025, 11, 23), "next_review_on": TODAY}, dev)
    records.archive(ASSETS, records.add(ASSETS, {"name": "Gone"}, dev), dev)
    with recording(dev.by, dev.at) as trace:
        insert_many(trace, ASSETS, [{"name": f"Typical {number}", "starter": True} for number in range(7)], dev, number=6)
    found = unchecked(dev.school)
    assert named(found) == {
        "Information assets: never checked": ["IA-0001"],
        "Information assets: check overdue": ["IA-0002", "IA-0003"],
        "Information assets: not confirmed": ["IA-0006", "IA-0007", "IA-0008", "IA-0009", "IA-0010"],
    }
    assert [each.many for each in found] == [1, 2, 7]
    for each in found:
        assert each.view
        assert query.count(ASSETS, dev.by, each.view, TODAY) == each.many
    assert unchecked(replace(dev.school, today=None)) == ()


def test_whoever_left_is_counted_with_the_contacts_who_answer_for_nobody_any_more(at_work: As, leaver: Leaver, elsewhere: None) -> None:
    dev = at_work("dev")
    behind, lately, undated = leaver("Ada Quill", LONG_AGO), leaver("Ben Quill", TODAY - timedelta(days=90)), leaver("Cas Quill", None)
    here = records.add(PUPILS, {"name": "Dee Quill", "class_name": "1A"}, dev)
    whose = {"One": (behind.id,), "Two": (behind.id, lately.id), "Three": (behind.id, undated.id), "Four": (behind.id, here.id), "Five": ()}
    for name, pupils in whose.items():
        records.add(CARERS, {"name": f"{name} Quill", "pupils": pupils}, dev)
    found = gone(dev.school)
    assert named(found) == {
        "Left more than 90 days ago": ["PU-0001"],
        "Left, and nobody knows when": ["PU-0003"],
        "Contacts of nobody at the school": ["PC-0001"],
    }
    assert found[0].says.startswith("They left on Tuesday 21 July 2020, 2,316 days ago.")
    assert found[2].says.startswith("The last of their pupils left on Tuesday 21 July 2020")
    later = gone(replace(dev.school, today=TODAY + timedelta(days=91)))
    assert named(later)["Contacts of nobody at the school"] == ["PC-0001", "PC-0002"]
    assert named(later)["Contacts without any pupil"] == ["PC-0005"]
    assert later[0].says.startswith("Whoever left longest ago: they left on")
    assert gone(replace(dev.school, today=None)) == ()


def test_a_device_still_with_somebody_who_left_is_found(at_work: As, elsewhere: None) -> None:
    ola = at_work("ola")
    row = add_least(ALLOCATIONS, "Ada Quill", ola)
    add_least(ALLOCATIONS, "Ben Quill", ola)
    with recording(ola.by, ola.at) as trace:
        note_something(trace)
        Allocation.update(holder_left=YesNo.YES, open_device=row.device).where(Allocation.id == row.id).execute()
    (found,) = gone(ola.school)
    assert (found.words, named((found,))) == ("Devices still with people who left", {"Devices still with people who left": ["AL-0001"]})


def test_questions_hardly_anybody_answers_are_found_without_opening_any_and_the_personal_ones_first(at_work: As, elsewhere: None) -> None:
    ola = at_work("ola")

    def add(*given: dict[str, Any]) -> None:
        with recording(ola.by, ola.at) as trace:
            insert_many(trace, PUPILS, given, ola, number=Pupil.select().count() + 1)

    def found() -> dict[str, str]:
        return {each.question.name: each.says for each in unanswered() if each.register is PUPILS}

    add(*({"name": f"Quill {number}", "class_name": "1A"} for number in range(19)))
    assert found() == {}
    add({"name": "Ada Quill", "legal_name": "Adelaide Quill"}, {"name": "Ann Quill", "kind": "staff"})
    assert found() == {"mis_number": "None of 21", "year_group": "None of 20", "may_decide": "None of 20"}
    assert [each.is_sealed for each in unanswered()] == [True, False, False]
    add(*({"name": f"Quill {number}", "class_name": "1A"} for number in range(30)))
    assert found()["legal_name"] == "1 of 51"
    asked_of_all = {question.name for question in could_go_unasked(PUPILS)}
    assert asked_of_all == {"legal_name", "class_name", "year_group", "may_decide", "left_on", "mis_number"}
    assert "next_due_on" not in asked_of_all | {question.name for question in could_go_unasked(ALLOCATIONS)}
    assert could_go_unasked(ASSETS)


def test_it_costs_the_same_however_many_there_are_and_names_a_few(at_work: As, rule: Rule, elsewhere: None) -> None:
    rule()
    ola = at_work("ola")

    def add(many: int) -> int:
        given = [{"name": f"Quill {number}", "status": "left", "left_on": LONG_AGO} for number in range(many)]
        with recording(ola.by, ola.at) as trace:
            insert_many(trace, PUPILS, given, ola, number=Pupil.select().count() + 1)
        with asked() as statements:
            past_day(ola.school), gone(ola.school), unchecked(ola.school), unanswered()
        return len(statements)

    assert add(2) == add(NAMED_AT_MOST)
    (left,) = gone(ola.school)
    assert (left.many, len(left.examples), left.view) == (27, EXAMPLES, View(filters=(("status", ("left",)),)))
