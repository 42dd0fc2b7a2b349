"""The API: every register for other programs, with the gate, the permissions and the trace of the pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, jsonify, request, url_for
from flask_smorest import Api, Blueprint

from exports import openapi
from models.record import Record
from registry import catalogue, records
from registry.access import Deed, Permission, may
from registry.definition import Register
from registry.lists.parameters import demand_sound, history_parameters, parameters_of
from registry.lists.views import view_of
from registry.plain import read
from registry.rows import CannotBeDone
from registry.schema import schema_for
from registry.trace import history as trace
from web import problems
from web.api_answers import answer_with, history_given, list_given, record_given
from web.api_keys import id_for
from web.api_requests import body, demand_match
from web.guard import current_actor, needs, school_facts, visitor
from web.pages import find_record, occasion

View = Callable[..., Response]
LIST = "/registers/<slug:slug>"
RECORD = LIST + "/<uuid:record>"
blueprint = Blueprint("api", __name__, url_prefix="/api")
problems.init_app(blueprint)


class Document(Api):  # type: ignore[misc]
    """flask-smorest, which knows the addresses of the API; what is refused, and who sees which document, the program says itself."""

    def _register_error_handlers(self) -> None:
        """None: its own would answer for every page of the program."""


def init_app(app: Flask) -> None:
    """Opens the API, and keeps the addresses from which each reader's document is made."""
    app.config.update(API_TITLE="Safehold", API_VERSION=openapi.VERSION, OPENAPI_VERSION="3.1.0")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # answers come in the order of the form
    document = Document(app)
    document.register_blueprint(blueprint)
    app.extensions["api_paths"] = document.spec.to_dict()["paths"]
    app.cli.commands.pop("openapi", None)  # it would print the templates, which describe nothing to anybody
    app.after_request(_say_nothing_in_html)


def operation(rule: str, deed: Deed | Permission, method: str = "GET", **told: Any) -> Callable[[View], View]:
    """One thing that can be asked of the API: where, what it takes to be allowed to, and what the document says of it."""
    of_register = "<slug:slug>" in rule

    def declare(view: View) -> View:
        told_all = {"operationId": view.__name__, openapi.NEEDS: deed.value, **told}
        marked = blueprint.doc(**told_all)(needs(deed, register_from_slug=of_register)(view))
        routed: View = blueprint.route(rule, methods=[method], strict_slashes=False)(marked)
        return routed

    return declare


@operation("/", Permission.USE_API, gives="start")
def start() -> Response:
    """Who the token acts for, in which role and school, and the registers it opens."""
    person, by = visitor(), current_actor()
    if person is None or person.school is None or by.role is None:
        raise NotImplementedError("A token always has a school and a role.")
    seen = (register for register in catalogue.REGISTERS if may(by, Deed.SEE, register))
    opened = [{"slug": each.slug, "name": each.many, "address": url_for("api.listing", slug=each.slug)} for each in seen]
    return jsonify(name=by.name, role=by.role.value, school=person.school.name, registers=opened)


@operation("/openapi.json", Permission.USE_API, gives="anything")
def described() -> Response:
    """This document, as far as the role of the token may see what it describes."""
    return jsonify(openapi.document(current_app.extensions["api_paths"], current_actor()))


@operation(LIST, Deed.SEE, gives="list", asks="list")
def listing(slug: str) -> Response:
    """A page of the list, searched, filtered and sorted like the page of the register."""
    register, by, asked = catalogue.find(slug), current_actor(), dict(request.args.lists())
    demand_sound(asked, parameters_of(register, by))
    return jsonify(list_given(register, by, school_facts(), view_of(register, by, asked)))


