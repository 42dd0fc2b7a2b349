"""The nightly look at every file: what is missing, altered or unaccounted for is named, and nobody's name is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models import doors, file_store
from models.attachment import Attachment
from models.base import new_id
from models.school import School
from models.vault import new_key
from registry import records
from registry.files import arriving, attachments, file_check
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.people import NOW
from tests.registry.files.test_attachments import ABOUT, LONG, arrive, bring
from tests.tampering import behind_its_back, sql


@pytest.fixture
def row(in_quillbrook: School, occasion: Occasion) -> Any:
    """An asset of Quillbrook."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


@pytest.fixture
def file(row: Any, school: School, occasion: Occasion) -> Attachment:
    """A file with it."""
    return bring(school, row, LONG, occasion, "Nell Abara.pdf")


def faults() -> list[str]:
    return [fault.message for fault in file_check.check()]


def path_of(file: Attachment, folder: Path) -> Path:
    return folder / "files" / file.school_id.hex / file.id.hex


def test_files_as_they_were_added_have_no_fault(file: Attachment, row: Any, school: School, occasion: Occasion) -> None:
    gone = bring(school, row, b"gone", occasion)
    attachments.remove(ASSETS, row, gone, occasion)
    attachments.replace(ASSETS, row, file, arrive(school, b"newer"), about=ABOUT, occasion=occasion)
    arrive(school, b"on its way")
    seen: list[int] = []
    assert list(file_check.check(seen.append)) == []
    assert (file_check.totals(), sum(seen)) == ((2, len(LONG) + 5), len(LONG) + 5)


def test_a_file_of_any_school_that_is_missing_is_named(file: Attachment, other_school: School, elsewhere: Occasion, tmp_path: Path) -> None:
    with doors.looking_at(other_school.id):
        theirs = bring(other_school, records.add(ASSETS, {"name": "Theirs"}, elsewhere), b"theirs", elsewhere)
    for each in (file, theirs):
        path_of(each, tmp_path).unlink()
    said = faults()
    assert sorted(said) == sorted(f"The file {each.id} of IA-0001 is missing from the store." for each in (file, theirs))
    assert "Nell" not in str(said)


def test_one_that_was_altered_cut_off_or_put_elsewhere_is_named(
    file: Attachment, row: Any, school: School, occasion: Occasion, tmp_path: Path
) -> None:
    path, altered = path_of(file, tmp_path), [f"The file {file.id} of IA-0001 was altered, or put in the place of another."]
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[:100] + bytes([whole[100] ^ 1]) + whole[101:], whole + b"x", b""):
        path.write_bytes(spoilt)
        assert faults() == altered
    other = bring(school, row, b"other", occasion)
    path.write_bytes(path_of(other, tmp_path).read_bytes())
    assert faults() == altered


def test_a_row_that_speaks_of_another_content_is_named(file: Attachment) -> None:
    with behind_its_back():
        sql("UPDATE attachment SET size = 5 WHERE id = ?", file.id.bytes)
    assert faults() == [f"The file {file.id} of IA-0001 is not the one that was added: its SHA-256 differs."]


def test_bytes_that_nothing_speaks_of_are_named_and_left(file: Attachment, school: School, tmp_path: Path) -> None:
    stranger = new_id()
    writing = file_store.current().begin(school.id, stranger, new_key())
    writing.finish()
    (said,) = faults()
    assert said.startswith(f"The store holds {school.id.hex}/{stranger.hex}, which this database knows nothing of.")
    assert arriving.sweep(NOW + timedelta(days=99)) == 0
    assert len(faults()) == 1


def test_an_upload_of_a_database_that_was_set_back_is_not_deleted(file: Attachment, tmp_path: Path) -> None:
    """Whoever brings back an older copy of the database by mistake finds the newer files where they were."""
    with behind_its_back():
        sql("DELETE FROM attachment WHERE id = ?", file.id.bytes)
    arriving.sweep(NOW + timedelta(days=99))
    assert path_of(file, tmp_path).exists()
    assert len(faults()) == 1
