"""Breaches, devices that were lent and DPIAs go whole as well; what is kept for a reason of its own stays and names them no more."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.acceptance import Acceptance
from models.allocation import Allocation
from models.attachment import Attachment, LooseFile
from models.base import new_id
from models.breach import Breach
from models.breach_entry import BreachEntry
from models.breach_letter import BreachLetter, BreachMail
from models.breach_person import BreachPerson
from models.comment import Comment
from models.device import Device
from models.dpia import Dpia
from models.link import Link
from models.loss import Loss
from models.outgoing import Sending
from models.school import School
from models.sign_link import SignLink
from models.take_down import TakeDown
from models.version import ApprovalStep, ApprovedVersion
from models.vocabulary import AgreementAudience, BreachKind, DeviceStatus, FileCategory, HolderKind, ImageDecision, LossKind
from registry import records
from registry.approval import approving
from registry.approval.approving import Seen
from registry.breaches import moving, people
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.devices.bundles import receipt_name
from registry.erasing import afterwards
from registry.erasing.whole import WHOLE
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.devices.acceptances import ACCEPTANCES
from registry.registers.devices.agreements import AGREEMENTS
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.losses import LOSSES
from registry.registers.images.answers import ANSWERS
from registry.registers.images.publications import PUBLICATIONS
from registry.talk import comments
from registry.trace.audit import recording
from tests.erasing import erase_at_once
from tests.people import NOW, Person
from tests.pictured import a_carer, a_pupil, a_use, an_answer
from tests.tampering import faults

UNDER = "RD-0004"


@pytest.fixture
def by(people: dict[str, Person], occasion: Occasion, in_quillbrook: School) -> Any:
    """What gives somebody at work in Quillbrook."""
    return lambda key: replace(occasion, by=people[key].actor)


def test_a_breach_goes_with_all_that_was_written_and_sent(by: Any) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, by("dev"))
    row = report(Report(what="Allergies went to a wrong address.", noticed_at=NOW - timedelta(hours=2), call_back="Tess, room 4"), by("tess"))
    moving.take_up(row, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="Allergies sent"), by("hana"))
    row = records.find(BREACHES, row.id, by("hana").by)
    people.add(row, "Jo Lee <jo@lee.example>", by("dev"))
    records.change(BREACHES, records.find(BREACHES, row.id, by("dev").by), {"assets": (asset.id,)}, by("dev"))
    device = records.add(DEVICES, {"name": "Laptop 1"}, by("ian"))
    comments.write(BREACHES, row, "Who else knows?", [], occasion=by("dev"))
    with recording(by("ian").by, NOW) as trace:
        insert_many(trace, LOSSES, [{"name": "Left on a bus", "device": device.id, "kind": LossKind.LOST, "breach": row.id}], by("ian"), number=1)
    (person,) = BreachPerson.select()
    sent = {"school": row.school_id, "breach": row.id, "person": person.id, "letter": new_id()}
    BreachMail.insert(id=new_id(), key="told:1", made_at=NOW, state=Sending.WAITING, **sent).execute()
    assert BreachEntry.select().count() > 0

    assert erase_at_once(BREACHES, [row.id], by("dev"), under=UNDER) == 1
    tables = {Breach, Comment, BreachLetter, *(column.model for column in WHOLE["breaches"].rows)}
    assert {table.__name__: table.select().count() for table in tables if table.select().count()} == {}
    assert Link.select().count() == 0
    assert (Loss.get().breach, Loss.get().version) == (None, 2)
    assert records.answers_of(ASSETS, records.find(ASSETS, asset.id, by("dev").by), by("dev").by)["breaches"] == ()
    assert faults() == []


def test_a_device_that_was_lent_goes_with_its_receipt_and_with_what_was_accepted_for_it_alone(by: Any) -> None:
    agreement = records.add(AGREEMENTS, {"name": "For staff", "audience": AgreementAudience.STAFF, "text": "1. I keep it locked."}, by("ian"))
    one, two = (records.add(DEVICES, {"name": name}, by("ian")) for name in ("Laptop 1", "Laptop 2"))
    accepted, alone = (_accepted(agreement, by("ian"), number) for number in (1, 2))
    lent = {"holder": "Tess Quayle", "holder_kind": HolderKind.STAFF, "returned_on": date(2026, 7, 1)}
    first, second = new_id(), new_id()
    answers = [
        {**lent, "device": one.id, "bundle": first, "acceptance": accepted.id},
        {**lent, "device": two.id, "bundle": second, "acceptance": accepted.id},
        {**lent, "device": two.id, "bundle": second, "acceptance": alone.id},
    ]
    with recording(by("ian").by, NOW) as trace:
        insert_many(trace, ALLOCATIONS, answers, by("ian"), number=1)
    for bundle in (first, second):
        receipt = Arriving(accepted.school_id, f"{receipt_name(bundle)} of 1 July 2026.pdf", NOW)
        receipt.write(b"%PDF-1.7 Tess Quayle " + bundle.bytes)
        attachments.add(ACCEPTANCES, accepted, [receipt], Described(FileCategory.EVIDENCE), occasion=by("ola"))
    rows = {row.number: row for row in Allocation.select()}

    assert erase_at_once(ALLOCATIONS, [rows[1].id, rows[3].id], by("dev"), under=UNDER) == 2
    assert [row.number for row in Allocation.select()] == [2]
    assert [row.id for row in Acceptance.select()] == [accepted.id], "another device was handed out on it"
    assert [row.name.partition(" of ")[0] for row in Attachment.select()] == [receipt_name(second)]
    assert LooseFile.select().count() == 1
    assert {row.status for row in Device.select()} == {DeviceStatus.IN_STOCK}
    assert faults() == []
    assert erase_at_once(ACCEPTANCES, [accepted.id], by("dev"), under=UNDER) == 1
    assert (Allocation.get().acceptance, SignLink.select().count()) == (None, 0)
    assert faults() == []
    assert afterwards.finish().is_nothing
    assert LooseFile.select().count() == 0


def _accepted(agreement: Any, occasion: Occasion, number: int) -> Any:
    given = {"holder": "Tess Quayle", "agreement": agreement.id, "edition": 1, "accepted_at": NOW}
    with recording(occasion.by, NOW) as trace:
        insert_many(trace, ACCEPTANCES, [given], occasion, number=number)
    return Acceptance.get(Acceptance.number == number)


def test_a_dpia_goes_with_the_versions_that_were_approved(by: Any) -> None:
    row = records.add(DPIAS, {"name": "Cashless catering", "criteria": ("4", "7")}, by("ola"))
    for table in (ApprovalStep, ApprovedVersion):
        assert table.select().count() == 0
    approving.ask(DPIAS, Seen(row.id, row.version), "Please look", by("ola"))
    assert ApprovalStep.select().count() == 1
    assert erase_at_once(DPIAS, [row.id], by("dev"), under=UNDER) == 1
    assert (Dpia.select().count(), ApprovalStep.select().count()) == (0, 0)
    assert faults() == []


def test_a_picture_whose_yes_is_erased_has_to_go(by: Any) -> None:
    use = a_use(by("dev"))
    pupil = a_pupil(by("dev"), "Sam Patel")
    yes = an_answer(by("dev"), pupil, use, carer=a_carer(by("dev"), "Kim Patel", pupil).id)
    records.add(PUBLICATIONS, {"name": "Harvest supper", "use": use.id, "pupils": (pupil.id,)}, by("dev"))
    assert (yes.decision, TakeDown.select().count()) == (ImageDecision.GIVEN, 0)
    assert erase_at_once(ANSWERS, [yes.id], by("dev"), under=UNDER) == 1
    assert [row.person for row in TakeDown.select()] == [pupil.id]
    assert faults() == []
