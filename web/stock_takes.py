"""Checking a room: choose it, scan one code after the other, see what is missing, unexpected and moved, and close the check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from peewee import fn

from models.place import Place
from models.stock_take import StockTake
from models.vocabulary import StockTakeStage
from registry import records
from registry.access import Forbidden, Permission
from registry.devices import stock_taking
from registry.devices.stock_picture import picture
from registry.devices.stock_taking import Answer
from registry.records import NotFound
from registry.registers.devices.checks import DEVICE_CHECKS
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import id_in
from web.pages import occasion
from web.rendering import ZONE

blueprint = Blueprint("stock_takes", __name__, url_prefix="/devices/check")

ONLY_THE_ANSWER = "X-Only-The-Answer"
"""The header with which a script sends a scan and asks for what it told alone, so that the next can be scanned meanwhile."""


@dataclass(frozen=True)
class Room:
    """One place to choose: whether a check of it is going on, when it was checked last, and whether it is the reader's own to keep."""

    place: Place
    is_open: bool
    last: date | None
    is_own: bool


@blueprint.get("")
@needs(Permission.CHECK_DEVICES)
def choose() -> ResponseReturnValue:
    """The rooms, with the checks that are going on."""
    return render_template("devices/check_choose.html", rooms=[*_rooms()])


@blueprint.post("")
@needs(Permission.CHECK_DEVICES)
def begin() -> ResponseReturnValue:
    """Begin with a room, or go on with it."""
    place = id_in(request.form.get("place", ""))
    if place is None:
        raise NotFound("There is no such room.")
    row = stock_taking.begin(place, occasion())
    return redirect(url_for("stock_takes.show", record=row.id), 303)


@blueprint.get("/<uuid:record>")
@needs(Permission.CHECK_DEVICES)
def show(record: UUID) -> ResponseReturnValue:
    """How it stands."""
    return _page(_row(record))


@blueprint.post("/<uuid:record>")
@needs(Permission.CHECK_DEVICES)
def act(record: UUID) -> ResponseReturnValue:
    """One scan, or a device moved here, or the end of the check."""
    row = _row(record)
    do, _, which = request.form.get("do", "scan").partition(":")
    try:
        if do == "close":
            stock_taking.close(row, occasion())
            tell("success", "Closed. What was seen counts as checked.")
            return redirect(url_for("stock_takes.show", record=record), 303)
        if do == "move":
            stock_taking.move_here(row, id_in(which) or UUID(int=0), occasion())
            return redirect(url_for("stock_takes.show", record=record), 303)
        answer = stock_taking.scan(row, NOT_TEXT.sub("", request.form.get("scan", "")), occasion())
    except CannotBeDone as problem:
        return _page(_row(record), problem=str(problem)), 409
    if ONLY_THE_ANSWER in request.headers:
        return render_template("devices/check_answer.html", answer=answer, here=_here(row))
    return _page(row, answer)


def _rooms() -> Iterator[Room]:
    checks = [*StockTake.select().where(StockTake.archived_at.is_null()).order_by(StockTake.number)]
    going_on = {row.place for row in checks if row.stage is StockTakeStage.OPEN}
    closed = {row.place: in_zone(row.closed_at, ZONE).date() for row in checks if row.closed_at}
    by = current_actor()
    for place in Place.select().where(Place.archived_at.is_null()).order_by(fn.LOWER(Place.name)):
        yield Room(place, place.id in going_on, closed.get(place.id), stock_taking.is_keeper(place, by))


def _row(record: UUID) -> Any:
    """The check, for those who do not keep its place themselves while it goes on."""
    row = records.find(DEVICE_CHECKS, record, current_actor())
    if row.stage is StockTakeStage.OPEN and stock_taking.is_keeper(Place.get_by_id(row.place), current_actor()):
        raise Forbidden(stock_taking.OTHER_THAN_KEEPER)
    return row


def _here(row: StockTake) -> str:
    return url_for("stock_takes.act", record=row.id)


def _page(row: StockTake, answer: Answer | None = None, problem: str = "") -> str:
    page = _Said(problem)
    errors = [("scan", problem)] if problem else []
    found = picture(row, current_actor())
    return render_template("devices/check.html", row=row, answer=answer, found=found, page=page, errors=errors, here=_here(row),
                           only_answer=ONLY_THE_ANSWER)  # fmt: skip


class _Said:
    """What the field for scans asks of its page."""

    def __init__(self, problem: str) -> None:
        self.said = {"scan": [problem]} if problem else {}
