"""The history says who did what, with which answers before and after, to whoever may see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from playhouse.test_utils import count_queries

from models import doors
from models.base import db
from models.roles import Role
from models.school import School
from models.user import Membership
from models.vocabulary import Individuals
from registry import records
from registry.access import Forbidden
from registry.actor import Actor
from registry.catalogue import REGISTERS
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.images.answers import ANSWERS
from registry.registers.images.pupils import PUPILS
from registry.rows import store
from registry.trace import history, telling
from registry.trace.audit import Happened, erase_values, recording
from registry.trace.chain import row_seal
from registry.trace.history import GROUPS, Change, View
from tests.least import add_least
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def sentences(page: history.Page) -> list[str]:
    return [line.sentence for line in page.lines]


def test_a_change_is_a_sentence_with_the_labels_of_the_register(occasion: Occasion) -> None:
    row = records.add(PROCESSING, {"name": "School meals", "purpose": "Feeding"}, occasion)
    records.change(PROCESSING, row, {"purpose": "Feeding pupils", "next_review_on": date(2027, 1, 4)}, occasion)
    changed, added = history.of_record(PROCESSING, row, occasion.by).lines
    assert added.sentence == "Dev Marchetti added this processing activity"
    purpose, review = (PROCESSING.questions[name].label for name in ("purpose", "next_review_on"))
    assert changed.sentence == f"Dev Marchetti changed {purpose} and {review}"
    assert changed.changes == (Change(purpose, "Feeding", "Feeding pupils"), Change(review, "", "4 Jan 2027"))
    assert (changed.number, changed.at) == (added.number + 1, occasion.at)


def test_codes_are_told_by_their_labels(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files", "format": "paper", "individuals": tuple(Individuals)[:2]}, occasion)
    told = {change.label: change.after for change in history.of_record(ASSETS, row, occasion.by).lines[0].changes}
    assert told[ASSETS.questions["format"].label] == "Paper"
    assert told[ASSETS.questions["individuals"].label] == ", ".join(each.label for each in tuple(Individuals)[:2])


def test_every_kind_of_answer_of_every_register_can_be_told() -> None:
    days = {"day": "2026-09-01", "moment": "2026-09-01T07:30:00+00:00"}
    samples: dict[str, Any] = {**days, "number": 7, "lines": ["one", "two"], "link": [uuid4().hex]}
    for register in REGISTERS:
        for question in (each for each in register.columns if not each.to):
            words = getattr(question.column, "words", None)
            kind = telling.kind_of(question.column).name
            value = samples.get(kind, "words") if words is None else [next(iter(words)).value] if kind == "choices" else next(iter(words)).value
            said = telling.in_words(question, value)
            assert said
            assert words is None or said == next(iter(words)).label
            assert telling.in_words(question, None) == ""


def test_a_record_that_is_named_is_told_by_its_name_and_reference(occasion: Occasion) -> None:
    sam = add_least(PUPILS, "Sam Patel", occasion)
    answer = add_least(ANSWERS, "", occasion)
    told = {change.label: change.after for change in history.of_record(ANSWERS, answer, occasion.by).lines[0].changes}
    assert told["Person"] == f"Sam Patel ({sam.reference})"


def test_many_changes_are_counted_instead_of_listed(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.change(ASSETS, row, {"name": "Files", "location": "Office", "retention": "7 years", "notes": "None"}, occasion)
    assert history.last_changes(ASSETS, row, occasion.by)[0].sentence == "Dev Marchetti changed 4 answers"


def test_a_link_is_told_at_both_ends_by_the_name_of_the_other(occasion: Occasion) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id,)}, occasion)
    near = history.of_record(PROCESSING, activity, occasion.by).lines[0]
    assert Change(PROCESSING.questions["assets"].label, "", "Paper files (IA-0001)") in near.changes
    far = history.of_record(ASSETS, asset, occasion.by).lines[0]
    label = ASSETS.questions["processing"].label
    assert (far.sentence, far.changes) == (f"Dev Marchetti changed {label}", (Change(label, "", "Admissions (PA-0001)"),))


def test_answers_that_a_reader_may_not_see_are_left_out_and_not_counted(occasion: Occasion, ian: Person) -> None:
    row = records.add(SUPPLIERS, {"name": "Plateful", "contact_name": "Wilhelmina Featherstone"}, occasion)
    records.change(SUPPLIERS, row, {"contact_name": "Somebody Else"}, occasion)
    changed, added = history.of_record(SUPPLIERS, row, ian.actor).lines
    assert (changed.sentence, changed.changes) == ("Dev Marchetti changed this supplier", ())
    assert [change.after for change in added.changes] == ["Plateful"]
    assert "Featherstone" not in str((changed, added))


def test_a_link_to_a_register_that_the_reader_may_not_see_has_no_name(occasion: Occasion, ola: Person) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id,)}, occasion)
    access = ASSETS.access
    object.__setattr__(ASSETS, "access", replace(access, see=frozenset({Role.DPO})))
    try:
        (line,) = history.of_record(PROCESSING, activity, ola.actor).lines
    finally:
        object.__setattr__(ASSETS, "access", access)
    assert "a record you may not see" in [change.after for change in line.changes]
    assert "Paper files" not in str(line)


def test_somebody_of_another_role_or_school_reads_no_history(occasion: Occasion, tess: Person, ola: Person) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    with pytest.raises(Forbidden):
        history.of_record(ASSETS, row, tess.actor)
    with pytest.raises(Forbidden):
        history.everything(ola.actor, View())
    with pytest.raises(Forbidden):
        history.people_of(ola.actor)


def test_an_unknown_person_is_a_former_colleague_and_a_robot_has_its_name(occasion: Occasion, school: School) -> None:
    gone = Actor("Nobody", user=uuid4(), role=Role.DPO, school=school.id)
    row = records.add(ASSETS, {"name": "Paper files"}, Occasion(gone, occasion.at, occasion.school))
    records.change(ASSETS, row, {"name": "Files"}, Occasion(Actor.robot("night shift", school.id), occasion.at, occasion.school))
    assert [line.who for line in history.of_record(ASSETS, row, occasion.by).lines] == ["Safehold (night shift)", "A former colleague"]


def test_erased_values_are_gone_and_the_history_says_when_and_under_which_entry(occasion: Occasion, school: School) -> None:
    row = records.add(ASSETS, {"name": "Paper files", "notes": "Wilhelmina Featherstone"}, occasion)
    later = occasion.at + timedelta(days=1)
    with recording(occasion.by, later) as trace:
        erase_values(trace, school.id, "asset", row.id)
    records.change(ASSETS, row, {"name": "Files"}, occasion)
    changed, erased, added = history.of_record(ASSETS, row, occasion.by).lines
    assert erased.sentence == "Dev Marchetti erased the old values kept about this information asset"
    assert (added.erased, added.changes, added.values_missing) == ((later, erased.number, ""), (), False)
    assert (changed.erased, len(changed.changes)) == (None, 1)
    assert (erased.erased, erased.values_missing) == (None, False)


@pytest.mark.parametrize("tampering", ["DELETE FROM audit_detail", "UPDATE audit_detail SET sealed = 'forged'"])
def test_values_taken_or_altered_behind_the_programs_back_are_missed(tampering: str, occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    db.execute_sql(tampering)
    (line,) = history.of_record(ASSETS, row, occasion.by).lines
    assert (line.values_missing, line.changes) == (True, ())


def test_the_whole_trace_names_the_records(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.change(ASSETS, row, {"location": "Office"}, occasion)
    records.archive(ASSETS, row, occasion)
    records.restore(ASSETS, records.find(ASSETS, row.id, occasion.by), occasion)
    label = ASSETS.questions["location"].label
    assert sentences(history.everything(occasion.by, View(size=4))) == [
        "Dev Marchetti brought back Paper files",
        "Dev Marchetti archived Paper files",
        f"Dev Marchetti changed {label} of Paper files",
        "Dev Marchetti added Paper files",
    ]
    thing = history.everything(occasion.by, View(size=1)).lines[0].thing
    assert thing is not None
    assert (thing.register, thing.id, thing.reference) == (ASSETS, row.id, "IA-0001")


def test_the_trace_of_another_school_is_not_in_it(occasion: Occasion, elsewhere: Occasion, other_school: School) -> None:
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    assert "Otto" not in str(history.everything(occasion.by, View(size=100)).lines)
    assert "Otto Renwick" not in dict(history.people_of(occasion.by)).values()


def test_pages_follow_each_other_without_gap_or_repetition(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "0"}, occasion)
    for each in range(1, 8):
        records.change(ASSETS, row, {"name": str(each)}, occasion)
    whole = [line.number for line in history.of_record(ASSETS, row, occasion.by, View(size=50)).lines]
    first = history.of_record(ASSETS, row, occasion.by, View(size=3))
    second = history.of_record(ASSETS, row, occasion.by, View(size=3, before=first.older))
    third = history.of_record(ASSETS, row, occasion.by, View(size=3, before=second.older))
    assert [line.number for page in (first, second, third) for line in page.lines] == whole
    assert (first.newer, third.older) == (None, None)
    assert history.of_record(ASSETS, row, occasion.by, View(size=3, after=third.newer)) == second
    assert history.of_record(ASSETS, row, occasion.by, View(size=3, after=second.newer)).lines == first.lines


def _filters(occasion: Occasion, hana: Person) -> list[tuple[View, list[str]]]:
    later = occasion.at + timedelta(days=2)
    return [
        (View(person=hana.user.hex), ["Hana Whitlow changed Supplier of Mealwise"]),
        (View(register="suppliers"), ["Hana Whitlow changed Supplier of Mealwise", "Dev Marchetti added Mealwise"]),
        (View(deed="changed"), ["Hana Whitlow changed Supplier of Mealwise"]),
        (View(since=later), ["Hana Whitlow changed Supplier of Mealwise"]),
        (View(until=later, deed="added"), ["Dev Marchetti added Paper files", "Dev Marchetti added Mealwise"]),
        (View(reference="su-1"), ["Hana Whitlow changed Supplier of Mealwise", "Dev Marchetti added Mealwise"]),
        (View(reference="SU-0002"), []),
        (View(reference="IA-0001"), ["Dev Marchetti added Paper files"]),
        (View(reference="nonsense"), []),
        (View(reference="1", register="assets"), ["Dev Marchetti added Paper files"]),
        (View(person=history.ROBOTS, register="assets"), []),
    ]


def test_filters_leave_only_what_was_asked_for(occasion: Occasion, hana: Person) -> None:
    row = records.add(SUPPLIERS, {"name": "Meals"}, occasion)
    records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.change(SUPPLIERS, row, {"name": "Mealwise"}, Occasion(hana.actor, occasion.at + timedelta(days=2), occasion.school))
    for view, wanted in _filters(occasion, hana):
        assert sentences(history.everything(occasion.by, view)) == wanted, view


def test_people_are_named_only_to_those_who_manage_them(occasion: Occasion, hana: Person, tess: Person, dev: Person) -> None:
    member = Membership.get(Membership.user == tess.user)
    with recording(hana.actor, occasion.at) as trace:
        member.role = Role.OFFICE
        store(trace, Happened.ACCESS_CHANGED, member, {"role": (Role.TEACHER, Role.OFFICE)})
    told = {person.key: history.everything(person.actor, View(size=1)).lines[0] for person in (hana, dev)}
    assert told["hana"].sentence == "Hana Whitlow gave Tess Quayle a role"
    assert told["hana"].changes == (Change("Role", "Teacher", "School office"),)
    assert told["dev"].sentence == "Hana Whitlow gave somebody a role"
    assert "Tess" not in str(told["dev"])
    assert told["dev"].changes == ()
    assert history.everything(hana.actor, View(register=history.PEOPLE, size=1)).lines == (told["hana"],)


def test_facts_about_the_school_are_told_in_words(occasion: Occasion, school: School) -> None:
    with recording(occasion.by, occasion.at) as trace:
        changes = {"public_authority": (True, False), "phases": (("primary",), ("primary", "secondary")), "nation": ("england", "wales")}
        trace.note(Happened.SCHOOL_CHANGED, "school", school.id, changes=changes)
    (line,) = history.everything(occasion.by, View(size=1)).lines
    assert line.sentence == "Dev Marchetti changed Nation, Phases and Public authority of the school"
    assert line.changes[0] == Change("Nation", "England", "Wales")
    assert line.changes[2] == Change("Public authority", "Yes", "No")


def test_every_deed_has_a_sentence(occasion: Occasion) -> None:
    for happened, subject in product(Happened, ("asset", "person", "a page")):
        with recording(occasion.by, occasion.at) as trace:
            trace.note(happened, subject, None)
        (line,) = history.everything(occasion.by, View(size=1)).lines
        assert line.sentence.startswith("Dev Marchetti ")
        assert "_" not in line.sentence
        assert line.is_refusal == (happened is Happened.REFUSED)
    everywhere = {*telling.ABOUT_RECORDS, *telling.ABOUT_OTHERS}
    assert everywhere == set(Happened)


def test_each_group_of_deeds_can_be_asked_for(occasion: Occasion) -> None:
    for group in GROUPS:
        assert history.everything(occasion.by, View(deed=group)).lines is not None


def test_a_long_page_asks_as_few_questions_as_a_short_one(occasion: Occasion) -> None:
    def questions(ask: Callable[[], object]) -> int:
        with count_queries() as counter:
            ask()
        return int(counter.count)

    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id,)}, occasion)
    few = questions(lambda: history.everything(occasion.by, View(size=50)))
    for each in range(12):
        records.add(PROCESSING, {"name": f"Trip {each}", "assets": (asset.id,)}, occasion)
    assert questions(lambda: history.everything(occasion.by, View(size=50))) == few <= 5


def test_a_seal_does_not_depend_on_how_a_driver_wraps_bytes() -> None:
    assert row_seal("asset", ("id", "name"), (b"1", "x")) == row_seal("asset", ("id", "name"), (memoryview(b"1"), "x"))
