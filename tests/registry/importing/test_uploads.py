"""A file between the steps of an import: sealed, its owner's alone, gone after a day."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from models.base import db
from models.upload import Upload
from registry.importing import uploads
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from tests.registry.importing.rows_in_files import file

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def test_a_file_is_kept_sealed_and_found_by_its_owner_only(occasion: Occasion, elsewhere: Occasion, ola: Any) -> None:
    kept = file(["name", "owner"], ["Paper files", "Wilhelmina Featherstone"], problems={2: "x"})
    upload = uploads.keep(ASSETS, kept, occasion.by, occasion.at)
    assert uploads.file_of(uploads.find(ASSETS, upload.id, occasion.by, occasion.at)) == kept
    assert "Featherstone" not in str(db.execute_sql("SELECT * FROM upload").fetchall())
    for register, by in ((PROCESSING, occasion.by), (ASSETS, ola.actor), (ASSETS, elsewhere.by)):
        with pytest.raises(NotFound):
            uploads.find(register, upload.id, by, occasion.at)
    with pytest.raises(NotFound):
        uploads.find(ASSETS, uuid4(), occasion.by, occasion.at)


def test_a_file_is_gone_after_a_day(occasion: Occasion) -> None:
    old = uploads.keep(ASSETS, file(["name"], ["Paper files"]), occasion.by, occasion.at)
    tomorrow = occasion.at + timedelta(days=1)
    with pytest.raises(NotFound):
        uploads.find(ASSETS, old.id, occasion.by, tomorrow)
    uploads.keep(ASSETS, file(["name"], ["Paper files"]), occasion.by, tomorrow)
    assert Upload.select().count() == 1


def test_what_was_decided_is_kept(occasion: Occasion) -> None:
    upload = uploads.keep(ASSETS, file(["name"], ["Paper files"]), occasion.by, occasion.at)
    decided = uploads.Decided(["name", None], {"next_review_on": "day_first"}, {3: {"format": "paper"}}, frozenset({1, 4}))
    uploads.decide(upload, decided)
    assert uploads.decided_of(uploads.find(ASSETS, upload.id, occasion.by, occasion.at)) == decided
