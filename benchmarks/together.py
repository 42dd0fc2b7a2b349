"""Lists with everything in them: 5,000 rows changed at once and undone, through the browser, and a page of the list with views and ticks."""

import re
from collections.abc import Iterator
from functools import partial

from flask.testing import FlaskClient

from benchmarks.house import ASSETS, house
from benchmarks.neighbours import fill
from benchmarks.pages import queries, signed_in
from benchmarks.pairs import WORK, Result, seconds
from registry.lists import saved_views
from registry.lists.views import View

ROWS = 5_000
TURNS = 5
TIMES = 40
LIST = "/registers/assets/"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
UNDO = re.compile(r'action="([^"]+/undo)"')


def measure() -> Iterator[Result]:
    """Each turn sets another owner, so that every row changes, and undoes it."""
    with house() as there:
        fill(there.occasion, ((ASSETS, ROWS),))
        client = signed_in(there)
        for number in range(10):
            saved_views.save(ASSETS, f"View {number}", View(chip="errors", size=10), there.occasion, shared=number % 2 == 0)
        yield Result("list", "50 rows with ticks, filters and ten saved views, server time (CPU)", _list_times(client), 50, "ms")
        yield Result("list", "the same, queries", [queries(client, f"{LIST}?rows=50")], 12, "queries")
        turns = [_turn(client, number) for number in range(TURNS)]
        for place, what in enumerate(("preview of an owner", "saving it", "undoing it")):
            yield Result("bulk", f"{what} for {ROWS:,} assets, all or none, each traced (CPU)", [turn[place] for turn in turns], 3, "s")


def _list_times(client: FlaskClient) -> list[float]:
    def open_it() -> None:
        assert client.get(f"{LIST}?rows=50").status_code == 200

    open_it()
    return [1000 * seconds(open_it, clock=WORK) for _ in range(TIMES)]


def _turn(client: FlaskClient, number: int) -> tuple[float, float, float]:
    """What one preview, one save and one undo take."""
    form = {"csrf_token": TOKEN.findall(client.get(LIST).text)[0], "all": "yes", "list": "", "do": "owner", "owner": f"Ola Brandt {number}"}
    pages: list[str] = []
    previewing = seconds(partial(_send, client, f"{LIST}together/look", form, pages), clock=WORK)
    hidden = dict(HIDDEN.findall(pages.pop().partition("/together/save")[2]))
    saving = seconds(partial(_send, client, f"{LIST}together/save", hidden, pages), clock=WORK)
    undo = UNDO.findall(client.get(LIST).text)[0]
    undoing = seconds(partial(_send, client, undo, {"csrf_token": hidden["csrf_token"]}, pages), clock=WORK)
    table = ASSETS.table
    assert table.select().where(table.owner_index == "Ola Brandt").count() == ROWS
    return previewing, saving, undoing


def _send(client: FlaskClient, path: str, form: dict[str, str], pages: list[str]) -> None:
    answer = client.post(path, data=form)
    assert answer.status_code in (200, 303), answer.text
    pages.append(answer.text)
