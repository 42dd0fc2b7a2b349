"""The commands of the terminal: what they say, and the exit code that a nightly job goes by."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from models import doors, file_store, vault
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.school import School
from models.secret_file import KeyDoesNotOpen, add_key
from models.vocabulary import FileCategory
from registry import records
from registry.accounts import links
from registry.accounts.links import Purpose
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.search import search_entries
from registry.trace import resealing
from settings import Settings
from tests import databases
from tests.conftest import CHEAP, VAULT
from tests.keys import opened_from_file
from tests.people import NOW
from tests.tampering import behind_its_back, sql

SECRET = "a secret that only the tests know, of enough bytes"


@pytest.fixture
def app(database: str, tmp_path: Path) -> Flask:
    """The program on the database of this test."""
    databases.leave()
    settings = Settings(data_folder=tmp_path, database_url=database, secret=SECRET, password_memory_kib=CHEAP, testing=True)
    made = create_app(settings)
    assert vault.current().fingerprint() == VAULT.fingerprint()
    return made


def run(app: Flask, *words: str) -> Result:
    """Run a command as the terminal does."""
    return app.test_cli_runner().invoke(args=words)


def add_files(occasion: Occasion) -> Asset:
    added: Asset = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    return added


def test_an_untouched_house_verifies_and_ends_with_zero(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    add_files(occasion)
    total = AuditEntry.select().count()
    done = run(app, "verify-audit")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"Nothing altered: {total:,} entries are as the program wrote them." in done.output
    done = run(app, "verify-audit", "--rows")
    assert done.exit_code == 0
    assert f"Nothing altered: {total:,} entries and every record are as the program wrote them." in done.output


def test_a_changed_entry_is_named_and_ends_non_zero(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    row = add_files(occasion)
    number = AuditEntry.get(AuditEntry.record == row.id).number
    with behind_its_back():
        sql(f"UPDATE audit_entry SET deed = 'changed' WHERE chain = ? AND number = {number}", in_quillbrook.id.bytes)
    done = run(app, "verify-audit")
    assert done.exit_code != 0
    assert f"Entry {number} was changed" in done.stderr
    assert "1 fault" in done.stderr
    assert "Nothing altered" not in done.output


def test_a_changed_record_is_found_only_where_rows_are_compared(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    row = add_files(occasion)
    with behind_its_back():
        sql("UPDATE asset SET name = 'Something else' WHERE id = ?", row.id.bytes)
    assert run(app, "verify-audit").exit_code == 0
    done = run(app, "verify-audit", "--rows")
    assert done.exit_code != 0
    assert str(row.id) in done.stderr
    assert "Something else" not in done.output + done.stderr, "a fault names the record and not what it says"
    assert "Ola Brandt" not in done.output + done.stderr


def bring(school: School, occasion: Occasion) -> Path:
    """A file with a record; where its bytes lie."""
    file = Arriving(school.id, "Nell Abara.pdf", occasion.at)
    file.write(b"%PDF-1.7")
    assert attachments.add(ASSETS, add_files(occasion), [file], Described(FileCategory.OTHER), occasion=occasion) == []
    return Path(file_store.current()._root) / school.id.hex / file.id.hex


def test_files_as_they_were_added_end_with_zero(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    bring(in_quillbrook, occasion)
    for _ in range(2):
        done = run(app, "check-files")
        assert (done.exit_code, done.stderr) == (0, "")
        assert "Nothing missing and nothing altered: 1 files are as they were added." in done.output


def test_a_file_that_is_missing_or_altered_is_named_and_ends_non_zero(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    path = bring(in_quillbrook, occasion)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    done = run(app, "check-files")
    assert done.exit_code != 0
    assert f"FAULT  The file {UUID(path.name)} of IA-0001 was altered" in done.stderr
    assert "1 faults" in done.stderr
    path.unlink()
    assert "is missing from the store" in run(app, "check-files").stderr
    assert "Nell" not in done.output + done.stderr, "a file is named by its record"


def test_what_an_upload_left_behind_goes_at_the_next_start_and_every_night(app: Flask, in_quillbrook: School) -> None:
    for command in ("migrate", "check-files"):
        cut_short = Arriving(in_quillbrook.id, "Contract.pdf", datetime.now(UTC) - timedelta(hours=2))
        cut_short.write(b"half of it")
        coming = Arriving(in_quillbrook.id, "Contract.pdf", datetime.now(UTC))
        coming.write(b"half of it")
        assert run(app, command).exit_code == 0
        assert [held for _school, held in file_store.current().held()] == [coming.id]
        coming.give_up()


def test_a_store_out_of_reach_is_said(app: Flask, in_quillbrook: School, occasion: Occasion, tmp_path: Path) -> None:
    bring(in_quillbrook, occasion)
    shutil.rmtree(tmp_path / "files")
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    done = run(app, "check-files")
    assert done.exit_code != 0
    assert "does not answer, or is full" in done.stderr


def test_migrating_what_is_up_to_date_changes_nothing(app: Flask) -> None:
    before = databases.contents()
    done = run(app, "migrate")
    assert (done.exit_code, done.output) == (0, "The database is up to date.\n")
    assert databases.contents() == before


def test_counting_findings_says_how_many_records_changed(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files", "next_review_on": NOW.date()}, occasion)
    first, again = run(app, "count-findings"), run(app, "count-findings")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert re.fullmatch(r"[01] records? changed\.\n", first.output)
    assert again.output == "0 records changed.\n"
    assert run(app, "verify-audit", "--rows").exit_code == 0


def opened_anew(database: str, folder: Path, secret: str | None = None) -> Flask:
    """The program started again, from the secret in the file of this folder unless one is given."""
    databases.leave()
    return create_app(Settings(data_folder=folder, database_url=database, secret=secret, password_memory_kib=CHEAP, testing=True))


def test_rebuild_search_reads_every_record_anew_and_may_be_run_again(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Pupil database"}, occasion)
    search_entries.catch_up(in_quillbrook.id)
    db.execute_sql("UPDATE search_entry SET words = 'else'")
    for _ in range(2):
        assert "The search knows every record as it is." in run(app, "rebuild-search").output
    with doors.looking_at(in_quillbrook.id):
        assert search_entries.out_of_step() == 0


def test_a_start_lets_the_search_read_what_was_saved_since(app: Flask, in_quillbrook: School, occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Pupil database"}, occasion)
    assert search_entries.out_of_step() > 0
    assert run(app, "migrate").exit_code == 0
    assert search_entries.out_of_step() == 0


def test_a_new_key_is_made_and_brought_everywhere(database: str, tmp_path: Path, in_quillbrook: School, occasion: Occasion) -> None:
    path = opened_from_file(tmp_path)
    app, rows = opened_anew(database, tmp_path), resealing.older_count
    row = add_files(occasion)
    done = run(app, "rotate-keys")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"Made key 2. It stands in {path}." in done.output
    assert "Sealing 9 rows with key 2" in done.output
    assert "Everything personal is sealed with key 2." in done.output
    assert "Keep the older keys" in done.output
    assert path.read_text(encoding="ascii").splitlines()[1].split()[1] not in done.output
    assert rows() == 0
    assert run(app, "verify-audit", "--rows").exit_code == 0
    again = opened_anew(database, tmp_path)
    assert records.find(ASSETS, row.id, occasion.by).owner == "Ola Brandt"
    assert "Made key 3." in run(again, "rotate-keys").output
    assert len(path.read_text(encoding="ascii").splitlines()) == 3


def test_a_key_that_is_not_everywhere_is_gone_on_with(database: str, tmp_path: Path, in_quillbrook: School, occasion: Occasion) -> None:
    path = opened_from_file(tmp_path)
    add_key(path)
    done = run(opened_anew(database, tmp_path), "rotate-keys")
    assert done.exit_code == 0
    assert "Going on with key 2" in done.output
    assert "Everything personal is sealed with key 2." in done.output
    assert len(path.read_text(encoding="ascii").splitlines()) == 2


def test_what_was_altered_is_left_and_the_command_ends_non_zero(database: str, tmp_path: Path, in_quillbrook: School, occasion: Occasion) -> None:
    opened_from_file(tmp_path)
    app = opened_anew(database, tmp_path)
    row = add_files(occasion)
    with behind_its_back():
        sql("UPDATE asset SET name = 'Something else' WHERE id = ?", row.id.bytes)
    done = run(app, "rotate-keys")
    assert done.exit_code != 0
    assert f"LEFT  Information asset IA-0001 ({row.id})" in done.stderr
    assert "1 rows were left as they are" in done.stderr
    assert "Everything personal" not in done.output
    assert resealing.older_count() == 1


def test_a_secret_in_the_environment_is_the_schools_to_change(app: Flask, database: str, tmp_path: Path) -> None:
    before = databases.contents()
    done = run(app, "rotate-keys")
    assert done.exit_code != 0
    assert "Add a line “2 ” and 64 random hexadecimal digits to it there" in done.stderr
    assert SECRET not in done.output + done.stderr
    assert databases.contents() == before
    assert not (tmp_path / "secret.key").exists()
    lines = f"1 {SECRET.encode().hex()}\n2 {'cd' * 32}"
    done = run(opened_anew(database, tmp_path, lines), "rotate-keys")
    assert done.exit_code == 0
    assert "Everything personal is sealed with key 2." in done.output
    with pytest.raises(KeyDoesNotOpen, match="SAFEHOLD_SECRET lacks a newer key"):
        opened_anew(database, tmp_path, SECRET)
    done = run(opened_anew(database, tmp_path, lines), "rotate-keys")
    assert "Add a line “3 ”" in done.stderr


def test_a_secret_file_that_cannot_be_written_is_the_schools_to_change(database: str, tmp_path: Path) -> None:
    path = opened_from_file(tmp_path)
    app = opened_anew(database, tmp_path)
    before = path.read_bytes()
    (tmp_path / "secret.key.new").mkdir()
    done = run(app, "rotate-keys")
    assert done.exit_code != 0
    assert f"{path} cannot be written" in done.stderr
    assert "Add a line “2 ”" in done.stderr
    assert (path.read_bytes(), resealing.older_count()) == (before, 0)


def test_a_set_up_link_is_not_given_once_there_is_a_school(app: Flask) -> None:
    done = run(app, "set-up-link")
    assert done.exit_code != 0
    assert "has a school already" in done.stderr


def test_a_set_up_link_for_an_empty_house_works(app: Flask) -> None:
    with behind_its_back():
        for table in ("membership", "school"):
            db.execute_sql(f'DELETE FROM "{table}"')
    done = run(app, "set-up-link")
    assert done.exit_code == 0
    secret = done.output.strip().rpartition("/")[2]
    assert links.find(Purpose.SET_UP, secret, NOW.replace(year=2020)) is not None
    assert app.test_client().get(f"/set-up/{secret}").status_code == 302
    assert app.test_client().get("/set-up/an-address-that-somebody-guessed").status_code == 404


def test_every_command_says_what_it_does(app: Flask) -> None:
    done = run(app, "--help")
    assert done.exit_code == 0
    by_night = ("check-files", "count-findings", "recheck-images")
    for name in ("serve", "migrate", "verify-audit", "rotate-keys", "rebuild-search", "set-up-link", *by_night):
        assert re.search(rf"^  {name}  +\w+", done.output, re.MULTILINE), name
