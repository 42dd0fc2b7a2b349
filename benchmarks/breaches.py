"""A breach with five hundred entries in its timeline, and fifty reporters a second beside somebody who works on."""

import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from benchmarks.asking import CONNECTIONS, Server, serving
from benchmarks.house import House, house
from benchmarks.neighbours import fill
from benchmarks.pages import milliseconds, queries, signed_in
from benchmarks.pairs import WORK, Result
from models.breach import Breach
from models.vocabulary import BreachKind, EntryKind
from registry.breaches import moving, timeline
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.trace.audit import recording

ENTRIES = 500
A_SECOND, SECONDS, HANDS = 50, 10, 8
LIST = "/registers/assets/?rows=50"
PARTS = ("day", "month", "year", "time")
SAID = {"what": "A folder was left on the bus.", "call_back": "Room 4"}


def measure() -> Iterator[Result]:
    """The page first, then the reporters."""
    with house() as there:
        fill(there.occasion)
        row = _breach(there)
        client = signed_in(there)
        now = f"/registers/breaches/{row.id}/now"
        what = f"the page of a breach with {ENTRIES} entries, server time (CPU)"
        yield Result("breach", what, milliseconds(client, now, WORK), 50, "ms")
        yield Result("breach", "the same with every entry shown (CPU)", milliseconds(client, f"{now}?all=yes", WORK), 50, "ms")
        yield Result("breach", "the same, queries", [queries(client, now)], 30, "queries")
        cookie = client.get_cookie("safehold")
        assert cookie is not None
        with serving(there.folder, f"safehold={cookie.value}") as server:
            yield from _beside_reporters(server, _form(client))


def _breach(there: House) -> Breach:
    told = Report(what="A list went to a wrong address.", noticed_at=there.occasion.at - timedelta(hours=5))
    row = report(told, there.occasion)
    moving.take_up(row, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="A list sent to a wrong address"), there.occasion)
    with recording(there.occasion.by, there.occasion.at) as trace:
        for number in range(ENTRIES):
            timeline.write(trace, row, EntryKind.NOTE, there.occasion, text=f"Call {number}: somebody has deleted it, and says so in a sentence.")
    return row


def _form(client: Any) -> dict[str, str]:
    """The form as a browser sends it, without the mark that makes the same form sent twice one report."""
    page = client.get("/report").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    noticed = {f"noticed_at-{part}": page.partition(f'name="noticed_at-{part}"')[2].partition('value="')[2].partition('"')[0] for part in PARTS}
    return {**SAID, **noticed, "csrf_token": token}


def _beside_reporters(server: Server, form: dict[str, str]) -> Iterator[Result]:
    server.ask(LIST, 20), server.send("/report", form, CONNECTIONS)
    alone = server.ask(LIST, 200)
    stop = threading.Event()
    with ThreadPoolExecutor(HANDS + 1) as pool:
        reporters = [pool.submit(_reporter, server, form, stop, hand / A_SECOND) for hand in range(HANDS)]
        beside: list[float] = []
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            beside += server.ask(LIST, 4)
            time.sleep(0.1)
        stop.set()
        taken = [each for reporter in reporters for each in reporter.result()]
    what = f"reports taken in a second, each with its page ({A_SECOND} sent)"
    yield Result("report", what, [len(taken) / SECONDS], 0.95 * A_SECOND, "", is_floor=True)
    yield Result("report", "the longest that one of them waited", [max(taken)], 2, "s")
    yield Result("report", "a list page of 50 rows beside them ÷ alone, median", [statistics.median(beside) / statistics.median(alone)], 2)


def _reporter(server: Server, form: dict[str, str], stop: threading.Event, begins: float) -> list[float]:
    """Opens the page and sends the form, so many times a second, until told to stop; how long each took."""
    taken: list[float] = []
    every, due = HANDS / A_SECOND, time.monotonic()
    time.sleep(begins)
    while not stop.is_set():
        begun = time.monotonic()
        server.send_once("/report", form)
        taken.append(time.monotonic() - begun)
        due += every
        time.sleep(max(0.0, due - time.monotonic()))
    return taken
