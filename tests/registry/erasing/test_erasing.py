"""A pupil is erased: nothing that was kept about them is left in any file of the database or of the store, and the trace holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from models import doors
from models.acceptance import Acceptance
from models.allocation import Allocation
from models.answer_link import AnswerLink
from models.attachment import Attachment, LooseFile
from models.audit import AuditDetail, AuditEntry
from models.carer import Carer
from models.comment import Comment
from models.fields import EPOCH
from models.image_answer import ImageAnswer
from models.image_check import ImageCheck
from models.image_flag import PictureFlag
from models.message import Message
from models.need import Need
from models.pupil import Pupil
from models.roles import Role
from models.saved_view import SavedView
from models.school import School
from models.search import SearchEntry
from models.statements import stored_rows
from models.take_down import TakeDown
from models.upload import Upload
from models.user import Draft
from registry import records
from registry.access import Deed, may
from registry.erasing import afterwards, bytes_of_files
from registry.erasing.erasing import erase
from registry.erasing.gathering import gather
from registry.erasing.picture_checks import NAMELESS
from registry.files import attachments, file_check
from registry.images import evidence
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.answers import ANSWERS
from registry.registers.images.flags import FLAGS
from registry.registers.images.pupils import PUPILS
from registry.search import search_entries
from registry.talk import comments
from registry.trace import history
from registry.trace.audit import recording
from registry.trace.history import View
from registry.trace.veil import unveiled
from tests.erasing import erase_at_once
from tests.people import NOW, Person, note_something
from tests.registry.erasing.conftest import Family
from tests.registry.erasing.disk import content_of, found, sealed_about, sealed_in
from tests.tampering import faults

UNDER = "RD-0004"


def test_nothing_of_a_pupil_is_left_on_any_disk(family: Family, occasion: Occasion, school: School, tmp_path: Path) -> None:
    gathered = gather(PUPILS, [family.sam.id])
    secrets = sealed_about(gathered) | sealed_in(Draft, Draft.place.contains(family.sam.id.hex)) | sealed_in(Upload, Upload.register == "pupils")
    tokens = {token.hex().encode() for token in sealed_in(Pupil, Pupil.id == family.sam.id) if len(token) == 16}
    sealed_file = content_of(school.id, family.proof.held_as)
    assert len(secrets) > 25
    assert found(secrets | tokens | {sealed_file[:64]}, tmp_path) == secrets | tokens | {sealed_file[:64]}, "all of it is there before"
    assert faults() == []

    assert erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER) == 1
    assert afterwards.finish().is_nothing
    assert found(secrets | tokens | {sealed_file[:64]} | family.plain, tmp_path) == set()
    assert faults() == []
    assert [*file_check.check()] == []
    assert search_entries.out_of_step() == 0

    search_entries.catch_up(school.id)
    assert faults() == []
    assert erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER) == 0, "asked again, there is nothing left to do"
    assert afterwards.finish().is_nothing


def test_what_goes_and_what_stays(family: Family, occasion: Occasion, other_school: School) -> None:
    entries = AuditEntry.select().count()
    theirs = {key for (key,) in stored_rows(AuditEntry.select(AuditEntry.digest))}
    erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER)
    with pytest.raises(NotFound):
        records.find(PUPILS, family.sam.id, occasion.by)
    assert [row.name for row in Pupil.select()] == [family.nia.name]
    assert [row.name for row in Carer.select()] == ["Mirela Tannahill"], "who has another child here stays, who has none goes"
    assert [row.person for row in ImageAnswer.select()] == [family.nia.id]
    gone = (PictureFlag, TakeDown, Comment, Message, Upload)
    assert [table.select().count() for table in gone] == [0] * len(gone)
    assert {row.carer for row in AnswerLink.select()} == {family.shared.id}
    assert [row.place for row in Draft.select()] == ["assets/new in school/what"]
    assert [row.name for row in SavedView.select()] == ["Oaks"]
    assert SearchEntry.select().where(SearchEntry.record == family.sam.id).count() == 0
    assert Need.select().where(Need.record == family.sam.id).count() == 0
    assert records.answers_of(PUPILS, records.find(PUPILS, family.nia.id, occasion.by), occasion.by)["carers"] == (family.shared.id,)
    (tablet,) = Allocation.select()
    assert (tablet.person, tablet.holder) == (None, family.sam.name), "that a device was lent has a rule of its own"
    assert Acceptance.select().count() == 0
    line, hers = evidence.find(family.check.id, occasion.by).checked.people
    assert {line.name, hers.name} == {NAMELESS, family.nia.name}
    assert family.sam.name not in str(line) + str(hers)
    assert AuditEntry.select().count() > entries
    assert theirs <= {key for (key,) in stored_rows(AuditEntry.select(AuditEntry.digest))}, "no entry of the trace is touched"
    with doors.looking_at(other_school.id):
        assert [row.name for row in Pupil.select()] == ["Nell Abara"]
        assert Carer.select().count() == 1


def test_the_history_says_that_a_pupil_was_erased_and_under_which_disposal(family: Family, occasion: Occasion, school: School) -> None:
    erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER)
    about = AuditEntry.select(AuditEntry.number).where((AuditEntry.chain == school.id) & (AuditEntry.record == family.sam.id))
    numbers = [number for (number,) in stored_rows(about)]
    last, *before = history.lines_numbered(numbers, occasion.by)
    assert last.sentence == "Dev Marchetti erased a record that is no longer there for good"
    assert [tuple(change) for change in last.changes] == [("Disposal", "", UNDER)]
    assert {(line.erased, line.changes) for line in before if line.erased} == {((NOW, last.number, UNDER), ())}
    assert len([line for line in before if line.erased]) > 3
    assert AuditDetail.select().where((AuditDetail.chain == school.id) & AuditDetail.number.in_(numbers)).count() == 1
    assert last in history.everything(occasion.by, View(deed="erased", size=100)).lines


def test_a_form_that_a_sister_is_on_as_well_stays_with_her(family: Family, occasion: Occasion, school: School) -> None:
    erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER)
    assert [row.id for row in LooseFile.select()] == [family.proof.held_as], "on its way out until it is deleted, whatever happens in between"
    assert bytes_of_files.delete_loose() == 0
    assert LooseFile.select().count() == 0
    hers = records.find(ANSWERS, family.both.record, occasion.by)
    (kept,) = attachments.of_record(ANSWERS, hers, occasion.by)
    assert b"".join(attachments.contents(kept)).startswith(b"%PDF-1.7 Sampson and Niamh")
    assert [*file_check.check()] == []
    erase_at_once(PUPILS, [family.nia.id], occasion, under=UNDER)
    assert LooseFile.get().since == EPOCH
    assert afterwards.finish().is_nothing
    assert (Attachment.select().count(), Carer.select().count(), Pupil.select().count()) == (0, 0, 0)
    assert faults() == []


def test_records_that_no_rule_erases_are_refused(occasion: Occasion, in_quillbrook: School) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    with pytest.raises(LookupError):
        erase_at_once(ASSETS, [asset.id], occasion, under=UNDER)


def test_what_fails_later_in_the_same_recording_leaves_all_as_it_was(family: Family, occasion: Occasion) -> None:
    def fail_late() -> None:
        with recording(occasion.by, occasion.at) as trace:
            assert erase(trace, PUPILS, [family.sam.id], occasion, under=UNDER) == [family.sam.id]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_late()
    assert records.find(PUPILS, family.sam.id, occasion.by).name == family.sam.name
    assert (Carer.select().count(), SavedView.select().count(), Draft.select().count()) == (2, 2, 3)
    assert LooseFile.select().count() == 0
    assert faults() == []


def test_what_belonged_to_a_secret_record_is_not_told_once_it_is_erased(family: Family, occasion: Occasion, dina: Person, tess: Person) -> None:
    readers = [replace(tess.actor, role=role) for role in (Role.DPO, Role.HEADTEACHER)]
    (flag,) = PictureFlag.select()
    comments.write(FLAGS, flag, "Her solicitor wrote", [], occasion=replace(occasion, by=dina.actor))
    (comment,) = Comment.select().where(Comment.record == flag.id)
    erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER)
    for reader in readers:
        numbers = [number for (number,) in stored_rows(unveiled(AuditEntry.select(AuditEntry.number).where(AuditEntry.record == comment.id), reader))]
        assert numbers == [] or may(reader, Deed.SEE, FLAGS)


def test_a_check_that_was_altered_hinders_nobody(family: Family, occasion: Occasion) -> None:
    with recording(occasion.by, occasion.at) as trace:
        ImageCheck.update(record=b"\0" * 40).execute()
        note_something(trace)
    assert erase_at_once(PUPILS, [family.sam.id], occasion, under=UNDER) == 1
    assert Pupil.select().count() == 1
