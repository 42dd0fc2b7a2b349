"""W4: five thousand pupils from a CSV file, compared with the roll, sealed, indexed and traced, beside raw and bare peewee inserts.

Beside it two thousand pupils with three contacts each through the browser, from the upload to all saved.
"""

import csv
import io
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from peewee import BigIntegerField, BinaryUUIDField, IntegerField, Model, SqliteDatabase, TextField

from benchmarks.house import TODAY, House, add_school, house
from benchmarks.pages import signed_in
from benchmarks.pairs import WORK, Result, ratios, seconds
from exports import roll_files, roll_lines
from models import doors
from models.base import new_id
from registry.roll import roll
from registry.roll.roll import Listed
from registry.roll.saving import Leaving, store_people
from registry.trace.audit import recording

ROWS, FAMILIES, PAIRS = 5_000, 2_000, 5
HEADINGS = ("Adm No", "Preferred Forename", "Preferred Surname", "Reg Group", "Year Group")
BESIDE = tuple(f"Contact {number} {what}" for number in (1, 2, 3) for what in ("ID", "Name", "Relationship", "Email", "Parental Responsibility"))
COLUMNS = ("mis_number", "name", "class_name", "year_group")
FIRST = ("Sam", "Ann", "Zoë", "Lea", "Tom", "Asha", "Omar", "Nia", "Rhys", "Ivy", "Jude", "Mina", "Caleb", "Orla", "Idris", "Wren")
LAST = ("Patel", "O’Brien", "Moller", "Okafor", "Penhale", "Quayle", "Sollis", "Brandt", "Whitlow", "Renwick", "Marchetti", "Adeyemi", "Kowalska")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SHOWN = re.compile(r'name="shown" value="([^"]+)"')


def measure() -> Iterator[Result]:
    """The roll is empty each time; through the browser it grows, and is brought up to date a year later."""
    with house() as there:
        file = _file(HEADINGS)
        ours = partial(_into_an_empty_school, there, file)
        taken: list[float] = []
        raw = _raw_database(there.folder)
        beside = ratios(lambda: ours(taken), partial(seconds, partial(_raw_load, raw, file), clock=WORK), PAIRS)
        yield Result("W4", f"{ROWS:,} pupils from a CSV, compared, sealed and traced ÷ raw executemany into the same indexes (CPU)", beside, 20)
        bare = _bare_table(there.folder)
        beside = ratios(lambda: ours(taken), partial(seconds, partial(_bare_load, bare, file), clock=WORK), PAIRS)
        yield Result("W4", "the same ÷ insert_many of a bare peewee model, in clear and with as many indexes (CPU)", beside, 1.3)
        yield Result("W4", "the same by the clock", taken[1:], 2, "s")
    with house() as there:
        client, file = signed_in(there), _file((*HEADINGS, *BESIDE), FAMILIES)
        whole = seconds(partial(_through_pages, client, file))
        yield Result("W4", f"{FAMILIES:,} pupils with three contacts each through the browser, from the upload to all saved", [whole], 5, "s")
        again = seconds(partial(_through_pages, client, _file((*HEADINGS, *BESIDE), FAMILIES, year=8)))
        yield Result("W4", f"the same {FAMILIES:,} a year later, all in another class", [again], 5, "s")


