"""The API beside the pages: a list of fifty for another program, and the description that it may ask for."""

import time
from collections.abc import Iterator
from functools import partial

from flask.testing import FlaskClient

from benchmarks.house import NOW, house
from benchmarks.neighbours import fill
from benchmarks.pages import LISTS, TIMES, queries, signed_in
from benchmarks.pairs import WORK, Result, ratios, seconds
from models.roles import Role
from registry.accounts import tokens
from registry.accounts.tokens import Wanted

AT_A_TIME = 5


def measure() -> Iterator[Result]:
    """One large school, whose DPO has a token."""
    with house() as there:
        fill(there.occasion)
        token = tokens.make(there.occasion.by, Wanted(name="Benchmark", role=Role.DPO, days=30), NOW)
        person, program = signed_in(there), signed_in(there)
        program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        for path in LISTS:
            asked = f"/api{path.replace('/?', '?')}"
            pair = ratios(partial(_work, program, asked), partial(_work, person, path))
            yield Result("API", f"{asked} ÷ its page (CPU)", pair, 1)
            yield Result("API", f"{asked}, queries", [queries(program, asked)], 12, "queries")
        described = [1000 * seconds(partial(_ask, program, "/api/openapi.json"), clock=time.perf_counter) for _ in range(TIMES)]
        yield Result("API", "/api/openapi.json, server time", described, 50, "ms")


def _work(client: FlaskClient, path: str) -> float:
    return seconds(partial(_ask, client, path), AT_A_TIME, WORK)


def _ask(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
