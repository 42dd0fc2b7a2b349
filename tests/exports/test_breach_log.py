"""The log of breaches holds what the law asks to be written down, and its times cannot be mistaken."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports import breach_log, register_csv
from exports.paper import Letterhead, pdf
from exports.selection import everything
from models.audit import AuditEntry
from models.breach import Breach
from models.school import School
from models.vocabulary import BreachStage, PeopleDecision, RegulatorDecision
from registry import records
from registry.access import Forbidden
from registry.breaches import judging, moving, regulator
from registry.breaches.judging import Judgement
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.school.schools import facts_of
from registry.trace.audit import Happened
from tests.people import NOW, Person

SECOND_TIME = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
"""Half past one that night, for the second time."""


@pytest.fixture
def occasion(hana: Person, school: School, in_quillbrook: School) -> Occasion:
    """The headteacher at work."""
    return Occasion(hana.actor, NOW, facts_of(school, NOW.date()))


@pytest.fixture
def two(people: dict[str, Person], school: School, occasion: Occasion) -> list[Breach]:
    """One in each of the hours that came twice: the first was decided and told late, the second was none."""
    found = [report(Report(what="A list with Mia went astray.", noticed_at=SECOND_TIME - timedelta(hours=each)), occasion) for each in (1, 0)]
    first, second = found
    moving.move(first, BreachStage.OPEN, occasion)
    judged = Judgement(reasons="Children may be at risk.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.NO_HIGH_RISK)
    judging.advise(first, judged, Occasion(people["dev"].actor, NOW, occasion.school))
    judging.decide(first, judged, occasion)
    sent = regulator.Sent(at=NOW, reference="IC-77", delay="It was found only now.")
    regulator.submitted(records.find(BREACHES, first.id, occasion.by), sent, occasion, school.name)
    moving.move(second, BreachStage.NO_BREACH, occasion, why="The list was empty.")
    records.archive(BREACHES, records.find(BREACHES, second.id, occasion.by), occasion)
    return found


def test_the_log_says_what_was_decided_why_and_when_by_the_clock_of_the_school(two: list[Breach], occasion: Occasion) -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(breach_log.as_csv(occasion)).decode("utf-8-sig"))))
    assert [row["Aware"] for row in rows] == ["25 Oct 2026, 01:30 BST", "25 Oct 2026, 01:30 GMT"]
    assert [row["Last moment to tell the regulator"] for row in rows] == ["28 Oct 2026, 00:30 GMT", "28 Oct 2026, 01:30 GMT"]
    assert [row["Reasons"].splitlines()[-1] for row in rows] == ["Children may be at risk.", "The list was empty."]
    first = {name: rows[0][name] for name in ("Decision about the regulator", "Regulator told", "In time or late", "Reason for delay")}
    assert list(first.values()) == ["Tell the regulator", "23 Nov 2026, 09:14 GMT", "Late", "It was found only now."]
    told = AuditEntry.select().where(AuditEntry.deed == Happened.EXPORTED.value)
    assert told.count() == 1


def test_the_workbook_and_the_paper_say_the_same(two: list[Breach], occasion: Occasion) -> None:
    sheet: Any = load_workbook(io.BytesIO(b"".join(breach_log.as_workbook(occasion)))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == breach_log.headings()
    assert "Children may be at risk." in [cell.value for cell in sheet[2]]
    paper = pdf(breach_log.as_paper(occasion, Letterhead("Quillbrook Primary School", "Now")))
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    assert "25 Oct 2026, 01:30 GMT" in words
    assert "The list was empty." in words


def test_the_register_as_a_file_keeps_the_two_hours_apart(two: list[Breach], occasion: Occasion) -> None:
    records.restore(BREACHES, records.find(BREACHES, two[1].id, occasion.by), occasion)
    made = b"".join(register_csv.export(everything(BREACHES, occasion.by), occasion)).decode("utf-8-sig")
    assert "2026-10-25T01:30:00+01:00" in made
    assert "2026-10-25T01:30:00+00:00" in made


def test_only_those_who_may_export_breaches_take_the_log(two: list[Breach], people: dict[str, Person], occasion: Occasion) -> None:
    for key in ("dina", "gus", "ian", "ola"):
        with pytest.raises(Forbidden):
            breach_log.lines(Occasion(people[key].actor, NOW, occasion.school))
