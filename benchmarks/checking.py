"""R1 to R3 for pictures: names checked in a school of two thousand pupils, alone and beside two hundred other schools of that size."""

import random
import sqlite3
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from benchmarks.asking import Server, serving
from benchmarks.house import House, add_school, house
from benchmarks.pages import signed_in
from benchmarks.pairs import WORK, Result, ratios, seconds
from models import doors
from models.base import db, new_id
from models.names import fold
from models.pupil import Pupil
from models.statements import Kept, learn_sizes, rows_of, stored_rows
from models.vocabulary import Decider, ImageDecision, ImageFlag
from registry import placing
from registry.actor import Actor
from registry.catalogue import find
from registry.images.checking import Question, check
from registry.images.facts import person_facts, verdicts
from registry.images.people import look_up
from registry.images.uses import Use, find_use
from registry.many import bulk
from registry.occasion import Occasion
from registry.rules.pasted_names import readings
from registry.trace.audit import recording
from web.consent_check import FRAGMENT

PUPILS = 2_000
NEIGHBOURS = 200
EVERYBODY = PUPILS * (NEIGHBOURS + 1)
NAMES = 30
PAIRS = 7
ROUNDS = 15
TIMES = 100
ASKED = 200
FIRST = (
    *("Aisha", "Ben", "Callum", "Dara", "Elif", "Freya", "Grace", "Harvey", "Isla", "Jude", "Kai", "Leo", "Mei-Lin", "Noah"),
    *("Olu", "Priya", "Quinn", "Rosa", "Sam", "Tariq", "Una", "Veer", "Wren", "Xan", "Yusuf", "Zofia"),
)
LAST = (
    *("Abara", "Birch", "Chen", "Demir", "Ekwueme", "Flint", "Gower", "Holt", "Iqbal", "Jansen", "Khan", "Lund", "Marsh", "Novak"),
    *("O’Rourke", "Patel", "Quill", "Rahimi", "Singh", "Tranter", "Ueda", "Vance", "Whitlow", "Xu", "Yilmaz", "Łukaszewicz"),
)
REGISTERS = tuple(find(slug) for slug in ("image-uses", "pupils", "image-decisions", "image-flags"))


def measure() -> Iterator[Result]:
    """First the school alone, then beside the others, then through the server."""
    with house() as there:
        use = _fill(there)
        learn_sizes()
        question = _question(there, use)
        found = partial(_found, question)
        alone = _milliseconds(found)
        whole_alone = _milliseconds(partial(verdicts, None, use, question.on), 1)
        _add_neighbours()
        learn_sizes()
        beside = _milliseconds(found)
        yield Result("R2", f"{NAMES} names found and what is known of them read, beside {NEIGHBOURS} schools ({EVERYBODY:,} pupils)", beside, 1, "ms")
        yield Result("R2", f"{NAMES} names, beside {NEIGHBOURS} schools ÷ alone (CPU)", [_relative(beside, alone)], 1.2)
        yield Result("R2", f"{NAMES} pasted names read, found, judged and worded", _milliseconds(partial(_anew, question)), 1.5, "ms")
        whole = _milliseconds(partial(verdicts, None, use, question.on), 1)
        yield Result("R2", f"everybody at a school of {PUPILS:,} checked", whole, 150, "ms")
        yield Result("R2", "everybody at the school, beside the others ÷ alone (CPU)", [_relative(whole, whole_alone)], 1.2)
        yield from _by_name(there)
        missed = f"Zzed Unknwon\nS. Patell\n{question.names}"
        close = _milliseconds(lambda: look_up(readings(missed)), 5)
        yield Result("R3", f"two names that nobody has, with whoever is close of {PUPILS:,}", close, 40, "ms")
        yield from _over_http(there, use, question)


def _relative(these: list[float], those: list[float]) -> float:
    return statistics.median(these) / statistics.median(those)


def _milliseconds(deed: Callable[[], object], times: int = TIMES, clock: Callable[[], float] = WORK) -> list[float]:
    deed()
    return [1000 * seconds(deed, times, clock) for _ in range(ROUNDS)]


