"""The master secret: made once, read for ever, and never taken for another."""

import stat
import threading
from pathlib import Path

import pytest

from models import secret_file
from models.school import Installation
from models.vault import Vault
from tests.keys import SECRET, opened_from_file
from tests.people import NOW


def test_the_first_start_makes_a_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    first = secret_file.read_or_make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_file.read_or_make(path).fingerprint() == first.fingerprint()
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


def test_two_starts_at_once_use_one_secret(tmp_path: Path) -> None:
    made: list[bytes] = []
    starts = [threading.Thread(target=lambda: made.append(secret_file.read_or_make(tmp_path / "secret.key").fingerprint())) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(made) == 8
    assert len(set(made)) == 1


def test_several_secrets_stand_one_a_line_and_the_newest_seals(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text(f"1 {'ab' * 32}\n2 {'cd' * 32}\n", encoding="ascii")
    assert secret_file.read_or_make(path).sealing_number == 2


@pytest.mark.parametrize("text", ["", "1 xyz", "one " + "ab" * 32, "two words\nand more", "1 " + "ab" * 31, "70000 " + "ab" * 32])
def test_a_file_that_is_no_secret_stops_the_start_and_is_not_repeated(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(text, encoding="ascii")
    with pytest.raises(secret_file.KeyDoesNotOpen) as stop:
        secret_file.read_or_make(path)
    assert not text or text not in str(stop.value)


def test_another_secret_than_the_databases_own_stops_the_start(database: str, tmp_path: Path) -> None:
    with pytest.raises(secret_file.KeyDoesNotOpen, match="Nothing was changed"):
        secret_file.open_vault("another secret altogether, and long enough", tmp_path / "secret.key")
    assert not (tmp_path / "secret.key").exists()


def test_a_secret_file_that_went_missing_is_not_made_anew(database: str, tmp_path: Path) -> None:
    with pytest.raises(secret_file.KeyDoesNotOpen, match="Bring it back"):
        secret_file.open_vault(None, tmp_path / "secret.key")
    assert not (tmp_path / "secret.key").exists()


def test_the_right_secret_opens(database: str, tmp_path: Path) -> None:
    vault = secret_file.open_vault("a secret that only the tests know, of enough bytes", tmp_path / "secret.key")
    secret_file.note_key(vault, NOW)
    assert Installation.select().count() == 1


def test_the_first_start_notes_which_secret_opens(database: str, tmp_path: Path) -> None:
    Installation.delete().execute()
    vault = Vault({1: b"x" * 32})
    secret_file.note_key(vault, NOW)
    row = Installation.get()
    assert (row.key_check, row.demonstration) == (vault.fingerprint().hex(), False)


def test_a_new_key_stands_below_the_old_ones_and_the_file_stays_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    first = secret_file.read_or_make(path)
    path.chmod(0o400)
    line, inode = path.read_text(encoding="ascii"), path.stat()
    assert secret_file.add_key(path) == 2
    assert secret_file.add_key(path) == 3
    lines = path.read_text(encoding="ascii").splitlines(keepends=True)
    assert (lines[0], [each.split()[0] for each in lines], len(set(lines))) == (line, ["1", "2", "3"], 3)
    assert (path.stat().st_uid, path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) == (inode.st_uid, inode.st_gid, 0o400)
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    first.learn()
    assert (first.sealing_number, first.fingerprints()) == (3, secret_file.read_or_make(path).fingerprints())


def test_a_key_goes_into_the_file_that_a_link_leads_to_and_over_what_a_kill_left(tmp_path: Path) -> None:
    path, link = tmp_path / "kept.key", tmp_path / "secret.key"
    secret_file.read_or_make(path)
    link.symlink_to(path)
    (tmp_path / "kept.key.new").write_text("1 ab", encoding="ascii")
    assert secret_file.add_key(link) == 2
    assert link.is_symlink()
    assert secret_file.read_or_make(path).sealing_number == 2
    assert not (tmp_path / "kept.key.new").exists()


def test_a_new_key_that_cannot_be_written_leaves_the_old_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.key"
    secret_file.read_or_make(path)
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        secret_file.add_key(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_vault_at_work_stays_as_it_is_while_the_file_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    at_work = secret_file.read_or_make(path)
    for spoil in (lambda: path.write_text("1 ab", encoding="ascii"), path.unlink):
        spoil()
        at_work.learn()
        assert at_work.sealing_number == 1


def test_a_start_with_a_copy_of_the_secret_from_before_the_newest_key_stops(database: str, tmp_path: Path) -> None:
    path = opened_from_file(tmp_path)
    copy = path.read_bytes()
    secret_file.add_key(path)
    vault = secret_file.open_vault(None, path)
    secret_file.note_key(vault, NOW)
    secret_file.note_key(vault, NOW)
    assert Installation.get().key_check.split() == [each.hex() for each in vault.fingerprints()]
    assert secret_file.open_vault(None, path).fingerprints() == vault.fingerprints()
    newest = path.read_bytes()
    path.write_bytes(copy)
    with pytest.raises(secret_file.KeyDoesNotOpen, match="lacks a newer key"):
        secret_file.open_vault(None, path)
    path.write_bytes(newest.splitlines()[1])
    with pytest.raises(secret_file.KeyDoesNotOpen, match="does not open this database"):
        secret_file.open_vault(None, path)


def test_a_secret_of_words_may_become_the_first_of_two_lines(database: str, tmp_path: Path) -> None:
    vault = secret_file.open_vault(f"1 {SECRET.hex()}\n2 {'ab' * 32}", tmp_path / "secret.key")
    assert vault.fingerprint() == secret_file.open_vault(SECRET.decode(), tmp_path / "secret.key").fingerprint()
    assert vault.sealing_number == 2
