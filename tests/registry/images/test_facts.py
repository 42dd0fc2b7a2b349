"""What the rules are told of everybody in a picture: read in three statements, and the same work for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from models.base import db
from models.vocabulary import (
    Decider,
    ImageDecision,
    ImageFlag,
    NameShown,
    Outcome,
    PictureSubject,
    Relation,
    ResponsibilitySource,
    YesNo,
)
from registry import records
from registry.images.facts import MANY, person_facts, verdicts
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.answers import ANSWERS
from registry.registers.images.carers import CARERS
from registry.registers.images.flags import FLAGS
from registry.registers.images.pupils import PUPILS
from registry.rules.image_verdict import Reason, Verdict
from registry.school.schools import facts_of
from tests.people import NOW, Person
from tests.pictured import THE_DAY, a_carer, a_limit, a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def as_lead(dina: Person, school: Any) -> Occasion:
    return Occasion(dina.actor, NOW, facts_of(school, NOW.date()))


def the_verdict(person: Any, use: Use, on: date = THE_DAY, name_shown: NameShown = NameShown.NONE) -> Verdict:
    alone = verdicts([person.id], use, on, name_shown)[person.id]
    assert verdicts(None, use, on, name_shown)[person.id] == alone, "one of everybody is another than one alone"
    return alone


YES = Verdict(Outcome.ALLOW)


def no(reason: Reason) -> Verdict:
    return Verdict(Outcome.BLOCK, reason)


def test_nobody_has_said_yes_before_somebody_does(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT)
    an_answer(occasion, pupil, website)
    assert the_verdict(pupil, website) == YES


def test_a_yes_for_one_use_is_none_for_another(occasion: Occasion, website: Use) -> None:
    pupil, press = a_pupil(occasion, "Sam Patel"), a_use(occasion, "Press and television", "local_press")
    an_answer(occasion, pupil, press)
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT)


def test_the_last_word_of_somebody_counts(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    ann = a_carer(occasion, "Ann Patel", pupil)
    an_answer(occasion, pupil, website, carer=ann.id)
    an_answer(occasion, pupil, website, ImageDecision.WITHDRAWN, carer=ann.id)
    assert the_verdict(pupil, website) == no(Reason.WITHDRAWN)
    an_answer(occasion, pupil, website, carer=ann.id, decided_on=date(2026, 9, 1))
    assert the_verdict(pupil, website) == no(Reason.WITHDRAWN), "an older yes that was written down later"


def test_parents_who_disagree_count_as_no(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, decided_by="Ann Patel")
    an_answer(occasion, pupil, website, ImageDecision.REFUSED, decided_by="Raj Patel")
    assert the_verdict(pupil, website) == no(Reason.PR_CONFLICT)
    an_answer(occasion, pupil, website, decided_by="PATEL, Raj", decided_on=date(2026, 10, 1))
    assert the_verdict(pupil, website) == YES, "the same name in another spelling is the same person"


def test_a_pupil_may_say_no_at_any_age_and_yes_when_able(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, decider=Decider.PUPIL)
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT)
    records.change(PUPILS, records.find(PUPILS, pupil.id, occasion.by), {"may_decide": YesNo.YES}, occasion)
    assert the_verdict(pupil, website) == YES
    an_answer(occasion, pupil, website)
    an_answer(occasion, pupil, website, ImageDecision.REFUSED, decider=Decider.PUPIL, decided_on=date(2026, 10, 1))
    assert the_verdict(pupil, website) == no(Reason.CHILD_REFUSED)


def test_a_yes_from_somebody_who_no_longer_may_decide_counts_no_more(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    gone = a_carer(occasion, "Max Patel", pupil, responsibility="no")
    an_answer(occasion, pupil, website, carer=gone.id)
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT)
    an_answer(occasion, pupil, website, decided_by="Ann Patel")
    an_answer(occasion, pupil, website, ImageDecision.REFUSED, carer=gone.id)
    assert the_verdict(pupil, website) == no(Reason.PR_CONFLICT), "their no still counts"


def test_a_foster_carers_yes_counts_once_the_school_knows_that_it_was_delegated(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    carer = a_carer(occasion, "Fay Lee", pupil, relation=Relation.FOSTER_CARER)
    an_answer(occasion, pupil, website, carer=carer.id)
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT)
    records.change(CARERS, records.find(CARERS, carer.id, occasion.by), {"responsibility": "yes", "source": ResponsibilitySource.DELEGATED}, occasion)
    assert the_verdict(pupil, website) == YES


def test_the_local_authority_may_say_yes_and_disagree_with_a_parent(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, decider=Decider.AUTHORITY, authority="Care order of 3 May 2026")
    assert the_verdict(pupil, website) == YES
    an_answer(occasion, pupil, website, ImageDecision.REFUSED, decided_by="Ann Patel")
    assert the_verdict(pupil, website) == no(Reason.PR_CONFLICT)


def test_an_adult_answers_for_themself_and_a_pupil_only_when_able(occasion: Occasion, website: Use) -> None:
    teacher, pupil = a_pupil(occasion, "Tom Lee", "", kind=PictureSubject.STAFF), a_pupil(occasion, "Sam Patel")
    for each in (teacher, pupil):
        an_answer(occasion, each, website, decider=Decider.ADULT)
    assert the_verdict(teacher, website) == YES
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT), "noted as if they were an adult"
    records.change(PUPILS, records.find(PUPILS, pupil.id, occasion.by), {"may_decide": YesNo.YES}, occasion)
    assert the_verdict(pupil, website) == YES


def test_a_yes_ends_with_its_last_day(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, valid_until=THE_DAY)
    assert the_verdict(pupil, website) == YES
    assert the_verdict(pupil, website, date(2026, 11, 25)) == no(Reason.EXPIRED)


def test_a_yes_of_tomorrow_is_none_today_and_a_no_always_is_one(occasion: Occasion, website: Use) -> None:
    ann, ben = a_pupil(occasion, "Ann Lee"), a_pupil(occasion, "Ben Lee")
    an_answer(occasion, ann, website, decided_on=date(2027, 1, 8))
    an_answer(occasion, ben, website)
    an_answer(occasion, ben, website, ImageDecision.REFUSED, decided_on=date(2027, 1, 8))
    assert the_verdict(ann, website) == no(Reason.NO_CONSENT)
    assert the_verdict(ben, website) == no(Reason.REFUSED)


def test_a_yes_of_a_day_to_come_never_beats_a_no_that_was_written_down_after_it(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    ann = a_carer(occasion, "Ann Patel", pupil)
    an_answer(occasion, pupil, website, carer=ann.id, decided_on=date(2036, 9, 7))
    an_answer(occasion, pupil, website, ImageDecision.WITHDRAWN, carer=ann.id, decided_on=NOW.date())
    assert the_verdict(pupil, website, date(2036, 9, 8)) == no(Reason.WITHDRAWN)


@pytest.mark.parametrize("signed", ["Pupil", "Self", "Sam Patel"])
def test_a_parent_called_as_the_pupil_is_does_not_take_the_pupils_no_back(occasion: Occasion, website: Use, signed: str) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, ImageDecision.REFUSED, decider=Decider.PUPIL, decided_by="Sam Patel")
    an_answer(occasion, pupil, website, decided_by=signed, decided_on=date(2026, 10, 1))
    assert the_verdict(pupil, website) == no(Reason.CHILD_REFUSED)


def test_a_pupils_no_that_came_through_a_parent_is_not_the_parents(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    ann = a_carer(occasion, "Ann Patel", pupil)
    an_answer(occasion, pupil, website, ImageDecision.REFUSED, decider=Decider.PUPIL, carer=ann.id)
    an_answer(occasion, pupil, website, carer=ann.id, decided_on=date(2026, 10, 1))
    assert the_verdict(pupil, website) == no(Reason.CHILD_REFUSED)


def test_an_answer_that_was_put_away_counts_no_more(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    answer = an_answer(occasion, pupil, website)
    robot = Occasion(occasion.by.robot("tests", occasion.by.school), NOW, occasion.school)
    records.archive(ANSWERS, records.find(ANSWERS, answer.id, robot.by), robot)
    assert the_verdict(pupil, website) == no(Reason.NO_CONSENT)


def test_a_limit_beats_every_yes_until_it_is_cleared(occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website)
    limit = a_limit(as_lead, pupil, ImageFlag.INTERNAL_ONLY)
    assert the_verdict(pupil, website) == no(Reason.SAFEGUARDING)
    records.change(FLAGS, records.find(FLAGS, limit.id, as_lead.by), {"cleared_on": THE_DAY}, as_lead)
    assert the_verdict(pupil, website) == YES
    assert the_verdict(pupil, website, date(2026, 11, 23)) == no(Reason.SAFEGUARDING), "it is cleared from that day on"


def test_the_day_on_which_a_limit_will_end_is_found_by_nobody(occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website)
    a_limit(as_lead, pupil, cleared_on=THE_DAY)
    for on in (NOW.date(), THE_DAY, date(2036, 1, 1)):
        assert verdicts([pupil.id], website, on, today=NOW.date())[pupil.id] == no(Reason.SAFEGUARDING)
    assert verdicts([pupil.id], website, THE_DAY, today=THE_DAY)[pupil.id] == YES


def test_putting_a_limit_away_does_not_lift_it(occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website)
    limit = a_limit(as_lead, pupil)
    records.archive(FLAGS, records.find(FLAGS, limit.id, as_lead.by), as_lead)
    assert the_verdict(pupil, website) == no(Reason.SAFEGUARDING)


def test_of_several_limits_the_strictest_counts(occasion: Occasion, as_lead: Occasion) -> None:
    staff = a_use(occasion, "Recognising pupils", "id_mis", basis="public_task", no_answer="allow", leaves_school=YesNo.NO)
    pupil = a_pupil(occasion, "Sam Patel")
    a_limit(as_lead, pupil, ImageFlag.NO_IMAGES, keeps_identification=YesNo.YES)
    assert the_verdict(pupil, staff) == YES
    a_limit(as_lead, pupil, ImageFlag.INTERNAL_ONLY)
    assert the_verdict(pupil, staff) == YES
    a_limit(as_lead, pupil, ImageFlag.NO_IMAGES)
    assert the_verdict(pupil, staff) == no(Reason.SAFEGUARDING)


def test_who_has_left_or_was_put_away_is_asked_about(occasion: Occasion, website: Use) -> None:
    left, away = a_pupil(occasion, "Ann Lee", status="left"), a_pupil(occasion, "Ben Lee")
    for pupil in (left, away):
        an_answer(occasion, pupil, website)
    records.archive(PUPILS, away, occasion)
    assert the_verdict(left, website) == the_verdict(away, website) == Verdict(Outcome.REVIEW, Reason.LEFT_SCHOOL)


def test_a_year_after_somebody_left_their_picture_is_kept_no_more(occasion: Occasion, website: Use) -> None:
    archive = a_use(occasion, "School archive", "archive")
    gone = a_pupil(occasion, "Ann Lee", status="left", left_on=date(2025, 11, 24))
    for use in (website, archive):
        an_answer(occasion, gone, use)
    assert the_verdict(gone, website, date(2026, 11, 24)) == Verdict(Outcome.REVIEW, Reason.LEFT_SCHOOL)
    assert the_verdict(gone, website, date(2026, 11, 25)) == no(Reason.LEFT_SCHOOL)
    assert the_verdict(gone, archive, date(2026, 11, 25)) == Verdict(Outcome.REVIEW, Reason.LEFT_SCHOOL), "an archive is for good"
    records.change(PUPILS, records.find(PUPILS, gone.id, occasion.by), {"status": "on_roll"}, occasion)
    assert the_verdict(gone, website, date(2026, 11, 25)) == YES, "they came back"


def test_more_of_a_name_than_the_use_allows_is_no(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website)
    assert the_verdict(pupil, website, name_shown=NameShown.FIRST) == YES
    assert the_verdict(pupil, website, name_shown=NameShown.FULL) == no(Reason.FULL_NAME)
    blog = a_use(occasion, "Class blog", most_name_shown=NameShown.FULL)
    an_answer(occasion, pupil, blog)
    assert the_verdict(pupil, blog, name_shown=NameShown.FULL) == no(Reason.FULL_NAME), "whatever the use was set up to allow"


def test_nobody_of_another_school_is_known(occasion: Occasion, elsewhere: Occasion, website: Use) -> None:
    theirs = a_pupil(elsewhere, "Sam Patel")
    assert not person_facts([theirs.id], website, THE_DAY)[theirs.id].is_identified
    assert theirs.id not in person_facts(None, website, THE_DAY)
    assert verdicts([uuid4()], website, THE_DAY).popitem()[1].outcome is not Outcome.ALLOW


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that is sent to the database meanwhile."""
    sent: list[str] = []
    run = db.obj.execute_sql

    def noting(sql: str, *values: Any, **options: Any) -> Any:
        sent.append(sql)
        return run(sql, *values, **options)

    db.obj.execute_sql = noting
    try:
        yield sent
    finally:
        del db.obj.execute_sql


def test_three_statements_are_enough_and_the_same_ones_for_everybody(occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    plain, limited = a_pupil(occasion, "Ann Lee"), a_pupil(occasion, "Ben Lee")
    a_limit(as_lead, limited)
    sent = []
    for asked in ([plain.id], [limited.id], [uuid4()], None, [uuid4() for _ in range(MANY + 1)]):
        with statements() as sql:
            verdicts(asked, website, THE_DAY)
        sent.append(sql)
    assert len(sent[0]) == len(sent[3]) == len(sent[4]) == 3
    assert sent[0] == sent[1] == sent[2]
    assert sent[3] == sent[4]
