"""A DPIA leaves in the order of the ICO's template, as tagged PDF, for Word and for programs, with who decided against what advice."""

import io
import json
from typing import Any

import pytest
from docx import Document

from exports import dpia_json, dpia_paper
from exports.paper import Letterhead, pdf
from exports.paper_docx import docx
from models.audit import AuditEntry
from models.vocabulary.advice import Advice
from models.vocabulary.shapes import FLOWS, RISKS
from registry import records
from registry.access import Forbidden
from registry.approval import approving
from registry.approval.approving import Seen
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rules.row_text import written
from tests.exports.papers_read import assert_tagged, words_of
from tests.registry.dpias.conftest import HIGH, RISK, at_work, dpia, moved  # noqa: F401 - fixtures

HEAD = Letterhead("Quillbrook Primary School", "Monday 23 November 2026, 09:14")
STEPS = ("Screening", "Step 1: identify", "Step 2: describe", "Where the data goes", "Step 3: consultation", "Step 4: assess", "Step 5: identify",
         "Step 6: identify", "Step 7: sign off")  # fmt: skip


def headings(made: bytes) -> list[str]:
    return [each.text for each in Document(io.BytesIO(made)).paragraphs if each.style and each.style.name in ("Heading 2", "Heading 3")]


def all_words(made: bytes) -> str:
    document = Document(io.BytesIO(made))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(each.text for each in document.paragraphs), *cells))


def test_the_seven_steps_stand_in_order_with_the_overruled_advice(dpia: Any, at_work: Any) -> None:  # noqa: F811
    till: Any = records.add(SUPPLIERS, {"name": "Plateful"}, at_work("ola"))
    flows = written(FLOWS, ({"sender": "Till", "what": "Names", "receiver": "Cloud", "country": "Norway"},))
    row = moved(dpia(flows=flows, suppliers=(till.id,), nature="Meals\x00 are paid\nby name"), "assess", at_work("ola"))
    seen = Seen(row.id, row.version)
    approving.advise(DPIAS, seen, Advice.AGAINST, "Cards do as well.", occasion=at_work("dev"))
    early = all_words(docx(dpia_paper.of_dpia(row, at_work("dev"), HEAD)))
    assert "Nobody yet" in early
    assert "Dev Marchetti: Advise against" in early
    approving.approve(DPIAS, seen, "Cards are lost every day.", at_work("hana"))
    paper = dpia_paper.of_dpia(records.find(DPIAS, row.id, at_work("hana").by), at_work("hana"), HEAD)
    made = docx(paper)
    found = headings(made)
    places = [next(place for place, heading in enumerate(found) if heading.startswith(step)) for step in STEPS]
    assert places == sorted(places)
    for words in (all_words(made), words_of(pdf(paper))):
        for said in ("Plateful (SU-0001)", "Cloud (Norway)", "A tablet is lost", "Advise against", "Cards do as well.", "Overruled, by Hana Whitlow",
                     "Cards are lost every day.", "version 1, as it stands here"):  # fmt: skip
            assert said in " ".join(words.split()), said
    assert_tagged(pdf(paper), "Tablets")
    assert AuditEntry.select().where((AuditEntry.record == row.id) & (AuditEntry.deed == "exported")).count() == 2


def test_what_is_not_written_is_said_and_a_block_is_shown(dpia: Any, at_work: Any) -> None:  # noqa: F811
    row = dpia(**dict.fromkeys(("need", "consultations", "concerns_pupils"), None), criteria=(), risks=written(RISKS, (HIGH, {"risk": "Unweighed"})))
    words = all_words(docx(dpia_paper.of_dpia(row, at_work("hana"), HEAD)))
    assert "Not written yet." in words
    assert "Not judged" in words
    assert "must not start before the regulator is consulted" in words


def test_other_programs_get_codes_rows_and_levels(dpia: Any, at_work: Any) -> None:  # noqa: F811
    row = dpia(risks=written(RISKS, (RISK, HIGH)))
    told = json.loads(dpia_json.of_dpia(row, at_work("dev")))
    assert (told["format"], told["reference"], told["versions"]) == ("safehold-dpia-1", "DA-0001", [])
    assert told["answers"]["risks"][0] == RISK
    assert told["answers"]["criteria"] == ["5"]
    assert told["answers"]["outcome"] == "required_two_criteria"
    assert told["risk_levels"] == [{"before": "medium", "after": "low"}, {"before": "medium", "after": "high"}]
    with pytest.raises(Forbidden):
        dpia_json.of_dpia(row, at_work("ola"))
    approving.advise(DPIAS, Seen(row.id, row.version), Advice.AGREES, "", occasion=at_work("dev"))
