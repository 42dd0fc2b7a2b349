"""Files whose bytes lie in a bucket: added, opened, removed and checked as in a folder, and no orphan when the store dies half-way."""

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from models import file_store
from models.attachment import Attachment, LooseFile
from models.base import new_id
from models.file_store import OutOfReach
from models.s3 import PART
from models.school import School
from registry import records
from registry.files import arriving, attachments, file_check
from registry.files.attachments import Damaged
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.people import NOW
from tests.registry.files.test_attachments import ABOUT, arrive, bring
from tests.s3_server import ADDRESS, BUCKET, bucket, objects, parts, s3_server

LONG = bytes(range(256)) * (2 * PART // 256)
pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # which database it is makes no difference here


@pytest.fixture
def server(database: str) -> Iterator[subprocess.Popen[str]]:
    """A server of this test alone, in whose bucket files are kept."""
    with s3_server() as process:
        file_store.open_store(ADDRESS)
        yield process


@pytest.fixture
def row(in_quillbrook: School, occasion: Occasion) -> Any:
    """An asset of Quillbrook."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


def test_files_are_added_opened_checked_and_removed(server: subprocess.Popen[str], row: Any, school: School, occasion: Occasion) -> None:
    whole, altered, gone = (bring(school, row, content, occasion, name) for content, name in ((LONG, "a"), (b"b" * 99, "b"), (b"c", "c")))
    assert b"".join(attachments.opened(ASSETS, row, whole, occasion)) == LONG
    assert list(file_check.check()) == []
    keys = {file.id: f"files/{school.id.hex}/{file.id.hex}" for file in (whole, altered, gone)}
    bucket().rm_file(f"{BUCKET}/{keys[gone.id]}")
    bucket().call_s3("put_object", Bucket=BUCKET, Key=keys[altered.id], Body=b"SHF\x01" + bytes(99 + 16))
    assert {fault.message for fault in file_check.check()} == {
        f"The file {altered.id} of IA-0001 was altered, or put in the place of another.",
        f"The file {gone.id} of IA-0001 is missing from the store.",
    }
    with pytest.raises(Damaged, match="missing or was altered"):
        attachments.opened(ASSETS, row, gone, occasion)
    for file in (whole, altered, gone):
        attachments.remove(ASSETS, row, file, occasion)
    assert (objects(), LooseFile.select().count(), list(file_check.check())) == ({}, 0, [])


def test_a_store_that_dies_in_the_middle_of_an_upload_leaves_no_orphan(
    server: subprocess.Popen[str], row: Any, school: School, occasion: Occasion
) -> None:
    file = arrive(school, LONG)
    assert len(parts()) == 1
    server.kill()
    server.wait()
    with pytest.raises(OutOfReach, match="does not answer, or is full"):
        attachments.add(ASSETS, row, [file], ABOUT, occasion=occasion)
    file.give_up()
    assert (Attachment.select().count(), LooseFile.select().count()) == (0, 1)
    with s3_server():
        file_store.open_store(ADDRESS)
        assert arriving.sweep(NOW + timedelta(hours=1)) == 1
    assert LooseFile.select().count() == 0


def test_the_parts_of_an_upload_that_was_cut_short_go_with_the_sweep(server: subprocess.Popen[str], in_quillbrook: School) -> None:
    file = new_id()
    LooseFile.insert(id=file, school=in_quillbrook.id, since=NOW).execute()
    bucket().call_s3("create_multipart_upload", Bucket=BUCKET, Key=f"files/{in_quillbrook.id.hex}/{file.hex}")
    assert arriving.sweep(NOW + timedelta(minutes=59)) == 0
    assert len(parts()) == 1
    assert arriving.sweep(NOW + timedelta(hours=1)) == 1
    assert (parts(), LooseFile.select().count()) == ([], 0)
