"""Lists of devices brought from the terminal: what is printed, what is saved, and the exit code that other programs go by."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from models import doors
from models.device import Device
from registry.trace.verification import verify_chain, verify_rows
from settings import Settings
from tests import databases
from tests.conftest import CHEAP
from tests.exports.device_lists import FILES, as_csv, changed, good, table
from tests.test_commands import SECRET, run

WANTED = ("new", "changed", "unchanged", "refused", "continuation_rows")


@pytest.fixture
def app(database: str, tmp_path: Path) -> Flask:
    """The program on the database of this test."""
    databases.leave()
    return create_app(Settings(data_folder=tmp_path, database_url=database, secret=SECRET, password_memory_kib=CHEAP, testing=True))


def bring(app: Flask, file: Path, *words: str, school: str = "100001") -> Result:
    """Run the command about a file."""
    return run(app, "import-devices", str(file), "--school", school, *words)


def told(result: Result) -> dict[str, Any]:
    """What the command printed."""
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def counts(result: Result) -> tuple[int, ...]:
    """The numbers that it printed, in the order of WANTED."""
    return tuple(told(result)[name] for name in WANTED)


def test_a_dry_run_saves_nothing_and_says_what_saving_will_do(app: Flask, school: Any, tmp_path: Path) -> None:
    file = FILES / "intune.csv"
    dry = told(bring(app, file, "--dry-run"))
    assert dry["recognised_as"] == "intune"
    assert (dry["saved"], dry["new"], dry["changed"]) == (False, len(table("intune.csv")) - 1 - dry["refused"] - dry["duplicates"], 0)
    with doors.looking_at(school.id):
        assert not Device.select().count()
    saved = told(bring(app, file))
    assert saved == {**dry, "saved": True}
    assert counts(bring(app, file)) == (0, 0, dry["new"], dry["refused"], 0)
    moved = tmp_path / "later.csv"
    moved.write_bytes(changed("intune.csv", OS_version="10.0.26200.1"))
    assert counts(bring(app, moved, "--dry-run"))[:3] == (0, 1, dry["new"] - 1)
    with doors.looking_at(school.id):
        assert Device.select().count() == dry["new"]
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_rows_that_go_on_with_a_device_make_none_of_their_own(app: Flask, tmp_path: Path) -> None:
    rows = table("jamf_pro_mobiles.csv")
    places = [rows[0].index(name) for name in ("Serial Number", "Display Name", "JSS Mobile Device ID", "UDID")]
    many = [rows[0]]
    for number in range(97):
        one = [*rows[1]]
        for place, text in zip(places, (f"DMPXK{number:07d}", f"iPad {number}", str(number), f"U{number}"), strict=True):
            one[place] = text
        one[rows[0].index("Asset Tag")] = ""
        blank = [("another profile" if heading == "Model" else "") for heading in rows[0]]
        many += [one, *([blank] * (6 if number < 25 else 5))]
    file = tmp_path / "jamf.csv"
    file.write_bytes(as_csv(many))
    assert counts(bring(app, file)) == (97, 0, 0, 0, 510)


def test_what_cannot_be_brought_ends_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    empty, secret = tmp_path / "empty.csv", tmp_path / "secret.csv"
    empty.write_bytes(b"")
    rows = table("intune.csv")
    secret.write_bytes(as_csv([[*rows[0], "Activation lock bypass code"], *([*row, "ABCDE-12345"] for row in rows[1:])]))
    refused = bring(app, empty)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: ")
    assert "URN 999999" in bring(app, FILES / "intune.csv", school="999999").stderr
    asked = bring(app, FILES / "any_list.csv")
    assert asked.exit_code == 1
    assert "Say which column says what" in asked.stderr
    guessed = json.loads(asked.stdout)
    assert (guessed["recognised_as"], guessed["saved"], guessed["new"], len(guessed["questions"])) == ("other", False, 1, 1)
    columns = [f"--column={pair}" for pair in ("Serial No.=serial", "Model=model", "Tag=asset_tag")]
    assert told(bring(app, FILES / "any_list.csv", *columns))["recognised_as"] == "other"
    assert bring(app, FILES / "any_list.csv", "--column=Model").exit_code == 1
    brought = bring(app, secret)
    assert told(brought)["dropped_secrets"] == ["Activation lock bypass code"]
    assert "Never read" in brought.stderr
    assert "ABCDE" not in brought.output
    assert good("intune.csv")
