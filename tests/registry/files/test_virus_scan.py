"""What clamd is asked and what its answers mean, over both kinds of socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.attachment import Attachment, LooseFile
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.files import attachments, virus_scan
from registry.files.virus_scan import NoScanner, found_in
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace import history
from registry.trace.audit import Happened
from tests.clamd import HARMFUL, MOST, clamd, nobody_there
from tests.registry.files.test_attachments import ABOUT, arrive, stored

PIECES = [b"x" * 300_000, HARMFUL, b"y" * 300_000]


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    """No scanner before or after."""
    virus_scan.use(None)
    yield
    virus_scan.use(None)


@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_a_clean_file_passes_and_a_harmful_one_is_named(tmp_path: Path, kind: str) -> None:
    with clamd(tmp_path / "clamd.ctl" if kind == "unix" else None) as address:
        virus_scan.use(address)
        assert found_in([PIECES[0], PIECES[2]]) is None
        assert found_in(PIECES) == "Test-Word"
        assert found_in([b"HARMFUL-", b"TEST-WORD"]) == "Test-Word", "pieces are one file"


def test_without_a_scanner_nothing_is_asked() -> None:
    assert (found_in(PIECES), virus_scan.is_used()) == (None, False)


@pytest.mark.parametrize("address", ["nobody", "unix:/nowhere/clamd.ctl"])
def test_a_scanner_that_does_not_answer_lets_nothing_pass(address: str) -> None:
    virus_scan.use(nobody_there() if address == "nobody" else address)
    with pytest.raises(NoScanner, match="does not answer"):
        found_in(PIECES)


def test_a_file_too_large_for_the_scanner_is_not_passed_and_the_setting_is_named() -> None:
    with clamd() as address:
        virus_scan.use(address)
        with pytest.raises(NoScanner, match="StreamMaxLength"):
            found_in(b"x" * 1_000_000 for _ in range(MOST // 1_000_000 + 20))


@pytest.mark.parametrize("said", [b"stream: some trouble. ERROR\0", b"", b"nonsense\0"])
def test_any_other_answer_lets_nothing_pass(said: bytes) -> None:
    with clamd(says=lambda _content: said) as address:
        virus_scan.use(address)
        with pytest.raises(NoScanner, match="could not look"):
            found_in(PIECES)


def test_a_harmful_file_is_deleted_and_noted_and_the_others_are_kept(
    in_quillbrook: School, school: School, occasion: Occasion, tmp_path: Path
) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    with clamd() as address:
        virus_scan.use(address)
        files = [arrive(school, b"clean", "Clean.txt"), arrive(school, b"".join(PIECES), "Nasty.txt")]
        (refused,) = attachments.add(ASSETS, row, files, ABOUT, occasion=occasion)
    assert (refused.name, refused.why) == ("Nasty.txt", "holds something harmful (Test-Word), says the virus scanner. It was deleted.")
    assert ([file.name for file in Attachment.select()], len(stored(tmp_path)), LooseFile.select().count()) == (["Clean.txt"], 1, 0)
    told = [(line.did, line.changes) for line in history.of_record(ASSETS, row, occasion.by).lines]
    assert ("brought a file that the virus scanner refused for this information asset", (history.Change("File", "", "Nasty.txt: Test-Word"),)) in told


def test_without_an_answer_nothing_is_kept(in_quillbrook: School, school: School, occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    virus_scan.use(nobody_there())
    file = arrive(school, b"clean")
    with pytest.raises(NoScanner):
        attachments.add(ASSETS, row, [file], ABOUT, occasion=occasion)
    file.give_up()
    assert (Attachment.select().count(), LooseFile.select().count()) == (0, 0)
    assert AuditEntry.select().where(AuditEntry.deed == Happened.FILE_ADDED.value).count() == 0
