"""What the tests of the history begin with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import doors
from models.school import School
from models.vocabulary import FileCategory
from registry import drafts, records
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.importing import uploads
from registry.importing.uploads import Decided, FileRows
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.people import NOW, Person
from tests.registry.trace.story import Story, faults
from tests.tampering import behind_its_back, sql


@pytest.fixture
def story(occasion: Occasion, elsewhere: Occasion, in_quillbrook: School, other_school: School) -> Iterator[Story]:
    """Two assets and an activity that uses one of them; and noise in the other school."""
    chain = in_quillbrook.id
    (before,) = sql("SELECT number FROM audit_head WHERE id = ?", chain.bytes)[0]
    files = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt", "notes": "In the office"}, occasion)
    server = records.add(ASSETS, {"name": "File server", "owner": "Ian Sollis"}, occasion)
    admissions = records.add(PROCESSING, {"name": "Admissions", "assets": (files.id,)}, occasion)
    records.change(ASSETS, server, {"notes": "Under the stairs"}, occasion)
    records.archive(ASSETS, server, occasion)
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    (after,) = sql("SELECT number FROM audit_head WHERE id = ?", chain.bytes)[0]
    assert faults() == []
    with behind_its_back():
        yield Story(chain, before + 1, after, files, server, admissions)


@pytest.fixture
def house(key_file: Path, in_quillbrook: School, occasion: Occasion, elsewhere: Occasion, other_school: School, dev: Person) -> dict[str, Any]:
    """Something personal in every table that can hold it, linked, archived, half typed and half imported; in two schools."""
    asset = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt", "custodian": "Zoë Ó Briain"}, occasion)
    supplier = records.add(SUPPLIERS, {"name": "Plateful", "contact_name": "Mirela Tannahill", "contact_phone": "01632 960 001"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "owner": "Ola Brandt", "assets": (asset.id,)}, occasion)
    away = records.add(ASSETS, {"name": "Old shelf", "owner": "Ian Sollis"}, occasion)
    records.archive(ASSETS, away, occasion)
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs", "owner": "Otto Renwick"}, elsewhere)
    file = Arriving(supplier.school_id, "Contract of Nell Abara.pdf", NOW)
    file.write(b"%PDF-1.7")
    attachments.add(SUPPLIERS, supplier, [file], Described(FileCategory.CONTRACT, "Signed"), occasion=occasion)
    drafts.keep(dev.user, "assets/new", "name=Half+typed", NOW)
    upload = uploads.keep(ASSETS, FileRows(("Name",), [("Cupboard",)], [2], {}, (), "digest"), dev.actor, NOW)
    uploads.decide(upload, Decided(("name",)))
    return {"asset": asset.id, "supplier": supplier.id, "activity": activity.id, "upload": upload.id}
