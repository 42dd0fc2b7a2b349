"""Every picture that can still be seen is looked at again: the same answer as a check, in few statements, and nothing done twice."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models import doors
from models.audit import AuditEntry
from models.base import db
from models.image_answer import ImageAnswer
from models.take_down import TakeDown
from models.vocabulary import ImageDecision, RollStatus
from registry import placing, records
from registry.images import rechecking
from registry.images.take_downs import ROBOT
from registry.images.uses import Use
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.images.answers import ANSWERS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.registers.images.uses import USES
from registry.trace.audit import recording
from tests.people import NOW
from tests.pictured import a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


def a_publication(occasion: Occasion, use: Use, *people: Any, **answers: Any) -> Any:
    told = {"name": "Sports day 2026", "use": use.id, "published_on": date(2026, 10, 1), "pupils": tuple(each.id for each in people), **answers}
    return records.add(PUBLICATIONS, told, occasion)


def agreed(occasion: Occasion, name: str, use: Use, **answers: Any) -> Any:
    """A pupil for whom somebody said yes."""
    pupil = a_pupil(occasion, name)
    an_answer(occasion, pupil, use, **answers)
    return pupil


def behind_the_rules(occasion: Occasion, person: Any, use: Use) -> None:
    """A no whose task was lost: as if it had been stored by an older version of the program."""
    an_answer(occasion, person, use, ImageDecision.REFUSED, decided_by="Raj Patel", decided_on=NOW.date())
    for task in TakeDown.select():
        records.archive(TAKE_DOWNS, task, occasion)


def test_what_is_in_order_is_no_difference(occasion: Occasion, website: Use) -> None:
    a_publication(occasion, website, agreed(occasion, "Sam Patel", website))
    found = rechecking.difference(occasion)
    assert found.is_none
    assert found.publications == 1


def test_the_difference_tells_a_no_from_a_yes_that_ran_out_and_from_a_leaver(occasion: Occasion, website: Use) -> None:
    refused, late, gone, away = (agreed(occasion, name, website) for name in ("Ann Lee", "Ben Lee", "Cy Lee", "Di Lee"))
    an_answer(occasion, refused, website, ImageDecision.WITHDRAWN, decided_on=NOW.date())
    an_answer(occasion, late, website, decided_on=date(2026, 9, 9), valid_until=date(2026, 11, 22))
    records.change(PUPILS, records.find(PUPILS, gone.id, occasion.by), {"status": RollStatus.LEFT}, occasion)
    archived = a_use(occasion, "Old blog", "other")
    an_answer(occasion, away, archived)
    a_publication(occasion, website, refused, late, gone)
    a_publication(occasion, archived, away)
    records.archive(USES, records.find(USES, archived.id, occasion.by), occasion)
    found = rechecking.difference(occasion)
    assert [each.person for each in found.going] == [refused.id]
    assert [each.person for each in found.run_out] == [late.id]
    assert [each.person for each in found.left] == [gone.id]
    assert found.unclear == (), "what was published for a use that was put away is judged as before"


def test_time_alone_makes_a_task_of_who_left_a_year_ago(occasion: Occasion, website: Use) -> None:
    gone = agreed(occasion, "Cy Lee", website, valid_until=date(2026, 9, 6))
    a_publication(occasion, website, gone)
    records.change(PUPILS, records.find(PUPILS, gone.id, occasion.by), {"status": RollStatus.LEFT, "left_on": NOW.date()}, occasion)
    a_year_later = datetime(2027, 11, 23, 9, 0, tzinfo=UTC)
    assert rechecking.recheck_everywhere(a_year_later).made == 0
    assert rechecking.recheck_everywhere(a_year_later + timedelta(days=1)).made == 1
    assert [task.person for task in TakeDown.select()] == [gone.id]


def test_who_was_taken_down_is_neither_listed_nor_a_task_again(occasion: Occasion, website: Use) -> None:
    pupil = agreed(occasion, "Sam Patel", website)
    a_publication(occasion, website, pupil)
    an_answer(occasion, pupil, website, ImageDecision.WITHDRAWN, decided_on=NOW.date())
    assert len(rechecking.difference(occasion).going) == 1
    records.change(TAKE_DOWNS, TakeDown.get(), {"done_on": NOW.date(), "outcome": "Cropped"}, occasion)
    assert rechecking.difference(occasion).is_none
    assert rechecking.recheck_everywhere(TOMORROW).made == 0


def test_looking_writes_nothing(occasion: Occasion, website: Use) -> None:
    pupil = agreed(occasion, "Sam Patel", website)
    a_publication(occasion, website, pupil)
    behind_the_rules(occasion, pupil, website)
    before = AuditEntry.select().count()
    assert len(rechecking.difference(occasion).going) == 1
    assert AuditEntry.select().count() == before


def test_at_night_the_missing_tasks_are_made_in_every_school_and_once(
    occasion: Occasion, elsewhere: Occasion, other_school: Any, website: Use
) -> None:
    pupil = agreed(occasion, "Sam Patel", website)
    a_publication(occasion, website, pupil)
    behind_the_rules(occasion, pupil, website)
    with doors.looking_at(other_school.id):
        use = a_use(elsewhere)
        theirs = agreed(elsewhere, "Theirs Alone", use)
        a_publication(elsewhere, use, theirs)
        behind_the_rules(elsewhere, theirs, use)
    first, again = rechecking.recheck_everywhere(TOMORROW), rechecking.recheck_everywhere(TOMORROW)
    assert first.sentence == "2 publications of 2 schools looked at; 2 take-downs made."
    assert (again.publications, again.made) == (2, 0)
    (task,) = TakeDown.select().where(TakeDown.archived_at.is_null())
    assert task.due_on == date(2026, 11, 26)
    (entry,) = AuditEntry.select().where(AuditEntry.record == task.id)
    assert entry.actor == f"robot:{ROBOT}"


def test_a_yes_that_runs_out_in_the_night_is_listed_and_not_taken_down(occasion: Occasion, website: Use) -> None:
    a_publication(occasion, website, agreed(occasion, "Sam Patel", website, valid_until=NOW.date()))
    assert rechecking.recheck_everywhere(TOMORROW).made == 0


def test_when_it_was_done_last_is_kept(occasion: Occasion) -> None:
    assert rechecking.last_run() is None
    rechecking.recheck_everywhere(NOW)
    assert rechecking.last_run() == NOW


def test_two_thousand_publications_of_ten_people_take_few_questions(occasion: Occasion, website: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    uses = [website, a_use(occasion, "Newsletter", "newsletter")]
    with recording(occasion.by, NOW) as trace:
        insert_many(trace, PUPILS, ({"name": f"Pupil Number {each}"} for each in range(500)), occasion, number=1)
    pupils = [row.id for row in PUPILS.table.select(PUPILS.table.id)]
    yes = {"decision": ImageDecision.GIVEN, "decided_on": date(2026, 9, 7)}
    answers = ({**yes, "person": pupil, "use": use.id} for pupil in pupils for use in uses)
    there = ({"name": "Day out", "use": uses[each % 2].id, "pupils": tuple(pupils[each * 10 % 500 :][:10])} for each in range(2_000))
    with recording(occasion.by, NOW) as trace:
        insert_many(trace, ANSWERS, answers, occasion, number=placing.next_number(ANSWERS, occasion.by))
        insert_many(trace, PUBLICATIONS, there, occasion, number=1)
    rechecking.difference(occasion)
    asked: list[str] = []
    execute = db.obj.execute_sql
    monkeypatch.setattr(db.obj, "execute_sql", lambda sql, *args, **how: (asked.append(sql), execute(sql, *args, **how))[1])
    found = rechecking.difference(occasion)
    assert 0 < len(asked) < 100
    assert (found.publications, found.is_none, ImageAnswer.select().count()) == (2_000, True, 1_000)
