"""The schedule in the browser's terms: what is due and why, a disposal from the proposal to the log, holds, and what the history forgets."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from models import doors
from models.pupil import Pupil
from models.records_disposal import RecordsDisposal
from models.retention_rule import RetentionRule
from models.school import School
from models.vocabulary import RecordsDisposalStage
from registry import records
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.data_protection.retention import RETENTION_RULES
from tests.browsing import sign_in, text_of, visit
from tests.people import Person
from tests.registry.retention.conftest import As, Rule, at_work, leaver, rule  # noqa: F401 - fixtures
from tests.web.test_dpias import press

Desks = dict[str, FlaskClient]


@pytest.fixture
def desks(client: FlaskClient, people: dict[str, Person]) -> Desks:
    """The office, the headteacher, the DPO, the safeguarding lead, a governor, a teacher and somebody of another school, each at a computer."""
    found = {key: client.application.test_client() for key in ("ola", "hana", "dev", "dina", "gus", "tess", "otto")}
    for key, browser in found.items():
        sign_in(browser, people[key])
    return found


def stands(number: int = 1) -> RecordsDisposal:
    return RecordsDisposal.get(RecordsDisposal.number == number)


def progress(row: Any) -> str:
    return f"/registers/disposals-of-records/{row.id}/progress"


def test_what_is_due_is_proposed_approved_by_another_and_erased_but_for_what_is_held(desks: Desks, at_work: As, rule: Rule, leaver: Any) -> None:  # noqa: F811
    rule(name="Pupils who left", code="R68")
    held, gone, today = (leaver(name, date(2020, 7, 21)) for name in ("Ada Quill", "Ben Quill", "Cas Quill"))
    leaver("Dee Quill", None)
    records.add(HOLDS, {"name": "Claim", "pupils": (held.id,)}, at_work("dina"))
    ola, hana = desks["ola"], desks["hana"]
    assert "Pupils and their contacts R68 2 years after they leave the school" in text_of(ola, "/retention")
    page = text_of(ola, "/retention/pupils")
    for words in ("Due 2", "Held 1", "HO-0001", "No day is known 1", "Not known", "2 years later: Thursday 23 November 2028."):
        assert words in page, words
    assert "Ada" not in page
    assert "Nothing of this kind" not in page
    said = press(ola, "/retention/pupils")
    assert "Proposed as RD-0001. Somebody else approves it next." in said
    assert "You proposed it: somebody else approves it." in said
    assert f'href="{progress(stands())}"' in visit(ola, "/retention/pupils").text
    assert "HO-0001</span></a>" in visit(ola, "/retention/pupils").text
    assert "HO-0001</span></a>" not in visit(desks["gus"], "/retention/pupils").text  # a governor does not see holds
    leaver("Eli Quill", date(2020, 7, 21))
    assert "Propose that the other one goes" in text_of(ola, "/retention/pupils")
    assert "Proposed as RD-0002." in press(ola, "/retention/pupils")
    assert "Nothing of this kind is due, or all of it is on a disposal already." in press(ola, "/retention/pupils")
    row = stands()
    press(desks["gus"], progress(row), 403, do="approve", seen=row.version)
    press(ola, progress(row), 403, do="approve", seen=row.version)
    assert "changed since you opened" in press(hana, progress(row), 409, do="approve", seen=0)
    press(hana, progress(row), 404, do="burn")
    assert "It may be carried out" in press(hana, progress(row), do="approve", seen=row.version)
    assert "What is erased cannot be brought back." in text_of(ola, progress(row))
    press(desks["gus"], progress(row), 403, do="erase")
    records.add(HOLDS, {"name": "Late claim", "pupils": (today.id,)}, at_work("dina"))
    said = press(ola, progress(row), do="erase")
    assert "1 record erased. 1 record stayed: see below." in said
    assert "This entry is kept for good." in said
    assert {each.id for each in Pupil.select()}.isdisjoint({gone.id})
    visit(ola, f"/registers/pupils/{gone.id}", 404)
    visit(ola, f"/registers/pupils/{today.id}")
    visit(desks["otto"], progress(row), 404)


def test_a_proposal_waits_on_the_first_page_of_the_headteacher_until_it_is_decided(desks: Desks, rule: Rule, leaver: Any) -> None:  # noqa: F811
    rule()
    leaver("Ada Quill", date(2020, 7, 21))
    press(desks["ola"], "/retention/pupils")
    waiting = "Approve the disposal, or say why not"
    assert waiting in text_of(desks["hana"], "/").partition("Coming up")[0]
    press(desks["hana"], progress(stands()), do="refuse", because="Once a year is enough.")
    assert waiting not in text_of(desks["hana"], "/")


def test_boxes_are_refused_proposed_again_and_done_with_what_is_wrong_said_at_its_question(desks: Desks, at_work: As, rule: Rule) -> None:  # noqa: F811
    kept = rule(name="Visitor books", trigger="dated", years=6, covers=None)
    boxes = {"name": "Visitor books", "rule": kept.id, "until_on": date(2019, 12, 1), "quantity": 3, "unit": "boxes"}
    row = records.add(RECORDS_DISPOSALS, boxes, at_work("ola"))
    ola, hana, here = desks["ola"], desks["hana"], progress(row)
    assert "How was this worked out? Date of the record: Sunday 1 December 2019." in text_of(hana, here)
    of_it = f"/registers/disposals-of-records/{row.id}"
    assert "You proposed it: somebody else approves it." in text_of(ola, of_it)
    assert "Read what would go. Approve it, or say why not." in text_of(hana, of_it)
    assert "The headteacher or the data protection officer approves it next." in text_of(desks["dina"], of_it)
    assert "Say why." in press(hana, here, 422, do="refuse", because=" ")
    assert "Not approved One box is still in use" in press(hana, here, do="refuse", because="One box is still in use")
    assert "Propose it again" in text_of(ola, here)
    assert "It was not approved. Read why" in text_of(ola, of_it)
    assert "Proposed again." in press(ola, here, do="again")
    press(hana, here, do="approve", seen=stands().version)
    assert "It is approved. Carry it out, then enter the day." in text_of(ola, of_it)
    assert "3 boxes under Visitor books" in text_of(ola, here)
    assert "On which day was it done?" not in text_of(ola, here)  # first how it is done
    assert "Enter the day on which it was done." in press(ola, here, 422, do="done")
    when = {"do": "done", "done_on-day": "23", "done_on-month": "11", "done_on-year": "2026"}
    assert "Say first how it is done" in press(ola, here, 422, **when)
    records.change(RECORDS_DISPOSALS, stands(), {"method": "shredded"}, at_work("ola"))
    assert "still to come" in press(ola, here, 422, **{**when, "done_on-year": "2027"})
    assert "Done on Monday 23 November 2026" in press(ola, here, **when)
    assert stands().stage == RecordsDisposalStage.DONE
    assert "It is not said who saw it done." in text_of(ola, f"/registers/disposals-of-records/{row.id}")
    assert "changed since you opened" in press(ola, here, 409, **when)


def test_a_hold_is_lifted_with_a_reason_and_put_back(desks: Desks, at_work: As) -> None:  # noqa: F811
    row = records.add(HOLDS, {"name": "Claim", "kind": "claim", "review_on": date(2027, 1, 4)}, at_work("dev"))
    there = f"/registers/holds/{row.id}"
    assert "This hold keeps nothing standing yet." in text_of(desks["dev"], there)
    assert "Look whether the hold still has to stand" in text_of(desks["dev"], there)
    assert "It is not said why these records must stand." in text_of(desks["dev"], there)
    assert "Say why" in press(desks["dev"], f"{there}/lift", 422, do="lift", because="")
    assert "Lifted. What it covered goes by its own days" in press(desks["dev"], f"{there}/lift", do="lift", because="Settled")
    assert "was lifted on Monday 23 November 2026: Settled" in text_of(desks["dev"], f"{there}/lift")
    assert "It stands again." in press(desks["dev"], f"{there}/lift", do="put-back")
    records.change(HOLDS, records.find(HOLDS, row.id, at_work("dev").by), {"everything": "yes"}, at_work("dev"))
    assert "This hold keeps nothing standing yet." not in text_of(desks["dev"], there)
    visit(desks["tess"], f"{there}/lift", 403)
    visit(desks["otto"], f"{there}/lift", 404)


def test_what_records_said_before_is_proposed_too(desks: Desks, at_work: As, rule: Rule, leaver: Any, school: School) -> None:  # noqa: F811
    visit(desks["dev"], "/retention/audit-details", 404)
    made = rule(name="Audit trail", covers="audit-details", trigger="event_date", years=6)
    leaver("Ada Quill", None)
    assert "What records said before they were changed: nothing of it is due." in text_of(desks["dev"], "/retention")
    assert "no record says in its history what it said on Monday 23 November 2020 or before" in text_of(desks["dev"], "/retention/audit-details")
    assert "Nothing that records said before is due." in press(desks["ola"], "/retention/audit-details")
    with doors.looking_at(school.id):
        records.change(RETENTION_RULES, RetentionRule.get_by_id(made.id), {"years": 0}, at_work("dev"))
    page = text_of(desks["ola"], "/retention/audit-details")
    assert "From Monday 23 November 2026 and before" in page
    assert "Pupils 1 0" in page
    said = press(desks["ola"], "/retention/audit-details")
    assert "Proposed as RD-0001." in said
    assert "Propose that it goes" not in text_of(desks["ola"], "/retention/audit-details")
    press(desks["hana"], progress(stands()), do="approve", seen=stands().version)
    assert "The history forgets what these records said until Monday 23 November 2026" in text_of(desks["ola"], progress(stands()))
    assert "records erased." in press(desks["ola"], progress(stands()), do="erase")
