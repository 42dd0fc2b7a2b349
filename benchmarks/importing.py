"""W5: five thousand assets from a CSV file, each judged, sealed and traced, beside a raw load of the same columns; and through the browser.

W6: ten thousand rows of a workbook, until each is shown with its verdict.
"""

import csv
import io
import re
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.house import ASSETS, House, house, named
from benchmarks.pages import signed_in
from benchmarks.pairs import WORK, Result, ratios, seconds
from exports import csv_file
from exports.workbook import Page, written
from exports.workbook_columns import column_of
from registry import placing
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import judge
from registry.kinds import kind_of
from registry.many import bulk
from registry.trace.audit import recording

ROWS = 5_000
MANY = 10_000
PAIRS = 5
COLUMNS = (
    "name",
    "description",
    "asset_type",
    "business_function",
    "owner_role",
    "owner",
    "format",
    "contains_personal",
    "classification",
    "next_review_on",
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FIELD = re.compile(r'<select[^>]* name="([^"]+)">(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'value="([^"]*)" selected')
SHOWN = re.compile(r'name="shown" value="([^"]+)"')


def measure() -> Iterator[Result]:
    """Each measurement loads another five thousand."""
    with house() as there:
        files = iter([_file(turn * ROWS) for turn in range(PAIRS + 1)])
        raw, same = _raw_database(there.folder), _file(0)
        taken: list[float] = []

        def ours() -> float:
            begun = time.perf_counter()
            work = seconds(partial(_import, there, next(files)), clock=WORK)
            taken.append(time.perf_counter() - begun)
            return work

        beside = ratios(ours, partial(seconds, partial(_raw_load, raw, same), clock=WORK), PAIRS)
        yield Result("W5", f"{ROWS:,} assets of {len(COLUMNS)} columns from a CSV, judged and traced ÷ raw CSV load (CPU)", beside, 8)
        yield Result("W5", "the same by the clock", taken[1:], 0.25, "s")
    with house() as there:
        client = signed_in(there)
        walks = [seconds(partial(_through_pages, client, _file(turn * ROWS))) for turn in range(PAIRS)]
        yield Result("W5", "the same through the browser, from the upload to all saved", walks, 5, "s")
        taken, shown = _workbook_to_preview(client)
        yield Result("W6", f"reading an Excel workbook of {MANY:,} assets of {len(COLUMNS)} columns", [taken], 10, "s")
        yield Result("W6", f"preview of its {MANY:,} rows, each judged", shown, 10, "s")


def _file(first: int) -> bytes:
    """A spreadsheet as a school would save it, with the names numbered from here."""
    text = io.StringIO()
    writer = csv.writer(text)
    questions = [ASSETS.questions[name] for name in COLUMNS]
    writer.writerow([question.label for question in questions])
    for number in range(first, first + ROWS):
        answers = named(number)
        writer.writerow([kind_of(question.column).cell(answers[question.name]) for question in questions])
    return text.getvalue().encode()


def _import(there: House, raw: bytes) -> None:
    sheet = csv_file.read(raw)
    rows = FileRows(sheet.headings, sheet.rows, sheet.line_numbers, {}, [], "")
    preview = judge(ASSETS, rows, Reading(COLUMNS), there.occasion.by)
    with recording(there.occasion.by, there.occasion.at) as trace:
        number = placing.next_number(ASSETS, there.occasion.by)
        added = bulk.insert_many(trace, ASSETS, (row.answers for row in preview.rows), there.occasion, number=number)
    assert added == ROWS


def _raw_database(folder: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = wal")
    raw.execute(f"CREATE TABLE asset (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in COLUMNS)})")
    return raw


def _raw_load(raw: sqlite3.Connection, file: bytes) -> None:
    rows = csv.reader(io.StringIO(file.decode()))
    next(rows)
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO asset ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})", rows)  # noqa: S608
    raw.execute("COMMIT")


def _workbook_to_preview(client: FlaskClient) -> tuple[float, list[float]]:
    """Seconds until a workbook was read and kept, and until its rows were shown with their verdicts."""
    questions = [ASSETS.questions[name] for name in COLUMNS]
    cells = ([kind_of(each.column).cell(named(number)[each.name]) for each in questions] for number in range(MANY))
    page = Page("Assets", [column_of(ASSETS, each) for each in questions], cells)
    raw, start = b"".join(written("Assets", datetime.now(UTC), (page,))), "/registers/assets/import"
    form = {"csrf_token": _token(client, start), "file": (io.BytesIO(raw), "list.xlsx")}
    begun = time.perf_counter()
    place = client.post(start, data=form, content_type="multipart/form-data").location
    taken = time.perf_counter() - begun
    chosen = {name: value for name, box in FIELD.findall(client.get(place).text) for value in CHOSEN.findall(box)}
    settled = client.post(place, data={"csrf_token": _token(client, place), **chosen})
    assert settled.status_code == 303, settled.text
    assert f"{MANY:,}" in client.get(f"{place}/preview").text
    return taken, [seconds(lambda: client.get(f"{place}/preview")) for _turn in range(PAIRS)]


def _through_pages(client: FlaskClient, file: bytes) -> None:
    """As a person does it: bring the file, agree to its columns, look at the rows, save."""
    start = "/registers/assets/import"
    form = {"csrf_token": _token(client, start), "file": (io.BytesIO(file), "list.csv")}
    brought = client.post(start, data=form, content_type="multipart/form-data")
    place = brought.location
    chosen = {name: value for name, box in FIELD.findall(client.get(place).text) for value in CHOSEN.findall(box)}
    looking = client.post(place, data={"csrf_token": _token(client, place), **chosen}).location
    page = client.get(client.get(looking).headers["Refresh"].partition("url=")[2]).text
    shown = SHOWN.search(page)
    assert shown, page
    saved = client.post(f"{place}/save", data={"csrf_token": TOKEN.findall(page)[0], "shown": shown[1]})
    assert saved.status_code == 303, saved.text


def _token(client: FlaskClient, path: str) -> str:
    return TOKEN.findall(client.get(path).text)[0]  # type: ignore[no-any-return]
