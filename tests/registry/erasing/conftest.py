"""A family of whom one child has left, and everything that a school may have kept about them."""

from dataclasses import dataclass
from typing import Any

import pytest

from models import doors
from models.attachment import Attachment
from models.base import new_id
from models.school import School
from models.vocabulary import FileCategory, HolderKind, ImageDecision, ImageFlag
from registry import drafts, records
from registry.families import asking
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.images import checking, evidence
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.lists import saved_views
from registry.lists.views import View
from registry.many.bulk import insert_many
from registry.needs import keeping
from registry.occasion import Occasion
from registry.registers.data_protection.holds import HOLDS
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.devices import DEVICES
from registry.registers.images.answers import ANSWERS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.search import search_entries
from registry.talk import comments
from registry.trace.audit import recording
from tests.people import NOW, Person
from tests.pictured import THE_DAY, a_carer, a_limit, a_pupil, a_use, an_answer

SAM, NIA = "Sampson Quennell", "Niamh Quennell"


@dataclass
class Family:
    """Sam, who goes; Nia, his sister, who stays; and what was kept about them."""

    sam: Any
    nia: Any
    shared: Any
    own: Any
    use: Any
    proof: Attachment
    both: Attachment
    held: Any
    check: Any
    plain: set[bytes]


@pytest.fixture
def family(occasion: Occasion, elsewhere: Occasion, in_quillbrook: School, other_school: School, people: dict[str, Person]) -> Family:
    """The family, in a school at work; and another in the other school."""
    with doors.looking_at(other_school.id):
        a_carer(elsewhere, "Their Parent", a_pupil(elsewhere, "Nell Abara"))
    use = a_use(occasion)
    sam = a_pupil(occasion, SAM, legal_name="Sampson Aurelius Quennell", mis_number="A823200414001")
    nia = a_pupil(occasion, NIA, "1 Elm")
    shared = a_carer(occasion, "Mirela Tannahill", sam, nia, email="mirela@tannahill.example")
    own = a_carer(occasion, "Tomas Abernethy", sam, restrictions="Never at the gate before four")
    yes = an_answer(occasion, sam, use, carer=own.id, conditions="Only from behind, at the easel")
    no = an_answer(occasion, sam, a_use(occasion, "Newsletter", "newsletter"), ImageDecision.REFUSED, carer=shared.id)
    hers = an_answer(occasion, nia, use, carer=shared.id)
    a_limit(Occasion(people["dina"].actor, NOW, occasion.school), sam, ImageFlag.NO_PUBLICATION, reason="A brother of the first marriage")
    records.add(PUBLICATIONS, {"name": "Harvest supper", "use": use.id, "pupils": (sam.id, nia.id)}, occasion)
    held = records.add(HOLDS, {"name": "Complaint of March", "pupils": (nia.id,)}, occasion)
    check = evidence.keep(checking.check(checking.Question(use=use, names=f"{SAM}\n{NIA}", on=THE_DAY)), occasion)
    _write_about(sam, occasion, people)
    proof, both = _files(occasion, no, yes, hers)
    _lend(sam, occasion, Occasion(people["ian"].actor, NOW, occasion.school))
    asking.make_links([own.id, shared.id], Occasion(people["ola"].actor, NOW, occasion.school))
    search_entries.catch_up(in_quillbrook.id)
    keeping.catch_up(in_quillbrook, NOW.date())
    plain = {SAM.encode(), b"sampson quennell", b"Aurelius", b"tomas abernethy", b"Tomas Abernethy", b"A823200414001", b"at the gate"}
    return Family(sam, nia, shared, own, use, proof, both, held, check, plain)


def _write_about(sam: Any, occasion: Occasion, people: dict[str, Person]) -> None:
    comments.write(PUPILS, sam, f"{SAM} has left. @Hana Whitlow", [people["hana"].user], occasion=occasion)
    drafts.keep(people["ola"].user, f"pupils/{sam.id.hex}/the-pupil", "name=Sampson+Quennell", NOW)
    drafts.keep(people["dina"].user, "image-flags/new in school/the-limit", f'[["person", "{sam.id}"], ["reason", "Half typed"]]', NOW)
    drafts.keep(people["dina"].user, "assets/new in school/what", "name=Cupboard", NOW)
    saved_views.save(PUPILS, "Mine", View(search="quennell, sampson"), occasion)
    saved_views.save(PUPILS, "Oaks", View(search="oak"), occasion)
    uploads.keep(PUPILS, FileRows(("Name",), [(SAM,)], [2], {}, (), "digest"), occasion.by, NOW)
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"class_name": "4 Oak", "legal_name": "Sampson A. Quennell"}, occasion)


def _files(occasion: Occasion, no: Any, yes: Any, hers: Any) -> tuple[Attachment, Attachment]:
    """A form about Sam alone, and one that both children are on."""
    own, both = (Arriving(no.school_id, f"{name} form.pdf", NOW) for name in ("Sampson", "Family"))
    own.write(b"%PDF-1.7 Sampson Quennell, answers: no" * 9)
    both.write(b"%PDF-1.7 Sampson and Niamh Quennell" * 9)
    about = Described(FileCategory.EVIDENCE, "Signed by Tomas")
    attachments.add(ANSWERS, no, [own], about, occasion=occasion)
    both.finish()
    with recording(occasion.by, occasion.at) as trace:
        attachments.add_to_all(trace, ANSWERS, [yes, hers], both, about=about, occasion=occasion)
    both.keep()
    (proof,) = Attachment.select().where(Attachment.record == no.id)
    (kept,) = Attachment.select().where(Attachment.record == hers.id)
    return proof, kept


def _lend(sam: Any, occasion: Occasion, ians: Occasion) -> None:
    """A tablet that Sam had, and gave back: it has a rule of its own."""
    tablet = records.add(DEVICES, {"name": "Tablet 4", "kind": "tablet"}, ians)
    lent = {"holder": SAM, "holder_kind": HolderKind.PUPIL, "person": sam.id, "device": tablet.id, "bundle": new_id()}
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, ALLOCATIONS, [lent], occasion, number=1)
