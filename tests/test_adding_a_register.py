"""Follows docs/adding-a-register.md in a copy of the program, and uses the register that comes of it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from settings import PROJECT

GUIDE = PROJECT / "docs" / "adding-a-register.md"
COPIED = ("app.py", "commands.py", "settings.py", "models", "registry", "exports", "web", "templates", "static", "migrations")
FILE = re.compile(r"^`(?P<path>[\w/.]+\.py)`\n\n```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)

TRY_IT = """
import os, re
from datetime import UTC, date, datetime
from app import create_app
from commands import prepare
from settings import Settings
app = create_app(Settings.from_environment(os.environ))
with app.app_context():
    prepare(app.extensions["settings"])
from models import doors
from models.school import School
from models.base import db
from models.tables import TABLES
from playhouse.schema_diff import diff_models
from registry import catalogue, records
from registry.actor import Actor
from registry.school.schools import facts_of
assert not any(diff_models(db.obj, TABLES)), diff_models(db.obj, TABLES)
client = app.test_client()
page = client.get("/sign-in").text
csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
assert client.post("/sign-in", data={"as": "dpo", "csrf_token": csrf}).status_code in (302, 303)
page = client.get("/registers/keys/add").text
csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
hidden = dict(re.findall(r'<input type="hidden" name="(\\w+)" value="([^"]*)"', page))
saved = client.post("/registers/keys/add", data={**hidden, "csrf_token": csrf, "name": "Archive cupboard 2", "may_be_copied": "unknown"})
assert saved.status_code in (302, 303), saved.text
listed = client.get("/registers/keys/").text
assert "Archive cupboard 2" in listed and "KY-0001" in listed and "Keys" in client.get("/who-can-do-what").text
assert "POST /api/registers/keys" in client.get("/help/api/keys").text
school = School.select().order_by(School.created_at).first()
occasion = records.Occasion(Actor.robot("guide", school.id), datetime.now(UTC), facts_of(school, datetime.now(UTC).date()))
with doors.looking_at(school.id):
    key = catalogue.find("keys").table.get()
    records.change(catalogue.find("keys"), key, {"next_review_on": date(2026, 9, 1)}, occasion)
assert "Look at this key again: Archive cupboard 2" in client.get("/").text
assert "The next look is set for: Tuesday 1 September 2026, as entered." in client.get("/findings/?register=keys").text
print("the register works")
"""


def steps() -> dict[str, str]:
    """The files that the guide writes, by path."""
    return {found["path"]: found["code"] for found in FILE.finditer(GUIDE.read_text(encoding="utf-8"))}


def test_the_guide_adds_a_register_that_works(tmp_path: Path) -> None:
    for each in COPIED:
        source = PROJECT / each
        if source.is_dir():
            shutil.copytree(source, tmp_path / each, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / each)
    written = steps()
    assert len(written) == 4, "three steps, and a rule in the second"
    for path, code in written.items():
        (tmp_path / path).write_text(code, encoding="utf-8")
    tables = tmp_path / "models/tables.py"
    replace(tables, "from models.supplier import Supplier\n", "from models.store_key import StoreKey\nfrom models.supplier import Supplier\n")
    replace(tables, "    Activity,\n", "    Activity,\n    StoreKey,\n")
    replace(tables, "(Asset, Supplier, Activity)", "(Asset, Supplier, Activity, StoreKey)")
    catalogue = tmp_path / "registry/catalogue.py"
    replace(catalogue, "(PROCESSING, ASSETS, SUPPLIERS, ", "(PROCESSING, ASSETS, SUPPLIERS, KEYS, ")
    where = "from registry.registers.data_protection.processing import PROCESSING\n"
    replace(catalogue, where, "from registry.registers.data_protection.keys import KEYS\n" + where)
    environment = {"SAFEHOLD_DATA_FOLDER": str(tmp_path / "data"), "SAFEHOLD_DEMO": "yes", "PATH": "", "SAFEHOLD_PASSWORD_MEMORY_KIB": "19456"}
    done = subprocess.run([sys.executable, "-c", TRY_IT], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.endswith("the register works\n"), done.stdout + done.stderr


def replace(file: Path, old: str, new: str) -> None:
    """Do what the guide says in words; the place it names must be there exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} no longer has {old!r} where the guide says"
    file.write_text(text.replace(old, new), encoding="utf-8")
