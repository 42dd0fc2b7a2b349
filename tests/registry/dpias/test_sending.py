"""A DPIA sent to other schools: each gets its own, keeps its own differences when it is sent again, and what was sent is undone as a whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from models import doors
from models.dpia import Dpia
from models.message import Message
from models.roles import Role
from models.school import School
from models.vocabulary import DpiaStage
from models.vocabulary.shapes import CONSULTATIONS, RISKS
from registry import records
from registry.access import Forbidden
from registry.dpias import following, sending
from registry.dpias.sending import WorksIn
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone
from registry.rules.row_text import rows_in, written
from registry.trace import history
from registry.trace.audit import recording
from registry.trace.verification import verify_chain, verify_rows
from tests.registry.dpias.conftest import RISK, As, again

Write = Callable[..., Dpia]
OTHER = {**RISK, "risk": "A tablet is sold with its data"}


@pytest.fixture
def works_in(in_quillbrook: School, other_school: School) -> WorksIn:
    """A trust of two schools with one data protection officer."""
    return [(in_quillbrook, Role.DPO), (other_school, Role.DPO)]


@contextmanager
def there(school: School) -> Iterator[Callable[[], Dpia]]:
    """The other school with its only DPIA."""
    with doors.looking_at(school.id):
        yield Dpia.get


def send(row: Dpia, works_in: WorksIn, occasion: Occasion) -> tuple[bool, str]:
    (came,) = sending.send(again(row), [works_in[1][0].id], works_in, occasion, seen=again(row).version)
    return came.is_done, came.says


def change(row: Any, occasion: Occasion, **answers: Any) -> None:
    records.change(DPIAS, again(row), answers, occasion)


def faults(*schools: School) -> list[Any]:
    found = []
    for school in schools:
        with doors.looking_at(school.id):
            found += [*verify_chain(school.id), *verify_rows()]
    return found


def test_what_is_sent_is_the_school_s_own_and_nothing_decided_goes_along(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School, elsewhere: Occasion
) -> None:
    maker = records.add(SUPPLIERS, {"name": "Plateful"}, at_work("ola"))
    row = dpia(suppliers=(maker.id,), regulator_advice="Wait")
    assert send(row, works_in, at_work("dev")) == (True, "Sent as DA-0001.")
    with there(other_school) as copy:
        sent = copy()
        assert following.answers_of(sent) == following.answers_of(row)
        assert (sent.stage, sent.sent_from, sent.outcome, sent.regulator_advice, sent.next_review_on) == (
            DpiaStage.SCREENING, row.id, row.outcome, None, None,
        )  # fmt: skip
        assert following.own_answers(sent) == ()
        assert [each.person_id for each in Message.select().where(Message.record == sent.id)] == [elsewhere.by.user]
    assert next(line.did for line in history.of_record(DPIAS, again(row), at_work("dev").by).lines) == "exported this DPIA"
    assert send(row, works_in, at_work("dev")) == (False, "There is nothing new.")
    assert faults(works_in[0][0], other_school) == []


def test_own_differences_survive_and_the_rest_is_taken(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School, elsewhere: Occasion
) -> None:
    row = dpia(risks=written(RISKS, (RISK, OTHER)))
    send(row, works_in, at_work("dev"))
    mine = {**RISK, "measures": "Encryption, and a cable in every room"}
    with there(other_school) as copy:
        own = {"context": "Ours are older pupils.", "criteria": ("5", "8"), "risks": written(RISKS, (mine, OTHER, {"risk": "Ours alone"}))}
        records.change(DPIAS, copy(), own, elsewhere)
        assert [each.name for each in following.own_answers(copy())] == ["criteria", "context", "risks"]
    changed = {**OTHER, "impact": "Names are read"}
    change(row, at_work("dev"), context="Another context.", scope="Only year 5.", criteria=("4", "5"), risks=written(RISKS, (RISK, changed)))
    (found,) = sending.everywhere(again(row), works_in, at_work("dev"))
    assert found.says == "Own words in: Criteria, Step 2: context, Risks and measures. New: Criteria, Step 2: scope, Risks and measures."
    assert found.may_send
    assert send(row, works_in, at_work("dev"))[0]
    with there(other_school) as copy:
        now = copy()
        assert (now.context, now.scope, now.criteria) == ("Ours are older pupils.", "Only year 5.", ("4", "5", "8"))
        assert [(each["risk"], each.get("measures"), each.get("impact"), each.get("approved")) for each in rows_in(RISKS, now.risks)] == [
            (mine["risk"], mine["measures"], None, "yes"),
            (OTHER["risk"], RISK["measures"], "Names are read", None),
            ("Ours alone", None, None, None),
        ]
    (found,) = sending.everywhere(again(row), works_in, at_work("dev"))
    assert (found.says, found.why_not) == ("Own words in: Criteria, Step 2: context, Risks and measures.", "There is nothing new.")
    assert faults(works_in[0][0], other_school) == []


def test_what_was_sent_last_is_undone_until_somebody_has_touched_it(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School, elsewhere: Occasion
) -> None:
    row = dpia()
    send(row, works_in, at_work("dev"))
    change(row, at_work("dev"), scope="Only year 5.")
    send(row, works_in, at_work("dev", 1))
    (came,) = sending.undo(again(row), None, works_in, at_work("dev", 1))
    assert (came.is_done, came.says) == (True, "As it was before.")
    with there(other_school) as copy:
        assert copy().scope == "As it is planned."
        assert following.sent_last(copy())["scope"] == "As it is planned."
    assert sending.undo(again(row), None, works_in, at_work("dev", 1)) == []
    assert send(row, works_in, at_work("dev", 2))[0]
    with there(other_school) as copy:
        records.change(DPIAS, copy(), {"need": "Ours"}, elsewhere)
    (came,) = sending.undo(again(row), None, works_in, at_work("dev", 2))
    assert not came.is_done
    assert "DA-0001 was changed since" in came.says
    assert faults(works_in[0][0], other_school) == []


def test_a_new_one_that_is_undone_leaves_nothing(dpia: Write, at_work: As, works_in: WorksIn, other_school: School) -> None:
    row = dpia()
    send(row, works_in, at_work("dev"))
    (came,) = sending.undo(again(row), None, works_in, at_work("dev"))
    assert came.is_done
    with doors.looking_at(other_school.id):
        assert not Dpia.select().exists()
        assert not Message.select().where(Message.school == other_school.id).exists()
    assert faults(works_in[0][0], other_school) == []


def test_what_is_decided_archived_or_kept_apart_is_passed_by(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School, elsewhere: Occasion
) -> None:
    row = dpia()
    send(row, works_in, at_work("dev"))
    change(row, at_work("dev"), scope="Only year 5.")
    with there(other_school) as copy:
        records.archive(DPIAS, copy(), elsewhere)
    assert send(row, works_in, at_work("dev")) == (False, "It is archived there. It has to be brought back first.")
    with there(other_school) as copy:
        records.restore(DPIAS, copy(), elsewhere)
        with pytest.raises(CannotBeDone, match="changed since you opened"):
            sending.keep_apart(copy(), elsewhere, seen=0)
        sending.keep_apart(copy(), elsewhere, seen=copy().version)
        with pytest.raises(CannotBeDone):
            sending.keep_apart(copy(), elsewhere, seen=copy().version)
    assert send(row, works_in, at_work("dev")) == (False, "The school keeps it apart.")
    (found,) = sending.everywhere(again(row), works_in, at_work("dev"))
    assert (found.says, found.may_send) == ("The school keeps it apart.", False)


def test_it_goes_only_where_somebody_leads_and_only_from_who_may_take_it_away(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School
) -> None:
    row = dpia()
    assert sending.may_send(row, works_in, at_work("dev").by)
    below = [works_in[0], (other_school, Role.OFFICE)]
    assert not sending.may_send(row, below, at_work("dev").by)
    assert sending.send(row, [other_school.id], below, at_work("dev"), seen=row.version) == []
    assert not sending.may_send(row, works_in, at_work("ola").by)
    with pytest.raises(Forbidden):
        sending.send(row, [other_school.id], works_in, at_work("ola"), seen=row.version)
    with doors.looking_at(other_school.id):
        assert not Dpia.select().exists()


def test_what_is_archived_is_not_sent(dpia: Write, at_work: As, works_in: WorksIn) -> None:
    row = dpia()
    records.archive(DPIAS, row, at_work("dev"))
    assert not sending.may_send(again(row), works_in, at_work("dev").by)
    with pytest.raises(CannotBeDone, match="archived"):
        send(row, works_in, at_work("dev"))


def test_who_approved_measures_and_what_people_said_stays_where_it_was(dpia: Write, at_work: As, works_in: WorksIn, other_school: School) -> None:
    asked = {"party": "parents", "how": "An evening", "said": "Mrs Quill would rather not", "taken_up": "A card"}
    row = dpia(consultations=written(CONSULTATIONS, (asked,)), screening_because="We say so.")
    send(row, works_in, at_work("dev"))
    with there(other_school) as copy:
        (risk,) = rows_in(RISKS, copy().risks)
        assert "approved" not in risk
        assert rows_in(CONSULTATIONS, copy().consultations) == ({"party": "parents", "how": "An evening"},)
        assert "Quill" not in copy().sent
        assert copy().screening_because is None
        assert following.own_answers(copy()) == ()


def test_what_is_approved_there_stays_so_and_nothing_is_sent_back(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School, elsewhere: Occasion
) -> None:
    row = dpia()
    send(row, works_in, at_work("dev"))
    change(row, at_work("dev"), scope="Only year 5.")
    with there(other_school) as copy:
        with recording(elsewhere.by, elsewhere.at) as trace:
            records.mark_approved(trace, DPIAS, copy(), 1, occasion=elsewhere)
        assert sending.everywhere(copy(), [(works_in[0][0], Role.DPO), (other_school, Role.DPO)], elsewhere) == []
    assert send(row, works_in, at_work("dev")) == (False, "It is decided there. It has to be assessed again first.")


def test_what_was_looked_at_is_what_is_sent(dpia: Write, at_work: As, works_in: WorksIn, other_school: School) -> None:
    row = dpia()
    with pytest.raises(CannotBeDone, match="changed since you opened"):
        sending.send(row, [other_school.id], works_in, at_work("dev"), seen=row.version + 1)
    send(row, works_in, at_work("dev"))
    assert sending.undo(again(row), works_in[0][0].id, works_in, at_work("dev")) == []
    (came,) = sending.undo(again(row), other_school.id, works_in, at_work("dev"))
    assert came.is_done


def test_a_risk_that_is_taken_out_goes_where_a_school_did_no_more_than_approve_of_it(
    dpia: Write, at_work: As, works_in: WorksIn, other_school: School, elsewhere: Occasion
) -> None:
    row = dpia(risks=written(RISKS, (RISK, OTHER)))
    send(row, works_in, at_work("dev"))
    with there(other_school) as copy:
        records.change(DPIAS, copy(), {"risks": written(RISKS, (RISK, OTHER))}, elsewhere)
        assert following.own_answers(copy()) == ()
    change(row, at_work("dev"), risks=written(RISKS, (RISK,)))
    assert send(row, works_in, at_work("dev"))[0]
    with there(other_school) as copy:
        assert rows_in(RISKS, copy().risks) == (RISK,)
        assert following.own_answers(copy()) == ()
