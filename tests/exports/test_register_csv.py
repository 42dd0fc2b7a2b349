"""What goes out as a file comes back as the same answers; and what may not go out stays."""

import random
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from exports import csv_file, register_csv, selection, settling
from models import doors
from models.audit import AuditEntry
from models.base import db
from registry import records
from registry.access import Deed, Forbidden, may
from registry.catalogue import REGISTERS, find
from registry.definition import Question, Register
from registry.importing.uploads import Decided, FileRows
from registry.importing.verdicts import Verdict, judge
from registry.kinds import kind_of
from registry.lists.views import View, view_of
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.schema import read_answers, schema_for
from registry.trace.audit import Happened, changes_of, recording

pytestmark = pytest.mark.usefixtures("in_quillbrook")

NASTY = ['say "hello"', "=SUM(A1:A9)", "+44 20 7946 0000", "-5", "@home", "'=1", "a, b", "naïve Łukasz 你好", "1.5E+10", "0012", "2024.0", "#REF!",
         "- one; two", "'", "''=x", "\u200bhidden", "back\\slash", "TRUE", "1/2/2026", "“quoted”", "sep=;", "a|b\tc"]  # fmt: skip


def typed(question: Question, chance: random.Random) -> Any:
    """Something a person might type into a question of any kind."""
    kind = kind_of(question.column).name
    if kind == "number":
        return str(chance.choice([0, 7, 1200, 2_000_000_000]))
    if kind == "day":
        return (date(2020, 1, 1) + timedelta(days=chance.randrange(4000))).isoformat()
    if kind == "choice":
        return chance.choice(list(question.column.words)).value  # type: ignore[union-attr]
    if kind == "choices":
        return [word.value for word in question.column.words if chance.random() < 0.3]  # type: ignore[union-attr]
    if kind == "lines":
        return "\n".join(chance.sample(NASTY, chance.choice([1, 2, 4])))
    if kind == "rows":
        shape = question.column.shape  # type: ignore[union-attr]
        first = shape.parts[0]
        return [{first.name: chance.choice(list(first.words)).value if first.words else chance.choice(NASTY)}]
    if kind == "text":
        return "\n".join(chance.sample(NASTY, chance.choice([1, 3])))
    return chance.choice(NASTY)


def ids_of(slug: str) -> list[UUID]:
    """The records of a register, in their order."""
    table: Any = find(slug).table
    return [row.id for row in table.select(table.id).order_by(table.number)]


def add_some(register: Register, occasion: Occasion, count: int, links: dict[str, list[UUID]]) -> list[UUID]:
    chance = random.Random(f"{register.slug} {count}")
    schema = schema_for(register, occasion.by, Deed.ADD)
    ids = []
    for number in range(count):
        asked = schema.fields
        given = {q.name: typed(q, chance) for q in register.columns if q.name in asked and not q.to and chance.random() < 0.7}
        given |= {q.name: chance.choice(ids_of(q.to)) for q in register.ones if q.required or (chance.random() < 0.7 and ids_of(q.to))}
        if kind_of(register.title.column).name == "choice":
            given[register.title.name] = typed(register.title, chance)
        else:
            given[register.title.name] = f"{chance.choice(NASTY)} {number % (count - 1)}"  # the last is called like the first
        given |= {slug: chance.sample(there, chance.randrange(3)) for slug, there in links.items()}
        ids.append(records.add(register, read_answers(schema, given, partial=True), occasion).id)
    return ids


def add_some_everywhere(occasion: Occasion, count: int) -> list[Register]:
    """So many records of every register that somebody may add to, linked with each other and naming each other; those registers."""
    registers = [register for register in REGISTERS if may(occasion.by, Deed.ADD, register)]
    there: dict[str, list[UUID]] = {}
    for register in sorted(registers, key=lambda each: len(each.ones)):  # those that name others come after them
        links = {question.to: there[question.to] for question in register.links if question.to in there}
        there[register.slug] = add_some(register, occasion, count, links)
    return registers


def whole_file(register: Register, occasion: Occasion) -> bytes:
    return b"".join(register_csv.export(selection.everything(register, occasion.by), occasion))


def kept(raw: bytes) -> FileRows:
    sheet = csv_file.read(raw)
    return FileRows(sheet.headings, sheet.rows, sheet.line_numbers, dict(sheet.problems), sheet.notes, sheet.digest)


def verdicts(register: Register, raw: bytes, occasion: Occasion) -> list[Verdict]:
    file = kept(raw)
    columns = settling.columns_of(register, file, occasion.by)
    assert not settling.find_faults(register, [column for column in columns if not column.asks_order])
    worked_out = {each.label for each in register.questions.values() if not may(occasion.by, Deed.ADD, register, each)}
    assert {column.heading for column in columns if column.answers is None} <= worked_out
    reading = settling.reading_of(register, settling.decided(columns, Decided()), occasion.by)
    return [row.verdict for row in judge(register, file, reading, occasion.by).rows]


def test_every_answer_of_every_register_comes_back_as_the_same(occasion: Occasion) -> None:
    for register in add_some_everywhere(occasion, 30):
        found = verdicts(register, whole_file(register, occasion), occasion)
        assert set(found) == {Verdict.SAME}
        assert len(found) >= 30, "and tasks that follow from what was answered"