@operation(LIST, Deed.ADD, "POST", gives="record", status=201, takes="new", asks="key")
def add(slug: str) -> Response:
    """Add a record. The same request sent twice with one Idempotency-Key makes one record."""
    register, by = catalogue.find(slug), current_actor()
    answers = read(schema_for(register, by, Deed.ADD), body({"answers": dict})["answers"])
    record = id_for(register, request.headers.get("Idempotency-Key"))
    try:
        row = records.add(register, answers, occasion(), record=record)
    except records.Conflict as before:
        raise CannotBeDone(f"This key was used already, for {before.row.reference}, which has other answers by now.") from None
    response = _record(register, row, 201)
    response.headers["Location"] = url_for("api.one", slug=slug, record=row.id)
    return response


@operation(RECORD, Deed.SEE, gives="record")
def one(slug: str, record: UUID) -> Response:
    """One record: its answers, its version, and what is to be mended."""
    return _record(*find_record(slug, record))


@operation(RECORD, Deed.CHANGE, "PATCH", gives="record", takes="change", asks="match")
def change(slug: str, record: UUID) -> Response:
    """Change some answers of a record; those that are not sent stay. Names the version that was read: a stale one is a conflict."""
    register, row = find_record(slug, record)
    sent = body({"version": int, "answers": dict})
    answers = read(schema_for(register, current_actor(), Deed.CHANGE), sent["answers"], partial=True)
    demand_match(row)
    if sent["version"] != row.version:
        raise records.Conflict(row)
    records.change(register, row, answers, occasion())
    return _record(*find_record(slug, record))


def _set(slug: str, record: UUID, is_due: Callable[[Any], bool], deed: Callable[..., None]) -> Response:
    """Do one deed to a record unless it is so already; the record as it stands then."""
    register, row = find_record(slug, record)
    demand_match(row)
    if is_due(row):
        deed(register, row, occasion())
    return _record(*find_record(slug, record))


@operation(RECORD + "/archive", Deed.CHANGE, "POST", gives="record", asks="match")
def archive(slug: str, record: UUID) -> Response:
    """Put a record away: it leaves the list, keeps its number, its links and its history."""
    return _set(slug, record, lambda row: row.archived_at is None, records.archive)


@operation(RECORD + "/restore", Deed.CHANGE, "POST", gives="record", asks="match")
def restore(slug: str, record: UUID) -> Response:
    """Bring an archived record back into the list."""
    return _set(slug, record, lambda row: row.archived_at is not None, records.restore)


@operation(RECORD + "/confirm", Permission.ADOPT_STARTER, "POST", gives="record", asks="match")
def confirm(slug: str, record: UUID) -> Response:
    """Say that a starter entry was checked and is true of this school."""
    return _set(slug, record, lambda row: row.starter, records.confirm)


@operation(RECORD + "/history", Deed.SEE, gives="history", asks="history")
def history(slug: str, record: UUID) -> Response:
    """What was done to a record, newest first, in sentences, with the answers before and after."""
    (register, row), asked = find_record(slug, record), dict(request.args.lists())
    demand_sound(asked, history_parameters())
    turn = {name: int(values[0]) for name, values in asked.items()}
    return jsonify(history_given(register, row, current_actor(), trace.View(before=turn.get("before"), after=turn.get("after"))))


def stale(error: records.Conflict) -> Response:
    """The answer to a change of a version that is not the present one: the record as it is now."""
    register = catalogue.find((request.view_args or {})["slug"])
    row = records.find(register, error.row.id, current_actor())
    now_given = record_given(register, row, current_actor(), school_facts())
    return problems.problem(409, f"{error} Read it again, then send what is still to be changed.", version=row.version, record=now_given)


blueprint.register_error_handler(records.Conflict, stale)


def _record(register: Register, row: Record, status: int = 200) -> Response:
    return answer_with(record_given(register, row, current_actor(), school_facts()), status)


def _say_nothing_in_html(response: Response) -> Response:
    """What the server itself adds for browsers, such as the words of a redirect, has no place in the API."""
    if response.mimetype == "text/html" and request.path.startswith("/api"):
        response.set_data(b"")
        del response.headers["Content-Type"]
    return response