def _file(headings: tuple[str, ...], rows: int = ROWS, year: int = 7) -> bytes:
    """A list as a database would export it; no two pupils have a parent in common, which is the most there can be to write."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    for number in range(rows):
        surname = LAST[number % len(LAST)] if number % 9 else f"{LAST[number % len(LAST)]}-{LAST[number // 7 % len(LAST)]}"
        own = (f"{number + 1:06d}", FIRST[number % len(FIRST)], surname, f"{year}{chr(65 + number % 26)}", f"Year {year}")
        parents = (_parent(number * 10 + place, place, surname) for place in range(3)) if len(headings) > len(HEADINGS) else ()
        writer.writerow((*own, *(cell for parent in parents for cell in parent)))
    return text.getvalue().encode()


def _parent(number: int, place: int, surname: str) -> tuple[str, ...]:
    relation, answer = (("Mother", "Yes"), ("Father", "Yes"), ("Grandparent", "No"))[place]
    return str(900_000 + number), f"{FIRST[number % len(FIRST)]} {surname}", relation, f"parent{number}@family.example", answer


def _into_an_empty_school(there: House, file: bytes, taken: list[float]) -> float:
    school = add_school(f"School {new_id()}")
    occasion = replace(there.occasion, by=replace(there.occasion.by, school=school.id))
    with doors.looking_at(school.id):
        begun = time.perf_counter()
        work = seconds(partial(_bring, replace(there, school=school, occasion=occasion), file), clock=WORK)
        taken.append(time.perf_counter() - begun)
    return work


def _bring(there: House, file: bytes) -> None:
    """What saving does: the list read, everybody compared with the roll, and stored with their entries, in one transaction."""
    lines = roll_lines.read(roll_files.take_in([("list.csv", file)]), there.occasion.by, TODAY)
    preview = roll.judge(Listed(lines.people, lines.contacts))
    with recording(there.occasion.by, there.occasion.at) as trace:
        _ids, counts = store_people(trace, preview.people, Leaving(), there.occasion)
    assert counts["added"] == ROWS, counts


def _raw_database(folder: Path) -> sqlite3.Connection:
    """The columns that are filled, with the same indexes as ours."""
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = wal")
    raw.execute("PRAGMA synchronous = full")
    columns = ", ".join(f"{name} TEXT" for name in (*COLUMNS, "legal_name"))
    raw.execute(f"CREATE TABLE pupil (id BLOB PRIMARY KEY, school INTEGER, number INTEGER, {columns})")
    for columns in ("school, number", "school, name", "school, legal_name", "school, mis_number"):
        raw.execute(f"CREATE INDEX \"by {columns}\" ON pupil ({columns})")
    return raw


def _raw_load(raw: sqlite3.Connection, file: bytes) -> None:
    rows = csv.reader(io.StringIO(file.decode()))
    next(rows)
    answers = ((new_id().bytes, 1, place, number, f"{first} {surname}", *rest) for place, (number, first, surname, *rest) in enumerate(rows))
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO pupil (id, school, number, {', '.join(COLUMNS)}) VALUES (?, ?, ?, {', '.join('?' * len(COLUMNS))})", answers)  # noqa: S608
    raw.execute("COMMIT")


def _bare_table(folder: Path) -> Any:
    """The same columns as ours in clear, with the same indexes, and no trace."""
    beside = SqliteDatabase(folder / "bare.db", pragmas={"journal_mode": "wal", "synchronous": "full", "cache_size": -16000})

    class BarePupil(Model):
        id = BinaryUUIDField(primary_key=True, default=new_id)
        school = IntegerField(default=1)
        number = IntegerField()
        name = TextField()
        legal_name = TextField(null=True)
        kind = TextField(default="pupil")
        year_group = TextField(null=True)
        class_name = TextField(null=True)
        mis_number = TextField(null=True)
        status = TextField(default="on_roll")
        version = IntegerField(default=1)
        created_at = BigIntegerField(default=0)
        changed_at = BigIntegerField(default=0)
        archived_at = BigIntegerField(null=True)
        errors = IntegerField(default=0)
        warnings = IntegerField(default=0)

        class Meta:
            database = beside
            indexes = tuple((("school", name), False) for name in ("number", "name", "legal_name", "mis_number"))

    beside.connect()
    beside.create_tables([BarePupil])
    return BarePupil


def _bare_load(bare: Any, file: bytes) -> None:
    rows = csv.reader(io.StringIO(file.decode()))
    next(rows)
    answers = [
        {"number": place, "mis_number": number, "name": f"{first} {surname}", "class_name": group, "year_group": year}
        for place, (number, first, surname, group, year) in enumerate(rows)
    ]
    with bare._meta.database.atomic():
        for start in range(0, len(answers), 500):
            bare.insert_many(answers[start : start + 500]).execute()


def _through_pages(client: FlaskClient, file: bytes) -> None:
    """As a person does it: bring the list, look at what would happen, save."""
    start = "/consents/roll"
    form = {"csrf_token": TOKEN.findall(client.get(start).text)[0], "file": (io.BytesIO(file), "list.csv")}
    preview = client.post(start, data=form, content_type="multipart/form-data").location
    page = client.get(preview).text
    shown = SHOWN.search(page)
    assert shown, page
    sent = {"csrf_token": TOKEN.findall(page)[0], "shown": shown[1]}
    saved = client.post(preview.replace("/preview", "/save"), data=sent)
    assert saved.status_code == 303, saved.text
    assert "The roll is up to date" in client.get(saved.location).text
