"""The master secret: made once, read for ever, and never taken for another."""

import stat
import threading
from pathlib import Path

import pytest

from models import secret_file
from models.school import Installation
from models.vault import Vault
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


@pytest.mark.parametrize("text", ["", "1 xyz", "one " + "ab" * 32, "two words\nand more", "1 " + "ab" * 31])
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