def _named(number: int) -> dict[str, str]:
    """One pupil: 676 short names, and from there on a middle one, so that all are different."""
    first, last, middle = FIRST[number % 26], LAST[number // 26 % 26], FIRST[number // 676]
    name = f"{first} {last}" if number < 676 else f"{first} {middle} {last}"
    return {"name": name, "class_name": f"{1 + number % 6} {('Heron', 'Kestrel', 'Owl')[number % 3]}", "mis_number": f"{number:06d}"}


def _fill(there: House) -> Use:
    """Two thousand pupils with an answer of a parent each for two uses, and limits on some."""
    _add(there, "image-uses", ({"name": "School website", "kind": "website"}, {"name": "Press and television", "kind": "local_press"}))
    _add(there, "pupils", (_named(number) for number in range(PUPILS)))
    uses, pupils = ([UUID(bytes=bytes(key)) for (key,) in stored_rows(register.table.select(register.table.id))] for register in REGISTERS[:2])
    given = {"decider": Decider.PARENT, "decided_on": there.occasion.at.date() - timedelta(days=60)}
    noes = random.Random(4)
    for use in uses:
        _add(there, "image-decisions", (
            {**given, "person": pupil, "use": use, "decision": ImageDecision.REFUSED if noes.random() < 0.15 else ImageDecision.GIVEN}
            for pupil in pupils))  # fmt: skip
    _add(there, "image-flags", ({"level": ImageFlag.NO_PUBLICATION, "person": pupil} for pupil in pupils[::50]))
    found = find_use("website")
    assert found is not None
    return found


def _add(there: House, slug: str, answers: Iterator[Mapping[str, object]] | tuple[Mapping[str, object], ...]) -> None:
    robot = Occasion(Actor.robot("benchmark", there.school.id), there.occasion.at, there.occasion.school)
    with recording(robot.by, robot.at) as trace:
        bulk.insert_many(trace, find(slug), answers, robot, number=placing.next_number(find(slug), robot.by))


def _question(there: House, use: Use) -> Question:
    """Thirty names as somebody pastes them: some with the surname first, some without accents, some with their class."""
    shapes: tuple[Callable[[str, str], str], ...] = (
        lambda name, _class: name,
        lambda name, _class: ", ".join(reversed(name.rsplit(" ", 1))),
        lambda name, group: f"{name.upper()} ({group})",
    )
    named = [_named(number) for number in random.Random(30).sample(range(PUPILS), NAMES)]
    lines = [shapes[place % 3](each["name"], each["class_name"]) for place, each in enumerate(named)]
    question = Question(use=use, names="\n".join(lines), on=there.occasion.at.date() + timedelta(days=1))
    assert len(check(question).people) == NAMES
    return question


def _found(question: Question) -> None:
    """What the database is asked, and what is made of it for the rules."""
    people = [each.person.id for each in look_up(question.lines) if each.person]
    person_facts(people, question.use, question.on)


def _anew(question: Question) -> None:
    """Ask as a page does: with the names still to be read."""
    check(replace(question))


def _add_neighbours() -> None:
    """Schools with copies of everything about pictures, under ids of their own; without entries, because nobody reads them here."""
    copied = [(register, rows_of(register.table).columns, stored_rows(register.table.select())) for register in REGISTERS]
    for place in range(NEIGHBOURS):
        school, own = add_school(f"School {place + 1}").id.bytes, {}
        with db.atomic(), doors.writing_is_recorded():
            for register, columns, rows in copied:
                own.update({bytes(row[0]): new_id().bytes for row in rows})
                own[bytes(rows[0][columns.index("school_id")])] = school
                moved = [columns.index(name) for name in ("id", "school_id", "person", "use") if name in columns]
                rows_of(register.table).insert_all(_moved(row, moved, own) for row in rows)


def _moved(row: tuple[Any, ...], moved: list[int], own: dict[bytes, bytes]) -> list[Any]:
    values = list(row)
    for each in moved:
        values[each] = own[bytes(values[each])]
    return values


def _by_name(there: House) -> Iterator[Result]:
    """One name by its blind index, and opened, beside the same name by an index in clear."""
    beside = sqlite3.connect(there.folder / "clear.db")
    beside.execute("CREATE TABLE pupil (id BLOB PRIMARY KEY, school BLOB, name TEXT, class_name TEXT)")
    names = [fold(_named(number)["name"]) for number in range(PUPILS)]
    school = there.school.id.bytes
    for key in (school, *(new_id().bytes for _ in range(NEIGHBOURS))):
        beside.executemany("INSERT INTO pupil VALUES (?, ?, ?, ?)", ((new_id().bytes, key, name, "3 Oak") for name in names))
    beside.execute("CREATE INDEX by_name ON pupil (school, name)")
    beside.commit()
    by_token = Kept(lambda: Pupil.select(Pupil.id, Pupil.name, Pupil.class_name).where(Pupil.name_index == b""))

    def sealed(wanted: Sequence[str]) -> None:
        for name in wanted:
            for key, stored, _class in by_token(school, Pupil.name_index.token(name)).fetchall():
                Pupil.name.open_stored(key, stored)

    def in_clear(wanted: Sequence[str]) -> None:
        for name in wanted:
            beside.execute("SELECT id, name, class_name FROM pupil WHERE school = ? AND name = ?", (school, fold(name))).fetchall()

    for what, wanted in (("a name", names[::20]), ("a name that nobody has", [f"nobody {name}" for name in names[::20]])):
        pairs = ratios(partial(seconds, partial(sealed, wanted), 10, WORK), partial(seconds, partial(in_clear, wanted), 10, WORK), PAIRS)
        yield Result("R1", f"{what} found by its token and opened ÷ by an index in clear (CPU)", pairs, 2)


def _over_http(there: House, use: Use, question: Question) -> Iterator[Result]:
    client = signed_in(there)
    page = client.get("/consents/check").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    cookie = client.get_cookie("safehold")
    assert cookie is not None
    form = {"csrf_token": token, "use": str(use.id), "names": question.names, "on": ""}
    with serving(there.folder, f"safehold={cookie.value}") as server:
        yield from _beside_hello(server, form)


def _beside_hello(server: Server, form: Mapping[str, str]) -> Iterator[Result]:
    path, live = "/consents/check", f"{FRAGMENT}: yes"
    asked: tuple[tuple[str, Callable[[int], list[float]]], ...] = (
        ("answered while typing", lambda times: server.send(path, form, times, live)),
        ("answered and kept as evidence", lambda times: server.send(path, form, times)),
    )
    for what, ask in asked:
        mine = []
        for beside, words in (("/hello/", "hello of the same server"), ("/help", "its page of help, which asks the database only who is there")):
            ask(20), server.ask(beside, 20)
            pairs = [(statistics.mean(ask(ASKED)), statistics.mean(server.ask(beside, ASKED * 4))) for _ in range(PAIRS)]
            yield Result("R2", f"{NAMES} names {what}, over HTTP ÷ {words}", [ours / theirs for ours, theirs in pairs], 3)
            mine += [1000 * ours for ours, _theirs in pairs]
        yield Result("R2", f"{NAMES} names {what}, over HTTP", mine, 40, "ms")
