"""The commands of the terminal: what they say, and the exit code that a nightly job goes by."""

import re
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from models import vault
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.school import School
from registry import links, records
from registry.links import Purpose
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from settings import Settings
from tests import databases
from tests.conftest import CHEAP, VAULT
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
    for name in ("serve", "migrate", "verify-audit", "count-findings", "set-up-link"):
        assert re.search(rf"^  {name}  +\w+", done.output, re.MULTILINE), name