def test_a_file_brought_to_an_empty_register_makes_the_same_records(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    add_some(ASSETS, occasion, 20, {})
    raw = whole_file(ASSETS, occasion)
    with doors.looking_at(other_school.id):
        file = kept(raw)
        columns = settling.columns_of(ASSETS, file, elsewhere.by)
        columns[0].answers = None
        file = replace(file, rows=[(row[0], f"{row[1]} {place}", *row[2:]) for place, row in enumerate(file.rows)])
        reading = settling.reading_of(ASSETS, settling.decided(columns, Decided()), elsewhere.by)
        preview = judge(ASSETS, file, reading, elsewhere.by)
        damaged = [row for row in preview.rows if row.verdict is Verdict.REFUSED]
        places = {column.answers: column.place for column in columns}
        assert all(
            sentence == csv_file.looks_damaged(file.rows[row.place][places[name]]) for row in damaged for name, sentence in row.problems.items()
        )
        with recording(elsewhere.by, elsewhere.at) as trace:
            insert_many(trace, ASSETS, [row.answers for row in preview.rows if row.verdict is Verdict.NEW], elsewhere, number=1)
        chosen = selection.everything(ASSETS, elsewhere.by)
        again = list(register_csv.rows(chosen, elsewhere.by, date(2026, 11, 23), other_school.id))
    new = [row.place for row in preview.rows if row.verdict is Verdict.NEW]
    assert len(new) == len(again) > 3
    outward = [*csv_file.read(b"".join(csv_file.write(["x"] * len(again[0]), again))).rows]
    assert [cells[2:] for cells in outward] == [tuple(file.rows[place][2:]) for place in new]


def test_no_cell_runs_as_a_formula(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "=cmd|' /C calc'!A0", "owner": "@SUM(1)", "description": "line\n=2"}, occasion)
    text = whole_file(ASSETS, occasion).decode("utf-8-sig")
    assert ",'=cmd|" in text
    assert "'@SUM(1)" in text


def test_the_file_is_exactly_the_list_and_its_columns(occasion: Occasion) -> None:
    for name, form in (("Paper files", "paper"), ("Pupil database", "cloud"), ("Old files", "paper")):
        records.add(ASSETS, {"name": name, "format": form, "owner": "Ola Brandt"}, occasion)
    view = view_of(ASSETS, occasion.by, {"format": ["paper"], "column": ["owner", "format"]})
    chosen = selection.as_listed(ASSETS, view, occasion.by)
    lines = b"".join(register_csv.export(chosen, occasion)).decode("utf-8-sig").splitlines()
    assert lines == ["Reference,Asset,Owner,Format", "IA-0001,Paper files,Ola Brandt,Paper", "IA-0003,Old files,Ola Brandt,Paper"]


def test_an_export_is_noted_with_what_it_took(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files"}, occasion)
    b"".join(register_csv.export(selection.as_listed(ASSETS, View(columns=("owner",)), occasion.by), occasion))
    entry = AuditEntry.select().where(AuditEntry.deed == Happened.EXPORTED.value).get()
    assert (entry.subject, changes_of(entry)) == ("asset", {"rows": [None, 1], "columns": [None, ["name", "owner"]]})


def test_those_who_may_not_export_are_forbidden(occasion: Occasion, ola: Any, gus: Any) -> None:
    for person in (ola, gus):
        theirs = replace(occasion, by=person.actor)
        with pytest.raises(Forbidden):
            register_csv.export(selection.everything(ASSETS, person.actor), theirs)
    assert not AuditEntry.select().where(AuditEntry.deed == Happened.EXPORTED.value).count()


def test_another_schools_records_are_in_no_file(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    records.add(ASSETS, {"name": "Ours"}, occasion)
    assert b"Theirs" not in whole_file(ASSETS, occasion)


def fill(occasion: Occasion, count: int) -> None:
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, ASSETS, ({"name": f"Asset {number}", "owner": "Ola Brandt"} for number in range(count)), occasion, number=1)


def test_the_first_bytes_come_before_the_second_page_is_read(occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(occasion, 1200)
    stream = register_csv.export(selection.everything(ASSETS, occasion.by), occasion)
    statements: list[str] = []
    really = db.obj.execute_sql
    monkeypatch.setattr(db.obj, "execute_sql", lambda sql, *more: (statements.append(sql), really(sql, *more))[1])
    first = next(stream)
    pages = [sql for sql in statements if 'FROM "asset"' in sql]
    assert first.startswith(b"\xef\xbb\xbfReference")
    assert len(pages) <= 2
    assert first.count(b"\r\n") == 501
    assert b"".join([first, *stream]).count(b"\r\n") == 1201


def test_memory_does_not_grow_with_the_register(occasion: Occasion) -> None:
    fill(occasion, 6000)
    chosen = selection.as_listed(ASSETS, View(columns=("owner", "format")), occasion.by)
    tracemalloc.start()
    try:
        for _chunk in register_csv.export(chosen, occasion):
            pass
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
