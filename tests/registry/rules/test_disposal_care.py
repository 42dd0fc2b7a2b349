from dataclasses import replace

import pytest

from models.vocabulary import Nation
from registry.rules.disposal_care import BatchFacts, DisposalFacts, LineFacts, batch_findings, findings, line_findings
from registry.rules.finding import Finding
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts()
LINE = LineFacts(
    stage="done",
    serial="5CD1234XYZ",
    method="overwrite",
    standard="nist_800_88",
    certificate="C-2026-118/7",
    certificate_serial="5cd1234xyz ",
    removed_from_mdm="yes",
    lock_cleared="yes",
    holds_personal="yes",
)
BATCH = BatchFacts(
    stage="done",
    destination="recycled",
    contractor="Greenloop Recycling",
    contract_signed="yes",
    carrier_registration="CBDU000000",
    waste_note="WTN 118",
    approved_by=1,
    proposed_by=2,
)
LISTED = replace(LINE, stage="listing", certificate=None, certificate_serial=None, removed_from_mdm=None, lock_cleared=None, standard=None)


def short(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in found]


def of_line(line: LineFacts) -> list[tuple[str, str, str]]:
    return short(line_findings(line, SCHOOL))


def of_batch(batch: BatchFacts) -> list[tuple[str, str, str]]:
    return short(batch_findings(batch, SCHOOL))


def test_a_proven_disposal_has_no_findings() -> None:
    assert of_line(LINE) == of_batch(BATCH) == []


def test_every_serial_has_a_certificate_once_it_is_done() -> None:
    without = replace(LINE, certificate=" ", certificate_serial=None)
    assert of_line(without) == [("DS01", "error", "certificate")]
    assert of_line(replace(without, holds_personal="no")) == [("DS01", "note", "certificate")]
    assert of_line(replace(without, holds_personal="unknown", stage=None)) == [("DS01", "error", "certificate")]
    assert of_line(LISTED) == []


@pytest.mark.parametrize("named", ["5CD1234XYY", "", None])
def test_a_certificate_names_the_very_device(named: str | None) -> None:
    assert of_line(replace(LINE, certificate_serial=named)) == [("DS02", "error", "certificate_serial")]
    assert of_line(replace(LISTED, certificate_serial="5CD1234XYY")) == [("DS02", "error", "certificate_serial")]


def test_a_certificate_is_no_proof_for_a_device_without_a_serial() -> None:
    assert of_line(replace(LINE, serial=None)) == [("DS02", "error", "certificate_serial")]


def test_a_factory_reset_is_no_evidence() -> None:
    reset = replace(LISTED, method="factory_reset_mdm_release")
    assert of_line(reset) == [("DS03", "error", "method")]
    assert of_line(replace(reset, holds_personal="no")) == []
    assert of_line(replace(LINE, method="factory_reset_mdm_release")) == []


def test_it_is_said_how_and_by_which_standard() -> None:
    assert of_line(replace(LINE, method=None, standard=None)) == [("DS04", "warning", "method")]
    assert of_line(replace(LINE, standard=None)) == [("DS04", "warning", "standard")]
    assert of_line(replace(LINE, standard=None, holds_personal="no")) == []


@pytest.mark.parametrize(("code", "column"), [("DS05", "removed_from_mdm"), ("DS06", "lock_cleared")])
@pytest.mark.parametrize("answer", ["no", "unknown", None])
def test_a_device_is_let_go(code: str, column: str, answer: str | None) -> None:
    assert of_line(replace(LINE, **{column: answer})) == [(code, "warning", column)]


def test_waste_goes_with_a_registered_carrier_and_a_note() -> None:
    without = replace(BATCH, carrier_registration=None, waste_note="")
    assert of_batch(without) == [("DS07", "warning", "carrier_registration"), ("DS08", "warning", "waste_note")]
    assert of_batch(replace(without, stage="approved")) == [("DS07", "warning", "carrier_registration")]
    assert of_batch(replace(without, stage="frozen")) == []
    assert of_batch(replace(without, destination="sold")) == []
    there = batch_findings(without, SchoolFacts(nation=Nation.NORTHERN_IRELAND))
    assert {finding.source for finding in there} == {"Waste and Contaminated Land (Northern Ireland) Order 1997 art 5"}


def test_a_contractor_is_bound_until_the_data_is_gone() -> None:
    assert of_batch(replace(BATCH, contract_signed=None)) == [("DS09", "note", "contractor")]
    assert of_batch(replace(BATCH, contract_signed=None, contractor=None)) == []


def test_two_people_answer_for_a_disposal() -> None:
    assert of_batch(replace(BATCH, approved_by=2)) == [("DS10", "error", "approved_by")]
    assert of_batch(replace(BATCH, approved_by=None)) == [("DS10", "error", "approved_by")]
    assert of_batch(replace(BATCH, approved_by=None, stage="listing")) == []


def test_what_the_devices_come_to_stands_with_the_disposal() -> None:
    done = DisposalFacts(stage="done", destination="recycled", carrier_registration="CBDU000000", waste_note="WTN 118", certificates_missing=0)
    assert findings(done, SCHOOL) == findings(DisposalFacts(stage="listing"), SCHOOL) == ()
    wanting = findings(replace(done, certificates_missing=1, certificates_wrong=1200, releases_missing=3, waste_note=None), SCHOOL)
    assert short(wanting) == [
        ("DS01", "error", "certificates_missing"),
        ("DS02", "error", "certificates_wrong"),
        ("DS05", "warning", "releases_missing"),
        ("DS08", "warning", "waste_note"),
    ]
    assert wanting[0].message.startswith("There is no certificate for 1 device.")
    assert "1,200 devices" in wanting[1].message
