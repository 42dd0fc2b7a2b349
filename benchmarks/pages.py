"""R4 over HTTP, and the pages of one large school beside 200 others: how long the server works on each, and with how many queries."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from flask.testing import FlaskClient

from app import create_app
from benchmarks.asking import Server, p99, serving
from benchmarks.house import ASSETS, EMAIL, PASSWORD, House, house
from benchmarks.neighbours import PROCESSING, add_neighbours, fill
from benchmarks.pairs import WORK, Clock, Result, seconds
from benchmarks.serving import settings_for
from models.base import db

NEIGHBOURS = 200
PAIRS = 7
TIMES = 40
ASKED = 200
LISTS = ("/registers/assets/?rows=50", "/registers/processing/?rows=50")


def measure() -> Iterator[Result]:
    """First the school alone, then with its neighbours, then through the server."""
    with house() as there:
        fill(there.occasion)
        client = signed_in(there)
        records = [f"/registers/{register.slug}/{register.table.select(register.table.id).limit(1).scalar()}" for register in (ASSETS, PROCESSING)]
        alone = [milliseconds(client, path, WORK) for path in LISTS]
        add_neighbours(there.occasion, NEIGHBOURS)
        for path, before in zip(LISTS, alone, strict=True):
            yield Result("page", f"{path}, server time beside {NEIGHBOURS} schools", milliseconds(client, path), 40, "ms")
            grown = statistics.median(milliseconds(client, path, WORK)) / statistics.median(before)
            yield Result("page", f"{path}, beside {NEIGHBOURS} schools ÷ alone (CPU)", [grown], 1.2)
            yield Result("page", f"{path}, queries", [queries(client, path)], 12, "queries")
        for path in records:
            yield Result("page", f"{path.rpartition('/')[0]}/…, server time", milliseconds(client, path), 40, "ms")
        cookie = client.get_cookie("safehold")
        assert cookie is not None
        with serving(there.folder, f"safehold={cookie.value}") as server:
            yield from _beside_hello(server)


def signed_in(there: House) -> FlaskClient:
    """A browser of the DPO, signed in through the page."""
    client = create_app(settings_for(there.folder)).test_client()
    page = client.get("/sign-in").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post("/sign-in", data={"csrf_token": token, "email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 302, answer.status
    return client


def queries(client: FlaskClient, path: str) -> int:
    """How many statements the database is asked for one page."""
    asked: list[str] = []
    hook: Callable[..., None] = lambda event: asked.append(event.sql)  # noqa: E731
    db.query_hooks.append(hook)
    try:
        assert client.get(path).status_code == 200
    finally:
        db.query_hooks.remove(hook)
    return len(asked)


def milliseconds(client: FlaskClient, path: str, clock: Clock = time.perf_counter) -> list[float]:
    """How long the server works on a page, several times."""
    client.get(path)
    return [1000 * seconds(partial(_open, client, path), clock=clock) for _ in range(TIMES)]


def _open(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def _beside_hello(server: Server) -> Iterator[Result]:
    path = LISTS[0]
    server.ask(path, 20), server.ask("/hello/", 20)
    pairs = [(server.ask(path, ASKED), server.ask("/hello/", ASKED * 4)) for _ in range(PAIRS)]
    yield Result("R4", "list page over HTTP ÷ hello of the same server", [statistics.mean(page) / statistics.mean(hello) for page, hello in pairs], 4)
    yield Result("R4", "p99 of the list page ÷ p99 of hello", [p99(page) / p99(hello) for page, hello in pairs], 5)
